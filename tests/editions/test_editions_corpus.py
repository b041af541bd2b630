"""Editions of the sample corpus, day by day: the leads an editor chose, every sentence verbatim,
limits kept.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from test_storylines_quality import documents, truth

from briefing.articles import Folding, Reading, fold_reprints, read_documents
from briefing.editions import LENGTHS, compose, day_window
from briefing.editions.lineup.dormant import QUIET
from briefing.model import Article, Edition, Item, Storyline
from briefing.storylines import group_articles, select_headline
from briefing.summaries import digest_articles, may_stand_alone
from briefing.wiring import collect_run_ins

ZONE = "Europe/Berlin"
DAYS = ("2026-03-03", "2026-03-04", "2026-03-05")
MISSED = 1  # of an editor's four or five leads of a day, one may stand among our briefs


@pytest.fixture(scope="module")
def reading(corpus: Path) -> Reading:
    return read_documents(documents(corpus))


@pytest.fixture(scope="module")
def folding(reading: Reading) -> Folding:
    return fold_reprints(reading.articles)


@pytest.fixture(scope="module")
def storylines(folding: Folding) -> tuple[Storyline, ...]:
    return group_articles(folding.articles)


@pytest.fixture(scope="module", params=DAYS)
def edition(
    request: pytest.FixtureRequest,
    reading: Reading,
    folding: Folding,
    storylines: tuple[Storyline, ...],
) -> Edition:
    day = date.fromisoformat(request.param)
    return compose(
        storylines,
        title="Vestmark",
        profile="desk",
        date=day,
        window=day_window(day, ZONE),
        length=LENGTHS["standard"],
        digest=digest_articles,
        headline_of=select_headline,
        parts_of=collect_run_ins,
        stands=may_stand_alone,
        timezone=ZONE,
        fates=(*reading.set_aside, *folding.fates),
    )


def affair(item: Item, labels: dict[str, str]) -> str | None:
    counts = Counter(labels.get(article.id) for article in item.storyline.articles)
    return counts.most_common(1)[0][0]


def test_leads_are_those_an_editor_chose(edition: Edition, corpus: Path, folding: Folding) -> None:
    labels = truth(corpus, folding.articles)
    chosen = json.loads((corpus / "expected" / "days.json").read_text(encoding="utf-8"))[
        edition.date.isoformat()
    ]

    leads = {affair(item, labels) for item in edition.leads}

    assert len(set(chosen["lead"]) - leads) <= MISSED


def test_no_two_items_tell_of_one_affair(edition: Edition, corpus: Path, folding: Folding) -> None:
    labels = truth(corpus, folding.articles)

    affairs = [affair(item, labels) for item in edition.leads]

    assert len(affairs) == len(set(affairs))


def test_every_lead_has_two_independent_outlets_and_news_of_the_day(edition: Edition) -> None:
    for item in edition.leads:
        assert len(item.storyline.outlets) >= 2
        assert {
            quote.article.published.day for quote in item.summary.quotes if quote.article.published
        } == {edition.date}


def test_every_document_and_article_is_accounted_for(
    edition: Edition, corpus: Path, reading: Reading
) -> None:
    read: set[Article] = set(reading.articles)
    listed = Counter(fate.id for fate in edition.ledger if fate.kind == "article")

    assert {fate.id for fate in edition.ledger if fate.kind == "document"} == {
        one.origin for one in documents(corpus)
    }
    assert set(listed) == {one.id for one in read}
    assert set(listed.values()) == {1}
    assert sum(
        Counter(fate.fate for fate in edition.ledger if fate.kind == "article").values()
    ) == len(read)


def test_it_is_full_and_within_its_limit(edition: Edition) -> None:
    assert 1080 <= edition.words <= 1200
    assert 5 <= len(edition.leads) <= 8
    assert len([item for item in edition.briefs if item.section != QUIET]) >= 5
