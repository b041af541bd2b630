"""An archive to the edition.json of each of its editions, still compressed, by digest; one of them
to plain data.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from briefing.archive.database.columns import decompress
from briefing.archive.store.editions import RECORD


def compressed_records(db: sqlite3.Connection) -> dict[str, bytes]:
    """SHA-256 to compressed bytes of every record. 1,000 editions are about 25 MB."""
    rows = db.execute(
        "SELECT sha256, content FROM rendition WHERE name = ? ORDER BY edition", (RECORD,)
    )
    return {row["sha256"]: row["content"] for row in rows}


def decompress_record(content: bytes) -> Mapping[str, Any]:
    """The plain data of one of them, unchecked."""
    found: Mapping[str, Any] = json.loads(decompress(content))
    return found
