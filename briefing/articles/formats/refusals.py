"""Refuse a file of a form that has no reader, by what it is: its markup is never printed as text."""

from __future__ import annotations

import re
from typing import NoReturn

from briefing.errors import UnreadableError
from briefing.model import Document

_WHAT: tuple[tuple[bytes, str], ...] = (
    (rb"\{\\rtf", "a rich text file (RTF); save it as .docx or .txt"),
    (rb"WEBVTT", "subtitles (WebVTT); send the text that they belong to"),
    (rb"\d+\r?\n\d\d:\d\d:\d\d[,.]\d{3} -->", "subtitles (SRT); send the text that they belong to"),
    (rb"\xd0\xcf\x11\xe0", "an old Office file or Outlook message; save it as .docx, .csv or .eml"),
    (rb"%!PS", "a PostScript file; make a PDF of it"),
    (
        rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF....WEBP",
        "a picture; text is not read from it",
    ),
    (rb"ID3|\xff\xfb|OggS|fLaC|RIFF....WAVE|....ftyp", "a sound or a film; send its text"),
    (rb"7z\xbc\xaf|Rar!", "an archive of a form that is not unpacked; send a .zip"),
)
_OFFICE: tuple[tuple[bytes, str], ...] = (
    (b"opendocument.text", "an OpenDocument text; save it as .docx"),
    (b"opendocument", "an OpenDocument file; save it as .docx or .csv"),
    (b"ppt/presentation.xml", "slides (PowerPoint); save them as PDF"),
    (b"xl/workbook.xml", "a workbook (Excel); save it as CSV"),
)


def is_refused(head: bytes) -> bool:
    return any(re.match(sign, head, re.DOTALL) for sign, _ in _WHAT)


def is_office(content: bytes) -> bool:
    return any(sign in content for sign, _ in _OFFICE)


def refuse_file(content: bytes, document: Document) -> NoReturn:  # noqa: ARG001  every reader takes the document
    """Raises UnreadableError, a sentence that says what the file is and what to do."""
    head = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = next((what for sign, what in _WHAT if re.match(sign, head, re.DOTALL)), None)
    found = found or next((what for sign, what in _OFFICE if sign in content), "of an unknown form")
    raise UnreadableError(f"it is {found}")
