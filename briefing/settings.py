"""What settings are declared with, and the tables of delivering: mail, share, schedule,
retention.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.errors import BriefingError
from briefing.secret import PLACES

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def setting(
    default: Any, help_line: str, *, check: Callable[[Any], str | None] | None = None
) -> Any:
    """A field with its help and, where its type does not say enough, a check that answers what is
    wrong.
    """
    factory = (
        {"default_factory": lambda: default}
        if isinstance(default, list | dict)
        else {"default": default}
    )
    return dataclasses.field(**factory, metadata={"help": help_line, "check": check})


def check_choice(*choices: str) -> Callable[[str], str | None]:
    def check(value: str) -> str | None:
        near = difflib.get_close_matches(value, choices, n=1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        return None if value in choices else f"'{value}' is none of {', '.join(choices)}{hint}"

    return check


def check_each(check: Callable[[str], str | None]) -> Callable[[tuple[str, ...]], str | None]:
    return lambda values: next((fault for value in values if (fault := check(value))), None)


def check_zone(name: str) -> str | None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"no time zone is called '{name}'; write it as in 'Europe/Berlin'"
    return None


def check_range(low: float, high: float) -> Callable[[float], str | None]:
    return lambda value: (
        None if low <= value <= high else f"{value} is not between {low} and {high}"
    )


def check_time(text: str) -> str | None:
    return (
        None
        if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text)
        else f"'{text}' is no time; write it as in '05:30'"
    )


def check_profile(name: str) -> str | None:
    """It becomes part of file names on every system, and of message ids."""
    reserved = re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)", name)
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 40 and not reserved:
        return None
    return f"'{name}' cannot be part of a file name; use up to 40 of a-z, 0-9 and single hyphens"


def check_mode(text: str) -> str | None:
    return (
        None
        if re.fullmatch(r"0?[0-7]{3}", text)
        else f"'{text}' are no permissions; write them as in '0644'"
    )


def check_secret(text: str | None) -> str | None:
    """A place of a password, never the password: what stands in a configuration ends up in backups
    and messages.
    """
    if not text or re.match(r"(env|file|credential|keyring):.", text):
        return None
    return f"the password itself must not stand here; name where it is kept: {PLACES}"


def check_location(text: str) -> str | None:
    """An address is printed, stored and sent along in reports; a password in it would be
    everywhere.
    """
    if re.match(r"[a-z+.-]+://[^/@\s]*:[^/@\s]+@", text, re.IGNORECASE):
        return (
            "a password must not stand in an address; write https://USER@HOST/… "
            "and say in password where it is kept"
        )
    return None


def check_pattern(text: str | None) -> str | None:
    try:
        re.compile(text or "")
    except re.error as error:
        return f"'{text}' is no regular expression ({error})"
    return None


def check_address(text: str | None) -> str | None:
    """What no mail can be sent from or to is refused here, not at six in the morning."""
    from briefing.archive.store.recipients import parse_recipient

    try:
        if text:
            parse_recipient(text)
    except BriefingError as error:
        return str(error)
    return None


def check_unsubscribe(text: str) -> str | None:
    from briefing.deliveries.mail.envelope import encode_way

    try:
        encode_way(text)
    except BriefingError as error:
        return str(error)
    return None


def check_list_id(text: str | None) -> str | None:
    from briefing.archive.store.recipients import encode_domain

    try:
        known = encode_domain(text or "")
    except UnicodeError as error:
        return f"'{text}' is no domain ({error}); write it as in 'briefing.example.org'"
    return None if known.isprintable() else f"'{text}' has characters that cannot be printed"


def resolve_place(place: Any, folder: Path) -> Any:
    """A path below the folder, or where it says; an address, and nothing at all, as they are."""
    return place if not place or "://" in place else str(folder / Path(place).expanduser())


def resolve_secret_place(place: str | None, folder: Path) -> str | None:
    """The same for where a password is kept."""
    kind, _, name = (place or "").partition(":")
    return f"file:{resolve_place(name, folder)}" if kind == "file" else place


@dataclass(frozen=True, slots=True)
class MailSettings:
    """`[mail]`: how editions are sent; nothing is, without a server."""

    server: str | None = setting(
        None, "host name of the mail server; for 'sendmail' the path of the program"
    )
    port: int = setting(
        0, "0 for the usual one: 587 with starttls, 465 with smtps, 25 without, 24 for lmtp"
    )
    transport: str = setting(
        "smtp", "'smtp', 'lmtp' or 'sendmail'", check=check_choice("smtp", "lmtp", "sendmail")
    )
    security: str = setting(
        "starttls",
        "'starttls', 'smtps', 'none' (to this machine only) or 'none-anywhere'",
        check=check_choice("starttls", "smtps", "none", "none-anywhere"),
    )
    ca_file: str | None = setting(None, "certificates to trust instead of the system's (PEM)")
    user: str | None = setting(None, "who logs in; nobody does without it")
    password: str | None = setting(
        None, f"where the password is kept: {PLACES}", check=check_secret
    )
    sender: str | None = setting(None, "From, as in 'Desk <desk@example.org>'", check=check_address)
    list_id: str | None = setting(
        None, "List-Id, as in 'briefing.example.org'", check=check_list_id
    )
    unsubscribe: tuple[str, ...] = setting(
        (),
        "https: and mailto: addresses; {token} is replaced by a signed one",
        check=check_each(check_unsubscribe),
    )
    returned: str | None = setting(
        None,
        "where returned mail lies: imaps://USER@HOST/FOLDER, a maildir, an mbox or a folder",
        check=lambda text: check_location(text or ""),
    )
    returned_password: str | None = setting(
        None, f"where that mailbox's password is kept: {PLACES}", check=check_secret
    )
    dkim_key: str | None = setting(None, "file of the private key (PEM) that signs every message")
    dkim_selector: str = setting(
        "briefing", "the key's name in the DNS: SELECTOR._domainkey.DOMAIN"
    )
    dkim_ed25519_key: str | None = setting(
        None, "file of an Ed25519 key (PEM) that signs every message too"
    )
    dkim_ed25519_selector: str = setting("briefing-ed25519", "that key's name in the DNS")
    attach_pdf: bool = setting(default=False, help_line="also attach edition.pdf")
    doubt: str = setting(
        "resend",
        "a mail cut off between its end and its receipt: 'resend' or 'hold'",
        check=check_choice("resend", "hold"),
    )
    expires: float = setting(
        24.0, "hours after which an edition is no longer tried", check=check_range(0.1, 240)
    )
    suppress_after: int = setting(
        3, "refusals for good (5xx) in a row after which a recipient gets no more mail"
    )
    per_minute: int = setting(0, "most messages a minute; 0 for no limit")
    per_connection: int = setting(0, "most messages over one connection; 0 for no limit")
    timeout: float = setting(30.0, "seconds to wait for the server", check=check_range(1, 600))


@dataclass(frozen=True, slots=True)
class ShareSettings:
    """`[share]`: the shared folder editions are published to; none, without a target."""

    target: str | None = setting(
        None,
        (
            "folder that `briefing publish --init` has marked, often a mounted share; or "
            "s3://, sftp://, webdavs:// …"
        ),
    )
    user: str | None = setting(
        None, "sftp, webdav: who logs in, unless the address says so; s3: the name of the key"
    )
    password: str | None = setting(
        None, f"webdav, s3: where the password or the key is kept: {PLACES}", check=check_secret
    )
    keep: int = setting(0, "newest editions that stay; 0 for all of them")
    group: str | None = setting(
        None, "group that gets the files; without it, the folder's own (set-group-id)"
    )
    file_mode: str = setting(
        "0644", "permissions of files; folders get the matching ones", check=check_mode
    )
    copies: bool = setting(
        default=True,
        help_line="keep copies of the newest edition as latest.md, latest.html, latest.pdf",
    )
    site: bool = setting(
        default=True,
        help_line="keep the archive as pages that need no server: index.html and what it links to",
    )
    restore: bool = setting(
        default=True,
        help_line="put editions back that were published to the folder and are gone from it",
    )
    web: str | None = setting(
        None, "address the folder is served at, if it is: makes the links of its feed absolute"
    )
    deadline: float = setting(
        300.0, "seconds after which a share that hangs is given up", check=check_range(1, 86400)
    )


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """`[schedule]`: when an edition is due, and who is told how it went."""

    due: str = setting(
        "06:00", "time of day an edition is due, in the time zone above", check=check_time
    )
    days: tuple[str, ...] = setting(
        DAYS, "days with an edition", check=check_each(check_choice(*DAYS))
    )
    catch_up: int = setting(
        3, "missed editions that are made after all, at most", check=check_range(0, 31)
    )
    operator: str | None = setting(
        None, "who is mailed when a run has trouble", check=check_address
    )
    ping: str | None = setting(
        None, "address that is told of every start and end (healthchecks.io and the like)"
    )
    metrics: str | None = setting(
        None, "file for Prometheus' textfile collector, as in /var/lib/…/briefing.prom"
    )
    log: str | None = setting(None, "file for one line of JSON an event")


@dataclass(frozen=True, slots=True)
class LicenceSettings:
    """One `[[licences]]` table: how much of an article under a licence may be printed; the first
    that fits decides.
    """

    licence: str = setting(
        "*", "licence as in the source's settings; * stands for any letters, '' for none stated"
    )
    text: str = setting(
        "excerpt",
        "'full' (no limit), 'excerpt' or 'headline' (with its link, and nothing else)",
        check=check_choice("full", "excerpt", "headline"),
    )
    words: int = setting(
        90,
        "words of one article in one edition, at most; 0 for no limit",
        check=check_range(0, 100_000),
    )
    percent: int = setting(
        50, "the same as a share of the article's words; 0 for no limit", check=check_range(0, 100)
    )
    edition: int = setting(
        0,
        "words of all articles of one outlet in one edition, at most; 0 for no limit",
        check=check_range(0, 100_000),
    )


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """One `[[retention]]` table: how long sources of a licence may be kept; the first that fits
    decides.
    """

    licence: str = setting("*", "licence as in the source's settings; * stands for any letters")
    documents: int = setting(0, "days the documents are kept as received; 0 for ever")
    texts: int = setting(0, "days the texts of articles are kept; 0 for ever")
