"""A view in, an email message out: HTML and plain text of the same sentences, small enough never to
be clipped.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path

from briefing.renditions.context import truncation
from briefing.renditions.context.view import View
from briefing.renditions.publisher import House
from briefing.renditions.templating.environment import fill, fill_message

LIMIT = 102_400  # bytes of the whole message as sent: above it Gmail shows a part and a link
COLUMNS = 72  # of the text part (RFC 3676 advises at most 78)
_HELD = "\x1f"  # stands for a space that no line ends at; no text that is shown holds it
# Spaces of figures with what they count, of dates with their months and times, of dashes with the
# word before them.
_TOGETHER = re.compile(
    r"(?<=\d) (?=[^\W\d_])|(?<=\b\d\.) (?=[^\W\d_])|(?<=\b\d\d\.) "
    r"(?=[^\W\d_])|(?<=\w) (?=\d\d:\d\d\b)"
    r"|(?<=\d de) (?=[^\W\d_])|(?<=\b1er) (?=[^\W\d_])|(?<=\bper) "
    r"(?=cent)|(?<=\bpour) (?=cent)|(?<=\bpor) (?=cien)"
    r"| (?=[–—] )"
)
NOWHERE = "briefing@briefing.invalid"


@dataclass(frozen=True, slots=True)
class Message:
    html: str
    text: str
    content: bytes


def compose(view: View, house: House, *, templates: Path | None = None) -> Message:
    """The fullest message within the size limit: what does not fit is shortened from the last
    storyline upwards.
    """
    return truncation.shorten_to_fit(
        view, lambda shorter: _compose_message(shorter, house, templates), _is_within_limit
    )


def _is_within_limit(message: Message) -> bool:
    return len(message.content) <= LIMIT


def _compose_message(view: View, house: House, templates: Path | None) -> Message:
    html = fill_message(view.given(), templates=templates)
    text = wrap_text(fill("email.txt", view.given(), templates=templates))
    return Message(html, text, _encode_message(view, house, html, text))


def wrap_text(text: str) -> str:
    """Lines of at most 72 columns, later ones set in under a list mark; addresses, dates and the
    like stay whole.
    """
    lines = []
    for line in text.splitlines():
        if line.lstrip().startswith("<") or (len(line) <= COLUMNS and line.isprintable()):
            lines.append(line.rstrip())
            continue
        mark = re.match(r"[ ]*(?:[-*>] |\d+\. )?", line)
        hang = re.sub(r"[-*\d.]", " ", mark[0]) if mark else ""
        start = len(mark[0]) if mark else 0
        held = line[:start] + _TOGETHER.sub(_HELD, line[start:])
        lines += textwrap.wrap(
            held, COLUMNS, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
        ) or [""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).replace(_HELD, " ").strip() + "\n"


def _encode_message(view: View, house: House, html: str, text: str) -> bytes:
    digest = view.imprint.digest
    message = EmailMessage(policy=SMTP.clone(max_line_length=76))
    message["From"] = house.sender or f"{_quote_display_name(view.title)} <{NOWHERE}>"
    if house.recipient:
        message["To"] = house.recipient
    message["Subject"] = digest
    message["Date"] = format_datetime(datetime.fromisoformat(view.updated))
    domain = parseaddr(house.sender)[1].rpartition("@")[2] or NOWHERE.partition("@")[2]
    message["Message-ID"] = f"<{view.iso}.{digest[:24]}@{domain}>"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_briefing_{digest[:32]}")
    _add_list_headers(message, view, house)
    for part in message.iter_parts():
        del part["MIME-Version"]  # belongs to the message alone (RFC 2045)
    return message.as_bytes().replace(
        f"Subject: {digest}".encode(), b"Subject: " + _encode_subject(view.subject), 1
    )


def _encode_subject(text: str) -> bytes:
    """Plain where it is, else encoded as a whole: EmailMessage adds a space where it folds between
    the two kinds.
    """
    if text.isascii() and "=?" not in text:
        return text.encode()
    return (
        Header(text, "utf-8", maxlinelen=75, header_name="Subject").encode(linesep="\r\n").encode()
    )


def _quote_display_name(title: str) -> str:
    return '"' + re.sub(r'[\\"]', "", title)[:60] + '"'


def _add_list_headers(message: EmailMessage, view: View, house: House) -> None:
    message["Content-Language"] = view.language
    message["Auto-Submitted"] = "auto-generated"
    if house.list_id:
        message["List-Id"] = f"<{house.list_id}>"
    if house.unsubscribe:
        message["List-Unsubscribe"] = ", ".join(f"<{address}>" for address in house.unsubscribe)
        if any(address.startswith("https:") for address in house.unsubscribe):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
