"""Bytes and a name in, the reader of their form out: what the bytes look like goes before what the
name says.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from briefing.articles.drafts import Draft
from briefing.articles.formats import refusals, wire
from briefing.model import Document
from briefing.syndication.trimming import convert_to_utf8

Reader = Callable[[bytes, Document], list[Draft]]

# Possessive: a head of nothing but comments could be divided among them in more ways than there is
# time for.
_COMMENT = rb"<!--(?:[^-]|-(?!->)){0,2000}+-->\s*+"
_HTML = re.compile(
    rb"(?is)^(?:<\?xml[^>]*>\s*)?(?:" + _COMMENT + rb")*+<(?:!doctype\s+html|html|head|body)\b"
)
_MARKUP = re.compile(rb"(?i)<(?:p|div|article|h1|meta|title|section|span|table|br)\b[^<>]{0,400}>")
_FEED = re.compile(
    rb"(?is)^(?:<\?xml[^>]*>\s*)?(?:" + _COMMENT + rb"|<\?[^>]*+>\s*+|"
    rb"<!DOCTYPE\s+(?:rss|rdf)[^>]*+>\s*+)*+<(?:\w+:)?(?:rss|feed|rdf)\b"
)
_MAIL = re.compile(rb"(?im)\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL_FIELDS = re.compile(
    rb"(?im)^(?:from|subject|date|received|return-path|message-id|mime-version|content-type|to):"
)
_MAILBOX = re.compile(rb"From \S+ [^\n]*\d{4}\r?\n[\w-]+:")
_JSON = re.compile(rb"[{\[]\s*[{\[\"\]}]")
_FRONT_MATTER = re.compile(rb"(?:---|\+\+\+)[ \t]*\r?\n[\w\"']+\s*[:=]")
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf:read_pdf"),
    (b"\x1f\x8b", "containers:read_gzip"),
    (b"WARC/1.", "containers:read_warc"),
)
_NAMES = {
    ".md": "markdown:read_markdown",
    ".markdown": "markdown:read_markdown",
    ".csv": "json_csv:read_table",
    ".tsv": "json_csv:read_table",
    ".json": "json_csv:read_json",
    ".jsonl": "json_csv:read_json",
    ".ndjson": "json_csv:read_json",
    ".eml": "mail:read_mail",
    ".mbox": "mail:read_mailbox",
    ".html": "html:read_page",
    ".htm": "html:read_page",
    ".xhtml": "html:read_page",
    ".pdf": "pdf:read_pdf",
    ".docx": "containers:read_docx",
    ".epub": "containers:read_epub",
    ".zip": "containers:read_zip",
    ".gz": "containers:read_gzip",
    ".warc": "containers:read_warc",
    ".rss": "feed:read_feed",
    ".atom": "feed:read_feed",
}
_TYPES = {
    "text/html": "html:read_page",
    "application/xhtml+xml": "html:read_page",
    "message/rfc822": "mail:read_mail",
    "text/markdown": "markdown:read_markdown",
    "text/csv": "json_csv:read_table",
    "application/json": "json_csv:read_json",
    "application/feed+json": "json_csv:read_json",
}


def detect_reader(content: bytes, origin: str, media_type: str | None) -> Reader:
    """The function that reads this form; plain text when nothing else fits."""
    module, _, function = _detect_form(content, origin, media_type).partition(":")
    found: Reader = getattr(
        importlib.import_module(f"briefing.articles.formats.{module}"), function
    )
    return found


def _detect_form(content: bytes, origin: str, media_type: str | None) -> str:
    head = convert_to_utf8(content[:4096]).lstrip(b"\xef\xbb\xbf \t\r\n")
    ending = "" if "://" in origin else _file_ending(origin)
    declared = (media_type or "").split(";")[0].strip().lower()
    return (
        _form_by_magic(content, head)
        or _form_by_text(content, head)
        or _confirm_form(_NAMES.get(ending), head)
        or _confirm_form(_TYPES.get(declared), head)
        or "plain_text:read_plain_text"
    )


def _archive_form(content: bytes) -> str:
    if b"word/document.xml" in content:
        return "containers:read_docx"
    if refusals.is_office(content):
        return "refusals:refuse_file"
    return (
        "containers:read_epub"
        if b"application/epub+zip" in content[:200]
        else "containers:read_zip"
    )


def _file_ending(origin: str) -> str:
    return PurePosixPath(origin.split("?", maxsplit=1)[0]).suffix.lower()


def _form_by_magic(content: bytes, head: bytes) -> str | None:
    for magic, form in _MAGIC:
        if head.startswith(magic):
            return form
    if head.startswith(b"PK\x03\x04") and (form := _archive_form(content)):
        return form
    return "refusals:refuse_file" if refusals.is_refused(head) else None


def _form_by_text(content: bytes, head: bytes) -> str | None:  # noqa: PLR0911  one line a form
    if wire.is_wire(head):
        return "wire:read_wire"
    if _HTML.match(head):
        return "html:read_page"
    if _FEED.match(head):
        return "feed:read_feed"
    if head.startswith(b"<") and _is_markup(content, head):
        return "html:read_page"
    if _MAILBOX.match(head):
        return "mail:read_mailbox"
    if _MAIL.match(head) and _has_mail_fields(head):
        return "mail:read_mail"
    if _JSON.match(head):
        return "json_csv:read_json"
    return "markdown:read_markdown" if _FRONT_MATTER.match(head) else None


def _is_markup(content: bytes, head: bytes) -> bool:
    return not head.startswith(b"<image") and len(_MARKUP.findall(content[:20_000])) >= 3


def _has_mail_fields(head: bytes) -> bool:
    several = len({each.lower() for each in _MAIL_FIELDS.findall(head)}) >= 2
    return several and not head.startswith(b"---")


def _confirm_form(form: str | None, head: bytes) -> str | None:
    """A name alone does not make text a mail, a page or an archive."""
    if form in {"html:read_page", "feed:read_feed"} and b"<" not in head:
        return None
    if form in {
        "containers:read_docx",
        "containers:read_epub",
        "containers:read_zip",
        "containers:read_gzip",
        "containers:read_warc",
        "pdf:read_pdf",
    }:
        return form  # their readers say what is wrong with the file
    return form
