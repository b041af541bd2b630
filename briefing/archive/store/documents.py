"""Documents to compressed, content-addressed rows and back: the same bytes are stored once.

What comes again under an origin is a version of it: the last to come is the present one, the others
stay.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime

from briefing.archive.database.columns import canonical_json, format_timestamp
from briefing.archive.database.connection import transaction
from briefing.archive.store import blobs, fetches
from briefing.model import Document, Source

# of a version that comes now
TURN = "(SELECT coalesce(max(turn), 0) + 1 FROM receipt WHERE origin = ?)"
INSERT = (
    "INSERT INTO receipt (origin, sha256, media_type, retrieved, collected, source, "
    "licence, giver, fetch, turn) "
    f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, {TURN})"
)
ATTRIBUTES = ("name", "licence", "language")  # of a source, that articles take over


def store_documents(
    db: sqlite3.Connection, documents: Iterable[Document], *, now: datetime
) -> tuple[Document, ...]:
    """Store what is not there yet, in one transaction; the documents whose bytes or stated facts
    were not known.

    The answer that a document was made from is stored with it, once for all that came of it.
    """
    with transaction(db):
        return tuple(
            document
            for document in documents
            if _store_document(db, document, format_timestamp(now))
        )


def _store_document(db: sqlite3.Connection, document: Document, collected: str) -> bool:
    known = _find_receipt(db, document.origin, document.sha256)
    if known:
        return _renew_receipt(db, document, known)
    blobs.store_blob(db, document.sha256, document.content)
    source, fetch = document.source, document.fetch
    receipt = (
        document.origin,
        document.sha256,
        document.media_type,
        format_timestamp(document.retrieved) if document.retrieved else None,
        collected,
        _serialise_source(source) if source else None,
        source.licence if source else None,
        fetches.source_key(source),
        fetches.store_fetch(db, fetch, source) if fetch else None,
        document.origin,
    )
    db.execute(INSERT, receipt)
    return True


def _find_receipt(db: sqlite3.Connection, origin: str, sha256: str) -> sqlite3.Row | None:
    query = "SELECT * FROM receipt WHERE origin = ? AND sha256 = ?"
    row: sqlite3.Row | None = db.execute(query, (origin, sha256)).fetchone()
    return row


def _renew_receipt(db: sqlite3.Connection, document: Document, known: sqlite3.Row) -> bool:
    """Known bytes are the present version again; what is stated of them anew (a late sidecar) has
    them read again.
    """
    source, key = document.source, (document.origin, document.sha256)
    if source is None or known["giver"] != fetches.source_key(source):
        return False
    db.execute(
        f"UPDATE receipt SET turn = {TURN} WHERE origin = ? AND sha256 = ? "
        "AND turn < (SELECT max(turn) FROM receipt WHERE origin = ?)",
        (document.origin, *key, document.origin),
    )
    before = _restore_source(known["source"])
    if _stated_facts(before) == _stated_facts(source):
        return False
    db.execute(
        (
            "UPDATE receipt SET source = ?, licence = ?, reading = NULL WHERE origin = ? "
            "AND sha256 = ?"
        ),
        (_serialise_source(source), source.licence, *key),
    )
    return True


def _stated_facts(source: Source) -> dict[str, object]:
    return {
        "stated": source.settings.get("stated", {}),
        **{name: getattr(source, name) for name in ATTRIBUTES},
    }


def replace_document(db: sqlite3.Connection, document: Document, made_anew: Document) -> None:
    """Put what today's program makes of the same answer in a document's place; what was collected
    then stays.
    """
    blobs.store_blob(db, made_anew.sha256, made_anew.content)
    columns = "media_type, retrieved, collected, source, licence, giver, turn, fetch"
    db.execute(
        f"INSERT OR IGNORE INTO receipt (origin, sha256, {columns}) "
        f"SELECT origin, ?, {columns} FROM receipt WHERE origin = ? AND sha256 = ?",
        (made_anew.sha256, document.origin, document.sha256),
    )
    db.execute(
        "UPDATE receipt SET successor = ? WHERE origin = ? AND sha256 = ?",
        (made_anew.sha256, document.origin, document.sha256),
    )


def load_document(db: sqlite3.Connection, origin: str, sha256: str) -> Document | None:
    """The document as it was received; None when it is unknown or its bytes were removed.

    Raises VerificationError when the bytes are no longer those of their digest.
    """
    query = "SELECT * FROM receipt JOIN document USING (sha256) WHERE origin = ? AND sha256 = ?"
    row = db.execute(query, (origin, sha256)).fetchone()
    return _restore_document(row) if row and row["content"] is not None else None


def documents_between(
    db: sqlite3.Connection, start: datetime | None, stop: datetime
) -> tuple[Document, ...]:
    """What was collected in that time, `stop` included, by origin: the input of an edition made
    again.

    The versions that one source gave of an origin follow one another, the present one last.
    """
    return tuple(document for document, _fetch in iterate_documents(db, start, stop))


def iterate_documents(
    db: sqlite3.Connection, start: datetime | None, stop: datetime
) -> Iterator[tuple[Document, str | None]]:
    """As `documents_between`, one by one, each with the id of the answer it was made from."""
    query = (
        "SELECT origin, sha256 FROM receipt JOIN document USING (sha256) WHERE "
        "collected > ? AND collected <= ? "
        "AND content IS NOT NULL AND successor IS NULL AND receipt.withdrawn IS NULL "
        "ORDER BY origin, giver, turn, collected, sha256"
    )
    keys = db.execute(
        query, (format_timestamp(start) if start else "", format_timestamp(stop))
    ).fetchall()
    for key in (
        keys
    ):  # the rows change while they are gone through; their bytes would not all fit into memory
        row = db.execute(
            "SELECT * FROM receipt JOIN document USING (sha256) WHERE origin = ? AND sha256 = ?",
            key[:],
        )
        found = row.fetchone()
        yield _restore_document(found), found["fetch"]


def document_keys_between(
    db: sqlite3.Connection, start: datetime, stop: datetime
) -> frozenset[tuple[str, str]]:
    """Origin and digest of what was collected in that time, `stop` included."""
    query = "SELECT origin, sha256 FROM receipt WHERE collected > ? AND collected <= ?"
    return frozenset(
        (row["origin"], row["sha256"])
        for row in db.execute(query, (format_timestamp(start), format_timestamp(stop)))
    )


def _restore_document(row: sqlite3.Row) -> Document:
    content = blobs.restore_blob(row["content"], row["sha256"], row["origin"])
    retrieved = datetime.fromisoformat(row["retrieved"]) if row["retrieved"] else None
    source = _restore_source(row["source"]) if row["source"] else None
    return Document(row["origin"], content, row["media_type"], retrieved, source)


@functools.lru_cache(maxsize=16)
def _serialise_source(source: Source) -> str:
    """A source as its receipts hold it; made once for a feed's hundred entries."""
    return canonical_json(asdict(source))


def _restore_source(text: str) -> Source:
    return Source(**json.loads(text))
