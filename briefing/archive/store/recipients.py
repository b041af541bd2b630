"""Who gets a profile's editions by mail: added, imported, suppressed after refusals, removed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from briefing.archive.database.columns import format_timestamp
from briefing.archive.database.connection import transaction
from briefing.errors import BriefingError

# Local part and domain of RFC 5321 without quoted strings, which no mail system hands out; 64 and
# 254 are its limits.
ADDRESS = re.compile(
    r"(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
)

LIFT = (
    "UPDATE SET suppressed = NULL, reason = NULL, refusals = 0, name = "
    "coalesce(excluded.name, name) "
    "WHERE suppressed IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Recipient:
    address: str
    name: str | None = None
    suppressed: str | None = None  # since when
    reason: str | None = None


def encode_domain(domain: str) -> str:
    """The domain in ASCII, by IDNA 2008: straße.example is not strasse.example (UTS 46,
    non-transitional).

    Raises UnicodeError for what no domain is.

    >>> encode_domain("straße.example"), encode_domain("example.org")
    ('xn--strae-oqa.example', 'example.org')
    """
    if domain.isascii():
        return domain
    import idna

    return idna.encode(domain, uts46=True, transitional=False, std3_rules=True).decode()


def encode_sender(sender: str) -> str:
    """`Name <address>` with its domain in ASCII, otherwise as it is. Raises UnicodeError.

    >>> encode_sender("Bücher <desk@bücher.example>")
    'Bücher <desk@xn--bcher-kva.example>'
    """
    start, mark, domain = sender.rpartition("@")
    bare = domain.rstrip("> ")
    return start + mark + encode_domain(bare) + domain[len(bare) :]


def parse_recipient(text: str) -> Recipient:
    """`Name <address>` or an address. Raises BriefingError for what no server would take."""
    text = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    name, address = parseaddr(text)
    # parseaddr drops blanks inside an address, and all of a list but its first: neither is what was
    # meant.
    meant = (bool(address) and text in {address, f"<{address}>"}) or text.endswith(f"<{address}>")
    local, _, domain = address.rpartition("@")
    try:
        address = f"{local}@{encode_domain(domain)}" if domain else address
    except UnicodeError:
        address = ""
    if not meant or not ADDRESS.fullmatch(address) or not text.isprintable():
        raise BriefingError(
            f"{text[:200]!r} is no address mail can be sent to; write it as in 'Ada "
            "Berg <ada@example.org>'"
        )
    return Recipient(address, name or None)


def add_recipients(
    db: sqlite3.Connection,
    profile: str,
    recipients: Iterable[Recipient],
    *,
    now: datetime,
    lift: bool = True,
) -> int:
    """How many are new or get mail again; one transaction.

    Adding a suppressed address lifts its suppression, unless told not to: a list that is imported
    again knows nothing of those who left.
    """
    with transaction(db):
        return sum(
            _add_recipient(
                db, profile, recipient, format_timestamp(now), LIFT if lift else "NOTHING"
            )
            for recipient in recipients
        )


def _add_recipient(
    db: sqlite3.Connection, profile: str, recipient: Recipient, now: str, else_: str
) -> int:
    return db.execute(
        (
            "INSERT INTO recipient (profile, address, name, added) VALUES (?, ?, ?, ?) "
            f"ON CONFLICT DO {else_}"
        ),
        (profile, recipient.address, recipient.name, now),
    ).rowcount


def remove_recipient(db: sqlite3.Connection, profile: str, address: str) -> bool:
    """Whether there was one. What was sent stays in the outbox."""
    sql = "DELETE FROM recipient WHERE profile = ? AND address = ?"
    return db.execute(sql, (profile, address)).rowcount > 0


def suppress_recipient(
    db: sqlite3.Connection, profile: str, address: str, *, reason: str, now: datetime
) -> bool:
    """No mail from now on; whether the address is known and got some before."""
    return (
        db.execute(
            (
                "UPDATE recipient SET suppressed = ?, reason = ? WHERE profile = ? AND "
                "address = ? AND suppressed IS NULL"
            ),
            (format_timestamp(now), reason, profile, address),
        ).rowcount
        > 0
    )


def record_refusals(
    db: sqlite3.Connection,
    profile: str,
    address: str,
    *,
    row: int,
    text: str,
    most: int,
    now: datetime,
) -> None:
    """Count one more refusal for good, of so many editions in a row; `most` suppress the address.

    What was counted before the address was added again is not counted twice.
    """
    db.execute(
        "UPDATE recipient SET refusals = min(refusals + 1, ?) WHERE profile = ? AND address = ?",
        (row, profile, address),
    )
    found = db.execute(
        "SELECT refusals FROM recipient WHERE profile = ? AND address = ?", (profile, address)
    ).fetchone()
    if found and found["refusals"] >= most:
        reason = f"refused {found['refusals']} times: {text}"
        suppress_recipient(db, profile, address, reason=reason, now=now)


def load_recipients(db: sqlite3.Connection, profile: str) -> tuple[Recipient, ...]:
    """By address, those suppressed among them."""
    rows = db.execute("SELECT * FROM recipient WHERE profile = ? ORDER BY address", (profile,))
    return tuple(
        Recipient(row["address"], row["name"], row["suppressed"], row["reason"]) for row in rows
    )
