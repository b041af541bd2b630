"""A rendition in, what a reader can see and follow of it out: its text without white space, and its
links in order.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.model import Rendition
from briefing.renditions import extract_text, visible_text

MARKED = re.compile(
    rb"(?<!\\)\]\(([^()\s]+)\)"
)  # a link of Markdown; the source's own brackets are escaped
ADDRESS = re.compile(r"<(https?://[^<>\s]+|mailto:[^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a rendition: a message has two, its plain text and its HTML."""

    name: str
    text: str  # without any white space
    links: tuple[str, ...]
    plain: bool = False  # addresses stand in the text, those of pages, not of sentences
    margins: bool = (
        False  # sources are notes in the margin, drawn before or after what they stand beside
    )


def extract_readings(rendition: Rendition) -> Iterator[Reading]:
    """Every text that the rendition shows. Raises whatever its reader raises for bytes that are
    damaged.
    """
    if rendition.media_type == "message/rfc822":
        yield from _message_readings(rendition)
    else:
        yield _extract_reading(rendition.name, rendition)


def _message_readings(rendition: Rendition) -> Iterator[Reading]:
    message = email.message_from_bytes(rendition.content, policy=email.policy.default)
    for part in message.walk():
        kind = part.get_content_type()
        if kind in {"text/plain", "text/html"}:
            content = part.get_content().replace("\r\n", "\n").encode()
            yield _extract_reading(
                f"{rendition.name} ({kind})", Rendition(rendition.name, kind, content)
            )


def _extract_reading(name: str, rendition: Rendition) -> Reading:
    text = "".join(visible_text(extract_text(rendition)).split())
    links = tuple(_extract_links(rendition))
    kind = rendition.media_type
    return Reading(name, text, links, plain=kind == "text/plain", margins=kind == "application/pdf")


def _extract_links(rendition: Rendition) -> Iterator[str]:
    kind = rendition.media_type
    if kind == "application/pdf":
        yield from _pdf_links(rendition.content)
    elif kind == "text/plain":
        yield from ADDRESS.findall(re.sub(r"\s+(?=[^<>]*>)", "", rendition.content.decode()))
    elif kind == "text/markdown":
        yield from (match.decode() for match in MARKED.findall(rendition.content))
    else:
        from lxml import html

        root = html.document_fromstring(
            _html_content(rendition), parser=html.HTMLParser(encoding="utf-8")
        )
        yield from (
            str(link.get("href"))
            for link in root.iter("a")
            if not str(link.get("href", "#")).startswith("#")
        )


def _html_content(rendition: Rendition) -> bytes:
    """HTML of what is written as such or holds it."""
    if rendition.media_type == "application/epub+zip":
        with zipfile.ZipFile(io.BytesIO(rendition.content)) as book:
            return re.sub(rb"^\s*<\?xml[^>]*\?>", b"", book.read("EPUB/edition.xhtml"))
    return re.sub(rb"^\s*<\?xml[^>]*\?>", b"", rendition.content)


def _pdf_links(content: bytes) -> Iterator[str]:
    """Addresses of the links of a PDF, in the order of its pages."""
    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(content)).pages:
        notes: Any = page.get("/Annots") or ()
        for note in (each.get_object() for each in notes):
            action: Any = note.get("/A")
            if action is not None and "/URI" in action.get_object():
                yield str(action.get_object()["/URI"])
