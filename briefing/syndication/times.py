"""A date as a feed writes it to a moment in the time zone it was written in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import struct_time

_CLOCK = re.compile(r"\d[:.h]\d\d|T\d\d", re.IGNORECASE)
EARLIEST = 1990  # before the web: year 1 and 1970 are what broken software writes for "unknown"
LATEST = 2200


def parse_moment(text: str | None, parsed: struct_time | None = None) -> datetime | None:
    """The date in `text`; `parsed` is a lenient parser's reading in UTC, taken when ours differs or
    finds none.
    """
    ours = _parse_stated(text.strip()) if text else None
    theirs = _utc_moment(parsed) if parsed else None
    found = (
        ours if theirs is None or (ours and abs((ours - theirs).total_seconds()) < 60) else theirs
    )
    return found if found and EARLIEST <= found.year <= LATEST else None


def is_whole_day(text: str | None) -> bool:
    """Whether a date is written without an hour."""
    return bool(text and text.strip()) and not _CLOCK.search(text or "")


def _parse_stated(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _utc_moment(parsed: struct_time) -> datetime | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
