"""Who gets a profile's editions by mail: added, imported, suppressed after refusals, removed."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
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

COLUMN = frozenset({"address", "email", "e-mail"})
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


def parse_recipient(text: str) -> Recipient:
    """`Name <address>` or an address. Raises BriefingError for what no server would take."""
    text = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    name, address = parseaddr(text)
    # parseaddr drops blanks inside an address, and all of a list but its first: neither is what was
    # meant.
    meant = (bool(address) and text in {address, f"<{address}>"}) or text.endswith(f"<{address}>")
    local, _, domain = address.rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode()}" if domain else address
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


def count_refusal(
    db: sqlite3.Connection, profile: str, address: str, *, text: str, most: int, now: datetime
) -> None:
    """Count a refusal for good; the one that makes `most` in a row suppresses the address."""
    db.execute(
        "UPDATE recipient SET refusals = refusals + 1 WHERE profile = ? AND address = ?",
        (profile, address),
    )
    row = db.execute(
        "SELECT refusals FROM recipient WHERE profile = ? AND address = ?", (profile, address)
    ).fetchone()
    if row and row["refusals"] >= most:
        suppress_recipient(
            db, profile, address, reason=f"refused {row['refusals']} times: {text}", now=now
        )


def refused_addresses(db: sqlite3.Connection, profile: str) -> frozenset[str]:
    """Addresses, in lower case, whose last message was refused: whom an accepted one concerns."""
    rows = db.execute(
        "SELECT address FROM recipient WHERE profile = ? AND refusals > 0", (profile,)
    )
    return frozenset(row["address"].casefold() for row in rows)


def reset_refusals(db: sqlite3.Connection, profile: str, address: str) -> None:
    sql = "UPDATE recipient SET refusals = 0 WHERE profile = ? AND address = ? AND refusals > 0"
    db.execute(sql, (profile, address))


def load_recipients(db: sqlite3.Connection, profile: str) -> tuple[Recipient, ...]:
    """By address, those suppressed among them."""
    rows = db.execute("SELECT * FROM recipient WHERE profile = ? ORDER BY address", (profile,))
    return tuple(
        Recipient(row["address"], row["name"], row["suppressed"], row["reason"]) for row in rows
    )


def parse_recipient_list(lines: Iterable[str]) -> Iterator[Recipient]:
    """One a line, or a table with a column `address` or `email` (and `name`), divided by commas,
    semicolons or tabs.

    Raises BriefingError with the line.
    """
    rows = [
        line.removeprefix("\ufeff") if not number else line for number, line in enumerate(lines)
    ]
    head = rows[0] if rows else ""
    division = next((mark for mark in ",;\t" if COLUMN & set(_column_names(head, mark))), None)
    if division is None and "@" not in head and any(mark in head for mark in ",;\t"):
        raise BriefingError(
            "line 1: no column is called address or email; call one so, or write one address a line"
        )
    texts = _recipient_columns(rows, division) if division else ((line, None) for line in rows)
    for number, (text, name) in enumerate(texts, start=1 + bool(division)):
        address = text.strip()
        if address and not address.startswith("#"):
            try:
                found = parse_recipient(address)
                yield Recipient(
                    found.address, found.name if name is None else _clean_name(name) or found.name
                )
            except BriefingError as error:
                raise BriefingError(f"line {number}: {error}") from error


def _column_names(head: str, division: str) -> list[str]:
    return [cell.strip().strip('"').casefold() for cell in head.strip().split(division)]


def _recipient_columns(rows: Sequence[str], division: str) -> Iterator[tuple[str, str]]:
    """Address and name of each row below the head."""
    table = csv.DictReader(
        rows[1:], fieldnames=_column_names(rows[0], division), delimiter=division
    )
    try:
        for row in table:
            yield (
                next((row[one] for one in sorted(COLUMN) if row.get(one)), ""),
                row.get("name") or "",
            )
    except csv.Error as error:
        raise BriefingError(
            f"line {table.line_num + 2}: this is no table ({error}); save it as CSV again"
        ) from error


def _clean_name(text: str) -> str | None:
    """Raises BriefingError for what could end a line of a message's head."""
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    if not text.strip().isprintable():
        raise BriefingError(
            f"the name {text.strip()[:200]!r} has characters that cannot be printed; leave them out"
        )
    return text.strip() or None
