"""A feed's bytes to as many of them as can be parsed in time: cut after an entry, closed again.

A lenient parser needs more than a minute for 200,000 entries, so entries are counted before it sees
them.
"""

from __future__ import annotations

import re

END = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
ROOT = re.compile(rb"<((?:[\w.-]{1,40}:)?(rss|rdf|feed))[\s>]", re.IGNORECASE)
BARE = (
    re.compile(  # an ampersand that begins no reference; what CDATA holds is no markup of the feed
        rb"(?s)<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
        rb"|&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,31};)"
    )
)
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
SHIFTING = re.compile(
    rb"(?i)encoding\s*=\s*[\"'](?:iso-2022|hz-gb|utf-7)"
)  # written with control characters
DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
WIDE = {
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}


def convert_to_utf8(content: bytes) -> bytes:
    """UTF-16 as UTF-8, so that tags can be counted; anything else as it is."""
    coding = WIDE.get(content[:2])
    if not coding:
        return content
    return DECLARED.sub("", content.decode(coding, "replace").removeprefix("\ufeff")).encode(
        "utf-8", "replace"
    )


def mend_characters(content: bytes) -> bytes:
    """XML without control characters, of which it may hold none, and with every bare ampersand
    written as one: "B&B" is no reference.
    """
    if not SHIFTING.search(content[:300]):
        content = CONTROLS.sub(b" ", content)
    return BARE.sub(lambda match: b"&amp;" if match[0] == b"&" else match[0], content)


def trim_entries(content: bytes, *, most: int, size: int) -> tuple[bytes, int]:
    """At most `most` entries in at most `size` bytes, and how many entries were cut off."""
    ends = [match.end() for match in END.finditer(content)]
    kept = [end for end in ends[:most] if end <= size]
    if len(kept) == len(ends) and len(content) <= size:
        return content, 0
    if not kept:
        return content[:size], len(ends)
    return content[: kept[-1]] + _closing_tags(content), len(ends) - len(kept)


def _closing_tags(content: bytes) -> bytes:
    root = ROOT.search(content[:10_000])
    if not root:
        return b""
    return (b"</channel>" if root[2].lower() == b"rss" else b"") + b"</" + root[1] + b">"
