"""An IMAP folder to its messages, from where the last visit stopped. Opened with EXAMINE: the
server marks nothing.
"""

from __future__ import annotations

import contextlib
import dataclasses
import imaplib
import ipaddress
import re
import ssl
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from briefing.errors import BriefingError, ConfigError
from briefing.model import Document, Fate, Source
from briefing.secret import load_secret
from briefing.sources.folder import LARGEST
from briefing.sources.mail.messages import document_if_unseen
from briefing.sources.visits import Visit

TIMEOUT = 30.0  # seconds of silence
MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)  # whatever the locale


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What an IMAP address says."""

    host: str
    port: int
    user: str
    folder: str
    secure: bool  # TLS from the first byte; else STARTTLS, except on this machine

    @classmethod
    def parse(cls, location: str) -> Mailbox:
        try:
            parts = urlsplit(location)
            secure = parts.scheme == "imaps"
            port = parts.port or (993 if secure else 143)
        except ValueError as error:
            raise ConfigError(f"{location}: this is no address ({error})") from error
        if parts.password:
            raise ConfigError(
                f"imap://{parts.hostname}: a password must not stand in an address; "
                "set password = …"
            )
        if not parts.hostname or not parts.username:
            raise ConfigError(f"{location}: write it as imaps://USER@HOST/FOLDER")
        folder = unquote(parts.path.strip("/")) or "INBOX"
        return cls(parts.hostname, port, unquote(parts.username), folder, secure)

    @property
    def place(self) -> str:
        return f"{self.host}/{self.folder}"

    @property
    def is_here(self) -> bool:
        with contextlib.suppress(ValueError):
            return ipaddress.ip_address(self.host).is_loopback
        return self.host == "localhost"


class _Bounded:
    """An IMAP connection that takes no literal larger than a document may be, whatever the server
    announces.
    """

    def read(self, size: int) -> bytes:
        if size > LARGEST + 100_000:
            raise imaplib.IMAP4.abort(f"the server announced {size} bytes for one message")
        return super().read(size)  # type: ignore[misc,no-any-return]


class _Plain(_Bounded, imaplib.IMAP4):
    pass


class _Secure(_Bounded, imaplib.IMAP4_SSL):
    pass


def collect_imap(
    location: str,
    *,
    source: Source | None,
    visit: Visit,
    password: str | None = None,
    ca_file: str | None = None,
    backfill: float = 3,
    items: int = 200,
    **_: Any,
) -> Iterator[Document | Fate]:
    """Messages by UID. `password` says where it is kept, `ca_file` holds whom to trust instead of
    the system's.

    Raises BriefingError with what the server answered.
    """
    box = Mailbox.parse(location)
    try:
        with _open_connection(box, password, ca_file) as connection:
            yield from _fetch_messages(
                connection, box, visit, source=source, backfill=backfill, items=items
            )
    except (imaplib.IMAP4.error, OSError) as error:
        raise BriefingError(
            f"{location}: {_error_text(error)}; check the server, the name and the password"
        ) from error


@contextlib.contextmanager
def _open_connection(
    box: Mailbox, password: str | None, ca_file: str | None
) -> Iterator[imaplib.IMAP4]:
    context = _tls_context(ca_file)
    connection = (
        _Secure(box.host, box.port, ssl_context=context, timeout=TIMEOUT)
        if box.secure
        else _Plain(box.host, box.port, timeout=TIMEOUT)
    )
    try:
        if not box.secure and not box.is_here:
            connection.starttls(context)
        _log_in(
            connection, box.user, load_secret(password or "", whose="sources: password").reveal()
        )
        yield connection
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            connection.logout()


def _log_in(connection: imaplib.IMAP4, user: str, password: str) -> None:
    """LOGIN takes ASCII alone; PLAIN takes UTF-8 (RFC 4616)."""
    if (user + password).isascii():
        connection.login(user, password)
    else:
        connection.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())


def _tls_context(ca_file: str | None) -> ssl.SSLContext:
    """Certificates and host names are verified."""
    try:
        return ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(f"{ca_file}: no certificate can be read from it; mend ca_file") from error


def _fetch_messages(
    connection: imaplib.IMAP4,
    box: Mailbox,
    visit: Visit,
    *,
    source: Source | None,
    backfill: float,
    items: int,
) -> Iterator[Document | Fate]:
    quoted = '"' + encode_modified_utf7(box.folder).replace("\\", "\\\\").replace('"', '\\"') + '"'
    _expect_ok(connection.select(quoted, readonly=True), f"there is no folder '{box.folder}'")
    validity = _response_number(connection, "UIDVALIDITY")
    last = visit.state.marks.get("uid") if visit.state.marks.get("validity") == validity else None
    uids = _search_uids(
        connection, last, visit.horizon(backfill) if last is None or visit.since else None
    )
    sizes = _fetch_sizes(connection, uids[:items])
    for uid in uids[:items]:
        found = _fetch_message(
            connection, uid, visit, size=sizes.get(uid, 0), place=box.place, source=source
        )
        visit.state = dataclasses.replace(
            visit.state, marks={"validity": validity, "uid": max(uid, last or 0)}
        )
        if found:
            yield found
    if uids[items:]:
        visit.notes.append(
            f"{len(uids) - items} more messages wait for the next visit; raise items "
            "to take them at once"
        )
    else:  # what is older than the horizon is behind us as well
        newest = max((_response_number(connection, "UIDNEXT") - 1, last or 0, *uids[-1:]))
        visit.state = dataclasses.replace(visit.state, marks={"validity": validity, "uid": newest})


def _fetch_message(
    connection: imaplib.IMAP4,
    uid: int,
    visit: Visit,
    *,
    size: int,
    place: str,
    source: Source | None,
) -> Document | Fate | None:
    if size > LARGEST:
        return Fate(
            "document",
            f"{place}#uid {uid}",
            "unreadable",
            f"the message is larger than {LARGEST / 1e6:g} MB",
        )
    _, parts = _expect_ok(
        connection.uid("FETCH", str(uid), "(BODY.PEEK[])"), f"message {uid} cannot be had"
    )
    content = next((part[1] for part in parts if isinstance(part, tuple)), None)
    return (
        document_if_unseen(content, place, source, visit) if content else None
    )  # None: removed since it was listed


def _search_uids(
    connection: imaplib.IMAP4, last: int | None, horizon: datetime | None
) -> list[int]:
    """Those after the last one, or delivered since the horizon; all, without either. `n:*` names
    the newest even if it is older than n, so it is looked at again here.
    """
    since = (
        f"SINCE {horizon.day:02}-{MONTHS[horizon.month - 1]}-{horizon.year}" if horizon else None
    )
    asked = since or (f"UID {last + 1}:*" if last else "ALL")
    _, (answer, *_rest) = _expect_ok(connection.uid("SEARCH", asked), "it cannot be searched")
    found = sorted({int(word) for word in (answer or b"").split() if word.isdigit()})
    return found if since else [uid for uid in found if uid > (last or 0)]


def _fetch_sizes(connection: imaplib.IMAP4, uids: list[int]) -> dict[int, int]:
    """Bytes of each message, asked in parts: a server may limit how long a line is."""
    sizes: dict[int, int] = {}
    for at in range(0, len(uids), 100):
        asked = ",".join(map(str, uids[at : at + 100]))
        _, lines = _expect_ok(
            connection.uid("FETCH", asked, "(RFC822.SIZE)"), "sizes cannot be had"
        )
        for line in (line for line in lines if isinstance(line, bytes)):
            uid, size = re.search(rb"UID (\d+)", line), re.search(rb"RFC822\.SIZE (\d+)", line)
            if uid and size:
                sizes[int(uid[1])] = int(size[1])
    return sizes


def encode_modified_utf7(name: str) -> str:
    """A folder's name as IMAP writes it (RFC 3501, 5.1.3): `&` is `&-`, what is not ASCII is base64
    between & and -.
    """
    return "".join(
        part.replace("&", "&-")
        if part.isascii()
        else "&" + b64encode(part.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"
        for part in re.findall(r"[ -~]+|[^ -~]+", name)
    )


def _response_number(connection: imaplib.IMAP4, name: str) -> int:
    _, values = connection.response(name)
    return int(values[0]) if values and values[0] and values[0].isdigit() else 0


def _expect_ok(answer: tuple[str, list[Any]], fault: str) -> tuple[str, list[Any]]:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error(fault)
    return answer


def _error_text(error: Exception) -> str:
    """What a server or the network said, on one line."""
    text = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error).encode()
    return (
        re.sub(rb"\s+", b" ", text).decode("utf-8", "replace").strip()[:200] or type(error).__name__
    )
