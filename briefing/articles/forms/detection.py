"""Bytes and a name in, the reader of their form out."""

from __future__ import annotations

from collections.abc import Callable

from briefing.articles.drafts import Draft
from briefing.articles.forms import text
from briefing.model import Document

Reader = Callable[[bytes, Document], list[Draft]]


def reader(content: bytes, origin: str, media_type: str | None) -> Reader:
    return text.read
