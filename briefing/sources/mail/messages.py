"""Bytes of a message to a document that carries who sent it, when, and about what."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr, parsedate_to_datetime

from briefing.model import Document, Fate, Source
from briefing.sources.folder import LARGEST
from briefing.sources.visits import REMEMBERED, Visit, digest, stating

MEDIA_TYPE = "message/rfc822"
RAISE = "raise items to take them at once"
HEAD = 100_000  # bytes; headers longer than this are no letter
EARLY = timedelta(days=2)  # a clock may be wrong by so much; a date further in the future is none


def told_once(
    content: bytes, place: str, source: Source | None, visit: Visit, *, remembered: int = REMEMBERED
) -> Document | Fate | None:
    """The message as a document, its key remembered in the visit's state; None when it was seen before."""
    head = BytesHeaderParser(policy=policy.compat32).parsebytes(content[:HEAD])
    name = _header(head, "Message-ID") or digest(content.decode("latin-1"))
    known = digest(name)
    words = digest(content.decode("latin-1"))
    if visit.state.seen.get(known) == words and not visit.since:
        return None
    visit.remember([(known, words)], most=remembered)
    origin = f"{place}#{name.strip('<> ')[:200]}"
    if len(content) > LARGEST:
        return Fate("document", origin, "unreadable", f"the message is larger than {LARGEST / 1e6:g} MB")
    stated = stating(
        source or Source("mail", place),
        outlet=_sender(head),
        headline=_header(head, "Subject"),
        published=_date(head, visit.now),
    )
    return Document(origin, content, MEDIA_TYPE, visit.now, stated)


def _header(head: Message, name: str) -> str | None:
    """A header's words, decoded, on one line."""
    value = head.get(name)
    if value is None:
        return None
    try:
        text = str(make_header(decode_header(str(value))))
    except (ValueError, LookupError, UnicodeError):  # a charset that nobody knows, base64 that is none
        text = str(value)
    clean = re.sub(r"[\s\x00-\x1f]+", " ", text.encode("utf-8", "replace").decode()).strip()
    return clean[:500] or None


def _sender(head: Message) -> str | None:
    """The name a letter is sent under: a newsletter's outlet."""
    name, _address = parseaddr(_header(head, "From") or "")
    return name.strip() or None


def _date(head: Message, now: datetime) -> str | None:
    try:
        found = parsedate_to_datetime(_header(head, "Date") or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.isoformat() if found <= now + EARLY else None
