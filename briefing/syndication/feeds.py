"""What a feed is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from briefing.errors import BriefingError


class FeedError(BriefingError):
    """Bytes that are no feed, or one that costs too much to read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its outlet wrote it. `html` is markup or plain text from outside: strip it,
    never show it.
    """

    id: str | None = None  # guid, Atom id, JSON Feed id
    url: str | None = None  # http(s), absolute where the feed's own address is known
    title: str | None = None  # plain text
    html: str = ""  # the fullest content the entry carries
    summary: str = ""  # markup of the teaser, where there is one beside the content
    author: str | None = None
    published: datetime | None = None  # aware, in the time zone it was written in
    updated: datetime | None = None
    language: str | None = None
    plain: bool = False  # `html` is plain text (JSON Feed content_text)
    section: str | None = None  # its first category
    embargo: str | None = None  # until when it must not be published, in the feed's own words
    outlet: str | None = (
        None  # where it was taken from, in a feed of other outlets' entries (<source>)
    )
    whole_day: bool = False  # the day alone is stated, not the hour: `published` is its midnight
    whole_day_updated: bool = False  # the same of `updated`


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries in its own order, and what it says of itself."""

    entries: tuple[Entry, ...] = ()
    title: str | None = None
    url: str | None = None  # of the site
    language: str | None = None  # two letters
    minutes: float | None = None  # the feed's own wish between two visits
    licence: str | None = None  # its copyright line
    left_out: int = 0  # entries beyond the limit
