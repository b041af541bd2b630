"""Bytes and a name in, the reader of their form out: what the bytes look like goes before what the name says."""

from __future__ import annotations

import re
from collections.abc import Callable

from briefing.articles.drafts import Draft
from briefing.articles.forms import page, text
from briefing.model import Document

Reader = Callable[[bytes, Document], list[Draft]]

_HTML = re.compile(rb"(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b")
_MARKUP = re.compile(rb"(?i)<(?:p|div|article|h1|meta|title|section|span|table)\b[^<>]{0,400}>")


def reader(content: bytes, origin: str, media_type: str | None) -> Reader:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _HTML.match(head) or (len(_MARKUP.findall(content[:20_000])) >= 3 and head.startswith(b"<")):
        return page.read
    return text.read
