"""A web page to the feeds that it announces."""

from __future__ import annotations

import re
from html import unescape

from briefing.syndication.urls import web_address

LARGEST = 500_000  # characters; feeds are announced in the head
TAG = re.compile(r"<(link|a|base)\b([^<>]{0,2000})>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"([a-z-]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
KINDS = {
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
}
LOOKS = re.compile(
    r"(?:/(?:feed|rss|atom)/?|[./](?:rss|atom|rdf)(?:\.xml)?|/(?:feed|index)\.(?:xml|json))$",
    re.IGNORECASE,
)
GUESSES = ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json")


def discover_feeds(content: bytes, url: str) -> tuple[str, ...]:
    """Addresses of a page's feeds: those it announces, else those that it links to and that look
    like one.

    Comment feeds come last. Pages say nothing of the common places in `GUESSES`; trying them is for
    the caller.
    """
    html = content[:LARGEST].decode("utf-8", "replace")
    tags = [(name.lower(), _parse_attributes(rest)) for name, rest in TAG.findall(html)]
    base = (
        next((web_address(each.get("href"), url) for name, each in tags if name == "base"), None)
        or url
    )
    announced = [
        web_address(each.get("href"), base)
        for name, each in tags
        if name == "link" and _is_feed_link(each)
    ]
    linked = [web_address(each.get("href"), base) for name, each in tags if name == "a"]
    found = [each for each in announced if each] or [
        each for each in linked if each and LOOKS.search(each)
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: "comment" in each.lower()))


def _is_feed_link(attributes: dict[str, str]) -> bool:
    kind = attributes.get("type", "").partition(";")[0].strip().lower()
    return kind in KINDS and "alternate" in attributes.get("rel", "").lower().split()


def _parse_attributes(text: str) -> dict[str, str]:
    return {name.lower(): unescape(a or b or c) for name, a, b, c in ATTRIBUTE.findall(text)}
