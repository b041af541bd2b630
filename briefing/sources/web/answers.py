"""A server's headers to what they mean for the next visit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from urllib.parse import urlsplit, urlunsplit

from briefing.model import Fetch

UNKEPT = frozenset({"set-cookie", "set-cookie2"})  # they may hold what lets somebody in
LONGEST = (
    7 * 86_400.0
)  # seconds; a server that asks for more patience than a week has a clock gone wrong


@dataclass(frozen=True)
class Answer:
    """What came back: 200 with content, or 304 without."""

    url: str  # after redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    content: bytes = field(repr=False)
    retrieved: datetime
    received: int = 0  # bytes from the wire, headers included
    moved_to: str | None = None  # where every redirect on the way was a permanent one

    @property
    def unchanged(self) -> bool:
        return self.status == 304

    @property
    def media_type(self) -> str | None:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None

    @cached_property
    def fetch(self) -> Fetch:
        """The answer as it is kept: once, for every document that is made of it."""
        headers = {name: value for name, value in self.headers.items() if name not in UNKEPT}
        return Fetch(
            _strip_userinfo(self.url),
            self.content,
            headers.get("content-type"),
            headers,
            self.retrieved,
        )

    @property
    def fresh_for(self) -> float:
        """Seconds for which asking again is pointless: Cache-Control's max-age, else Expires; 0
        without either.
        """
        control = self.headers.get("cache-control", "").lower()
        if "no-cache" in control or "no-store" in control:
            return 0.0
        stated = re.search(r"max-age\s*=\s*\"?(\d{1,9})", control)
        if stated:
            return min(LONGEST, float(stated[1]))
        return seconds_until(self.headers.get("expires"), self.retrieved) or 0.0


def _strip_userinfo(url: str) -> str:
    """An address without a user's name and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def seconds_until(stated: str | None, now: datetime) -> float | None:
    """Seconds in a Retry-After or Expires header, as a number or a date; None when it says
    neither.
    """
    if not stated:
        return None
    if stated.strip().isdecimal():
        return min(LONGEST, float(stated.strip()[:9]))
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, min(LONGEST, (moment - now).total_seconds()))
