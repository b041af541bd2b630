"""Articles into storylines: what must hold for any articles, and the cases that are easily got
wrong.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import FLOOD, STRIKE, TRIAL, article

from briefing.model import Article, Headline, Quote, Storyline
from briefing.storylines import group_articles
from briefing.storylines.events import split_into_events

DAY = date(2026, 3, 3)


def reports(sentences: Sequence[str], outlets: str, *, day: date | None = DAY) -> list[Article]:
    """One report an outlet, each with its own headline and order of sentences."""
    return [
        article(
            [*sentences[n:], *sentences[:n]],
            headline=sentences[n][:-1],
            outlet=f"Outlet {outlet}",
            day=day,
        )
        for n, outlet in enumerate(outlets)
    ]


def partition(storylines: Sequence[Storyline]) -> set[frozenset[str]]:
    return {frozenset(one.id for one in storyline.articles) for storyline in storylines}


def ids(articles: Sequence[Article]) -> frozenset[str]:
    return frozenset(one.id for one in articles)


@pytest.mark.parametrize("day", [DAY, None], ids=["dated", "undated"])
def test_reports_of_one_affair_are_one_storyline_and_other_affairs_stay_apart(
    day: date | None,
) -> None:
    strike, flood, trial = (
        reports(STRIKE, "ABC", day=day),
        reports(FLOOD, "AB", day=day),
        reports(TRIAL, "C", day=day),
    )

    storylines = group_articles([*strike, *flood, *trial])

    assert partition(storylines) == {ids(strike), ids(flood), ids(trial)}


def test_no_article_gives_no_storyline() -> None:
    assert group_articles([]) == ()


def test_one_article_is_its_own_storyline() -> None:
    (only,) = group_articles(reports(STRIKE, "A"))

    assert len(only.articles) == 1
    assert only.events == (only.articles,)
    assert only.first_seen == DAY


def test_an_article_given_twice_is_held_once() -> None:
    (strike,) = reports(STRIKE, "A")

    (only,) = group_articles([strike, strike])

    assert only.articles == (strike,)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_articles_changes_nothing(chance: random.Random) -> None:
    articles = [*reports(STRIKE, "ABC"), *reports(FLOOD, "AB"), *reports(TRIAL, "AC", day=None)]
    shuffled = list(articles)
    chance.shuffle(shuffled)

    assert told(group_articles(shuffled)) == told(group_articles(articles))


def told(storylines: Sequence[Storyline]) -> list[object]:
    return [
        (s.id, str(s.headline), s.first_seen, s.related, [[a.id for a in e] for e in s.events])
        for s in storylines
    ]


def test_the_hash_seed_changes_nothing() -> None:
    program = (
        "import sys; sys.path[:0] = ['tests/support', 'tests/storylines'];"
        "from test_storylines_grouping import *; print(told("
        "group_articles([*reports(STRIKE, 'ABC'), *reports(FLOOD, 'AB')])))"
    )
    root = Path(__file__).parents[2]

    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=root,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "42")
    }

    assert len(said) == 1


def test_a_known_storyline_gains_the_next_day_and_keeps_its_id() -> None:
    (known,) = group_articles(reports(STRIKE, "AB"))
    news = article(
        STRIKE[1:],
        headline="Halden port strike enters a second day",
        outlet="C",
        day=DAY + timedelta(1),
    )

    grown = group_articles([news], known=[known])

    assert [one.id for one in grown] == [known.id]
    assert set(grown[0].articles) == {*known.articles, news}


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from("SFT"), min_size=1, max_size=9), st.integers(0, 3))
def test_known_storylines_never_split_merge_or_change_their_ids(
    kinds: list[str], before: int
) -> None:
    affairs = {"S": STRIKE, "F": FLOOD, "T": TRIAL}
    articles = [
        article(
            affairs[kind],
            headline=affairs[kind][n % 4],
            outlet=f"O{n}",
            day=DAY + timedelta(n % 3),
            key=str(n),
        )
        for n, kind in enumerate(kinds)
    ]
    known = group_articles(articles[:before])

    later = {
        storyline.id: storyline for storyline in group_articles(articles[before:], known=known)
    }

    for storyline in known:
        assert ids(storyline.articles) <= ids(later[storyline.id].articles)
    assert sorted(one.id for s in later.values() for one in s.articles) == sorted(ids(articles))


def test_doing_a_day_again_changes_nothing() -> None:
    once = group_articles([*reports(STRIKE, "ABC"), *reports(FLOOD, "AB")])

    again = group_articles([], known=once)

    assert told(sorted(again, key=lambda s: s.id)) == told(sorted(once, key=lambda s: s.id))


def test_a_clusterer_of_ones_own_cannot_break_known_storylines() -> None:
    known = group_articles([*reports(STRIKE, "AB"), *reports(FLOOD, "AB")])

    def lumping(
        articles: Sequence[Article], /, *, known: Sequence[Sequence[int]] = ()
    ) -> list[int]:
        return [0] * len(articles)

    later = group_articles(reports(TRIAL, "A"), lumping, known=known)

    assert {one.id for one in known} == {one.id for one in later}


def test_bare_headlines_are_grouped_by_fewer_words() -> None:
    strike = [
        article([], headline=words, outlet=outlet, day=DAY)
        for words, outlet in (
            ("Dockers walk out at port of Halden", "A"),
            ("Halden port shut as dockers strike", "B"),
            ("Dockers strike over pay shuts Halden", "C"),
        )
    ]
    cup = [article([], headline="Athletic reach cup final on penalties", outlet="A", day=DAY)]

    assert partition(group_articles([*strike, *cup])) == {ids(strike), ids(cup)}


def test_posts_of_a_live_blog_stay_together() -> None:
    posts = [
        article([sentence], headline=None, outlet="Radio", day=DAY, part_of="blog", kind="update")
        for sentence in (*STRIKE[2:], "A kettle of soup has come from the bakers.")
    ]

    assert partition(group_articles([*posts, *reports(FLOOD, "AB")])) >= {ids(posts)}


def test_a_headline_is_an_outlets_own_and_no_question_or_label() -> None:
    plain, *others = (
        "Dockers walk out at Halden port over pay",
        "Why are Halden dockers striking?",
        "LIVE: Halden port strike",
        "Opinion: the Halden dockers are right",
    )
    articles = [
        article(STRIKE, headline=words, outlet=f"O{n}", day=DAY, key=str(n))
        for n, words in enumerate([*others, plain])
    ]

    (strike,) = group_articles(articles)

    assert isinstance(strike.headline, Headline)
    assert str(strike.headline) == plain


def test_without_any_headline_a_sentence_stands_for_the_storyline() -> None:
    (strike,) = group_articles([article(STRIKE, day=DAY)])

    assert isinstance(strike.headline, Quote)
    assert str(strike.headline) == STRIKE[0]


def test_ids_are_readable_and_plain_ascii() -> None:
    (flood,) = group_articles(
        [article(FLOOD, headline="Überschwemmung in Årlund: “Das Wasser” stieg", day=DAY)]
    )

    assert flood.id.startswith("uberschwemmung-arlund-das-wasser-stieg-")
    assert flood.id.isascii()


def test_days_of_a_storyline_are_its_events() -> None:
    first = reports(STRIKE, "AB")
    later = [
        article(
            [
                "The dockers and the port of Halden agreed a deal of 6.8 per cent.",
                "Members vote on the deal.",
                STRIKE[1],
            ],
            headline="Halden dockers and port reach deal",
            outlet=outlet,
            day=DAY + timedelta(2),
        )
        for outlet in "AB"
    ]

    events = split_into_events([*first, *later])

    assert [ids(event) for event in events] == [ids(first), ids(later)]
