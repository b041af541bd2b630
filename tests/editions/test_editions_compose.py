"""Storylines into an edition: what must hold for any collection, and the rules of the lineup one by
one.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import FLOOD, STRIKE, TRIAL, article, lead_digest

from briefing.editions import LENGTHS, Length, compose, day_window
from briefing.editions.composing import MORE_BRIEFS, MORE_LEADS
from briefing.editions.lineup.dormant import QUIET
from briefing.editions.novelty.redundancy import distinct_words, has_same_words
from briefing.model import Article, Edition, Fate, Headline, Item, Quote, Storyline, Window

DAY = date(2026, 3, 3)
SUBJECTS = (
    "dockers",
    "river",
    "jury",
    "reactor",
    "ferry",
    "bank",
    "hens",
    "minister",
    "museum",
    "tram",
    "pupils",
    "airline",
)
DEEDS = (
    "opened",
    "closed",
    "rejected",
    "approved",
    "delayed",
    "found",
    "lost",
    "sold",
    "repaired",
    "counted",
    "named",
)
THINGS = (
    "a bridge",
    "nine ships",
    "the budget",
    "its rate",
    "a verdict",
    "the levy",
    "a treaty",
    "old letters",
    "the dyke",
)


def storyline(articles: Sequence[Article], name: str = "affair") -> Storyline:
    return Storyline(f"{name}-1", tuple(articles), title(articles[0]), first_seen=None)


def title(one: Article) -> Headline | Quote:
    return Headline(one) if one.headline else Quote(one, one.sentences[0])


def affair(
    sentences: Sequence[str],
    outlets: Sequence[str | None],
    name: str,
    *,
    day: date | None = DAY,
    headline: str = "",
) -> Storyline:
    articles = [
        article(
            [*sentences[n:], *sentences[:n]],
            headline=headline or sentences[n],
            outlet=outlet,
            day=day,
        )
        for n, outlet in enumerate(outlets)
    ]
    return storyline(articles, name)


def edition(
    storylines: Sequence[Storyline], length: Length = LENGTHS["standard"], **rest: object
) -> Edition:
    settings = {
        "title": "News",
        "profile": "desk",
        "date": DAY,
        "window": day_window(DAY, "UTC"),
        "digest": lead_digest,
    }
    return compose(storylines, length=length, **{**settings, **rest})  # type: ignore[arg-type]


def collection(seed: int) -> list[Storyline]:
    """Up to 14 storylines of up to five articles, dated, undated, outside the window, with and
    without outlets.
    """
    chance = random.Random(seed)
    return [
        storyline(
            [report(chance, number, place) for place in range(chance.randint(1, 5))],
            f"affair{number}",
        )
        for number in range(chance.randint(0, 14))
    ]


def report(chance: random.Random, number: int, place: int) -> Article:
    sentences = [
        f"The {chance.choice(SUBJECTS)} {chance.choice(DEEDS)} {chance.choice(THINGS)}"
        f"{' and then some more' * chance.randint(0, 12)} {chance.randint(0, 99)}."
        for _ in range(chance.randint(0, 6))
    ]
    headlines = [f"Affair {number} goes on", "Why so many words " * 4] + [None] * bool(sentences)
    shift = chance.choice([None, -9, -1, 0, 0, 0, 1])
    return article(
        sentences,
        headline=chance.choice(headlines),
        outlet=chance.choice([None, "Wire", "Courier", "The Courier", "Post"]),
        day=None if shift is None else DAY + timedelta(days=shift),
        key=f"{number} {place}",
    )


def news_in_brief(made: Edition) -> list[Item]:
    return [item for item in made.briefs if item.section != QUIET]


SEEDS = st.integers(0, 10**9)  # of a collection; a seed is what a failure prints
LIMITS = st.one_of(
    st.sampled_from(list(LENGTHS.values())),
    st.builds(
        Length, st.integers(1, 400), leads=st.integers(0, 6), lead_words=st.integers(1, 150), briefs=st.integers(0, 9),
        brief_words=st.integers(1, 60),
    ),
)  # fmt: skip
WINDOWS = st.sampled_from(
    [Window(), day_window(DAY, "UTC"), day_window(DAY + timedelta(days=400), "UTC")]
)


@settings(max_examples=30, deadline=None)
@given(SEEDS, LIMITS, WINDOWS)
def test_no_limit_is_ever_exceeded(seed: int, length: Length, window: Window) -> None:
    storylines = collection(seed)
    made = edition(storylines, length, window=window)

    assert made.words <= length.words
    assert len(made.leads) <= MORE_LEADS * length.leads
    briefs = [item for item in news_in_brief(made) if item.quotes]
    assert len(briefs) <= MORE_BRIEFS * length.briefs
    assert all(
        sum(quote.words for quote in item.quotes) <= length.lead_words for item in made.leads
    )
    assert all(
        sum(quote.words for quote in item.quotes) <= length.brief_words for item in made.briefs
    )
    assert all(len(item.quotes) <= 1 for item in made.briefs)


@settings(max_examples=30, deadline=None)
@given(SEEDS, LIMITS, WINDOWS)
def test_nothing_is_said_twice(seed: int, length: Length, window: Window) -> None:
    storylines = collection(seed)
    said = [distinct_words(quote) for quote in edition(storylines, length, window=window).quotes]

    assert not any(
        has_same_words(one, other) for place, one in enumerate(said) for other in said[:place]
    )


@settings(max_examples=30, deadline=None)
@given(SEEDS, WINDOWS)
def test_the_ledger_names_every_article_and_document_once(seed: int, window: Window) -> None:
    storylines = collection(seed)
    set_aside = Fate("document", "broken.pdf", "unreadable", "it is damaged", "broken.pdf")

    made = edition(storylines, window=window, fates=[set_aside])

    articles = [one for storyline in storylines for one in storyline.articles]
    listed = Counter((fate.kind, fate.id) for fate in made.ledger)
    assert set(listed.values()) <= {1}
    assert {name for kind, name in listed if kind == "article"} == {one.id for one in articles}
    assert {name for kind, name in listed if kind == "document"} == {
        one.document for one in articles
    } | {"broken.pdf"}
    assert made.counts["articles"] == len({one.id for one in articles})
    assert made.counts["documents"] == len({one.document for one in articles}) + 1
    quoted = {quote.article.id for quote in made.quotes}
    assert quoted <= {fate.id for fate in made.ledger if fate.fate in ("lead", "brief")}


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_storylines_changes_nothing(seed: int, chance: random.Random) -> None:
    storylines = collection(seed)
    shuffled = list(storylines)
    chance.shuffle(shuffled)

    assert edition(shuffled) == edition(storylines)


@settings(max_examples=30, deadline=None)
@given(SEEDS, WINDOWS)
def test_a_lead_has_two_independent_outlets_or_says_that_it_has_not(
    seed: int, window: Window
) -> None:
    storylines = collection(seed)
    for item in edition(storylines, window=window).leads:
        inside = [one for one in item.storyline.articles if one.outlet]
        two = len({one.outlet.removeprefix("The ") for one in inside if one.outlet}) >= 2
        assert two or "one outlet" in item.status or "not stated" in item.status


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_no_sentence_is_from_outside_the_window(seed: int) -> None:
    storylines = collection(seed)
    made = edition(storylines)
    for item in (*made.leads, *news_in_brief(made)):
        for quote in item.summary.quotes:
            assert quote.article.published is None or quote.article.published.day == DAY
        assert all(
            one.published is None or one.published.day <= DAY for one in item.storyline.articles
        )


def test_a_storyline_of_two_documents_from_one_outlet_stands_below_one_of_two_outlets() -> None:
    made = edition(
        [affair(STRIKE, ["Wire", "Wire"], "strike"), affair(FLOOD, ["Wire", "Post"], "flood")]
    )

    assert [item.storyline.id for item in made.leads] == ["flood-1", "strike-1"]
    assert [item.status for item in made.leads] == ["new", "new, one outlet"]


def test_the_article_of_an_outlet_is_not_a_second_one() -> None:
    made = edition(
        [
            affair(STRIKE, ["The Courier", "Courier"], "strike"),
            affair(FLOOD, ["Wire", "Post"], "flood"),
        ]
    )

    assert [item.status for item in made.leads] == ["new", "new, one outlet"]


def test_a_reprint_is_not_a_second_outlet() -> None:
    reprint = article(STRIKE, headline="A reprint", outlet="Post", day=DAY)
    wire = replace(article(STRIKE, headline="The wire", outlet="Wire", day=DAY), copies=(reprint,))

    made = edition([storyline([wire], "strike"), affair(FLOOD, ["Wire", "Post"], "flood")])

    assert made.leads[0].storyline.id == "flood-1"
    assert [(fate.fate, fate.id) for fate in made.ledger if fate.fate == "folded"] == [
        ("folded", reprint.id)
    ]


def test_a_small_folder_without_outlets_still_gives_leads_that_say_so() -> None:
    made = edition(
        [
            affair(STRIKE, [None, None], "strike"),
            affair(FLOOD, [None], "flood"),
            affair(TRIAL, [None], "trial"),
        ]
    )

    assert {item.status for item in made.leads} == {"new, outlet not stated"}
    assert len(made.leads) == 3


def test_a_storyline_of_unstated_outlets_says_so() -> None:
    made = edition(
        [affair(STRIKE, ["Wire", None, None], "strike"), affair(FLOOD, ["Wire", "Post"], "flood")]
    )

    assert {item.status for item in made.leads} == {"new", "new, outlet not stated"}


def test_where_no_storyline_has_two_outlets_the_strongest_lead() -> None:
    made = edition([affair(STRIKE, ["Wire"], "strike"), affair(FLOOD, ["Wire"], "flood")])

    assert [item.status for item in made.leads] == ["new, one outlet"] * 2


def test_more_outlets_stand_higher() -> None:
    made = edition(
        [
            affair(STRIKE, ["Wire", "Post"], "strike"),
            affair(FLOOD, ["Wire", "Post", "Courier"], "flood"),
        ]
    )

    assert [item.storyline.id for item in made.leads] == ["flood-1", "strike-1"]
    assert made.leads[0].points == pytest.approx(sum(made.leads[0].score.values()))


def test_a_headline_from_before_the_window_gives_way_to_one_of_the_day() -> None:
    before = article(STRIKE, headline="Dockers vote", outlet="Wire", day=DAY - timedelta(days=1))
    now = affair(STRIKE[1:], ["Wire", "Post"], "now", headline="Dockers walk out").articles

    (lead,) = edition([storyline([before, *now])]).leads

    assert str(lead.storyline.headline) == "Dockers walk out"


def test_what_was_told_before_the_window_is_not_told_again() -> None:
    before = article(
        STRIKE[:2], headline="Dockers walk out", outlet="Wire", day=DAY - timedelta(days=1)
    )
    now = [
        article(
            [*STRIKE[:2], FLOOD[0]], headline="Strike and flood", outlet=outlet, day=DAY, key=outlet
        )
        for outlet in ("Wire", "Post")
    ]

    (lead,) = edition([storyline([before, *now])]).leads

    assert [str(quote) for quote in lead.summary.quotes] == [FLOOD[0]]


def test_nothing_new_is_said_of_a_storyline_that_only_repeats() -> None:
    before = article(
        STRIKE, headline="Dockers walk out", outlet="Wire", day=DAY - timedelta(days=1)
    )
    again = [
        article(STRIKE[::-1], headline="Still out", outlet=one, day=DAY, key=one)
        for one in ("Wire", "Post")
    ]
    more = article([*STRIKE, FLOOD[0]], headline="Still out", outlet="Ledger", day=DAY, key="more")

    quiet, moved = (edition([storyline([before, *now])]).items for now in (again, [*again, more]))

    assert [item.status for item in quiet] == ["day 2, nothing new"]
    assert [item.status for item in moved] == ["day 2"]


def test_what_a_profile_was_sent_is_not_sent_again() -> None:
    strike = affair(STRIKE, ["Wire", "Post"], "strike")
    first = edition([strike])

    second = edition([strike], sent=first.quotes)

    assert not {str(quote) for quote in first.quotes} & {str(quote) for quote in second.quotes}


def test_undated_articles_stand_behind_dated_ones_and_are_not_quoted() -> None:
    dated = affair(STRIKE, ["Wire", "Post"], "strike").articles
    undated = article(FLOOD, headline="No date", outlet="Courier")

    made = edition([storyline([*dated, undated])])

    assert all(quote.article in dated for quote in made.quotes)
    (fate,) = [fate for fate in made.ledger if fate.id == undated.id]
    assert fate.reason == "stands behind affair-1; undated, so not quoted"


def test_a_day_without_news_is_an_empty_edition() -> None:
    made = edition([affair(STRIKE, ["Wire", "Post"], "strike", day=DAY - timedelta(days=3))])

    assert made.items == ()
    assert {fate.fate for fate in made.ledger if fate.kind == "article"} == {"outside the window"}


def test_bare_headlines_are_briefs_without_a_sentence() -> None:
    bare = storyline([article([], headline="Dockers walk out", outlet="Wire", day=DAY)])

    made = edition([bare])

    assert [str(item.storyline.headline) for item in made.briefs] == ["Dockers walk out"]
    assert made.counts["bare headlines"] == 1
