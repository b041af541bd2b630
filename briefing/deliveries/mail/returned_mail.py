"""Read what came back: reports of mail systems in their many forms, complaints, wishes to leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parseaddr

from briefing.deliveries.mail.refusals import names_dead_mailbox

WORDS = 300  # characters of what a mail system says that are kept
# bytes of a report that are read; the returned message may be cut, its head comes first
LARGEST = 1_000_000
_SAID = 4_000  # characters of a text in which a mail system says why
_IDENTITIES, _TOKENS = 20, 5  # as many of one report are looked up

_OUR_ID = re.compile(r"\d{4}-\d\d-\d\d-[\w.-]{1,80}\.[0-9a-f]{32}@[\w.-]{1,253}")
_TOKEN = re.compile(r"(?<![\w.-])[\w-]{12,600}\.[\w-]{22}(?![\w-])", re.ASCII)
_ADDRESS = re.compile(r"[\w.+'=/-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_STATUS = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.]*\d)")
_CODE = re.compile(r"(?<![\d.:])55\d(?=[ -])")
_SYSTEM = re.compile(
    r"mailer.?daemon|postmaster|mail delivery|mail.?system|mail.?administrator"
    r"|microsoftexchange|bounce|no-?reply-?mail|maildelivery",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"\bdelay|verzöger|verzoeger|retard|aplazad|ritardo|vertraag|\bwarning\b"
    r"|will (?:keep|be) (?:trying|retr)",
    re.IGNORECASE,
)
_FAILURE = re.compile(
    r"undeliver|deliver\w* (?:\w+ )?fail|fail\w* (?:\w+ )?deliver|could not be delivered"
    r"|returned mail|unzustellbar|nicht zugestellt|nicht (?:alle )?(?:\w+ )?erreicht"
    r"|non[- ]remis|échec|echec de (?:la )?(?:remise|distribution)|n'a pas pu être"
    r"|no se (?:ha |pudo |puede )|no entregad|devuelto|non recapitabil|onbestelbaar",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"unsubscri|abmeld|abbestell|désabonn|desabonn|désinscri|baja|remove|leave", re.IGNORECASE
)
_ORIGINAL = re.compile(
    r"\n-+ ?(?:below this line|this is a copy|original message|ursprüngliche|message original)"
    r"|\nreceived: ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient's fate as a mail system reports it; `permanent` for a failure of class 5.

    What may name the message: its Message-ID, others of ours anywhere in the report, tokens of our
    unsubscribe addresses.
    """

    message_id: str
    address: str
    status: str  # 5.1.1
    text: str
    permanent: bool
    identities: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    complaint: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """What a message says: failures and complaints, tokens of who asks to leave, or that it is a
    mail system's and was not understood.
    """

    bounces: tuple[Bounce, ...] = ()
    leaving: tuple[str, ...] = ()
    unclear: bool = False


def parse_returned(content: bytes) -> Returned:
    """What a message says. Empty for any other mail: holiday notes, delays, letters, spam."""
    try:
        mail = message_from_bytes(_plain_types(content[:LARGEST]))
        return _parse_mail(mail, content[:LARGEST])
    except RecursionError:  # thousands of parts in each other: anybody may write to such a mailbox
        return Returned()


def _plain_types(content: bytes) -> bytes:
    """Reports of RFC 6533 under the names of RFC 3464."""
    for named, plain in (
        (rb"message/global-delivery-status", b"message/delivery-status"),
        (rb"message/global-headers", b"text/rfc822-headers"),
        (rb"message/global(?![\w-])", b"message/rfc822"),
    ):
        content = re.sub(rb"(?i)(?<=content-type: )" + named, plain, content)
    return content


def _parse_mail(mail: Mail, content: bytes) -> Returned:
    kinds = [part.get_content_type() for part in mail.walk()]
    if "message/feedback-report" in kinds:
        names = _names_of_ours(mail, content)
        address = _field(mail, "Original-Rcpt-To") or _field(mail, "To", last=True)
        return Returned((_named("", address, "", "complaint", names, complaint=True),))
    if "message/delivery-status" in kinds:
        names = _names_of_ours(mail, content)
        found = tuple(_parse_reports(mail, _returned_message_id(mail) or "", names))
        return Returned(found, unclear=not found and not _reports_delay(mail))
    if tokens := _leaving_tokens(mail):
        return Returned(leaving=tokens)
    if _is_automatic_reply(mail) or not _is_from_system(mail):
        return Returned()
    return _parse_text_report(mail, content)


Names = tuple[tuple[str, ...], tuple[str, ...]]


def _names_of_ours(mail: Mail, content: bytes) -> Names:
    """Message-IDs and tokens anywhere in a report that may be ours, first seen first."""
    texts = [re.sub(r"=?\r?\n[ \t]*", "", content.decode("latin-1")), *_leaf_texts(mail)]
    identities = dict.fromkeys(f"<{one}>" for text in texts for one in _OUR_ID.findall(text))
    tokens = dict.fromkeys(
        one
        for text in texts
        for field in re.findall(r"(?i)list-unsubscribe: ?([^<]*<.{0,2000})", text)
        for one in _TOKEN.findall(field)
    )
    return tuple(identities)[:_IDENTITIES], tuple(tokens)[:_TOKENS]


def _leaf_texts(mail: Mail) -> Iterator[str]:
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield _decode(payload, part.get_content_charset())


def _decode(payload: bytes, charset: str | None) -> str:
    try:
        return payload.decode(charset or "utf-8", "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def _named(
    identity: str, address: str, status: str, text: str, names: Names, *, complaint: bool = False
) -> Bounce:
    identities, tokens = names
    permanent = status.startswith("5")
    return Bounce(identity, address, status, text[:WORDS], permanent, identities, tokens, complaint)


def _field(mail: Mail, name: str, *, last: bool = False) -> str:
    """The address in the first field of that name in any part, or in the last."""
    found = [str(part[name]) for part in mail.walk() if part[name]]
    return parseaddr(found[-1 if last else 0])[1] if found else ""


def _returned_message_id(mail: Mail) -> str | None:
    """The Message-ID of the returned message, or of its head, else what the report answers."""
    for part in mail.walk():
        found = _extract_message_id(_returned_head(part)["Message-ID"])
        if found:
            return found
    fields = ("X-Original-Message-ID", "Original-Message-ID", "In-Reply-To", "References")
    texts = (part[name] for name in fields for part in mail.walk() if part[name])
    return next((one for text in texts if (one := _extract_message_id(text))), None)


def _returned_head(part: Mail) -> Mail:
    """The head that a part of a report returns; an empty one for any other part."""
    payload = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
        return payload[0] if isinstance(payload[0], Mail) else Mail()
    if part.get_content_type() == "text/rfc822-headers":
        content = part.get_payload(decode=True)
        return message_from_bytes(content) if isinstance(content, bytes) else Mail()
    return Mail()


def _extract_message_id(value: object) -> str | None:
    found = re.search(r"<[^<>\s]+>", str(value or ""))
    return found[0] if found else None


def _status_blocks(mail: Mail) -> Iterator[Mail]:
    for part in mail.walk():
        payload = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(payload, list):
            yield from (block for block in payload if isinstance(block, Mail))


def _parse_reports(mail: Mail, message_id: str, names: Names) -> Iterator[Bounce]:
    for block in _status_blocks(mail):
        if _action(block) != "failed":
            continue
        status = str(block.get("Status", "")).strip()[:20]
        text = " ".join(str(block.get("Diagnostic-Code", "")).partition(";")[2].split())
        address = str(block.get("Original-Recipient") or block.get("Final-Recipient", ""))
        yield _named(message_id, address.partition(";")[2].strip(), status, text, names)


def _action(block: Mail) -> str:
    return str(block.get("Action", "")).split("(")[0].strip().casefold()


def _reports_delay(mail: Mail) -> bool:
    return any(
        _action(block) in {"delayed", "delivered", "relayed", "expanded"}
        for block in _status_blocks(mail)
    )


def _is_automatic_reply(mail: Mail) -> bool:
    automatic = str(mail.get("Auto-Submitted", "")).casefold().startswith("auto-replied")
    return automatic and not _SYSTEM.search(str(mail.get("From", "")))


def _is_from_system(mail: Mail) -> bool:
    """Whether a mail system wrote it, as its sender or its empty envelope tells."""
    empty = str(mail.get("Return-Path", "")).strip() == "<>"
    return bool(_SYSTEM.search(str(mail.get("From", "")))) or empty


def _subject(mail: Mail) -> str:
    try:
        return str(make_header(decode_header(str(mail.get("Subject", "")))))
    except (HeaderParseError, LookupError, ValueError):
        return str(mail.get("Subject", ""))


def _leaving_tokens(mail: Mail) -> tuple[str, ...]:
    """Tokens in the subject, in the address it went to, or alone in a short text: never those in
    a letter that a reply quotes.
    """
    if mail.is_multipart() and mail.get_content_type() == "multipart/report":
        return ()
    body = " ".join(_leaf_texts(mail)).strip()
    short = body if len(body) < 1_000 and _LEAVE.search(f"{_subject(mail)} {body}") else ""
    places = [_subject(mail), *(str(mail.get(name, "")) for name in ("To", "Delivered-To")), short]
    found = dict.fromkeys(one for place in places for one in _TOKEN.findall(place))
    return tuple(found)[:_TOKENS]


def _parse_text_report(mail: Mail, content: bytes) -> Returned:
    """A report in words alone, as qmail, older Exim and gateways write it."""
    subject, body = _subject(mail), "\n".join(_leaf_texts(mail))
    said = _ORIGINAL.split(body, maxsplit=1)[0][:_SAID]
    if _DELAY.search(subject):
        return Returned()
    line = _reason(said)
    status = _STATUS.search(line) or _STATUS.search(said)
    address = next((one for one in _ADDRESS.findall(said) if not _SYSTEM.search(one)), "")
    if not line or not (_FAILURE.search(f"{subject}\n{said}") or address):
        return Returned(unclear=True)
    names = _names_of_ours(mail, content)
    identity = _returned_message_id(mail) or ""
    found = _named(identity, address, status[0] if status else "5.0.0", line, names)
    return Returned((found,))


def _reason(said: str) -> str:
    """The line that says why, for good; empty without one."""
    lines = [" ".join(line.split()) for line in said.splitlines()]
    for line in lines:
        if _STATUS.search(line) or _CODE.search(line) or names_dead_mailbox(550, line):
            return line[:WORDS]
    return ""
