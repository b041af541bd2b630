"""An edition in, the bytes of its edition.json out."""

from __future__ import annotations

import json

from briefing.archive.record import to_record
from briefing.model import Edition


def record(edition: Edition) -> bytes:
    """UTF-8, two spaces deep, keys in the record's own order (a lead's parts are read in theirs)."""
    text = json.dumps(to_record(edition), ensure_ascii=False, indent=2) + "\n"
    return text.encode(errors="backslashreplace")  # half a surrogate pair: `\ud800` is its JSON escape as well
