"""Match what mail systems return to the outbox: failures, complaints, and mails that ask to leave.

A report is nobody's signature. It counts towards suppression by our own Message-ID or the signed
token of our own unsubscribe address, which nobody can make; by address and day alone it is named.
"""

from __future__ import annotations

import mailbox
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from briefing.archive.database.connection import transaction
from briefing.archive.store import outbox, recipients
from briefing.archive.store.outbox import Message, Outcome
from briefing.deliveries.mail import suppression, unsubscribe_tokens
from briefing.deliveries.mail.refusals import names_dead_mailbox
from briefing.deliveries.mail.returned_mail import Bounce, Returned, parse_returned
from briefing.errors import BriefingError

# Rows a report may be about: one about what never left is a forgery, or old.
RETURNABLE = frozenset({"sending", "sent", "doubt"})
RECENT = timedelta(days=7)  # mail systems give up after five days


def parse_bounces(content: bytes) -> tuple[Bounce, ...]:
    """The failures a message reports that name the message returned. Nothing for any other mail:
    holiday notes, delays, spam, broken reports.
    """
    found = parse_returned(content).bounces
    return tuple(one for one in found if one.message_id or one.identities or one.tokens)


def load_messages(place: Path) -> Iterator[bytes]:
    """The messages of a file, an mbox, a maildir or a folder of files. Raises BriefingError where
    there is nothing.
    """
    if (place / "new").is_dir():
        yield from (mail.as_bytes() for mail in mailbox.Maildir(place, create=False))
    elif place.is_dir():
        yield from (file.read_bytes() for file in sorted(place.iterdir()) if file.is_file())
    elif not place.is_file():
        raise BriefingError(
            f"{place}: there is no such file or folder; name a maildir, an mbox or a saved message"
        )
    elif place.read_bytes()[:5] == b"From ":
        yield from (mail.as_bytes() for mail in mailbox.mbox(place, create=False))
    else:
        yield place.read_bytes()


def apply_returned(
    db: sqlite3.Connection, found: Returned, *, key: bytes, suppress_after: int, now: datetime
) -> tuple[str, ...]:
    """Mark what a message says; a line of `address`, or `address: why`, for each that was not
    known.
    """
    failed = apply_bounces(db, found.bounces, suppress_after=suppress_after, now=now, key=key)
    left = (_apply_leaving(db, token, "unsubscribed", key, now) for token in found.leaving)
    return (*failed, *(address for address in left if address))


def apply_bounces(
    db: sqlite3.Connection,
    bounces: Iterable[Bounce],
    *,
    suppress_after: int,
    now: datetime,
    key: bytes = b"",
) -> tuple[str, ...]:
    """Mark the messages as failed and count the refusals of their readers; the addresses found,
    each report once.
    """
    with transaction(db):
        return tuple(
            address
            for one in bounces
            if (address := _apply_bounce(db, one, suppress_after, now, key)) is not None
        )


def _apply_bounce(
    db: sqlite3.Connection, bounce: Bounce, most: int, now: datetime, key: bytes
) -> str | None:
    message = _proved_message(db, bounce, key)
    proved = message is not None
    message = message or outbox.find_recent_message(db, bounce.address, since=now - RECENT)
    if message is None or (message.state not in RETURNABLE and not bounce.complaint):
        return None
    profile = outbox.message_profile(db, message)
    if bounce.complaint:
        return _apply_complaint(db, profile, message, now) if proved else None
    text = f"returned: {bounce.status} {bounce.text}".strip()
    outbox.settle_message(db, message, Outcome("failed", None, text), now=now)
    if proved and bounce.permanent and names_dead_mailbox(550, f"{bounce.status} {bounce.text}"):
        suppression.count_dead_mailbox(db, profile, message, text=text, most=most, now=now)
    return message.address


def _apply_complaint(
    db: sqlite3.Connection, profile: str, message: Message, now: datetime
) -> str | None:
    new = recipients.suppress_recipient(db, profile, message.address, reason="complained", now=now)
    return f"{message.address}: complained" if new else None


def _proved_message(db: sqlite3.Connection, bounce: Bounce, key: bytes) -> Message | None:
    """The row that only a message of ours can name: by its Message-ID, or by the token in it."""
    for identity in (bounce.message_id, *bounce.identities):
        if found := outbox.find_message(db, identity):
            return found
    for token in bounce.tokens if key else ():
        reader = _token_reader(token, key)
        if reader:
            return outbox.find_recent_message(db, reader[1], profile=reader[0])
    return None


def _token_reader(token: str, key: bytes) -> tuple[str, str] | None:
    try:
        return unsubscribe_tokens.verify_token(key, token)
    except (BriefingError, UnicodeDecodeError):
        return None


def _apply_leaving(
    db: sqlite3.Connection, token: str, reason: str, key: bytes, now: datetime
) -> str | None:
    """Who asks to leave with a token of ours, suppressed; None for another token, or again."""
    reader = _token_reader(token, key) if key else None
    if reader is None:
        return None
    new = recipients.suppress_recipient(db, reader[0], reader[1], reason=reason, now=now)
    return f"{reader[1]}: {reason}" if new else None
