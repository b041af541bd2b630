"""A workspace's sources to documents in its archive, each from where its last visit stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from briefing.archive.store import documents, source_states
from briefing.config import Config, configured_sources
from briefing.errors import UsageError
from briefing.model import Document, Source
from briefing.sources import Report, visit_sources

if TYPE_CHECKING:
    from briefing.sources.web import Client


class ArchiveStates:
    """The archive as a place of states."""

    def __init__(self, db: sqlite3.Connection, now: datetime) -> None:
        self._db = db
        self._now = now

    def load(self, key: str) -> Mapping[str, Any] | None:
        return source_states.load_state(self._db, key)

    def save(self, key: str, table: Mapping[str, Any]) -> None:
        source_states.store_state(self._db, key, table, now=self._now)


def collect_documents(
    db: sqlite3.Connection,
    config: Config,
    *,
    now: datetime,
    chosen: Sequence[str] = (),
    since: datetime | None = None,
    early: bool = False,
    report: Callable[[Report], None] = lambda _report: None,
) -> tuple[Report, ...]:
    """Visit the sources that are due, or the `chosen` ones (by location or name) whether they are
    or not.

    Raises UsageError for one that is not configured. A collection that is killed loses nothing and
    doubles nothing: a document is stored once however often it comes, and a source's state only
    after its documents.
    """
    everything = configured_sources(config)

    def keep(_source: Source, things: Sequence[Document]) -> None:
        documents.store_documents(db, things, now=now)

    return visit_sources(
        [find_source(everything, name) for name in chosen] or everything,
        keep=keep,
        store=ArchiveStates(db, now),
        now=now,
        since=since,
        early=early or bool(chosen),
        parallel=config.collect.parallel,
        clients=lambda: build_client(config),
        report=report,
    )


def find_source(everything: Sequence[Source], name: str) -> Source:
    """The configured source of that location or name. Raises UsageError."""
    for source in everything:
        if name in {source.location, source.name} or source.location.endswith(f"/{name}"):
            return source
    raise UsageError(
        f"no source is called '{name}'; see which there are with: briefing sources list"
    )


def build_client(config: Config) -> Client:
    from briefing.sources.web import Client

    asked = config.collect
    return Client(contact=asked.contact, proxies=asked.proxies, pause=asked.pause)
