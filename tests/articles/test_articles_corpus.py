"""The sample corpus is read as its truth says: every article, with headline, outlet, date, edges
and copies.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from briefing.articles import Reading, extract_articles, fold_reprints, read_documents
from briefing.model import Document

CORPUS = Path(__file__).parents[2] / "corpus"
ZONE = "Europe/Vienna"  # the sample world's time, for clock times that state none


@cache
def truth() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted((CORPUS / "expected" / "articles").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["document"]].append(row)
    return dict(found)


def document(origin: str) -> Document:
    return Document(origin, (CORPUS / origin).read_bytes())


@cache
def reading() -> Reading:
    origins = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("2026-*/*"))
    return read_documents([document(origin) for origin in origins], timezone=ZONE)


@pytest.mark.parametrize("origin", sorted(truth()))
def test_the_articles_of_each_document_are_those_expected(origin: str) -> None:
    articles = extract_articles(document(origin), timezone=ZONE, analysed=False)

    assert [article.headline for article in articles] == [
        row["headline"] for row in truth()[origin]
    ]
    for article, row in zip(articles, truth()[origin], strict=True):
        assert article.outlet == row["outlet"]
        assert (article.published.isoformat()[:16] if article.published else None) == (
            row["published"][:16] if row["published"] else None
        )
        assert article.language == row["language"]
        assert article.text.startswith(row["first_words"])
        assert article.text.endswith(row["last_words"])


def test_damaged_and_empty_documents_are_set_aside_with_their_reasons() -> None:
    known = set(truth())

    aside = {fate.id: fate.reason for fate in reading().set_aside}

    assert not known & set(aside)
    assert all(reason for reason in aside.values())
    assert {Path(origin).suffix for origin in aside} >= {".pdf", ".txt"}


def test_copies_are_folded_into_what_they_copy_and_nothing_else_is() -> None:
    place = {(a.document, a.place): a for a in reading().articles}
    copied = {
        (row["document"], row["part"] or 0): (row["copy_of"]["document"], row["copy_of"]["part"] or 0)
        for rows in truth().values() for row in rows if row["copy_of"]
    }  # fmt: skip

    folding = fold_reprints(reading().articles)

    found = {
        (copy.document, copy.place): (article.document, article.place)
        for article in folding.articles for copy in article.copies
    }  # fmt: skip
    assert found == copied
    assert len(folding.articles) + len(found) == len(place)
    assert {fate.origin for fate in folding.fates} == {document for document, _ in copied}


def test_folding_does_not_depend_on_the_order_of_the_articles() -> None:
    articles = reading().articles

    one, other = fold_reprints(articles), fold_reprints(articles[::-1])

    assert [(a.id, a.document, [c.document for c in a.copies]) for a in one.articles] == [
        (a.id, a.document, [c.document for c in a.copies]) for a in other.articles
    ]
    assert one.fates == other.fates


def test_no_article_depends_on_what_was_read_before() -> None:
    origins = sorted(truth())[::7]

    alone = [extract_articles(document(origin), timezone=ZONE) for origin in origins]
    again = [extract_articles(document(origin), timezone=ZONE) for origin in reversed(origins)][
        ::-1
    ]

    assert alone == again
    assert [[a.text for a in found] for found in alone] == [
        [a.text for a in found] for found in again
    ]
