"""The ledger of publishing: which editions are on which shared folder, and which are still to get
there.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from briefing.archive.database.columns import format_timestamp


@dataclass(frozen=True, slots=True)
class Publication:
    edition: str
    target: str
    state: str  # pending, published
    attempts: int
    place: str | None
    text: str | None


def request_publication(db: sqlite3.Connection, edition: str, target: str) -> Publication:
    """The edition's row for that target, pending when it is new."""
    db.execute(
        (
            "INSERT INTO publication (edition, target, state) VALUES (?, ?, 'pending') "
            "ON CONFLICT DO NOTHING"
        ),
        (edition, target),
    )
    found = find_publication(db, edition, target)
    assert found is not None
    return found


def find_publication(db: sqlite3.Connection, edition: str, target: str) -> Publication | None:
    row = db.execute(
        "SELECT * FROM publication WHERE edition = ? AND target = ?", (edition, target)
    ).fetchone()
    return _restore_publication(row) if row else None


def mark_published(
    db: sqlite3.Connection, edition: str, target: str, *, place: str, now: datetime
) -> None:
    db.execute(
        "UPDATE publication SET state = 'published', attempts = attempts + 1, "
        "tried_at = ?, place = ?, text = NULL "
        "WHERE edition = ? AND target = ?",
        (format_timestamp(now), place, edition, target),
    )


def record_failure(
    db: sqlite3.Connection, edition: str, target: str, *, text: str, now: datetime
) -> None:
    """It stays pending."""
    db.execute(
        (
            "UPDATE publication SET attempts = attempts + 1, tried_at = ?, text = ? "
            "WHERE edition = ? AND target = ?"
        ),
        (format_timestamp(now), text, edition, target),
    )


def pending_publications(db: sqlite3.Connection) -> tuple[Publication, ...]:
    """Oldest edition first."""
    rows = db.execute(
        "SELECT publication.* FROM publication JOIN edition ON edition.id = edition "
        "WHERE state = 'pending' ORDER BY date, edition, target"
    )
    return tuple(_restore_publication(row) for row in rows)


def published_places(db: sqlite3.Connection, target: str) -> tuple[str, ...]:
    """Where the editions published there lie, below it; the oldest first."""
    return tuple(one.place for one in reversed(published_editions(db, target)))


@dataclass(frozen=True, slots=True)
class There:
    """An edition that lies at a target; `sha256` is that of its edition.json."""

    edition: str
    place: str
    sha256: str


def published_editions(db: sqlite3.Connection, target: str) -> tuple[There, ...]:
    """The newest day first, and of a day the later revision."""
    rows = db.execute(
        "SELECT edition, place, sha256 FROM publication JOIN edition ON edition.id = edition "
        "WHERE state = 'published' AND target = ? AND place IS NOT NULL ORDER BY "
        "date DESC, revision DESC, edition",
        (target,),
    )
    return tuple(There(row["edition"], row["place"], row["sha256"]) for row in rows)


def mark_removed(db: sqlite3.Connection, edition: str, target: str) -> None:
    """It was published there, and lies there no more."""
    db.execute(
        "UPDATE publication SET place = NULL WHERE edition = ? AND target = ?", (edition, target)
    )


def _restore_publication(row: sqlite3.Row) -> Publication:
    return Publication(*(row[name] for name in Publication.__slots__))
