"""Markup to plain text: paragraphs on lines of their own, no tag kept, nothing run."""

from __future__ import annotations

import re
from html import unescape

SILENT = re.compile(
    r"<(script|style|template|noscript|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)
BREAK = re.compile(
    r"</?(?:p|div|br|li|[uod]l|d[dt]|h[1-6]|tr|table|blockquote|section|article|figure|figcaption|hr|pre)\b[^<>]*>",
    re.IGNORECASE,
)
TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
UNSEEN = re.compile("[\xad\u200b\ufeff\x00-\x08\x0e-\x1f\x7f]")
SPACE = re.compile(r"[^\S\n]+")


def strip_markup(markup: str) -> str:
    """The words of some markup. Linear in its length; a `<` that opens no tag stays, as in
    3 < 4.
    """
    text = markup
    if "<" in markup or "]]>" in markup:
        text = TAG.sub("", BREAK.sub("\n", SILENT.sub(" ", markup)))
    lines = (SPACE.sub(" ", line).strip() for line in _strip_unseen(text).splitlines())
    return "\n".join(line for line in lines if line)


def _strip_unseen(text: str) -> str:
    """References decoded, and no soft hyphen nor control character left of them."""
    return UNSEEN.sub("", unescape(text))
