"""Answers of servers to rows and back: bytes, headers and time, from which documents can be made
again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import datetime

from briefing.archive.database.columns import canonical_json, format_timestamp
from briefing.archive.store import blobs
from briefing.model import Fetch, Source


def source_key(source: Source | None) -> str:
    """Who gave something: kind and location of its source; empty where nobody knows."""
    return f"{source.kind} {source.location}" if source else ""


def store_fetch(db: sqlite3.Connection, fetch: Fetch, source: Source | None) -> str:
    """The id of its row, whether that is new or was there; the same bytes again cost a row and no
    copy.
    """
    blobs.store_blob(db, fetch.sha256, fetch.content)
    key = (source_key(source), fetch.url, format_timestamp(fetch.retrieved), fetch.sha256)
    identity = hashlib.sha256("\n".join(key).encode()).hexdigest()[:32]
    licence = source.licence if source else None
    db.execute(
        "INSERT OR IGNORE INTO fetch (id, giver, url, at, sha256, media_type, headers, licence) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (identity, *key, fetch.media_type, canonical_json(dict(fetch.headers)), licence),
    )
    return identity


def load_fetch(db: sqlite3.Connection, identity: str) -> Fetch | None:
    """The answer as it came; None when it is unknown or its bytes were removed. Raises
    VerificationError.
    """
    row = db.execute(
        "SELECT * FROM fetch JOIN document USING (sha256) WHERE id = ?", (identity,)
    ).fetchone()
    if not row or row["content"] is None:
        return None
    content = blobs.restore_blob(row["content"], row["sha256"], row["url"])
    at = datetime.fromisoformat(row["at"])
    return Fetch(row["url"], content, row["media_type"], json.loads(row["headers"]), at)
