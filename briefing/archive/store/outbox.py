"""The ledger of sending: what became of each message, so that nobody is left out and nobody is sent
one twice unnamed.

A row is `sending` from before its message is handed over until the answer is stored. Whoever finds
one there later knows that the message may or may not have arrived: it is in `doubt`. No protocol
can close that gap (RFC 1047).
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.archive.database.columns import format_timestamp, parse_timestamp
from briefing.archive.database.connection import transaction
from briefing.archive.store.recipients import Recipient, load_recipients
from briefing.errors import BriefingError

STATES = ("queued", "sending", "sent", "doubt", "retry", "failed", "suppressed")
FIRST_DELAY = 60.0  # seconds; greylisting lets the second attempt through after one to five minutes
LONGEST_DELAY = 3600.0


@dataclass(frozen=True, slots=True)
class Message:
    """One row: an edition's message to one address."""

    edition: str
    address: str
    name: str | None
    message_id: str
    state: str
    attempts: int
    doubts: int
    code: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row becomes: its state, the server's answer, and when to try again."""

    state: str
    code: int | None = None
    text: str = ""
    next_try: datetime | None = None


def freeze_audience(
    db: sqlite3.Connection,
    edition: str,
    profile: str,
    *,
    domain: str,
    key: bytes,
    now: datetime,
    hours: float,
) -> datetime:
    """Fix who gets the edition, once, in one transaction; when that was. A later call changes
    nothing.

    The suppressed get a row too, so that the account of everyone is complete.
    """
    with transaction(db):
        row = db.execute("SELECT frozen FROM mailing WHERE edition = ?", (edition,)).fetchone()
        if row:
            return parse_timestamp(row["frozen"])
        audience = load_recipients(db, profile)
        expires = format_timestamp(now + timedelta(hours=hours))
        db.execute(
            "INSERT INTO mailing VALUES (?, ?, ?, ?)",
            (edition, format_timestamp(now), expires, len(audience)),
        )
        db.executemany(
            "INSERT INTO outbox (edition, address, name, message_id, state) VALUES (?, ?, ?, ?, ?)",
            [_outbox_row(edition, one, domain, key) for one in audience],
        )
    return parse_timestamp(format_timestamp(now))


def _outbox_row(edition: str, one: Recipient, domain: str, key: bytes) -> tuple[str | None, ...]:
    state = "suppressed" if one.suppressed else "queued"
    return (
        edition,
        one.address,
        one.name,
        derive_message_id(edition, one.address, domain, key),
        state,
    )


def derive_message_id(edition: str, address: str, domain: str, key: bytes) -> str:
    """The Message-ID of an edition to an address: the same at every attempt, so that a second copy
    can be known.

    It is made with the workspace's key: whoever knows edition and address cannot make it, and so no
    report about it.
    """
    said = f"message-id\n{edition}|{address.casefold()}".encode()
    digest = hmac.new(key, said, hashlib.sha256).hexdigest()[:32]
    return f"<{edition}.{digest}@{domain}>"


def recover_interrupted_messages(db: sqlite3.Connection) -> int:
    """Rows left in `sending` by a run that was cut off become `doubt`; how many. Call while holding
    the run's lock.
    """
    return db.execute(
        "UPDATE outbox SET state = 'doubt', doubts = doubts + 1, next_try = NULL "
        "WHERE state = 'sending'"
    ).rowcount


def expire_messages(db: sqlite3.Connection, *, now: datetime) -> int:
    """Give up what its edition's time ran out for; how many. Messages in doubt stay so: they may
    have arrived.
    """
    return db.execute(
        "UPDATE outbox SET state = 'failed', text = 'expired; the last answer was: ' "
        "|| coalesce(text, 'none') "
        "WHERE state IN ('queued', 'retry') AND edition IN (SELECT edition FROM "
        "mailing WHERE expires < ?)",
        (format_timestamp(now),),
    ).rowcount


def withdraw_messages(db: sqlite3.Connection, edition: str, profile: str) -> int:
    """Messages that are not under way yet to those who left since the audience was fixed are not
    sent; how many.
    """
    return db.execute(
        "UPDATE outbox SET state = 'suppressed', next_try = NULL WHERE edition = ? "
        "AND state IN ('queued', 'retry') "
        "AND address IN (SELECT address FROM recipient WHERE profile = ? AND "
        "suppressed IS NOT NULL)",
        (edition, profile),
    ).rowcount


def due_messages(
    db: sqlite3.Connection, edition: str, *, resend: bool, now: datetime
) -> tuple[Message, ...]:
    """What may be sent now, first attempts before later ones; messages in doubt only when `resend`
    and not expired.
    """
    states = "('queued', 'retry', 'doubt')" if resend else "('queued', 'retry')"
    rows = db.execute(
        "SELECT outbox.* FROM outbox JOIN mailing USING (edition) WHERE edition = ? "
        f"AND state IN {states} "
        "AND expires >= ? AND (next_try IS NULL OR next_try <= ?) ORDER BY attempts, address",
        (edition, format_timestamp(now), format_timestamp(now)),
    )
    return tuple(_restore_message(row) for row in rows)


def claim_message(db: sqlite3.Connection, message: Message, *, server: str, now: datetime) -> None:
    """The row is `sending` from here. Raises BriefingError when another process took it
    meanwhile.
    """
    taken = db.execute(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, sending_at = ?, server = ? "
        "WHERE edition = ? AND address = ? AND state = ? AND attempts = ?",
        (
            format_timestamp(now),
            server,
            message.edition,
            message.address,
            message.state,
            message.attempts,
        ),
    ).rowcount
    if not taken:
        raise BriefingError(
            f"{message.edition} to {message.address}: another process is sending it; "
            "nothing was sent twice"
        )


def settle_message(
    db: sqlite3.Connection, message: Message, outcome: Outcome, *, now: datetime
) -> None:
    """Store what became of a claimed row."""
    db.execute(
        "UPDATE outbox SET state = ?, code = ?, text = ?, next_try = ?, doubts = "
        "doubts + ?, sent_at = ? "
        "WHERE edition = ? AND address = ?",
        (
            outcome.state,
            outcome.code,
            outcome.text or None,
            format_timestamp(outcome.next_try) if outcome.next_try else None,
            outcome.state == "doubt",
            format_timestamp(now) if outcome.state == "sent" else None,
            message.edition,
            message.address,
        ),
    )


def retry_delay(message: Message) -> timedelta:
    """How long to wait after this attempt: doubled each time, longer by up to a quarter,
    differently for each row.
    """
    spread = (
        int(hashlib.sha256(f"{message.message_id}{message.attempts}".encode()).hexdigest()[:8], 16)
        / 0xFFFFFFFF
    )
    seconds = min(FIRST_DELAY * 2.0 ** min(message.attempts, 30), LONGEST_DELAY)
    return timedelta(seconds=seconds * (1 + spread / 4))


def count_by_state(db: sqlite3.Connection, edition: str) -> dict[str, int]:
    """Rows by state. Raises BriefingError when they do not add up to the frozen audience."""
    rows = db.execute(
        "SELECT state, count(*) AS rows FROM outbox WHERE edition = ? GROUP BY state", (edition,)
    )
    counted = {row["state"]: row["rows"] for row in rows}
    mailing = db.execute("SELECT recipients FROM mailing WHERE edition = ?", (edition,)).fetchone()
    expected = mailing["recipients"] if mailing else 0
    if sum(counted.values()) != expected:
        raise BriefingError(
            f"{edition}: the outbox holds {sum(counted.values())} messages for "
            f"{expected} recipients; "
            f"look with: briefing archive check"
        )
    return {state: counted[state] for state in STATES if state in counted}


def load_messages(
    db: sqlite3.Connection, edition: str, *, states: Iterable[str] = STATES
) -> tuple[Message, ...]:
    """The rows of an edition in one of the states, by address."""
    wanted = frozenset(states)
    rows = db.execute("SELECT * FROM outbox WHERE edition = ? ORDER BY address", (edition,))
    return tuple(_restore_message(row) for row in rows if row["state"] in wanted)


def doubtful_messages(db: sqlite3.Connection, edition: str) -> tuple[Message, ...]:
    """Every message that was ever in doubt: its recipient may have two copies, or none when doubts
    are held.
    """
    rows = db.execute(
        "SELECT * FROM outbox WHERE edition = ? AND doubts > 0 ORDER BY address", (edition,)
    )
    return tuple(_restore_message(row) for row in rows)


def accepted_domains(db: sqlite3.Connection, edition: str) -> frozenset[str]:
    """The domains, in lower case, at which a server took the edition for somebody."""
    sql = "SELECT address FROM outbox WHERE edition = ? AND state IN ('sent', 'doubt')"
    rows = db.execute(sql, (edition,))
    return frozenset(row["address"].rpartition("@")[2].casefold() for row in rows)


def is_audience_frozen(db: sqlite3.Connection, edition: str) -> bool:
    """Whether it is fixed who gets the edition."""
    return db.execute("SELECT 1 FROM mailing WHERE edition = ?", (edition,)).fetchone() is not None


def has_interrupted_message(db: sqlite3.Connection, edition: str) -> bool:
    """Whether a sender ended while a message of the edition was on its way."""
    sql = "SELECT 1 FROM outbox WHERE edition = ? AND state = 'sending' LIMIT 1"
    return db.execute(sql, (edition,)).fetchone() is not None


def pending_editions(db: sqlite3.Connection, *, now: datetime) -> tuple[str, ...]:
    """Editions, oldest first, with messages that are still to be sent."""
    rows = db.execute(
        "SELECT DISTINCT edition FROM outbox JOIN mailing USING (edition) "
        "WHERE state IN ('queued', 'sending', 'retry', 'doubt') AND expires >= ? "
        "ORDER BY frozen, edition",
        (format_timestamp(now),),
    )
    return tuple(row["edition"] for row in rows)


def find_message(db: sqlite3.Connection, message_id: str) -> Message | None:
    row = db.execute("SELECT * FROM outbox WHERE message_id = ?", (message_id,)).fetchone()
    return _restore_message(row) if row else None


def message_profile(db: sqlite3.Connection, message: Message) -> str:
    """Whose edition it carries: a mailbox of returned mail is one for all readers."""
    row = db.execute("SELECT profile FROM edition WHERE id = ?", (message.edition,)).fetchone()
    profile: str = row["profile"]
    return profile


def _restore_message(row: sqlite3.Row) -> Message:
    return Message(*(row[name] for name in Message.__slots__))
