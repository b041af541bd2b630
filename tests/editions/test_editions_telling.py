"""A lead is told from one report, an edition uses its words, opinion and pastimes stand below the
news.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newsroom import FLOOD, STRIKE, TRIAL, article
from test_editions_compose import DAY, affair, edition, storyline

from briefing.editions import LENGTHS, Length, day_window
from briefing.model import Article, Storyline, Window

POLLS = (
    "Halden put two dozen old cranes up for sale on Tuesday.",
    "Buyers may look at them until Friday.",
)


def view(*, headline: str = "The port must open", outlet: str = "Post") -> Article:
    return article(
        STRIKE[2:], headline=headline, outlet=outlet, day=DAY, genre="opinion", key=outlet
    )


def many(number: int) -> list[Storyline]:
    words = [
        "Amber",
        "Birch",
        "Cedar",
        "Delta",
        "Ember",
        "Fjord",
        "Grove",
        "Heath",
        "Islet",
        "Jetty",
        "Kiosk",
        "Ledge",
        "Manor",
        "North",
        "Orbit",
        "Plaza",
    ]
    return [
        storyline(
            [article([(f"{one} council {one.lower()} opened {one.lower()}works number "
f"{n} in {one}ton on Tuesday.")],
                     headline=f"{one} council opens {one.lower()}works in {one}ton", outlet=f"{one} Post", day=DAY)],
            f"story{n}",
        )
        for n, one in enumerate(words[:number])
    ]  # fmt: skip


def test_a_lead_opens_as_one_report_opens() -> None:
    made = edition([affair(FLOOD, ["Wire", "Post", "Courier"], "flood")])

    opening = made.leads[0].summary.quotes[:2]

    assert len({quote.article.id for quote in opening}) == 1
    assert [quote.span for quote in opening] == list(opening[0].article.sentences[:2])


def test_what_most_reports_tell_of_consequence_is_in_the_lead() -> None:
    told = "Two people died when the dyke at Tessin broke, the river police said."
    first = article(FLOOD, headline="River Orla rises in Tessin", outlet="Wire", day=DAY)
    others = [
        article(
            [f"The river Orla flooded {place} in Tessin.", told],
            headline="Flood in Tessin",
            outlet=place,
            day=DAY,
        )
        for place in ("Uptown", "Midtown")
    ]

    made = edition([storyline([first, *others], "flood")])

    assert any("died" in str(quote) for quote in made.leads[0].summary.quotes)


def test_an_opinion_gives_no_lead_its_words_nor_its_headline() -> None:
    reports = affair(STRIKE, ["Wire", "Courier"], "strike")
    given = replace(reports, articles=(*reports.articles, view()))

    (item,) = edition([given]).leads

    assert not any(quote.article.is_view for quote in item.quotes)
    assert not item.storyline.headline.article.is_view


def test_opinions_alone_stand_below_the_briefs_and_in_the_ledger() -> None:
    made = edition(
        [
            affair(FLOOD, ["Wire", "Post"], "flood"),
            storyline([view(headline="Dockers and cost")], "view"),
        ]
    )

    assert [item.storyline.id for item in made.leads] == ["flood-1"]
    assert [item.storyline.headline.article.is_view for item in made.briefs] == [True]
    assert "view" in {fate.fate for fate in made.ledger}


def test_sport_leads_only_where_there_is_little_else() -> None:
    match = [
        article(POLLS, headline="Halden sells cranes", outlet=one, day=DAY, genre="sport", key=one)
        for one in "abc"
    ]

    beside = edition([storyline(match, "match"), affair(TRIAL, ["Wire"], "trial")])
    alone = edition([storyline(match, "match")])

    assert [item.storyline.id for item in beside.leads] == ["trial-1"]
    assert [item.storyline.id for item in alone.leads] == ["match-1"]


def test_the_dead_go_before_a_sale_that_as_many_report() -> None:
    made = edition(
        [affair(POLLS, ["Wire", "Post"], "sale"), affair(TRIAL, ["Wire", "Post"], "trial")]
    )

    assert [item.storyline.id for item in made.leads] == ["trial-1", "sale-1"]
    assert made.leads[0].score["consequence"] > 0


def test_equal_storylines_stand_in_an_order_that_no_id_decides() -> None:
    ones = many(4)
    swapped = [replace(one, id=f"z{9 - n}") for n, one in enumerate(ones)]

    orders = [
        [str(item.storyline.headline) for item in edition(given).items] for given in (ones, swapped)
    ]

    assert orders[0] == orders[1]


def test_what_has_no_room_is_named_in_other_news() -> None:
    made = edition(many(16), short(120))

    bare = [item for item in made.briefs if not item.quotes]

    assert bare
    assert made.words > 108


def short(words: int) -> Length:
    return replace(LENGTHS["standard"], words=words, leads=2, briefs=2)


def test_a_live_blog_is_told_from_its_posts() -> None:
    intro = article(
        STRIKE[:1],
        headline="Live: dockers walk out at Halden",
        outlet="Wire",
        day=DAY,
        kind="live blog",
    )
    posts = [replace(one.articles[0], kind="update", part_of=intro.id) for one in many(8)]

    made = edition([storyline([intro, *posts], "blog")])
    told = [item for item in made.items if item.storyline.headline.article.kind == "update"]

    assert len(told) >= 5
    assert len({item.storyline.id for item in made.items}) == len(made.items)
    assert sum(item in made.leads for item in told) <= 2


def test_a_straggler_does_not_tell_an_affair() -> None:
    peak = [
        article(FLOOD, headline="River Orla rises in Tessin", outlet=one, day=DAY, key=one)
        for one in "abcd"
    ]
    late = article(
        ["A choir sang in Tessin for the river."],
        headline="Choir sings",
        outlet="e",
        day=DAY + timedelta(2),
    )

    made = edition([storyline([*peak, late], "flood")], window=Window())

    assert str(made.leads[0].storyline.headline) == "River Orla rises in Tessin"


def test_in_an_open_window_the_newest_goes_before_a_larger_affair_of_long_ago() -> None:
    old = storyline(
        [
            article(TRIAL, headline="Olander guilty", outlet=one, day=DAY - timedelta(12), key=one)
            for one in "abcde"
        ],
        "old",
    )

    made = edition([old, affair(FLOOD, ["Wire", "Post"], "flood")], window=Window())
    of_day = edition([old, affair(FLOOD, ["Wire", "Post"], "flood")], window=day_window(DAY, "UTC"))

    assert [item.storyline.id for item in made.leads] == ["flood-1", "old-1"]
    assert [item.storyline.id for item in of_day.leads] == ["flood-1"]
