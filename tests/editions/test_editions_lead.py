"""How a lead is built: what is new in a part of its own, accounts that differ side by side, dates
beside words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from newsroom import FLOOD, STRIKE, article, lead_digest, utc
from test_editions_compose import DAY, affair, edition, storyline

from briefing.editions import Audience
from briefing.editions.date_insertions import find_date_insertions
from briefing.editions.lineup.dormant import QUIET
from briefing.editions.lineup.run_ins import DIFFER, SINCE
from briefing.editions.protocols import Offer
from briefing.model import Article, Edition, Insertion, Item, Quote, Span, Storyline, Summary

BEFORE = DAY - timedelta(days=1)
SECOND_DAY = (
    "Talks to end the strike of dockers at the port of Halden collapsed on Wednesday.",
    "The union turned down 900 crowns that the port had offered once.",
    "The port and the dockers of Halden will not meet again, said the mediator Edvin Rask.",
    "The dockers of the port will be called to vote, and the ships wait in the roads.",
    "The strike of the dockers has stopped 41 ships off the port of Halden.",
)
OTHERS = (
    "In Tessin two days of rain have lifted the Orla above its banks.",
    "The fire brigade spoke of 1,300 people who had left the lower town of Tessin.",
    "Bread and milk were handed out at the school by the Red Cross of Ostra.",
)


def told_before() -> Storyline:
    """A strike that was reported the day before, and goes on."""
    first = [article(STRIKE, headline="Dockers walk out", outlet="Wire", day=BEFORE)]
    second = [
        article(
            SECOND_DAY, headline="Talks collapse at the port", outlet=outlet, day=DAY, key=outlet
        )
        for outlet in ("Wire", "Courier")
    ]
    return storyline([*first, *second], "strike")


def flood() -> Storyline:
    """A flood that two outlets report, each in its own words."""
    first = article(FLOOD, headline="River rises in Tessin", outlet="Wire", day=DAY)
    return storyline(
        [first, article(OTHERS, headline="Tessin under water", outlet="Post", day=DAY)], "flood"
    )


def lead(made: Edition) -> Item:
    return made.leads[0]


def test_what_is_new_since_the_last_edition_stands_in_a_part_of_its_own_with_why_it_is_new() -> (
    None
):
    item = lead(edition([told_before()]))

    new = [str(quote) for quote in item.parts.get(SINCE, ())]
    assert str(item.summary.quotes[0]) == SECOND_DAY[0]
    assert new
    assert len(item.why[SINCE]) == len(new)
    assert all(
        reason.startswith(("a figure: ", "a name: ", "a quotation")) for reason in item.why[SINCE]
    )


def test_a_storyline_that_is_new_has_no_such_part() -> None:
    assert SINCE not in lead(edition([affair(STRIKE, ["Wire", "Post"], "strike")])).parts


def differing(news: Sequence[Article], told: Sequence[Article]) -> Mapping[str, Sequence[Offer]]:
    """The second sentence of each report: two figures of one thing."""
    return {DIFFER: [[Quote(one, one.sentences[1]) for one in news]]}


def test_accounts_that_differ_stand_together_and_not_in_the_summary() -> None:
    item = lead(edition([flood()], parts_of=differing))

    assert {str(quote) for quote in item.parts[DIFFER]} == {FLOOD[1], OTHERS[1]}
    assert item.divided == {DIFFER: (2,)}
    assert set(item.summary.quotes).isdisjoint(item.parts[DIFFER])


def test_an_account_that_opens_the_lead_leaves_the_others_alone() -> None:
    def parts_of(news: Sequence[Article], told: Sequence[Article]) -> Mapping[str, Sequence[Offer]]:
        return {
            DIFFER: [
                [
                    Quote(one, one.sentences[number])
                    for one, number in zip(news, (0, 1), strict=True)
                ]
            ]
        }

    item = lead(edition([flood()], parts_of=parts_of))
    shown = {str(item.summary.quotes[0]), *(str(quote) for quote in item.parts[DIFFER])}

    assert len(item.parts[DIFFER]) == 1
    assert len(shown) == 2


def test_accounts_without_room_are_not_torn_apart() -> None:
    long = article(
        ["The port said " + "that it would go on " * 30 + "in the end."] * 1,
        outlet="Wire",
        day=DAY,
        key="l",
    )

    def parts_of(news: Sequence[Article], told: Sequence[Article]) -> Mapping[str, Sequence[Offer]]:
        return {DIFFER: [[Quote(long, long.sentences[0]), Quote(news[0], news[0].sentences[1])]]}

    assert DIFFER not in lead(edition([flood()], parts_of=parts_of)).parts


WEDNESDAY = date(2026, 3, 4)
NAMED = [
    ("Talks began on Tuesday in the Customs House.", "Tuesday", date(2026, 3, 3), [(22, "date")]),
    (
        "Talks began on Tuesday night in the Customs House.",
        "Tuesday",
        date(2026, 3, 3),
        [(28, "date")],
    ),
    ("Talks ended yesterday.", "yesterday", date(2026, 3, 3), [(21, "day")]),
    (
        "Talks ended on Wednesday.",
        "Wednesday",
        WEDNESDAY,
        [],
    ),  # the day that the source's label says
    ("Talks ended on 3 March.", "3 March", date(2026, 3, 3), []),  # it says so itself
    (
        "Nobody came to Tuesday's talks.",
        "Tuesday",
        date(2026, 3, 3),
        [],
    ),  # nothing is put inside a word
]


@pytest.mark.parametrize(("sentence", "words", "day", "expected"), NAMED)
def test_a_day_that_words_leave_open_is_printed_beside_them(
    sentence: str, words: str, day: date, expected: list[tuple[int, str]]
) -> None:
    source = article([sentence], outlet="Wire", day=WEDNESDAY)
    start = sentence.index(words)
    quote = Quote(source, source.sentences[0])
    item = Item(storyline([source]), Summary((quote,)))

    found = find_date_insertions(
        [item], lambda _article, _span: [(Span(start, start + len(words)), day)]
    )

    assert found == tuple(Insertion(source.id, at, day, kind) for at, kind in expected)  # type: ignore[arg-type]


def test_of_a_day_named_twice_in_an_item_the_first_naming_has_its_date() -> None:
    source = article(["He came on Monday.", "She left on Monday."], outlet="Wire", day=WEDNESDAY)
    item = Item(
        storyline([source]), Summary(tuple(Quote(source, span) for span in source.sentences))
    )

    found = find_date_insertions(
        [item], lambda _article, span: [(Span(span.stop - 7, span.stop - 1), date(2026, 3, 2))]
    )

    assert [one.at for one in found] == [source.sentences[0].stop - 1]
    assert find_date_insertions([item], None) == ()


def test_two_halves_of_an_affair_are_one_lead_unless_they_are_linked() -> None:
    first, second = (
        affair(STRIKE, ["Wire", "Post"], "strike"),
        affair(STRIKE[::-1], ["Courier", "Ledger"], "dockers"),
    )
    halves = [first, second]

    assert len(edition(halves).leads) == 1
    linked = [replace(first, related=(second.id,)), second]
    assert {item.storyline.id for item in edition(linked).leads} <= {first.id, second.id}
    assert len(edition([first, affair(FLOOD, ["Wire", "Post"], "flood")]).leads) == 2


def test_a_report_that_came_in_late_is_told_and_marked() -> None:
    late = storyline(
        [article(STRIKE, headline="Dockers walk out", outlet="Wire", at=utc(2026, 3, 2, 21))],
        "strike",
    )
    (report,) = late.articles

    assert edition([late]).items == ()
    made = edition([late], late=[report.id])

    assert [item.storyline.id for item in made.items] == [late.id]
    assert made.late == (report.id,)
    assert next(fate.reason for fate in made.ledger if fate.id == report.id).endswith(
        "it came in late"
    )


def silent(name: str, outlets: Sequence[str], day: date, *, days: int = 2) -> Storyline:
    """An affair that these outlets reported up to a day, on so many days."""
    reports = [
        article(
            [*FLOOD[n:], *FLOOD[:n]],
            headline=f"{name} {n}",
            outlet=outlet,
            day=day - timedelta(days=back),
        )
        for n, outlet in enumerate(outlets)
        for back in range(days)
    ]
    return storyline(reports, name)


def test_what_two_outlets_told_for_days_and_nobody_tells_now_is_named() -> None:
    news = affair(STRIKE, ["Wire", "Post"], "strike")
    long_ago = silent("old", ["Wire", "Post"], DAY - timedelta(days=9))
    given = [
        news,
        silent("flood", ["Wire", "Post"], BEFORE),
        long_ago,
        silent("cup", ["Wire", "Post"], BEFORE, days=1),
    ]

    quiet = [item for item in edition(given).briefs if item.section == QUIET]

    assert [item.storyline.id for item in quiet] == ["flood-1"]
    assert quiet[0].status == f"no news since {BEFORE.isoformat()}"
    assert quiet[0].quotes == ()


def test_one_outlets_affair_is_named_only_where_the_reader_follows_it() -> None:
    given = [affair(STRIKE, ["Wire", "Post"], "strike"), silent("flood", ["Wire"], BEFORE)]

    assert [item for item in edition(given).briefs if item.section == QUIET] == []
    followed = edition(given, audience=Audience(follows=("flood-1",))).briefs
    assert [item.storyline.id for item in followed if item.section == QUIET] == ["flood-1"]


def test_an_affair_told_on_under_another_name_is_not_silent() -> None:
    news = affair(STRIKE, ["Wire", "Post"], "strike")
    quiet = replace(silent("flood", ["Wire", "Post"], BEFORE), related=(news.id,))

    assert [item for item in edition([news, quiet]).briefs if item.section == QUIET] == []


def test_the_editors_note_is_the_editions() -> None:
    assert (
        edition([affair(STRIKE, ["Wire", "Post"], "strike")], note="Back on Monday.").note
        == "Back on Monday."
    )


def test_a_lead_asks_its_headlines_article_for_more_where_others_only_repeat_it() -> None:
    story = affair(FLOOD, ["Wire", "Post", "Courier"], "flood")

    assert len(lead(edition([story], digest=lead_digest)).summary.quotes) >= 3
