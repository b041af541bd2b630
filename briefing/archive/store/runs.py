"""Runs to rows and back: when, for which edition, how it ended, in figures and sentences."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.archive.database.columns import canonical_json, format_timestamp, parse_timestamp


@dataclass(frozen=True, slots=True)
class Run:
    id: int
    profile: str
    edition: str | None
    started: datetime
    finished: datetime | None  # None: still running, or cut off
    exit: int | None
    counts: Mapping[str, int]
    troubles: tuple[str, ...]


def begin_run(db: sqlite3.Connection, *, profile: str, now: datetime) -> int:
    """The number of a new run."""
    row = db.execute(
        "INSERT INTO run (profile, started) VALUES (?, ?) RETURNING id",
        (profile, format_timestamp(now)),
    ).fetchone()
    number: int = row["id"]
    return number


def finish_run(
    db: sqlite3.Connection,
    number: int,
    *,
    now: datetime,
    exit_code: int,
    edition: str | None = None,
    counts: Mapping[str, int] | None = None,
    troubles: Sequence[str] = (),
) -> None:
    db.execute(
        "UPDATE run SET edition = ?, finished = ?, exit = ?, counts = ?, troubles = ? WHERE id = ?",
        (
            edition,
            format_timestamp(now),
            exit_code,
            canonical_json(dict(counts or {})),
            canonical_json(list(troubles)),
            number,
        ),
    )


def latest_runs(db: sqlite3.Connection, *, profile: str, limit: int = 1) -> tuple[Run, ...]:
    """The last runs of a profile, newest first."""
    rows = db.execute(
        "SELECT * FROM run WHERE profile = ? ORDER BY id DESC LIMIT ?", (profile, limit)
    )
    return tuple(_restore_run(row) for row in rows)


def previous_run(db: sqlite3.Connection, number: int) -> Run | None:
    """The finished run of the same profile before that one."""
    row = db.execute(
        "SELECT * FROM run WHERE id < ? AND finished IS NOT NULL "
        "AND profile = (SELECT profile FROM run WHERE id = ?) ORDER BY id DESC LIMIT 1",
        (number, number),
    ).fetchone()
    return _restore_run(row) if row else None


def _restore_run(row: sqlite3.Row) -> Run:
    return Run(
        row["id"],
        row["profile"],
        row["edition"],
        parse_timestamp(row["started"]),
        parse_timestamp(row["finished"]) if row["finished"] else None,
        row["exit"],
        json.loads(row["counts"]),
        tuple(json.loads(row["troubles"])),
    )
