"""Sentences of the sample corpus's second and third day, labelled by hand: which are new since the
days before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from test_storylines_quality import documents

from briefing.articles import fold_reprints, read_documents
from briefing.editions.novelty.detection import Told
from briefing.model import Article

DAY = len("2026-03-04")
FLOORS = {
    "precision": 0.96,
    "recall": 0.93,
    "known": 0.73,
}  # go up only; provenance: docs/quality.md, Storylines
Place = tuple[str, int]


@dataclass(frozen=True)
class Judged:
    """A sentence, whether it is new by hand, and what the program finds new in it."""

    storyline: str
    text: str
    new: bool
    why: tuple[str, ...]


def rows(*paths: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()
    ]


@pytest.fixture(scope="module")
def articles(corpus: Path) -> dict[Place, Article]:
    return {
        (one.document, one.place): one
        for one in fold_reprints(read_documents(documents(corpus)).articles).articles
    }


@pytest.fixture(scope="module")
def labels(corpus: Path) -> list[dict[str, Any]]:
    return rows(corpus / "expected" / "new.jsonl")


@pytest.fixture(scope="module")
def storyline_of(corpus: Path) -> dict[Place, str | None]:
    found = rows(*sorted((corpus / "expected" / "articles").glob("*.jsonl")))
    return {(row["document"], row["part"] or 0): row["storyline"] for row in found}


@pytest.fixture(scope="module")
def judged(
    articles: dict[Place, Article],
    labels: list[dict[str, Any]],
    storyline_of: dict[Place, str | None],
) -> list[Judged]:
    return [
        one
        for row in labels
        for one in judgements(
            articles[row["document"], row["part"]], row, _earlier(row, articles, storyline_of)
        )
    ]


def _earlier(
    row: dict[str, Any], articles: dict[Place, Article], of: dict[Place, str | None]
) -> list[Article]:
    """What the storyline's reports of the days before said."""
    day = row["document"][:DAY]
    return [
        one
        for place, one in articles.items()
        if of[place] == row["storyline"] and place[0][:DAY] < day
    ]


def judgements(article: Article, row: dict[str, Any], earlier: list[Article]) -> Iterator[Judged]:
    told = Told(earlier)
    for number, span in enumerate(article.sentences):
        text = " ".join(span.of(article.text).split())
        new = not text.startswith((*row["known"], *row["nothing"]))
        yield Judged(row["storyline"], text, new, told.why_new(article, number))


def test_every_report_of_a_storyline_that_goes_on_is_labelled(
    labels: list[dict[str, Any]],
    articles: dict[Place, Article],
    storyline_of: dict[Place, str | None],
) -> None:
    days: dict[str, str] = {}
    for document, place in sorted(articles):
        days.setdefault(str(storyline_of[document, place]), document[:DAY])

    going_on = {
        place
        for place in articles
        if (storyline := storyline_of[place]) and place[0][:DAY] > days[storyline]
    }  # fmt: skip

    assert {(row["document"], row["part"]) for row in labels} == going_on


def test_each_label_is_the_beginning_of_one_sentence(
    labels: list[dict[str, Any]], articles: dict[Place, Article]
) -> None:
    for row in labels:
        article = articles[row["document"], row["part"]]
        texts = [" ".join(span.of(article.text).split()) for span in article.sentences]
        assert len(texts) == row["sentences"]
        for start in (*row["known"], *row["nothing"]):
            assert sum(text.startswith(start) for text in texts) == 1, (row["document"], start)


def test_what_is_new_is_told_from_what_was_told(judged: list[Judged]) -> None:
    new = [one for one in judged if one.new]
    given = [one for one in judged if one.why]
    right = [one for one in given if one.new]
    known = [one for one in judged if not one.new]
    measured = {
        "precision": len(right) / len(given),
        "recall": len(right) / len(new),
        "known": sum(not one.why for one in known) / len(known),
    }

    scores = ", ".join(f"{name} {value:.3f}" for name, value in measured.items())
    print(
        f"\n{scores}; {len(judged)} sentences, all as new: precision {len(new) / len(judged):.3f}"
    )

    assert all(round(measured[name], 3) >= floor for name, floor in FLOORS.items()), measured
