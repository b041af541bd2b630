"""A mail (or a mailbox of them) in, drafts of its items out: the text part first, else the HTML
part.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr
from itertools import islice
from typing import cast

from briefing.articles.dates import grammar
from briefing.articles.drafts import Draft, Facts, tidy_field
from briefing.articles.formats import decoding, detection, forwarding, mail_html, plain_text
from briefing.articles.metadata.outlets import outlet_name
from briefing.errors import UnreadableError
from briefing.model import Document

MOST_PARTS = 200  # of one mail; digests reach some dozens
LONGEST_HEADER = (
    5_000  # bytes, of those that are looked into; a subject of 200 Chinese letters has 1,000
)
MOST_HEADERS = 60_000  # bytes of them in all parts of a mail
_LOOKED_INTO = frozenset(
    [
        "from",
        "subject",
        "date",
        "content-type",
        "content-disposition",
        "content-transfer-encoding",
        "mime-version",
    ]
)
_TYPED = re.compile(
    rb"(?i)(?:^|(?<=[\r\n]))(?:content-(?:type|disposition|transfer-encoding)|mime-version)[ \t]*+:"
    rb"[^\r\n]*+(?:(?:\r\n|[\r\n])[ \t][^\r\n]*+)*+"
)
_NO_DOCUMENTS = frozenset(["image", "video", "audio", "font"])
_SIGNED = frozenset(["application/pgp-signature", "application/pkcs7-signature"])
_MBOX = re.compile(rb"(?m)^From \S+ [^\n]*\d{4}\r?\n(?=[\w-]+:)")


def read_mail(content: bytes, document: Document) -> list[Draft]:
    """Raises UnreadableError for a mail whose parts lie in each other by the thousand, or whose
    headers are no mail's.

    Anybody may send one.
    """
    try:
        _bound_types(content)
        message = email.message_from_bytes(content.lstrip(), policy=default)
        _bound_headers(message)
        return _draft_message(message, document)
    except RecursionError:
        raise UnreadableError("the parts of this mail lie too deep in each other") from None


def read_mailbox(content: bytes, document: Document) -> list[Draft]:
    starts = [match.end() for match in _MBOX.finditer(content)]
    if not starts:  # only its name says that it is a mailbox
        return read_mail(content, document)
    ends = [*[match.start() for match in _MBOX.finditer(content)][1:], len(content)]
    drafts: list[Draft] = []
    for start, end in zip(starts, ends, strict=True):
        drafts += read_mail(re.sub(rb"(?m)^>(?=>*From )", b"", content[start:end]), document)
    return drafts


def _draft_message(message: EmailMessage, document: Document) -> list[Draft]:
    inner = list(islice(_forwarded_mails(message), MOST_PARTS))
    if (
        inner
    ):  # a digest, or a mail forwarded as an attachment: the mails inside are what it is about
        return [draft for each in inner for draft in _draft_message(each, document)]
    drafts, unread = _attached_drafts(message, document)
    body = _body_text(message)
    if unread and not drafts and not body.strip():
        raise UnreadableError(f"its attachments cannot be read: {', '.join(unread)}")
    if not body.strip():
        return drafts
    remarks = (f"attachments not read: {', '.join(unread)}",) if unread else ()
    draft = _draft_body(message, body)
    return [replace(draft, remarks=(*draft.remarks, *remarks)), *drafts]


def _draft_body(message: EmailMessage, body: str) -> Draft:
    facts, subject = _header_facts(message), _header_value(message, "Subject")
    own = facts.without("headline", "outlet", "byline", "published")
    if found := forwarding.find_forwarded(body, _header_value(message, "From")):
        words = len(found.note.split())
        remarks = (f"{words} words above the forwarded mail left out",) if words else ()
        return Draft(found.text, found.facts | own, "newsletter", remarks=remarks)
    named = outlet_name(facts.outlet or "")
    if forwarding.is_forward(subject) and not named:  # whose it is, its text does not say
        bare = Facts.of("mail header", headline=forwarding.subject_without_tags(subject))
        return Draft(body, own | bare, "newsletter")
    return Draft(body, facts, "newsletter")


def _attached_drafts(message: EmailMessage, document: Document) -> tuple[list[Draft], list[str]]:
    """The documents attached to a mail, read by their own forms, and the names of the others."""
    drafts: list[Draft] = []
    unread: list[str] = []
    for part in islice(message.walk(), MOST_PARTS):
        if not _is_attached(part) or part.get_content_maintype() in _NO_DOCUMENTS:
            continue
        name = tidy_field(part.get_filename() or "") or part.get_content_type()
        try:
            found = _read_attachment(part, name, document)
        except UnreadableError:
            found = []
        drafts += found
        unread += [] if found else [name]
    return drafts, unread


def _is_attached(part: Message) -> bool:
    if part.is_multipart():
        return False
    named = part.get_filename() is not None or part.get_content_maintype() != "text"
    return part.get_content_disposition() == "attachment" or named


def _read_attachment(part: Message, name: str, document: Document) -> list[Draft]:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip() or len(data) > decoding.MOST_BYTES:
        return []
    if part.get_content_type() in _SIGNED or name.lower().endswith((".zip", ".gz", ".warc")):
        return []  # an archive inside a mail is where bombs are
    kind = f"{part.get_content_type()}; charset={part.get_content_charset() or ''}".rstrip("; ")
    kind = kind.removesuffix("; charset=")
    inner = Document(name, data, kind, retrieved=document.retrieved)
    return detection.detect_reader(data, name, kind)(data, inner)


def _bound_types(content: bytes) -> None:
    """As `_bound_headers`, for what the parser looks into while it divides a mail."""
    lengths = [len(found[0]) for found in _TYPED.finditer(content)]
    if max(lengths, default=0) > LONGEST_HEADER or sum(lengths) > MOST_HEADERS:
        raise UnreadableError(
            "its headers of types are longer than those of any mail; it is no newsletter"
        )


def _bound_headers(message: EmailMessage) -> None:
    """Raises UnreadableError for headers too long to be looked into: the work on one grows with its
    square.
    """
    left = MOST_HEADERS
    for part in message.walk():
        for name, value in part.raw_items():
            if name.lower() not in _LOOKED_INTO:
                continue
            left -= len(str(value))
            if len(str(value)) > LONGEST_HEADER or left < 0:
                raise UnreadableError(
                    f"its header '{name}' is longer than that of any mail; it is no newsletter"
                )


def _forwarded_mails(message: EmailMessage) -> Iterator[EmailMessage]:
    """The mails that are parts of this one; what they hold in turn is theirs."""
    if message.get_content_type() == "message/rfc822":
        yield from (
            cast("EmailMessage", each) for each in message.get_payload() if message.is_multipart()
        )
    elif message.is_multipart():
        for part in message.iter_parts():
            yield from _forwarded_mails(cast("EmailMessage", part))


def _body_text(part: Message) -> str:
    """The text of a mail or of a part of it: of alternatives the best one, of others all."""
    if not part.is_multipart():
        return "" if _is_attached(part) else _leaf_text(part)
    parts = [each for each in part.get_payload() if isinstance(each, Message)][:MOST_PARTS]
    texts = [(each.get_content_type(), _body_text(each)) for each in parts]
    if part.get_content_subtype() != "alternative":
        return "\n\n".join(text for _, text in texts if text.strip())
    plain = "\n".join(text for kind, text in texts if kind == "text/plain")
    rich = "\n".join(text for kind, text in texts if kind != "text/plain")
    # Some senders' text part is only "this mail needs HTML".
    return rich if len(plain.split()) < 0.3 * len(rich.split()) else plain


def _leaf_text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if part.get_content_maintype() != "text" or not isinstance(payload, bytes):
        return ""
    text = decoding.decode_text(payload, part.get_content_charset())
    if part.get_content_subtype() == "html":
        return mail_html.flatten_html(text) if text.strip() else ""
    if str(part.get_param("format", "")).lower() == "flowed":
        return plain_text.join_flowed(text, delete=str(part.get_param("delsp")).lower() == "yes")
    return plain_text.unwrap_text(text)


def _header_facts(message: EmailMessage) -> Facts:
    sender, _ = parseaddr(_header_value(message, "From"))
    subject = forwarding.subject_without_tags(_header_value(message, "Subject"))
    when = grammar.parse_date(_header_value(message, "Date"))
    return Facts.of("mail header", headline=subject, outlet=_sender_outlet(sender), published=when)


def _sender_outlet(sender: str) -> str | None:
    """The name a newsletter is sent under; "via" and "from" cut ("Nora Feld from The Halden
    Courier").
    """
    name = tidy_field(re.sub(r"(?i)^.*\b(?:from|at|von|via)\s+(?=[A-Z])", "", sender.strip("'\" ")))
    return None if not name or "@" in name else str(name)


def _header_value(message: EmailMessage, name: str) -> str:
    try:
        return tidy_field(str(message.get(name, ""))) or ""
    except (
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
    ):  # headers that the standard library cannot parse
        return ""
