"""How well articles are grouped, with floors that only go up: labelled sets, scraped pages, the sample corpus."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.storylines import load, measured, scores
from briefing.articles import fold, read_all
from briefing.model import Article, Document
from briefing.storylines import group, linkage

# BCubed F1 and pair F1 on every n-th group of each set, less a hundredth for what a change elsewhere may cost.
FLOORS = {
    "allsides": (5, 0.96, 0.91),
    "daybatch": (8, 0.95, 0.86),
    "ecbplus": (2, 0.97, 0.96),
    "wikinews": (2, 0.85, 0.70),
    "basil": (2, 0.99, 0.99),
    "uci": (4, 0.90, 0.90),
}
SEEDS = {"000": "oval", "001": "oval", "002": "oval", "004": "kyiv"}


@pytest.mark.parametrize("name", FLOORS)
def test_grouping_stays_above_its_floor(name: str, corpora: Path) -> None:
    every, f1, pair_f1 = FLOORS[name]

    found, _ = measured(load(corpora / "storylines" / name / "dev.jsonl", every=every), linkage)

    assert found["f1"] >= f1
    assert found["pair_f1"] >= pair_f1


def documents(folder: Path) -> list[Document]:
    return [
        Document(str(path.relative_to(folder)), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != "README.md"
        and not path.name.startswith(".")
        and "expected" not in path.parts
    ]


@pytest.fixture(scope="module")
def scraped(seeds_folder: Path) -> tuple[Article, ...]:
    return fold(read_all(documents(seeds_folder)).articles).articles


@pytest.fixture(scope="module")
def seeds_folder(corpora: Path) -> Path:
    return corpora / "seeds"


def affair(article: Article) -> str:
    """What an article of the scraped pages is about: by its page, and for the page of several by its words."""
    page = article.document[:3]
    if page in SEEDS:
        return SEEDS[page]
    return "drones" if "drones" in (article.headline or "") else "summit"


def affairs(articles: Sequence[Article], others: Sequence[Article] = ()) -> set[frozenset[str]]:
    """The partition of the scraped articles, with others around them that must not join."""
    parts = set()
    for storyline in group([*articles, *others]):
        held = frozenset(one.id for one in storyline.articles)
        if held & {one.id for one in articles}:
            parts.add(held)
    return parts


def expected(articles: Sequence[Article]) -> set[frozenset[str]]:
    return {frozenset(one.id for one in articles if affair(one) == name) for name in {affair(one) for one in articles}}


def test_scraped_pages_fall_into_their_four_affairs(scraped: tuple[Article, ...]) -> None:
    assert affairs(scraped) == expected(scraped)


def test_and_without_dates(scraped: tuple[Article, ...]) -> None:
    undated = [replace(one, published=None) for one in scraped]

    assert affairs(undated) == expected(undated)


@pytest.mark.parametrize("seed", range(5))
def test_and_in_any_order(scraped: tuple[Article, ...], seed: int) -> None:
    shuffled = list(scraped)
    random.Random(seed).shuffle(shuffled)

    assert affairs(shuffled) == expected(scraped)


@pytest.fixture(scope="module")
def crowd(corpora: Path) -> list[Article]:
    return [one.article for one in load(corpora / "storylines" / "allsides" / "dev.jsonl", every=10)][:80]


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
def test_and_among_eighty_other_articles(scraped: tuple[Article, ...], crowd: list[Article], dated: bool) -> None:
    articles = [*scraped, *crowd] if dated else [replace(one, published=None) for one in (*scraped, *crowd)]

    assert affairs(articles[: len(scraped)], articles[len(scraped) :]) == expected(scraped)


@pytest.fixture(scope="module")
def news(corpus: Path) -> tuple[Article, ...]:
    return fold(read_all(documents(corpus)).articles).articles


def truth(corpus: Path, articles: Sequence[Article]) -> dict[str, str]:
    """Storyline of each article that the truth knows: by document, then by its first or last words."""
    lines = [
        json.loads(line)
        for path in sorted((corpus / "expected" / "articles").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    labels = {}
    for article in articles:
        text = " ".join(article.text.split())
        for line in (one for one in lines if one["document"] == article.document):
            if line["part"] is None or line["first_words"][:30] in text or line["last_words"][-30:] in text:
                labels.setdefault(article.id, line["storyline"])
    return labels


def test_the_sample_corpus_falls_into_its_storylines(corpus: Path, news: tuple[Article, ...]) -> None:
    labels = truth(corpus, news)
    found = {one.id: storyline.id for storyline in group(news) for one in storyline.articles}

    result = scores(found, labels)

    assert len(labels) > 0.9 * len(news)
    assert result["f1"] >= 0.94
    assert result["pair_f1"] >= 0.92
    assert result["precision"] >= 0.97


def test_a_storyline_of_three_days_keeps_its_id_when_told_day_by_day(corpus: Path, news: tuple[Article, ...]) -> None:
    labels = truth(corpus, news)
    known = ()
    names: dict[str, str] = {}
    for day in ("2026-03-03", "2026-03-04", "2026-03-05"):
        known = group([one for one in news if one.document.startswith(day)], known=known)
        for storyline in known:
            for one in storyline.articles:
                assert names.setdefault(one.id, storyline.id) == storyline.id

    assert scores(names, labels)["f1"] >= 0.90
