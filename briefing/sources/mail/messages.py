"""Bytes of a message to a document, once."""

from __future__ import annotations

import re
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser

from briefing.model import Document, Fate, Source
from briefing.sources.folder import LARGEST
from briefing.sources.visits import REMEMBERED, Visit, text_digest

MEDIA_TYPE = "message/rfc822"
RAISE = "raise items to take them at once"
HEAD = 100_000  # bytes; headers longer than this are no letter


def document_if_unseen(
    content: bytes, place: str, source: Source | None, visit: Visit, *, remembered: int = REMEMBERED
) -> Document | Fate | None:
    """The message as a document, its key remembered in the visit's state; None when it was seen
    before.
    """
    head = BytesHeaderParser(policy=policy.compat32).parsebytes(content[:HEAD])
    name = _header_text(head, "Message-ID") or text_digest(content.decode("latin-1"))
    known = text_digest(name)
    words = text_digest(content.decode("latin-1"))
    if visit.state.seen.get(known) == words and not visit.since:
        return None
    visit.remember([(known, words)], most=remembered)
    origin = f"{place}#{name.strip('<> ')[:200]}"
    if len(content) > LARGEST:
        return Fate(
            "document", origin, "unreadable", f"the message is larger than {LARGEST / 1e6:g} MB"
        )
    return Document(origin, content, MEDIA_TYPE, visit.now, source)


def _header_text(head: Message, name: str) -> str | None:
    """A header's words, decoded, on one line."""
    value = head.get(name)
    if value is None:
        return None
    try:
        text = str(make_header(decode_header(str(value))))
    except (
        ValueError,
        LookupError,
        UnicodeError,
    ):  # a charset that nobody knows, base64 that is none
        text = str(value)
    clean = re.sub(r"[\s\x00-\x1f]+", " ", text.encode("utf-8", "replace").decode()).strip()
    return clean[:500] or None
