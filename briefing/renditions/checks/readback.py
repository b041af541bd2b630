"""A rendition in, its plain text out, as its reader would see it: so that `verify` can find every
sentence again.
"""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
import zipfile
from functools import lru_cache
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Rendition

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "td",
        "tr",
        "table",
        "blockquote",
        "section",
        "br",
        "title",
        "pre",
    }
)


_DIVIDED = re.compile(r"(?<=\S)([-\u2010-\u2014/])\n(?=\S)")
_HYPHENATED = re.compile(
    r"\u2010\n(?=[^\W\d_])"
)  # the press divides words with U+2010, sources with the plain hyphen
_SILENT = frozenset({"style", "script", "svg", "head"})


def extract_text(rendition: Rendition) -> str:
    """Text with white space made single within each line; parts of a message one after another.

    BriefingError for a media type nobody reads.
    """
    readers = {
        "text/plain": _plain_text,
        "text/markdown": _markdown_text,
        "text/html": _html_text,
        "application/xhtml+xml": _html_text,
        "message/rfc822": _message_text,
        "application/pdf": _pdf_text,
        "application/epub+zip": _epub_text,
        "application/atom+xml": _feed_text,
        "application/json": _json_text,
    }
    reader = readers.get(rendition.media_type)
    if reader is None:
        raise BriefingError(
            f"{rendition.name}: text of {rendition.media_type} cannot be read back; "
            "verify another format"
        )
    return reader(rendition.content)


def _plain_text(content: bytes) -> str:
    """Paragraphs on one line each: the text part is wrapped at 72 columns."""
    blocks = content.decode().replace("\r\n", "\n").split("\n\n")
    return "\n".join(" ".join(block.split()) for block in blocks)


def _markdown_text(content: bytes) -> str:
    import markdown

    text = content.decode()
    front = text.startswith("---\n")
    body = text.split("\n---\n", 1)[1] if front and "\n---\n" in text else text
    return _html_text(markdown.markdown(body).encode())


def _html_text(content: bytes) -> str:
    """Text of the body, a line break around each block, style and script left out."""
    from lxml import html

    content = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", content)
    root = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    pieces: list[str] = []
    _collect_text(root, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\v"))
    return "\n".join(line for line in lines if line)


def _collect_text(element: Any, pieces: list[str]) -> None:
    if isinstance(element.tag, str) and element.tag not in _SILENT:
        edge = (
            "\v" if element.tag in _BLOCKS else ""
        )  # a line break in the source is a space, an edge is not
        pieces.extend((edge, element.text or ""))
        for child in element:
            _collect_text(child, pieces)
        pieces.append(edge)
    pieces.append(element.tail or "")


def _message_text(content: bytes) -> str:
    message = email.message_from_bytes(content, policy=email.policy.default)
    readers = {"text/plain": _plain_text, "text/html": _html_text}
    parts = [part for part in message.walk() if part.get_content_type() in readers]
    return "\n".join(
        readers[part.get_content_type()](part.get_content().encode()) for part in parts
    )


def _epub_text(content: bytes) -> str:
    """Every chapter, in the order of the book's spine."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        package = book.read("EPUB/package.opf").decode()
        files = dict(re.findall(r'<item id="(\w+)" href="([^"]+)"', package))
        chapters = [files[name] for name in re.findall(r'<itemref idref="(\w+)"', package)]
        return "\n".join(_html_text(book.read(f"EPUB/{name}")) for name in chapters)


def _feed_text(content: bytes) -> str:
    """Text of the entries: their content is XHTML."""
    return _html_text(content)


def _json_text(content: bytes) -> str:
    """Every string of the record, one a line."""
    lines: list[str] = []
    _collect_strings(json.loads(content), lines)
    return "\n".join(" ".join(line.split()) for line in lines)


def _collect_strings(value: object, lines: list[str]) -> None:
    if isinstance(value, str):
        lines.append(value)
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            _collect_strings(part, lines)


def _pdf_text(content: bytes) -> str:
    """Lines joined: a word that the press divided is whole again; after a hyphen or dash of the
    source no space.
    """
    pages = (_DIVIDED.sub(r"\1", _HYPHENATED.sub("", page)) for page in pdf_pages(content))
    return "\n".join(" ".join(page.split()) for page in pages)


@lru_cache(maxsize=1)  # a proof looks for every headline and sentence in the same file
def pdf_pages(content: bytes) -> tuple[str, ...]:
    """Text of each page in the order it was drawn."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = PdfReader(io.BytesIO(content)).pages
        for page in pages:
            _normalise_encodings(page)
        return tuple(page.extract_text() for page in pages)
    except PyPdfError as error:
        raise BriefingError(f"edition.pdf: cannot be read back: {error}") from error


def _normalise_encodings(page: Any) -> None:
    """Fonts with boxes for missing characters carry an encoding of their own, which pypdf cannot
    read; their text does not need it (WeasyPrint's leaves every other character where Identity-H
    has it).
    """
    from pypdf.generic import NameObject, StreamObject

    resources = page["/Resources"]  # item access resolves references, get() does not
    for font in resources["/Font"].values() if "/Font" in resources else ():
        values = font.get_object()
        if isinstance(values["/Encoding"], StreamObject):
            values[NameObject("/Encoding")] = NameObject("/Identity-H")
