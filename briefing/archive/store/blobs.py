"""Bytes to compressed rows under their digest, the same bytes once, and back."""

from __future__ import annotations

import hashlib
import sqlite3

from briefing.archive.database.columns import compress, decompress
from briefing.errors import VerificationError


def store_blob(db: sqlite3.Connection, sha256: str, content: bytes) -> None:
    """Store what is not there yet."""
    if not db.execute("SELECT 1 FROM document WHERE sha256 = ?", (sha256,)).fetchone():
        db.execute(
            "INSERT INTO document VALUES (?, ?, ?)", (sha256, len(content), compress(content))
        )


def restore_blob(stored: bytes, sha256: str, name: str) -> bytes:
    """The bytes of a row. Raises VerificationError, with their name, when they are no longer those
    of the digest.
    """
    content = decompress(stored)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise VerificationError(
            f"{name}: its stored bytes have changed; put a backup of the archive in place"
        )
    return content
