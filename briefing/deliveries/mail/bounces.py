"""Reports of mail systems (RFC 3464) to the rows of the outbox they are about, by Message-ID."""

from __future__ import annotations

import mailbox
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message as Mail
from pathlib import Path

from briefing.archive.database.connection import transaction
from briefing.archive.store import outbox, recipients
from briefing.archive.store.outbox import Outcome
from briefing.errors import BriefingError

RETURNABLE = frozenset(
    {"sending", "sent", "doubt"}
)  # a report about what never left is a forgery, or old
WORDS = 300  # characters of what a mail system says that are kept
# bytes of a report that are read; the returned message may be cut, its head comes first
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient's fate as a mail system reports it; `permanent` for a failure of class 5."""

    message_id: str
    address: str
    status: str  # 5.1.1
    text: str
    permanent: bool


def parse_bounces(content: bytes) -> tuple[Bounce, ...]:
    """The failures a message reports. Nothing for any other mail: holiday notes, delays, spam,
    broken reports.
    """
    try:
        mail = message_from_bytes(content[:LARGEST])
        if mail.get_content_type() != "multipart/report":
            return ()
        message_id = _returned_message_id(mail)
        return tuple(_parse_reports(mail, message_id)) if message_id else ()
    except RecursionError:  # thousands of parts in each other: anybody may write to such a mailbox
        return ()


def _returned_message_id(mail: Mail) -> str | None:
    """The Message-ID of the returned message, or of its head."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list):
            found = part.get_payload(0)
            return _extract_message_id(found["Message-ID"]) if isinstance(found, Mail) else None
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            return (
                _extract_message_id(message_from_bytes(payload)["Message-ID"])
                if isinstance(payload, bytes)
                else None
            )
    return None


def _extract_message_id(value: object) -> str | None:
    found = re.search(r"<[^<>\s]+>", str(value or ""))
    return found[0] if found else None


def _parse_reports(mail: Mail, message_id: str) -> Iterator[Bounce]:
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():
            if (
                isinstance(block, Mail)
                and str(block.get("Action", "")).strip().casefold() == "failed"
            ):
                status = str(block.get("Status", "")).strip()[:20]
                text = " ".join(str(block.get("Diagnostic-Code", "")).partition(";")[2].split())[
                    :WORDS
                ]
                address = str(block.get("Final-Recipient", "")).partition(";")[2].strip()
                yield Bounce(message_id, address, status, text, permanent=status.startswith("5"))


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


def apply_bounces(
    db: sqlite3.Connection, bounces: Iterable[Bounce], *, suppress_after: int, now: datetime
) -> tuple[str, ...]:
    """Mark the messages as failed and count the refusals of their readers; the addresses found,
    each report once.
    """
    with transaction(db):
        return tuple(
            address
            for one in bounces
            if (address := _apply_bounce(db, one, suppress_after, now)) is not None
        )


def _apply_bounce(db: sqlite3.Connection, bounce: Bounce, most: int, now: datetime) -> str | None:
    message = outbox.find_message(db, bounce.message_id)
    if message is None or message.state not in RETURNABLE:
        return None
    text = f"returned: {bounce.status} {bounce.text}".strip()
    outbox.settle_message(db, message, Outcome("failed", None, text), now=now)
    if bounce.permanent:
        profile = outbox.message_profile(db, message)
        recipients.count_refusal(db, profile, message.address, text=text, most=most, now=now)
    return message.address
