"""An article to the plain data of its row, and back: every field, the analysis as lists of numbers
and words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from briefing.archive.database.columns import unpack_json
from briefing.model import Analysis, Article, Moment, Removal, Span

PLAIN = ("byline", "section", "document", "place", "part_of", "kind")


def serialise_article(article: Article) -> dict[str, Any]:
    """What the columns of the article's row do not hold."""
    analysis = article.analysis
    return {
        **{name: getattr(article, name) for name in PLAIN},
        "genre": article.genre,
        "updated": article.updated.isoformat() if article.updated else None,
        **({"embargo": article.embargo.isoformat()} if article.embargo else {}),
        "found": dict(article.found),
        "remarks": article.remarks,
        "removals": [(one.start, one.stop, one.reason) for one in article.removals],
        "headline_terms": article.headline_terms,
        "sentences": _span_pairs(analysis.sentences),
        "terms": analysis.terms,
        "names": _span_pairs(analysis.names),
        "paragraphs": analysis.paragraphs,
    }


def restore_article(row: sqlite3.Row) -> Article:
    data = unpack_json(row["data"])
    return Article(
        id=row["id"],
        text=row["text"],
        headline=row["headline"],
        outlet=row["outlet"],
        published=Moment.fromisoformat(row["published"]) if row["published"] else None,
        updated=Moment.fromisoformat(data["updated"]) if data["updated"] else None,
        embargo=Moment.fromisoformat(data["embargo"]) if "embargo" in data else None,
        language=row["language"],
        url=row["url"],
        licence=row["licence"],
        **{name: data[name] for name in PLAIN},
        genre=data.get("genre"),  # not in what earlier versions stored
        found=data["found"],
        remarks=tuple(data["remarks"]),
        removals=tuple(Removal(*one) for one in data["removals"]),
        analysis=_restore_analysis(data),
        headline_terms=tuple(data["headline_terms"]),
    )


def _restore_analysis(data: dict[str, Any]) -> Analysis:
    return Analysis(
        sentences=_restore_spans(data["sentences"]),
        terms=tuple(map(tuple, data["terms"])),
        names=_restore_spans(data["names"]),
        paragraphs=tuple(data["paragraphs"]),
    )


def _span_pairs(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.stop) for span in spans]


def _restore_spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, stop) for start, stop in pairs)
