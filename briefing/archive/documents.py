"""Documents to compressed, content-addressed rows and back: the same bytes are stored once."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from briefing.archive.database import transaction
from briefing.archive.packing import squeeze, stamp, to_json, unsqueeze
from briefing.errors import VerificationError
from briefing.model import Document, Source


def put(db: sqlite3.Connection, documents: Iterable[Document], *, now: datetime) -> tuple[Document, ...]:
    """Store what is not there yet, in one transaction; the documents whose origin and bytes were not known before."""
    with transaction(db):
        return tuple(document for document in documents if _put(db, document, stamp(now)))


def _put(db: sqlite3.Connection, document: Document, collected: str) -> bool:
    if not db.execute("SELECT 1 FROM document WHERE sha256 = ?", (document.sha256,)).fetchone():
        row = (document.sha256, len(document.content), squeeze(document.content))
        db.execute("INSERT INTO document VALUES (?, ?, ?)", row)
    source = document.source
    receipt = (
        document.origin,
        document.sha256,
        document.media_type,
        stamp(document.retrieved) if document.retrieved else None,
        collected,
        to_json(asdict(source)) if source else None,
        source.licence if source else None,
    )
    return bool(db.execute("INSERT OR IGNORE INTO receipt VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", receipt).rowcount)


def get(db: sqlite3.Connection, origin: str, sha256: str) -> Document | None:
    """The document as it was received; None when it is unknown or its bytes were removed.

    Raises VerificationError when the bytes are no longer those of their digest.
    """
    query = "SELECT * FROM receipt JOIN document USING (sha256) WHERE origin = ? AND sha256 = ?"
    row = db.execute(query, (origin, sha256)).fetchone()
    return _document(row) if row and row["content"] is not None else None


def between(db: sqlite3.Connection, start: datetime, stop: datetime) -> tuple[Document, ...]:
    """What was collected in that time, `stop` included, by origin and digest: the input of an edition made again."""
    query = (
        "SELECT * FROM receipt JOIN document USING (sha256) "
        "WHERE collected > ? AND collected <= ? AND content IS NOT NULL ORDER BY origin, sha256"
    )
    return tuple(_document(row) for row in db.execute(query, (stamp(start), stamp(stop))))


def known(db: sqlite3.Connection, sha256s: Sequence[str]) -> frozenset[str]:
    """Those of the digests that are stored."""
    marks = ", ".join("?" * len(sha256s))
    rows = db.execute(f"SELECT sha256 FROM document WHERE sha256 IN ({marks})", tuple(sha256s))
    return frozenset(row["sha256"] for row in rows)


def _document(row: sqlite3.Row) -> Document:
    content = unsqueeze(row["content"])
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        raise VerificationError(f"{row['origin']}: its stored bytes have changed; put a backup of the archive in place")
    retrieved = datetime.fromisoformat(row["retrieved"]) if row["retrieved"] else None
    source = _source(row["source"]) if row["source"] else None
    return Document(row["origin"], content, row["media_type"], retrieved, source)


def _source(text: str) -> Source:

    return Source(**json.loads(text))
