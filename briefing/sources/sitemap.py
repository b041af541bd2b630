"""Bytes of a sitemap to the addresses in it, with what it says of each (sitemaps.org,
Google News).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from briefing.sources.faults import FetchError
from briefing.syndication.urls import web_address
from briefing.syndication.written_dates import parse_moment

MOST = 50_000  # addresses, the standard's own limit
LARGEST = 20_000_000  # bytes unpacked


@dataclass(frozen=True, slots=True)
class Place:
    """One address of a sitemap."""

    url: str
    changed: datetime | None = None  # <lastmod>
    published: datetime | None = None  # <news:publication_date>
    title: str | None = None  # <news:title>
    is_sitemap: bool = False  # of an index: it leads to further addresses
    is_archived: bool = True  # in a list of everything; a link on a front page is not

    @property
    def when(self) -> datetime | None:
        return self.published or self.changed


def parse_sitemap(content: bytes, url: str) -> tuple[Place, ...] | None:
    """The addresses in their order; None for what is no sitemap. Raises FetchError for a broken
    .gz.
    """
    from lxml import etree

    content = _unpack_gzip(content)
    if not any(mark in content[:5000] for mark in (b"<urlset", b"<sitemapindex")):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return None
    entries = [
        each
        for each in root
        if isinstance(each.tag, str) and _local_name(each.tag) in {"url", "sitemap"}
    ]
    places = (_parse_place(each, url) for each in entries[:MOST])
    return tuple(place for place in places if place)


def _parse_place(entry: Any, base: str) -> Place | None:
    own = {
        _local_name(each.tag): (each.text or "").strip()
        for each in entry
        if isinstance(each.tag, str)
    }
    news = {
        _local_name(each.tag): (each.text or "").strip()
        for each in entry.iter()
        if isinstance(each.tag, str) and "sitemap-news" in each.tag
    }
    found = web_address(own.get("loc"), base)
    if not found:
        return None
    changed, published = (
        parse_moment(own.get("lastmod")),
        parse_moment(news.get("publication_date")),
    )
    return Place(
        found, changed, published, news.get("title") or None, _local_name(entry.tag) == "sitemap"
    )


def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _unpack_gzip(content: bytes) -> bytes:
    """A .xml.gz as XML, never more of it than allowed."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    unpacker = zlib.decompressobj(47)
    try:
        plain = unpacker.decompress(content, LARGEST)
    except zlib.error as error:
        raise FetchError("the sitemap is compressed and broken; it is tried again later") from error
    if unpacker.unconsumed_tail:
        raise FetchError(
            f"the sitemap unpacks to more than {LARGEST / 1e6:g} MB; name one of its parts"
        )
    return plain
