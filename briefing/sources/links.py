"""A web page to the addresses it links to."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urldefrag

from briefing.syndication.urls import web_address

LARGEST = 3_000_000  # bytes of an index page that are looked at
LINK = re.compile(
    r"<a\b[^<>]{0,2000}?\shref\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE
)
BASE = re.compile(r"<base\b[^<>]{0,500}?\shref\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)


def find_links(content: bytes, url: str, pattern: str) -> tuple[str, ...]:
    """Absolute addresses that match the regular expression anywhere, in the page's order, each
    once, no fragments.
    """
    html = content[:LARGEST].decode("utf-8", "replace")
    stated = BASE.search(html)
    base = (web_address(unescape(stated[1]), url) if stated else None) or url
    wanted = re.compile(pattern)
    found = (web_address(unescape(a or b or c), base) for a, b, c in LINK.findall(html))
    whole = dict.fromkeys(urldefrag(each).url for each in found if each)
    return tuple(each for each in whole if wanted.search(each) and each != urldefrag(url).url)
