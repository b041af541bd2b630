"""A feed saved as a file (RSS, Atom, RDF, JSON Feed) in, a draft an entry out: parsed as collected
feeds are.
"""

from __future__ import annotations

import re
from datetime import datetime

from briefing import syndication
from briefing.articles import urls
from briefing.articles.drafts import Draft, Facts
from briefing.articles.metadata import json_ld
from briefing.articles.metadata.headlines import without_outlet
from briefing.errors import UnreadableError
from briefing.model import Document, Moment

MOST_ENTRIES = 2_000  # of a file: what a desk saves of a wire in a month
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")


def read(content: bytes, document: Document) -> list[Draft]:
    """Raises UnreadableError for what is no feed and for one too large or too deep to be read in
    five seconds.
    """
    address = document.origin if document.origin.startswith(("http://", "https://")) else None
    try:
        found = syndication.parse(
            content, url=address, media_type=document.media_type, most=MOST_ENTRIES
        )
    except syndication.FeedError as error:
        raise UnreadableError(f"{str(error).split(';', maxsplit=1)[0]}; save it again") from None
    if found.left_out:
        raise UnreadableError(f"it is a feed of more than {MOST_ENTRIES:,} entries; split it")
    return [made for entry in found.entries if (made := _draft(entry, found)) is not None]


def _draft(entry: syndication.Entry, feed: syndication.Feed) -> Draft | None:
    """None for an entry without a title and without a word: there is nothing to read in it."""
    bodies = (entry.html, entry.summary)
    text = max((found for each in bodies if (found := _text(each, entry))), key=len, default="")
    title, published_by = json_ld.plain(entry.title), outlet(entry.outlet or feed.title)
    if not text and not title:
        return None
    facts = Facts.of(
        "feed",
        headline=without_outlet(title, published_by, entry.url),
        outlet=None if entry.outlet else outlet(feed.title),
        byline=json_ld.plain(entry.author),
        published=_moment(entry.published, whole_day=entry.whole_day) or _moment(entry.updated),
        updated=_moment(entry.updated) if entry.published else None,
        url=urls.clean(entry.url),
        language=entry.language or feed.language,
        section=json_ld.plain(entry.section),
    )
    facts = facts | Facts.of("feed's entry", outlet=outlet(entry.outlet))
    short = ("cut short",) if _CUT.search(text) else ()
    return Draft(text, facts, "body", "item" if short else "article", remarks=short)


def _text(body: str, entry: syndication.Entry) -> str | None:
    if entry.plain:
        return (
            "\n".join(line for each in body.splitlines() if (line := " ".join(each.split())))
            or None
        )
    return json_ld.plain(body, lines=True)


def outlet(title: str | None) -> str | None:
    """Its outlet: "Radio Vestra: news" is the feed of Radio Vestra."""
    name = json_ld.plain(title)
    return re.split(r"\s*(?::|\s[|–—»-]\s)", name)[0].strip() or None if name else None


def _moment(when: datetime | None, *, whole_day: bool = False) -> Moment | None:
    if when is None:
        return None
    return Moment.on(when.date()) if whole_day else Moment(when.replace(second=0, microsecond=0))
