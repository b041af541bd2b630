"""A feed's bytes to as many of them as can be parsed in time: cut after an entry, closed again.

A lenient parser needs more than a minute for 200,000 entries, so entries are counted before it sees
them.
"""

from __future__ import annotations

import re

END = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
ROOT = re.compile(rb"<((?:[\w.-]{1,40}:)?(rss|rdf|feed))[\s>]", re.IGNORECASE)
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
