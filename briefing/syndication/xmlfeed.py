"""RSS, Atom and RDF to entries by feedparser, raw: no sanitising (we strip) and no resolving (we
join).
"""

from __future__ import annotations

import io
import re
from typing import Any

from briefing.syndication.feeds import Entry, Feed, FeedError
from briefing.syndication.plain import strip_markup
from briefing.syndication.urls import web_address
from briefing.syndication.written_dates import Order, day_order, read_date

EMBARGO = (
    "prism_embargodate",
    "embargo",
    "embargodate",
    "embargoed",
    "dcterms_available",
)  # as feedparser names them
PERIODS = {
    "hourly": 60.0,
    "daily": 1440.0,
    "weekly": 10080.0,
    "monthly": 43200.0,
    "yearly": 525600.0,
}
DECLARED = re.compile(rb"<\?xml[^>]{0,200}\bencoding\s*=", re.IGNORECASE)
A_PAGE = re.compile(
    rb"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def parse_xml_feed(content: bytes, *, url: str | None, media_type: str | None = None) -> Feed:
    """Its entries. Raises FeedError for what is no feed. Time is that of feedparser; see
    `weighing`.
    """
    import feedparser

    charset = _server_charset(
        content, media_type
    )  # no address is handed over: ids would be made absolute with it
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    try:
        found = feedparser.parse(
            io.BytesIO(content),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        RecursionError,
    ) as error:
        raise FeedError("this feed is too damaged to be read; it is tried again later") from error
    if not found.entries and not found.get("version"):
        raise FeedError(_no_feed_message(content))
    site = web_address(found.feed.get("link"), url)
    language = _language_code(found.feed.get("language"))
    order = _feed_day_order(found)
    return Feed(
        tuple(_parse_entry(entry, url or site, language, order) for entry in found.entries),
        title=strip_markup(_storable_text(found.feed.get("title"))) or None,
        url=site,
        language=language,
        minutes=_wished_minutes(found.feed),
        licence=strip_markup(_storable_text(found.feed.get("rights")))[:200] or None,
    )


def _server_charset(content: bytes, media_type: str | None) -> str | None:
    """The server's charset, where the feed itself says nothing; a server is set up once, for
    everything.
    """
    stated = re.search(r"charset=[\"']?([\w.:-]{1,40})", media_type or "", re.IGNORECASE)
    if not stated or DECLARED.match(content[:300]):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return stated[1]
    return None


def _no_feed_message(content: bytes) -> str:
    if A_PAGE.match(content[:4000]):
        return "this is a web page and no feed; find its feed with: briefing sources add ADDRESS"
    return "no feed was found in this; check the address"


def _feed_day_order(found: Any) -> Order | None:
    dates = (
        _storable_text(dict(entry.items()).get(name))
        for name in ("published", "updated")
        for entry in found.entries
    )
    return day_order(dates, _storable_text(found.feed.get("language")))


def _parse_entry(found: Any, base: str | None, language: str | None, order: Order | None) -> Entry:
    entry = dict(found.items())  # feedparser's own looks up old names at each question
    contents = [
        _storable_text(content.get("value"))
        for content in entry.get("content", [])
        if isinstance(content, dict)
    ]
    summary = _storable_text(entry.get("summary"))
    html = max((*contents, summary), key=len)
    published = read_date(_storable_text(entry.get("published")), order=order)
    updated = read_date(_storable_text(entry.get("updated")), order=order)
    return Entry(
        id=_storable_text(entry.get("id")).strip() or None,
        url=web_address(entry.get("feedburner_origlink"), base)
        or web_address(entry.get("link"), base),
        title=strip_markup(_storable_text(entry.get("title"))).replace("\n", " ") or None,
        html=html,
        summary=summary if summary != html else "",
        author=strip_markup(_storable_text(entry.get("author"))).replace("\n", " ") or None,
        published=published.at if published else None,
        updated=updated.at if updated and updated != published else None,
        language=_language_code(entry.get("language")) or language,
        outlet=_source_outlet(entry.get("source")),
        whole_day=published is not None and published.whole_day,
        whole_day_updated=updated is not None and updated.whole_day,
        section=next(
            (
                _storable_text(tag.get("term"))
                for tag in entry.get("tags", [])
                if _storable_text(tag.get("term"))
            ),
            None,
        ),
        embargo=next(
            (found for name in EMBARGO if (found := strip_markup(_storable_text(entry.get(name))))),
            None,
        ),
    )


def _source_outlet(source: object) -> str | None:
    """The title of the feed that an entry was taken from."""
    title = source.get("title") if isinstance(source, dict) else None
    return strip_markup(_storable_text(title)).replace("\n", " ") or None


def _storable_text(value: object) -> str:
    """A text that can be stored; whatever else feedparser found there is none."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _language_code(value: object) -> str | None:
    code = _storable_text(value).strip().lower()
    return code[:2] if re.match(r"[a-z]{2}(?:[-_]|$)", code) else None


def _wished_minutes(feed: Any) -> float | None:
    """The feed's wish: <ttl>, or how often it says that it is updated."""
    stated = re.match(r"\d{1,6}$", _storable_text(feed.get("ttl")).strip())
    if stated:
        return float(stated[0]) or None
    period = PERIODS.get(_storable_text(feed.get("sy_updateperiod")).strip().lower())
    times = re.match(r"[1-9]\d{0,3}$", _storable_text(feed.get("sy_updatefrequency")).strip())
    return period / (int(times[0]) if times else 1) if period else None
