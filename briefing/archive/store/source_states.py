"""What a source must know from one visit to the next: plain data by location."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from briefing.archive.database.columns import canonical_json, format_timestamp


def load_state(db: sqlite3.Connection, location: str) -> dict[str, Any] | None:
    """What was stored last for the source; None at the first visit."""
    row = db.execute("SELECT state FROM source_state WHERE location = ?", (location,)).fetchone()
    state: dict[str, Any] | None = json.loads(row["state"]) if row else None
    return state


def store_state(
    db: sqlite3.Connection, location: str, state: Mapping[str, Any], *, now: datetime
) -> None:
    """Store strings, numbers, lists and mappings of them, in place of what was there."""
    db.execute(
        "INSERT INTO source_state VALUES (?, ?, ?) ON CONFLICT (location) "
        "DO UPDATE SET state = excluded.state, changed = excluded.changed",
        (location, canonical_json(dict(state)), format_timestamp(now)),
    )


def load_all_states(db: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """Every source's state, by location."""
    rows = db.execute("SELECT location, state FROM source_state ORDER BY location")
    return {row["location"]: json.loads(row["state"]) for row in rows}


class States:
    """The same as a store that sources keep their states in: `load` and `save` by key."""

    def __init__(self, db: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self._db, self._clock = db, clock

    def load(self, key: str) -> Mapping[str, Any] | None:
        return load_state(self._db, key)

    def save(self, key: str, table: Mapping[str, Any]) -> None:
        store_state(self._db, key, table, now=self._clock())
