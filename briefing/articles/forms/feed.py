"""A feed saved as a file (RSS, Atom, RDF) in, a draft an entry out."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

from briefing.articles import dates, urls
from briefing.articles.drafts import Draft, Facts
from briefing.articles.forms import jsonld
from briefing.errors import UnreadableError
from briefing.model import Document, Moment

MOST_ENTRIES = 2_000  # feedparser needs 0.3 ms an entry and more than linear time beyond some ten thousand
DEEPEST = 200  # levels of nesting; 200,000 take feedparser 16 s
_ENTRY = re.compile(rb"(?i)<(?:\w+:)?(?:item|entry)\b")
_TAG = re.compile(rb"<(/?)[A-Za-z_][^<>]{0,2000}?(/?)>")


def read(content: bytes, document: Document) -> list[Draft]:  # noqa: ARG001  every reader takes the document
    import feedparser  # noqa: PLC0415  only feeds need it

    if len(_ENTRY.findall(content)) > MOST_ENTRIES:
        raise UnreadableError(f"it is a feed of more than {MOST_ENTRIES:,} entries; split it")
    if _depth(content) > DEEPEST:
        raise UnreadableError(f"its elements are nested more than {DEEPEST} deep; save the feed again")
    # Raw mode: 3.3 times faster; nothing of it is ever shown as HTML.
    try:
        parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ):  # what it lets through on damaged feeds
        raise UnreadableError("it is called a feed and is damaged; save it again") from None
    head = parsed.get("feed", {})
    return [made for entry in parsed.get("entries", []) if (made := _draft(entry, head)) is not None]


def _depth(content: bytes) -> int:
    level = deepest = 0
    for match in _TAG.finditer(content):
        if not match[2]:
            level += -1 if match[1] else 1
            deepest = max(deepest, level)
    return deepest


def _draft(entry: Any, head: Any) -> Draft | None:
    bodies = [each.get("value") for each in entry.get("content", [])] + [entry.get("summary")]
    texts = [found for each in bodies if (found := jsonld.plain(each, lines=True))]
    text = max(texts, key=len, default=None)
    if not text:
        return None
    own = entry.get("source", {}).get("title") if isinstance(entry.get("source"), dict) else None
    language = entry.get("language") or head.get("language") or ""
    facts = Facts.of(
        "feed",
        headline=jsonld.plain(entry.get("title")),
        outlet=outlet(own or head.get("title")),
        byline=jsonld.plain(entry.get("author")),
        published=_moment(entry, "published"),
        updated=_moment(entry, "updated") if entry.get("published") else None,
        url=urls.clean(entry.get("link")),
        language=language[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", language) else None,
        section=jsonld.plain(next((tag.get("term") for tag in entry.get("tags", [])), None)),
    )
    short = ("cut short",) if re.search(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$", text) else ()
    return Draft(text, facts, "body", "item" if short else "article", remarks=short)


def outlet(title: str | None) -> str | None:
    """Its outlet: "Radio Vestra: news" is the feed of Radio Vestra."""
    name = jsonld.plain(title)
    return re.split(r"\s*(?::|\s[|–—»-]\s)", name)[0].strip() or None if name else None


def _moment(entry: Any, name: str) -> Moment | None:
    stated = entry.get(name) or (entry.get("updated") if name == "published" else None)
    when = dates.parse(stated) if isinstance(stated, str) else None
    if when is not None:
        return when
    parts = entry.get(f"{name}_parsed")
    try:
        return Moment(datetime(parts[0], parts[1], parts[2], parts[3], parts[4], tzinfo=UTC)) if parts else None
    except (TypeError, ValueError):
        return None
