"""Readers' wishes: sections, interests, mutes, keeps, follows, owners, caps; and what holds for any
collection.
"""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import FLOOD, STRIKE, TRIAL
from test_editions_compose import DAY, SUBJECTS, affair, collection, edition

from briefing.archive.edition_files.edition_json import serialise_edition
from briefing.articles import read_documents
from briefing.config import Config, SourceSettings, configured_sources
from briefing.editions import Audience, Interest, Mute, Rule, Section
from briefing.model import Edition
from briefing.sources import collect_documents

TWO = ("Courier", "Post")


def three(**wishes: object) -> Edition:
    lines = [
        affair(STRIKE, TWO, "strike"),
        affair(FLOOD, TWO, "flood"),
        affair(TRIAL, TWO, "trial"),
    ]
    return edition(lines, audience=Audience(**wishes))  # type: ignore[arg-type]


def names(items: object) -> list[str]:
    return [item.storyline.id for item in items]  # type: ignore[attr-defined]


def test_a_storyline_stands_in_the_first_section_that_fits() -> None:
    sections = (
        Section("Work", Rule(words=("port",))),
        Section("All", Rule(outlets=("the courier", "post"))),
    )

    found = {item.storyline.id: item.section for item in three(sections=sections).items}

    assert found == {"strike-1": "Work", "flood-1": "All", "trial-1": "All"}


def test_what_fits_no_section_stands_elsewhere() -> None:
    found = {
        item.section for item in three(sections=(Section("Work", Rule(words=("port",))),)).items
    }

    assert found == {"Work", "Elsewhere"}


@pytest.mark.parametrize(("weight", "place"), [(2.0, 0), (-2.0, 2)])
def test_an_interest_lifts_or_sinks_by_its_weight_and_says_so(weight: float, place: int) -> None:
    made = three(interests=(Interest("water", Rule(words=("river",)), weight),))

    assert names(made.leads).index("flood-1") == place
    assert made.leads[place].score["interest: water"] == weight


def test_whole_words_are_looked_for() -> None:
    assert names(three(mutes=(Mute(("riv",)),)).leads) == names(three().leads)


@pytest.mark.parametrize(
    "mute",
    [
        Mute(("dockers",), "text"),
        Mute(("Dockers Walked",), "headline"),
        Mute(("strike-1",), "storyline"),
        Mute(("dockers",), "storyline", DAY),
    ],
    ids=str,
)
def test_what_is_muted_is_gone_and_counted(mute: Mute) -> None:
    made = three(mutes=(mute,))

    muted = {fate.id for fate in made.ledger if fate.fate == "muted"}
    assert muted.isdisjoint(quote.article.id for quote in made.quotes)
    assert Counter(fate.fate for fate in made.ledger)["muted"] >= 1
    assert str(mute) in {fate.reason for fate in made.ledger}


def test_a_mute_that_is_over_hides_nothing() -> None:
    assert "strike-1" in names(three(mutes=(Mute(("dockers",), "text", date(2026, 3, 2)),)).items)


def test_a_muted_outlet_is_no_source_of_the_rest() -> None:
    made = three(mutes=(Mute(("POST",), "outlet"),))

    assert {one.outlet for item in made.items for one in item.storyline.articles} == {"Courier"}


def test_one_owner_is_one_source() -> None:
    made = three(owners={"Courier": "Group", "Post": "Group"})

    assert all(item.status.endswith("one outlet") for item in made.leads)


def test_an_editors_rule_lets_one_outlet_lead() -> None:
    lines = [affair(TRIAL, TWO, "trial"), affair(STRIKE, ("Courier",), "strike")]

    assert names(edition(lines).leads) == ["trial-1", "strike-1"]
    kept = edition(lines, audience=Audience(keeps=(Rule(words=("dockers",)),)))
    assert names(kept.leads) == ["strike-1", "trial-1"]


def test_an_outlet_that_is_not_printed_alone_is_said_in_the_ledger() -> None:
    lines = [affair(STRIKE, TWO, "strike"), affair(TRIAL, ("Post",), "trial")]

    made = edition(lines, audience=Audience(not_alone=("The Post",)))

    assert names(made.items) == ["strike-1"]
    assert "sole source" in {fate.fate for fate in made.ledger}


def test_a_section_leads_so_often_and_no_more() -> None:
    sections = (Section("Water", Rule(words=("river",))),)

    made = three(sections=sections, elsewhere="Rest", leads_per_section=1)

    assert Counter(item.section for item in made.leads) == {"Water": 1, "Rest": 1}


def test_a_followed_storyline_without_news_is_named_last() -> None:
    old = affair(TRIAL, TWO, "trial", day=date(2026, 3, 1))

    made = edition([affair(STRIKE, TWO, "strike"), old], audience=Audience(follows=("jury",)))

    assert made.briefs[-1].section == "Followed, no news"
    assert made.briefs[-1].status == "no news since 2026-03-01"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(SUBJECTS), st.sampled_from(["text", "headline"]))
def test_mutes_never_leak(seed: int, word: str, scope: str) -> None:
    made = edition(
        collection(seed), audience=Audience(mutes=(Mute((word,), scope),), follows=SUBJECTS)
    )  # type: ignore[arg-type]
    printed = [str(item.storyline.headline) for item in made.items]
    printed += [str(quote) for quote in made.quotes] if scope == "text" else []

    assert not [text for text in printed if word in text.casefold().replace(".", "").split()]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_no_article_is_in_two_items_and_the_order_given_changes_nothing(
    seed: int, order: int
) -> None:
    lines = collection(seed)
    wishes = Audience(
        interests=(Interest("any", Rule(words=SUBJECTS[:4]), 1.5),), leads_per_person=1
    )
    made = edition(lines, audience=wishes)
    held = [article.id for item in made.items for article in item.storyline.articles]
    shuffled = random.Random(order).sample(lines, len(lines))

    assert len(held) == len(set(held))
    assert serialise_edition(edition(shuffled, audience=wishes)) == serialise_edition(made)


def test_a_process_pool_reads_the_same_articles(corpus: Path) -> None:
    found = collect_documents(
        configured_sources(replace(Config(), sources=(SourceSettings(str(corpus / "2026-03-03")),)))
    ).documents[:24]

    with ProcessPoolExecutor(2) as pool:
        assert [vars(one) for one in read_documents(found, map=pool.map).articles] == [
            vars(one) for one in read_documents(found).articles
        ]
