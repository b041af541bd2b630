"""An archive to lines of JSON that any program can read, and such lines back into an archive."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from briefing.archive import search
from briefing.archive.database import schema
from briefing.archive.database.columns import canonical_json
from briefing.archive.database.connection import transaction
from briefing.archive.maintenance import TABLES
from briefing.errors import BriefingError

FORMAT = "briefing-archive/1"


def export_archive(db: sqlite3.Connection) -> Iterator[str]:
    """A head line, then one line a row: table and columns, bytes in base64; parents before
    children.
    """
    yield canonical_json({"format": FORMAT, "schema": schema.user_version(db)})
    db.execute("BEGIN")  # one moment for all tables
    try:
        for table in TABLES:
            for row in db.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
                columns = {name: _encode_value(value) for name, value in dict(row).items()}
                yield canonical_json({"table": table, "row": columns})
    finally:
        db.execute("ROLLBACK")


def import_archive(db: sqlite3.Connection, lines: Iterable[str]) -> int:
    """How many rows were added; those that are there already stay as they are. All of it or
    nothing.

    Raises BriefingError, with the line's number, for what is no export or does not fit.
    """
    before = db.total_changes
    with transaction(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        for number, line in enumerate(lines, start=1):
            _import_row(db, line, number)
        added = db.total_changes - before
        search.refresh_index(db)
    return added


def _import_row(db: sqlite3.Connection, line: str, number: int) -> None:
    try:
        entry = json.loads(line)
        if number == 1:
            _check_head(db, entry)
            return
        table, row = entry["table"], entry["row"]
        if table not in TABLES:
            raise BriefingError(
                f"line {number}: no table is called '{table}'; export it again with this program"
            )
        known = {column["name"] for column in db.execute(f"PRAGMA table_info({table})")}
        if not row.keys() <= known:
            raise BriefingError(f"line {number}: {table} has no column {min(row.keys() - known)}")
        marks = ", ".join("?" * len(row))
        insert = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks}) ON CONFLICT DO NOTHING"
        db.execute(insert, [_decode_value(value) for value in row.values()])
    except (ValueError, KeyError, TypeError, AttributeError, sqlite3.Error) as error:
        raise BriefingError(
            f"line {number}: this is no row of an exported archive ({error}); nothing was added"
        ) from error


def _check_head(db: sqlite3.Connection, entry: dict[str, Any]) -> None:
    if entry.get("format") != FORMAT:
        raise BriefingError(f"this is no export of an archive; the first line must say {FORMAT}")
    if entry["schema"] > schema.user_version(db):
        raise BriefingError(
            f"this export has schema {entry['schema']}; install the newer briefing to read it"
        )


def _encode_value(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _decode_value(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value
