"""A source to what it would give today: visited and read once, with nothing stored and nothing
remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from briefing.articles import extract_articles
from briefing.errors import UnreadableError
from briefing.model import Document, Source
from briefing.sources import Memory, Report, visit_sources

if TYPE_CHECKING:
    from briefing.sources.web import Client

SHOWN = 10  # documents that are read: enough to see whether a source is the right one


@dataclass(frozen=True, slots=True)
class Sample:
    """The first article of a document, as the reader sees it; `fault` where it sees none."""

    origin: str
    day: date | None = None
    headline: str | None = None
    words: int = 0
    articles: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a visit gave."""

    report: Report
    samples: tuple[Sample, ...]


def try_source(source: Source, *, timezone: str, clients: Callable[[], Client]) -> Trial:
    """A visit to one source. What went wrong with the source itself stands in the report."""
    given: list[Document] = []

    def keep(_source: Source, documents: Sequence[Document]) -> None:
        given.extend(documents)

    (report,) = visit_sources([source], keep=keep, store=Memory(), clients=clients)
    return Trial(report, tuple(_sample_document(document, timezone) for document in given[:SHOWN]))


def _sample_document(document: Document, timezone: str) -> Sample:
    try:
        found = extract_articles(document, timezone=timezone, analysed=False)
    except UnreadableError as error:
        return Sample(document.origin, fault=str(error).removeprefix(f"{document.origin}: "))
    first = found[0]
    words = sum(len(article.text.split()) for article in found)
    return Sample(
        document.origin,
        first.published.day if first.published else None,
        first.headline,
        words,
        len(found),
    )
