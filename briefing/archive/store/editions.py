"""Editions with their renditions to rows that never change, and back; what each profile was
shown.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefing.archive.database.columns import (
    compress,
    decompress,
    format_timestamp,
    parse_timestamp,
)
from briefing.archive.database.connection import transaction
from briefing.archive.edition_files.edition_json import Record
from briefing.errors import BriefingError, VerificationError
from briefing.model import Rendition

RECORD = "edition.json"


@dataclass(frozen=True, slots=True)
class Stored:
    """An edition in the archive, by what names it; `sha256` is that of its edition.json."""

    id: str  # 2026-01-02-daily; 2026-01-02-daily-r2 for the second revision
    profile: str
    date: date
    revision: int
    sha256: str
    made: datetime
    kind: str = ""  # "week", "extra" …; "" for the edition of a day


@dataclass(frozen=True, slots=True)
class Told:
    """A quotation that a profile's readers were shown."""

    edition: str
    date: date
    storyline: str
    article: str
    start: int
    stop: int
    text: str


def store_edition(
    db: sqlite3.Connection, renditions: Sequence[Rendition], *, now: datetime, revise: bool = False
) -> Stored:
    """Store an edition by its renditions, edition.json among them; one transaction.

    The same edition again is the stored one. Another one for the same profile and day becomes a
    revision when `revise`, else the first stands: what was sent is what is kept.
    """
    content = next((one.content for one in renditions if one.name == RECORD), None)
    if content is None:
        raise BriefingError(
            f"an edition without {RECORD} cannot be kept; make it with the json format"
        )
    record = json.loads(content)
    digest = hashlib.sha256(content).hexdigest()
    with transaction(db):
        latest = edition_of_day(
            db, record["profile"], date.fromisoformat(record["date"]), record.get("kind", "")
        )
        if latest and (latest.sha256 == digest or not revise):
            return latest
        return _insert_edition(
            db, record, digest, renditions, revision=latest.revision + 1 if latest else 1, now=now
        )


def take_edition(
    db: sqlite3.Connection, renditions: Sequence[Rendition], *, now: datetime
) -> Stored:
    """Store an edition under the revision that it states itself. Raises BriefingError where the
    archive has another one of that name.
    """
    content = next(one.content for one in renditions if one.name == RECORD)
    record, digest = json.loads(content), hashlib.sha256(content).hexdigest()
    revision = record.get("revision", 1)
    day = date.fromisoformat(record["date"])
    name = edition_id(record["profile"], day, revision, record.get("kind", ""))
    with transaction(db):
        known = edition_by_id(db, name)
        if known and known.sha256 != digest:
            raise BriefingError(f"{name}: the archive has another edition of this name")
        return known or _insert_edition(db, record, digest, renditions, revision=revision, now=now)


def _insert_edition(
    db: sqlite3.Connection,
    record: Record,
    digest: str,
    renditions: Sequence[Rendition],
    *,
    revision: int,
    now: datetime,
) -> Stored:
    kind = record.get("kind", "")
    id_ = edition_id(record["profile"], date.fromisoformat(record["date"]), revision, kind)
    row = (id_, record["profile"], record["date"], revision, digest, format_timestamp(now), kind)
    db.execute("INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    for place, one in enumerate(renditions):
        sha256 = hashlib.sha256(one.content).hexdigest()
        kept = (id_, place, one.name, one.media_type, sha256, compress(one.content))
        db.execute("INSERT INTO rendition VALUES (?, ?, ?, ?, ?, ?)", kept)
    db.executemany(
        "INSERT INTO told VALUES (?, ?, ?, ?, ?, ?, ?)", _shown_quotation_rows(id_, record)
    )
    day = date.fromisoformat(record["date"])
    return Stored(
        id_, record["profile"], day, revision, digest, parse_timestamp(format_timestamp(now)), kind
    )


def edition_id(profile: str, day: date, revision: int = 1, kind: str = "") -> str:
    """`2026-01-02-daily`, `2026-01-02-daily-week`, and `-r2`, `-r3` … for revisions."""
    return (
        f"{day.isoformat()}-{profile}"
        + (f"-{kind}" if kind else "")
        + (f"-r{revision}" if revision > 1 else "")
    )


def _shown_quotation_rows(
    edition: str, record: Record
) -> list[tuple[str, int, str, str, int, int, str]]:
    shown = [
        (item["storyline"]["id"], quote)
        for item in (*record["leads"], *record["briefs"])
        for quote in (
            *item["quotes"],
            *(one for quotes in item["parts"].values() for one in quotes),
        )
    ]
    return [
        (edition, place, storyline, quote["article"], quote["start"], quote["stop"], quote["text"])
        for place, (storyline, quote) in enumerate(shown)
    ]


def revision_records(
    db: sqlite3.Connection, profile: str, day: date, kind: str = ""
) -> tuple[Record, ...]:
    """What edition.json says in every revision of a profile's edition of that day, the
    latest last.
    """
    query = (
        "SELECT rendition.* FROM rendition JOIN edition ON edition.id = rendition.edition "
        "WHERE profile = ? AND date = ? AND kind = ? AND name = ? ORDER BY revision"
    )
    rows = db.execute(query, (profile, day.isoformat(), kind, RECORD))
    return tuple(json.loads(_restore_rendition(row).content) for row in rows)


def edition_of_day(
    db: sqlite3.Connection, profile: str, day: date, kind: str = ""
) -> Stored | None:
    """The latest revision of a profile's edition of that day."""
    query = (
        "SELECT * FROM edition WHERE profile = ? AND date = ? AND kind = ? ORDER "
        "BY revision DESC LIMIT 1"
    )
    row = db.execute(query, (profile, day.isoformat(), kind)).fetchone()
    return _restore_stored_edition(row) if row else None


def before(db: sqlite3.Connection, profile: str, day: date) -> Stored | None:
    """The latest edition of a profile of before a day, its latest revision."""
    query = (
        "SELECT * FROM edition WHERE profile = ? AND date < ? ORDER BY date "
        "DESC, revision DESC LIMIT 1"
    )
    row = db.execute(query, (profile, day.isoformat())).fetchone()
    return _restore_stored_edition(row) if row else None


def edition_by_id(db: sqlite3.Connection, id_: str) -> Stored | None:
    row = db.execute("SELECT * FROM edition WHERE id = ?", (id_,)).fetchone()
    return _restore_stored_edition(row) if row else None


def latest_editions(db: sqlite3.Connection, *, profile: str, limit: int = 1) -> tuple[Stored, ...]:
    """The last editions of a day of a profile, newest day first, each by its latest revision; no
    week's, no pack.
    """
    # With max() SQLite gives the other columns of the row that holds it
    # (sqlite.org/lang_select.html#bareagg).
    query = (
        "SELECT *, max(revision) FROM edition WHERE profile = ? AND kind = '' "
        "GROUP BY date ORDER BY date DESC LIMIT ?"
    )
    return tuple(_restore_stored_edition(row) for row in db.execute(query, (profile, limit)))


def made_editions(
    db: sqlite3.Connection, *, profile: str | None = None, limit: int = -1
) -> tuple[Stored, ...]:
    """Editions of every kind, of one profile or of all, the last made first, each by its latest
    revision.
    """
    query = (
        "SELECT *, max(revision) FROM edition WHERE :profile IS NULL OR profile = :profile "
        "GROUP BY profile, date, kind ORDER BY made DESC, date DESC, id LIMIT :limit"
    )
    return tuple(
        _restore_stored_edition(row)
        for row in db.execute(query, {"profile": profile, "limit": limit})
    )


def rendition_names(db: sqlite3.Connection, edition: str) -> tuple[str, ...]:
    """Of its files, in the order they were made."""
    rows = db.execute("SELECT name FROM rendition WHERE edition = ? ORDER BY place", (edition,))
    return tuple(row["name"] for row in rows)


def load_renditions(db: sqlite3.Connection, id_: str) -> tuple[Rendition, ...]:
    """The files of an edition, byte for byte, in the order stored. Raises VerificationError where
    one has changed.
    """
    rows = db.execute("SELECT * FROM rendition WHERE edition = ? ORDER BY place", (id_,))
    return tuple(_restore_rendition(row) for row in rows)


def _restore_rendition(row: sqlite3.Row) -> Rendition:
    content = decompress(row["content"])
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        raise VerificationError(
            f"{row['edition']}/{row['name']}: its stored bytes have changed; put a "
            "backup of the archive in place"
        )
    return Rendition(row["name"], row["media_type"], content)


def shown_quotations(
    db: sqlite3.Connection, *, profile: str, before: date, since: date | None = None
) -> tuple[Told, ...]:
    """What the profile's readers were shown before that day (and not before `since`),
    oldest first.
    """
    query = (
        "SELECT told.*, edition.date FROM told JOIN edition ON edition.id = told.edition "
        "WHERE profile = ? AND date < ? AND date >= ? AND kind = '' ORDER BY date, revision, place"
    )
    rows = db.execute(query, (profile, before.isoformat(), since.isoformat() if since else ""))
    return tuple(
        Told(
            row["edition"],
            date.fromisoformat(row["date"]),
            row["storyline"],
            row["article"],
            row["start"],
            row["stop"],
            row["text"],
        )
        for row in rows
    )


def _restore_stored_edition(row: sqlite3.Row) -> Stored:
    day = date.fromisoformat(row["date"])
    return Stored(
        row["id"],
        row["profile"],
        day,
        row["revision"],
        row["sha256"],
        parse_timestamp(row["made"]),
        row["kind"],
    )
