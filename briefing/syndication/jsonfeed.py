"""JSON Feed (1.0 and 1.1) to entries, and one entry to a JSON Feed of its own."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from briefing.syndication.feeds import Entry, Feed, FeedError
from briefing.syndication.urls import web_address
from briefing.syndication.written_dates import Order, day_order, read_date

DATES = ("date_published", "date_modified")
VERSION = "https://jsonfeed.org/version/1.1"


def parse_json_feed(content: bytes, *, url: str | None, most: int) -> Feed:
    """Its entries; what has the wrong type counts as not there. Raises FeedError for what is no
    JSON Feed.
    """
    try:
        table = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FeedError("this begins like JSON and is not; it is tried again later") from error
    if not isinstance(table, dict) or not isinstance(table.get("items"), list):
        raise FeedError(
            "this is JSON but no JSON Feed: it has no list of items; name another address"
        )
    items = [item for item in table["items"] if isinstance(item, dict)]
    base = web_address(table.get("feed_url"), url) or url
    language = _storable_text(table.get("language"))
    order = day_order(
        (_storable_text(item.get(name)) or "" for name in DATES for item in items), language
    )
    return Feed(
        tuple(_parse_entry(item, base, language, order) for item in items[:most]),
        title=_storable_text(table.get("title")),
        url=web_address(table.get("home_page_url"), base),
        language=language[:2].lower() if language else None,
        left_out=len(items[most:]),
    )


def _parse_entry(
    item: dict[str, Any], base: str | None, language: str | None, order: Order | None
) -> Entry:
    html, text = _storable_text(item.get("content_html")), _storable_text(item.get("content_text"))
    own = _storable_text(item.get("language")) or language
    published, updated = (
        read_date(_storable_text(item.get(name)) or "", order=order) for name in DATES
    )
    return Entry(
        id=_entry_id(item.get("id")),
        url=web_address(item.get("url"), base) or web_address(item.get("external_url"), base),
        title=_storable_text(item.get("title")),
        html=html or text or _storable_text(item.get("summary")) or "",
        summary=_storable_text(item.get("summary")) or "",
        author=_author_names(item),
        published=published.at if published else None,
        updated=updated.at if updated else None,
        language=own[:2].lower() if own else None,
        plain=html is None,
        outlet=_storable_text(source.get("title"))
        if isinstance(source := item.get("_source"), dict)
        else None,
        whole_day=published is not None and published.whole_day,
        whole_day_updated=updated is not None and updated.whole_day,
        section=next(filter(None, map(_storable_text, _list_or_empty(item.get("tags")))), None),
        embargo=_storable_text(item.get("_embargo"))
        or _storable_text(item.get("embargo"))
        or _storable_text(item.get("embargoed")),
    )


def _entry_id(value: object) -> str | None:
    """The standard asks readers to take a number for an id as well."""
    return (
        str(value)
        if isinstance(value, int | float) and not isinstance(value, bool)
        else _storable_text(value)
    )


def _author_names(item: dict[str, Any]) -> str | None:
    """1.1 lists authors, 1.0 has one."""
    people = [
        person
        for person in (*_list_or_empty(item.get("authors")), item.get("author"))
        if isinstance(person, dict)
    ]
    names = dict.fromkeys(name for person in people if (name := _storable_text(person.get("name"))))
    return ", ".join(names) or None


def _list_or_empty(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _storable_text(value: object) -> str | None:
    """A text that can be stored: half a surrogate pair (legal JSON) becomes a replacement
    character.
    """
    if not isinstance(value, str) or not value.strip():
        return None
    return value.encode("utf-8", "replace").decode("utf-8").strip()


def _format_moment(when: datetime | None, *, whole_day: bool) -> str | None:
    """The day alone where no hour was stated, so that none is read again."""
    if when is None:
        return None
    return when.date().isoformat() if whole_day else when.isoformat()


def encode_entry(feed: Feed, entry: Entry) -> bytes:
    """A JSON Feed with this one entry: the same bytes for the same entry, however the feed was
    written.
    """
    item = {
        "id": entry.id or entry.url or entry.title,
        "url": entry.url,
        "title": entry.title,
        "content_text" if entry.plain else "content_html": entry.html,
        "summary": entry.summary if entry.summary != entry.html else None,
        "date_published": _format_moment(entry.published, whole_day=entry.whole_day),
        "date_modified": _format_moment(entry.updated, whole_day=entry.whole_day_updated),
        "authors": [{"name": entry.author}] if entry.author else None,
        "language": entry.language,
        "_source": {"title": entry.outlet} if entry.outlet else None,
        "tags": [entry.section] if entry.section else None,
        "_embargo": entry.embargo,
    }
    table = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.url,
        "language": feed.language,
        "items": [{name: value for name, value in item.items() if value}],
    }
    return json.dumps(
        {name: value for name, value in table.items() if value}, ensure_ascii=False, indent=1
    ).encode()
