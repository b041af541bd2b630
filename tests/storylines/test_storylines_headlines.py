"""The headline of a storyline: what an outlet wrote that is central and late, and neither asks nor
teases.
"""

from __future__ import annotations

from itertools import permutations

import pytest
from affairs import affairs, days, elsewhere, reports

from briefing.storylines.headlines import TEASE, select_headline

TEASES = (
    "Why the ferry sank",
    "Opinion | The strike must end",
    "Strike – as it happened",
    "Live: port strike",
    "Port strike: live updates",
    "5 things about the ferry",
    "Everything you need to know about the strike",
    "Is this the end of the strike?",
    "Warum die Fähre sank",
    "Kommentar: Die Fähre und wir",
    "Liveticker: Streik im Hafen",
    "Pourquoi le bac a coulé",
    "EN DIRECT - Grève au port",
    "Así cayó el dique",
    "¿Quién cerró el dique?",
    "En directo: huelga en el puerto",
    "Чому затонув пором",
    "Онлайн: страйк у порту",
    "Що відомо про аварію",
    "Что известно об аварии",
)
NEWS = (
    "Comment period on levy ends",
    "Live music returns to Halden",
    "Direct flights to Aarlund resume",
    "Video evidence convicts Olander",
    "Updated budget passes",
    "Wasser fällt in Welbach",
    "Werft in Halden schließt",
    "Wiederaufbau in Welbach beginnt",
    "Comentarios del alcalde enfadan a los vecinos",
    "Asia trade talks resume",
    "Comeback for dockers",
    "Пором зняли з мілини",
)


@pytest.mark.parametrize("headline", TEASES)
def test_what_asks_or_teases_or_labels_is_no_headline_of_a_storyline(headline: str) -> None:
    assert TEASE.search(headline)


@pytest.mark.parametrize("headline", NEWS)
def test_news_is_not_taken_for_a_tease(headline: str) -> None:
    assert not TEASE.search(headline)


@pytest.mark.parametrize("affair", [*affairs(), *elsewhere()])
def test_a_storylines_headline_tells_its_latest_day_in_an_outlets_words(affair: str) -> None:
    told = []
    for number in days(affair):
        told += reports(affair, number)

        headline = select_headline(told)

        assert headline.article.headline == str(headline)
        assert headline.article.outlet
        assert not TEASE.search(str(headline))
        if number <= 11:  # further back the day before weighs as much
            assert headline.article in told[-2:]


def test_a_headline_is_the_same_for_any_order_and_each_time_it_is_asked_for() -> None:
    told = [one for number in (0, 1) for one in reports("tram-strike", number)]

    assert len({str(select_headline(order)) for order in permutations(told)}) == 1


def test_a_late_report_of_an_earlier_day_moves_no_headline() -> None:
    told = [one for number in days("sarn-flood") for one in reports("sarn-flood", number)]
    late = reports("sarn-flood", 0, outlets=3, key=" late")[-1:]

    assert str(select_headline([*late, *told])) == str(select_headline(told))
