"""What was really received, read again by today's readers: old documents to what changed in their
articles.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from briefing import __version__
from briefing.archive import search
from briefing.archive.database.connection import transaction
from briefing.archive.store import articles, documents, fetches
from briefing.articles import pair_versions, read_documents
from briefing.errors import VerificationError
from briefing.isolation import reason
from briefing.model import Article, Document, Fate
from briefing.sources import rebuild_documents
from briefing.syndication import FeedError

FEED = "application/feed+json"  # documents that were made of one entry of a feed
TOLD = (
    "headline",
    "outlet",
    "byline",
    "published",
    "updated",
    "language",
    "url",
    "section",
    "licence",
    "text",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One article that is read otherwise than before: what it was, what it is, and which attributes
    differ.
    """

    kind: Literal["changed", "new", "gone"]
    document: str  # its origin
    before: Article | None
    now: Article | None
    attributes: tuple[str, ...] = ()


@dataclass(slots=True)
class Rereading:
    """What a second reading gave so far."""

    documents: int = 0
    made_anew: int = 0  # of the answer of a server, as today's parser sees it
    articles: int = 0
    changes: list[Change] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)


def reread_documents(
    db: sqlite3.Connection,
    *,
    timezone: str,
    now: datetime,
    since: datetime | None = None,
    source: str | None = None,
    tell: Callable[[Rereading, Document], None] = lambda _rereading, _document: None,
) -> Rereading:
    """Read what was collected since then, of one source or of all, and keep what is found as the
    present reading.

    A feed's entries are first made anew of the feed as it came. Texts of record stay, those that
    are read no more as well: editions that quote them are what they were. Each document is one
    transaction; `tell` hears of it after. Cost as for reading it the first time.
    """
    reader, feeds = _Reader(db, timezone, now), _Feeds(db)
    for document, answer in documents.iterate_documents(db, since, now):
        if source is None or (
            document.source and source in {document.source.location, document.source.name}
        ):
            reader.read(document, feeds.entry(document, answer))
            tell(reader.done, document)
    search.refresh_index(db)
    return reader.done


class _Feeds:
    """The entries of kept feeds, the last one at hand: documents of one feed mostly follow one
    another.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._last: tuple[str, Mapping[str, Document]] = ("", {})

    def entry(self, document: Document, answer: str | None) -> Document:
        """The document as it would be made of its feed today; itself where that is not known any
        more.
        """
        if not answer or document.media_type != FEED or not document.source:
            return document
        if self._last[0] != answer:
            fetch = fetches.load_fetch(self._db, answer)
            try:
                self._last = answer, rebuild_documents(fetch, document.source) if fetch else {}
            except FeedError:
                self._last = answer, {}
        found = self._last[1].get(document.origin)
        if found is None or found.content == document.content:
            return document
        return Document(document.origin, found.content, FEED, document.retrieved, document.source)


@dataclass(slots=True)
class _Reader:
    """One rereading of an archive."""

    db: sqlite3.Connection
    timezone: str
    now: datetime
    done: Rereading = field(default_factory=Rereading)

    def read(self, old: Document, document: Document) -> None:
        """Read a document as it is made today in the place of the old one; the same where nothing
        is made of it.
        """
        with transaction(self.db):
            before = articles.load_latest_reading(self.db, old)
            if document is not old:
                documents.replace_document(self.db, old, document)
                self.done.made_anew += 1
            result = read_into(self.db, document, timezone=self.timezone, now=self.now)
            if document is not old:
                articles.supersede_articles(self.db, old, now=self.now)
        self.done.documents += 1
        found = () if isinstance(result, Fate) else result
        self.done.articles += len(found)
        if before is not None:  # else it was never read, and nothing can have changed
            self.done.changes += _reading_changes(document.origin, before, found)


def read_into(
    db: sqlite3.Connection, document: Document, *, timezone: str, now: datetime
) -> tuple[Article, ...] | Fate:
    """What a document holds, kept as its present reading; what cannot be kept is held like what
    cannot be read.
    """
    reading = read_documents([document], timezone=timezone)
    result = reading.set_aside[0] if reading.set_aside else reading.articles
    try:
        articles.store_reading(db, document, result, version=__version__, now=now)
    except (
        ValueError,
        OverflowError,
        RecursionError,
        VerificationError,
    ) as error:  # values that no row can hold
        result = Fate("document", document.origin, "held", reason(error), document.origin)
        articles.store_reading(db, document, result, version=__version__, now=now)
    return result


def _reading_changes(
    origin: str, before: Sequence[Article], now: Sequence[Article]
) -> Iterator[Change]:
    for old, new in pair_versions(before, now):
        if old and new:
            differing = tuple(name for name in TOLD if getattr(old, name) != getattr(new, name))
            if differing:
                yield Change("changed", origin, old, new, differing)
        else:
            yield Change("gone" if old else "new", origin, old, new)
