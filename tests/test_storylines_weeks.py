"""Invented affairs followed for five weeks: what an editor who reads every day expects of their storylines."""

from __future__ import annotations

import pytest
from affairs import Desk, affairs, days, elsewhere, month, on, pauses, reports, worked

from briefing.storylines import Remembered

DESK = 8  # reports a day that belong to nothing
EVERYTHING = month(affairs(), besides=DESK)
LARGE = month(affairs(), outlets=3, besides=DESK)


def ids(desk: Desk) -> dict[str, list[str]]:
    return {affair: desk.names(affair) for affair in affairs()}


def told(desk: Desk) -> dict[str, tuple[str, ...]]:
    """What is remembered: storyline -> ids of its articles."""
    return {name: record.articles for name, record in desk.records.items()}


def test_an_affair_that_reopens_after_eighteen_days_keeps_its_id() -> None:
    assert pauses("tram-strike") == 18
    assert pauses("prewitt-trial") == 27

    desk = worked(LARGE)

    assert [len(desk.names(affair)) for affair in ("tram-strike", "prewitt-trial")] == [1, 1]
    assert len(desk.held[desk.names("tram-strike")[0]]) == 3 * len(days("tram-strike"))


def test_two_strikes_two_floods_and_two_trials_never_run_together() -> None:
    for news in (EVERYTHING, LARGE):
        desk = worked(news)

        together = {name: desk.affairs_of(name) for name in desk.held if len(desk.held[name]) > 1}
        assert all(len(found) == 1 for found in together.values()), together


def test_an_affair_that_changes_its_subject_stays_one_and_takes_up_no_neighbour() -> None:
    desk = worked(LARGE)

    (drifting,) = desk.names("tilmouth-fire")
    assert len(desk.held[drifting]) == 3 * len(days("tilmouth-fire"))
    assert drifting not in desk.names("pension-vote")


def test_each_affair_is_one_storyline_where_three_outlets_tell_it() -> None:
    assert {affair: len(names) for affair, names in ids(worked(LARGE)).items()} == dict.fromkeys(affairs(), 1)


def test_working_any_day_again_changes_nothing() -> None:
    desk = worked(EVERYTHING)
    before: dict[str, Remembered] = dict(desk.records)

    for number in (0, 1, 5, 11, 22, 30):
        desk.work(number, EVERYTHING[number])

    assert desk.records == before


def test_ids_are_unique_and_none_is_ever_renamed() -> None:
    desk, seen = Desk(), dict[str, str]()
    for number, articles in EVERYTHING.items():
        found = desk.work(number, articles)
        assert len({one.id for one in found}) == len(found)
        for one in found:
            for article in one.articles:
                assert seen.setdefault(article.id, one.id) == one.id
    assert sum(len(record.articles) for record in desk.records.values()) == sum(map(len, EVERYTHING.values()))


def test_a_day_that_was_missed_is_made_up_for_the_next_morning() -> None:
    late = dict(EVERYTHING)
    late[2] = [*late.pop(1), *late[2]]

    desk, usual = worked(dict(sorted(late.items()))), worked(EVERYTHING)

    assert ids(desk) == ids(usual)


def test_days_that_are_worked_out_of_order_end_in_the_same_storylines() -> None:
    order = [0, 2, 1, 4, 3, *[number for number in EVERYTHING if number > 4]]

    desk, usual = worked(EVERYTHING, order), worked(EVERYTHING)

    assert {frozenset(one) for one in told(desk).values()} == {frozenset(one) for one in told(usual).values()}


def test_a_late_report_joins_its_storyline_on_the_day_it_tells_of() -> None:
    desk = worked(LARGE, [number for number in LARGE if number <= 4])
    (strike,) = desk.names("tram-strike")
    late = reports("tram-strike", 1, outlets=1, key=" late")

    found = desk.work(5, [*late, *LARGE[5]])

    grown = next(one for one in found if late[0] in one.articles)
    assert grown.id == strike
    assert grown.first_seen == on(0)
    assert desk.records[strike].last_seen == on(4)


def test_an_undated_report_joins_the_storyline_it_reads_like() -> None:
    desk = worked(LARGE, [number for number in LARGE if number <= 2])
    (strike,) = desk.names("tram-strike")
    (undated,) = reports("tram-strike", 2, outlets=1, key=" undated", stated=False)

    found = desk.work(2, [undated])

    assert [one.id for one in found] == [strike]
    assert desk.records[strike].last_seen == on(2)


@pytest.mark.parametrize("language", ["de", "fr", "es", "uk", "ru", ""])
def test_a_desk_of_another_language_and_a_mixed_one_follow_each_affair(language: str) -> None:
    names = elsewhere(language)
    desk = worked(month(names if language else [*names, *affairs()], besides=DESK))

    assert {name: len(desk.names(name)) for name in names} == dict.fromkeys(names, 1)
    assert all(len(desk.affairs_of(desk.names(name)[0])) == 1 for name in names)
