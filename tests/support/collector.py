"""Work for the tests to kill: visits the sources it is given and stores what they give in a real
archive.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from briefing.archive import maintenance
from briefing.archive.database.connection import FILE, open_archive
from briefing.archive.store import documents
from briefing.model import Source
from briefing.service.collection.collect import ArchiveStates
from briefing.sources import visit_sources
from briefing.sources.web import Client

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)


def collect(folder: str, sources: list[tuple[str, str, dict[str, object]]]) -> None:
    with open_archive(Path(folder) / FILE) as db:
        visit_sources(
            [Source(kind, location, settings=settings) for kind, location, settings in sources],
            keep=lambda _source, things: documents.store_documents(db, things, now=NOW),
            store=ArchiveStates(db, NOW),
            now=NOW,
            early=True,
            clients=lambda: Client(pause=0, now=lambda: NOW),
        )


def stored(folder: Path) -> int:
    """How many documents are committed; 0 while there is no archive."""
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(_read_only(folder), uri=True)) as db,
    ):
        return int(db.execute("SELECT count(*) FROM receipt").fetchone()[0])
    return 0


def _read_only(folder: Path) -> str:
    return f"file:{folder / FILE}?mode=ro"


def origins(folder: Path) -> Counter[str]:
    """How often each origin was stored; the archive must be sound."""
    with open_archive(folder / FILE) as db:
        assert maintenance.check_integrity(db) == ()
        return Counter(row["origin"] for row in db.execute("SELECT origin FROM receipt"))
