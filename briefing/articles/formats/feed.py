"""A feed saved as a file (RSS, Atom, RDF, JSON Feed) in, a draft an entry out: parsed as collected
feeds are.
"""

from __future__ import annotations

import re
from datetime import datetime

from briefing import syndication
from briefing.articles import urls
from briefing.articles.drafts import Draft, Facts
from briefing.articles.metadata import embargoes, json_ld
from briefing.articles.metadata.feed_titles import feed_outlet
from briefing.articles.metadata.headlines import without_outlet
from briefing.errors import UnreadableError
from briefing.model import Document, Moment

MOST_ENTRIES = 2_000  # of a file: what a desk saves of a wire in a month
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")


def read_feed(content: bytes, document: Document) -> list[Draft]:
    """Raises UnreadableError for what is no feed and for one too large or too deep to be read in
    five seconds.
    """
    address = document.origin if document.origin.startswith(("http://", "https://")) else None
    try:
        found = syndication.parse_feed(
            content, url=address, media_type=document.media_type, most=MOST_ENTRIES
        )
    except syndication.FeedError as error:
        raise UnreadableError(f"{str(error).split(';', maxsplit=1)[0]}; save it again") from None
    if found.left_out:
        raise UnreadableError(f"it is a feed of more than {MOST_ENTRIES:,} entries; split it")
    return [made for entry in found.entries if (made := _draft_entry(entry, found)) is not None]


def _draft_entry(entry: syndication.Entry, feed: syndication.Feed) -> Draft | None:
    """None for an entry without a title and without a word: there is nothing to read in it."""
    texts = [_body_text(each, entry) or "" for each in (entry.html, entry.summary)]
    text = max(texts, key=len)
    title = json_ld.field_text(entry.title)
    own = feed_outlet(json_ld.field_text(feed.title), feed.url)
    taken_from = feed_outlet(json_ld.field_text(entry.outlet))
    if not text and not title:
        return None
    facts = Facts.of(
        "feed",
        headline=without_outlet(title, taken_from or own, entry.url),
        outlet=None if entry.outlet else own,
        byline=json_ld.field_text(entry.author),
        published=_entry_moment(entry.published, whole_day=entry.whole_day)
        or _entry_moment(entry.updated, whole_day=entry.whole_day_updated),
        updated=_entry_moment(entry.updated, whole_day=entry.whole_day_updated)
        if entry.published
        else None,
        url=urls.clean_url(entry.url),
        language=entry.language or feed.language,
        section=json_ld.field_text(entry.section),
        embargo=embargoes.of_field(entry.embargo),
    )
    facts = facts | Facts.of("feed's entry", outlet=taken_from)
    short = ("cut short",) if _CUT.search(text) else ()
    return Draft(text, facts, "body", "item" if short else "article", remarks=short)


def _body_text(body: str, entry: syndication.Entry) -> str | None:
    if entry.plain:
        return (
            "\n".join(line for each in body.splitlines() if (line := " ".join(each.split())))
            or None
        )
    return json_ld.field_text(body, lines=True)


def _entry_moment(when: datetime | None, *, whole_day: bool = False) -> Moment | None:
    if when is None:
        return None
    return Moment.on(when.date()) if whole_day else Moment(when.replace(second=0, microsecond=0))
