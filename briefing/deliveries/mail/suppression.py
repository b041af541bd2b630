"""Count how often in a row an address had no mailbox, by what became of its messages."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from briefing.archive.store import outbox, recipients
from briefing.archive.store.outbox import Message
from briefing.deliveries.mail.refusals import names_dead_mailbox

RETURNED = "returned: "


def count_dead_mailbox(
    db: sqlite3.Connection, profile: str, message: Message, *, text: str, most: int, now: datetime
) -> None:
    """Count a refusal or return that names the mailbox; the one that makes `most` editions in a
    row suppresses the address.

    A relay takes today's message before it returns yesterday's, so the row of editions is counted
    and not what was said last.
    """
    rows = outbox.address_history(db, profile, message.address)
    row = _count_row(rows, message.edition)
    recipients.record_refusals(db, profile, message.address, row=row, text=text, most=most, now=now)


def _count_row(rows: Sequence[Message], edition: str) -> int:
    """How many editions in a row found no mailbox, the given one among them."""
    row, holds = 0, False
    for one in rows:
        if _is_dead(one):
            row, holds = row + 1, holds or one.edition == edition
        elif one.state in {"sent", "doubt", "sending"}:
            if holds:
                return row
            row = 0
    return row if holds else 1


def _is_dead(message: Message) -> bool:
    """Whether the message failed for want of a mailbox; what expired or was full says nothing."""
    text = message.text or ""
    if message.state != "failed" or text.startswith("expired"):
        return False
    said = text.removeprefix(RETURNED)
    return names_dead_mailbox(message.code or 550, said)
