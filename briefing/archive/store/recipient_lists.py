"""Read lists of recipients as spreadsheets, mail programs and mailing lists export them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.archive.store.recipients import Recipient, parse_recipient
from briefing.errors import BriefingError

# Headings of the column with the address, best first: `address` may be a postal one.
ADDRESS_HEADINGS = (
    "email", "e-mail", "email address", "e-mail address", "emailaddress", "e-mail 1 - value",
    "e-mail-adresse", "email-adresse", "emailadresse", "e-mail adresse", "e-mail-1", "email 1",
    "primary email", "adresse e-mail", "adresse email", "courriel", "correo electrónico",
    "correo", "indirizzo email", "e-mailadres", "address", "adresse",
)  # fmt: skip
NAME_HEADINGS = ("name", "full name", "display name", "anzeigename", "vollständiger name")
FIRST_HEADINGS = ("first name", "given name", "vorname", "prénom", "nombre", "firstname", "fname")
LAST_HEADINGS = (
    "last name", "family name", "nachname", "familienname", "surname", "nom", "apellidos",
    "lastname", "lname",
)  # fmt: skip

# Columns of listmonk, Ghost, Mailtrain, Mailchimp, Substack, Mailman, Sympa, phpList, Buttondown.
STATUS_HEADINGS = frozenset(
    {
        "status", "state", "subscription status", "subscriber status", "email status",
        "delivery status", "subscription state", "type", "subscriber type", "reception",
        "member rating status", "email marketing status", "email subscriber status",
    }
)  # fmt: skip
ON_HEADINGS = frozenset(
    {
        "subscribed", "subscribed to emails", "enabled", "active", "is active", "confirmed",
        "email enabled", "emails enabled", "delivery enabled", "is subscribed", "opt in",
    }
)  # fmt: skip
OFF_HEADINGS = frozenset(
    {
        "blocklisted", "blacklisted", "blocked", "disabled", "unsubscribed", "email disabled",
        "bounced", "bouncing", "complained", "opt out", "opted out", "optout", "deleted",
        "suppressed", "nomail", "inactive", "is blacklisted", "is unsubscribed", "email suppressed",
    }
)  # fmt: skip
WHEN = re.compile(
    r"(?:unsub\w*|bounced?|complain\w*|clean(?:ed)?|opt(?:ed)? out|left|deleted|suppressed)"
    r" (?:at|on|time|date|reason|campaign title|campaign id)"
)
GONE = re.compile(
    r"block ?listed|black ?listed|blocked|disabled|unsub|bounc|inactive|complain|cleaned|removed"
    r"|undeliver|\bspam|suppress|deleted|unconfirmed|pending|unactivated|\bno ?mail\b"
    r"|\bby (?:user|bounces?|admin)\b|opted out|\bleft\b|invalid|archived|banned|abgemeldet|gesperrt|inaktiv"
    r"|abbestellt|gelöscht|désabonné|désinscrit|dado de baja|non[- ]subscribed",
)
FALSE = frozenset({"false", "0", "no", "n", "nein", "non", "off", "never", "f", "none"})
GONE_NUMBERS = frozenset({"2", "3", "4"})  # Mailtrain: unsubscribed, bounced, complained


@dataclass(frozen=True, slots=True)
class RecipientList:
    """Who is on a list, who has left it by its own columns (`address (why)`), and a sentence for
    each line that is no recipient.
    """

    recipients: tuple[Recipient, ...]
    gone: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def decode_list(content: bytes) -> str:
    """The text of a list as Excel and mail programs save it: UTF-8, UTF-16, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:200]:
        odd = content[1:200:2].count(0) > content[:200:2].count(0)
        return content.decode("utf-16-le" if odd else "utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def parse_recipient_list(text: str) -> RecipientList:
    """One a line, or a table with a heading for the address, divided by commas, semicolons or tabs.

    Raises BriefingError for a table without such a heading.
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    first, division = 1, None
    if lines and (stated := re.fullmatch(r'"?sep=(.)"?', lines[0].strip(), re.IGNORECASE)):
        lines, first, division = lines[1:], 2, stated[1]
    head = lines[0] if lines else ""
    division = next((mark for mark in (division, *",;\t") if _has_address(head, mark)), None)
    if division is None and "@" not in head and any(mark in head for mark in ",;\t"):
        raise BriefingError(
            f"line {first}: no column is called address or email; call one so, or write one "
            "address a line"
        )
    return _collect(_table_rows(lines, division, first) if division else _plain_rows(lines, first))


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    address: str = ""
    name: str | None = None
    gone: str = ""  # why, in the list's own words
    fault: str = ""


def _collect(rows: Iterator[_Row]) -> RecipientList:
    found: list[Recipient] = []
    gone: list[str] = []
    faults: list[str] = []
    for row in rows:
        try:
            one = _parse_row(row)
        except BriefingError as error:
            faults.append(f"line {row.number}: {error}")
            continue
        if one and row.gone:
            gone.append(f"{one.address} ({row.gone})")
        elif one:
            found.append(one)
    return RecipientList(tuple(found), tuple(gone), tuple(faults))


def _parse_row(row: _Row) -> Recipient | None:
    if row.fault:
        raise BriefingError(row.fault)
    address = row.address.strip()
    if not address or address.startswith("#"):
        return None
    found = parse_recipient(address)
    return Recipient(found.address, _clean_name(row.name or "") or found.name)


def _plain_rows(lines: Sequence[str], first: int) -> Iterator[_Row]:
    return (_Row(number, line) for number, line in enumerate(lines, first))


def _table_rows(lines: Sequence[str], division: str, first: int) -> Iterator[_Row]:
    headings = _headings(lines[0], division)
    table = csv.reader(lines[1:], delimiter=division)
    while True:
        number = table.line_num + first + 1
        try:
            cells = dict(_first_cells(headings, next(table)))
        except StopIteration:
            return
        except csv.Error as error:
            yield _Row(number, fault=f"this is no table ({error}); save it as CSV again")
            return
        yield _Row(number, _cell(cells, ADDRESS_HEADINGS), _full_name(cells), _why_gone(cells))


def _first_cells(headings: Sequence[str], row: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Heading and cell, the first of several that are called alike last, so that it stays."""
    return reversed(list(zip(headings, map(str.strip, row), strict=False)))


def _headings(head: str, division: str) -> list[str]:
    cells = next(csv.reader([head.strip()], delimiter=division), [])
    return [" ".join(re.sub(r"[_:]", " ", cell).split()).casefold() for cell in cells]


def _has_address(head: str, division: str | None) -> bool:
    return bool(division) and not {*ADDRESS_HEADINGS}.isdisjoint(_headings(head, division or ","))


def _cell(cells: Mapping[str, str], headings: Sequence[str]) -> str:
    return next((cells[name] for name in headings if cells.get(name)), "")


def _full_name(cells: Mapping[str, str]) -> str:
    parts = (_cell(cells, FIRST_HEADINGS), _cell(cells, LAST_HEADINGS))
    return _cell(cells, NAME_HEADINGS) or " ".join(filter(None, parts))


def _why_gone(cells: Mapping[str, str]) -> str:
    """Why a row's own columns say that its reader gets no mail, as in `status blocklisted`."""
    for name, value in cells.items():
        if value and _says_gone(name, value.casefold()):
            return f"{name} {value[:60]}"
    return ""


def _says_gone(name: str, value: str) -> bool:
    if name in STATUS_HEADINGS:
        plain = value.replace("_", " ").replace("-", " ")
        return value in FALSE | GONE_NUMBERS or bool(GONE.search(plain))
    if name in ON_HEADINGS:
        return value in FALSE or bool(GONE.search(value))
    return value not in FALSE and (name in OFF_HEADINGS or bool(WHEN.fullmatch(name)))


def _clean_name(text: str) -> str | None:
    """Raises BriefingError for what could end a line of a message's head."""
    text = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    if not text.isprintable():
        raise BriefingError(
            f"the name {text[:200]!r} has characters that cannot be printed; leave them out"
        )
    return text or None
