"""A mail (or a mailbox of them) in, drafts of its items out: the text part first, else the HTML
part.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from itertools import islice
from typing import cast

from briefing.articles.dates import grammar
from briefing.articles.drafts import Draft, Facts, tidy_field
from briefing.articles.formats import decoding, html, plain_text
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
_FORWARDED = re.compile(
    r"(?m)^[ >]*-{2,}\s*(?:Forwarded message|"
    r"Original Message|Weitergeleitete Nachricht|Begin forwarded message)[^\n]*\n"
    r"(?P<head>(?:[ >]*[\w-]+: [^\n]*\n)+)|^Begin forwarded "
    r"message:\s*\n+(?P<head2>(?:[ >]*[\w-]+: [^\n]*\n)+)"
)
_SUBJECT_TAG = re.compile(r"(?i)^(?:(?:re|fwd?|wg|aw|tr)\s*:\s*)+")
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
    body = _message_text(message)
    if not body.strip():
        return []
    facts = _header_facts(message)
    if forwarded := _FORWARDED.search(body):
        facts, body = (
            _forwarded_facts(forwarded)
            | facts.without("headline", "outlet", "byline", "published"),
            body[forwarded.end() :],
        )
    return [Draft(body, facts, "newsletter")]


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


def _message_text(message: EmailMessage) -> str:
    plain, rich = _part_text(message, "text/plain"), _part_text(message, "text/html")
    # Some senders' text part is only "this mail needs HTML".
    if rich and len(plain.split()) < 0.3 * len(
        re.sub(r"(?s)<style.*?</style>|<[^>]*>", " ", rich).split()
    ):
        return _flatten_html(rich)
    return plain_text.unwrap_text(plain)


def _part_text(message: EmailMessage, kind: str) -> str:
    for part in list(message.walk())[:MOST_PARTS]:
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return decoding.decode_text(payload, part.get_content_charset())
    return ""


def _header_facts(message: EmailMessage) -> Facts:
    sender, _ = parseaddr(_header_value(message, "From"))
    subject = _SUBJECT_TAG.sub("", _header_value(message, "Subject"))
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


def _forwarded_facts(match: re.Match[str]) -> Facts:
    lines = (match["head"] or match["head2"]).splitlines()
    fields = {
        key.strip(" >").lower(): value.strip()
        for key, _, value in (line.partition(":") for line in lines)
    }
    sender = parseaddr(fields.get("from", ""))[0]
    return Facts.of(
        "forwarded mail's header",
        headline=_SUBJECT_TAG.sub("", fields.get("subject", "")),
        outlet=_sender_outlet(sender),
        published=grammar.parse_date(fields.get("date") or fields.get("sent") or ""),
    )


def _flatten_html(markup: str) -> str:
    """The text of HTML, a line break at each block: rules (hr) as lines, hidden parts left out."""
    tree = html.parse_html(markup)
    for element in tree.xpath(
        "//script|//style|//head|//noscript|//template|//*[contains(translate(@style, "
        "' ', ''), 'display:none')]"
    ):
        element.drop_tree()
    for element in tree.xpath("//a[starts-with(@href, 'http')]"):
        said = " ".join(element.text_content().split())
        if any(each.tag in _HEADINGS for each in element.iterancestors()) or _BUTTON.fullmatch(
            said
        ):
            element.tail = f"\n{element.get('href')}\n" + (
                element.tail or ""
            )  # which item it is of is known by it
    for element in tree.iter():
        if element.tag in _BLOCKS or element.tag == "br":
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
            if element.tag == "hr":
                element.text = "\n\n==========\n\n"
            elif element.tag in {"p", "h1", "h2", "h3", "h4", "table"}:
                element.text, element.tail = "\n" + element.text, "\n" + element.tail
    lines = "".join(tree.itertext()).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines))


_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
_BUTTON = re.compile(
    r"(?i)(?:read|continue|learn|see|full|open|view|weiter|mehr|lire|leer|seguir)\b.{0,40}|(?:more|here|link)\W*"
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
