"""A line or a sentence in, the kind of page furniture it is out: None for an article's own words.

The classes are those that text scrapes of many publishers share: what is left after the best extractors, and what
flattening a page leaves behind. The words are the web's, not those of any one site.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.articles import lists

_COOKIE = re.compile(r"(?i)\bcookies?\b(?!-)")  # and no cookie-cutter
_GLUED = re.compile(r"(?:[A-ZÄÖÜ][a-zäöüßáéå]+){3,}|^(?:[A-ZÄÖÜ][a-zäöüß]{3,}){2}(?: [A-Z][a-z]+)?$")
_SEPARATED = re.compile(r"\s*(?:[|>›»·•/]|::|→)\s*")
_MARKS = ("|", ">", "›", "»", "·", "•", "/", "::", "→")
# Team sheets and result lists: a label, then nothing but short items divided by commas and semicolons.
_LIST = re.compile(r"[^.:;]{2,60}:\s*(?:[^\s,;.][^,;.]{0,30}[,;]\s*){7,}[^,;]{1,40}\.?")
_FIRST = re.compile(r"[^\W\d_]+")
_PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp)$")
LONG = 12  # words of a line that no pattern fits but by its opening
_WORD = re.compile(r"[\w-]+")
_ITEM = re.compile(r"[-•*] ")


@lru_cache(maxsize=4096)  # asked twice of a line, when a page is split and when it is cleaned
def line_reason(text: str) -> str | None:  # noqa: PLR0911  one line a kind
    """Why a line standing alone is furniture."""
    head, lower = text[:500], text.lower()
    if reason := _listed(head, lower):
        return reason
    if _consent(text, lower):
        return "cookie banner"
    if _caption(text, lower) and not _ITEM.match(text) and not _prose_with_credit(text):
        return "caption"
    if _menu(text, lower):
        return "menu"
    if lists.pattern("other", "explore").match(text):
        return "promotion"
    if _LIST.fullmatch(text) and re.search(r"\d|;", text):
        return "table"
    if not re.search(r"\w", text):
        return "rule"
    if lists.pattern("other", "feed_foot").fullmatch(text):
        return "notice"
    return None


def sentence_reason(text: str) -> str | None:
    """Why a whole sentence inside running text is furniture."""
    if len(text) > 400:
        return None
    if lists.pattern("other", "blurb").search(text) and not re.search(r"[\"“”]", text):
        return "newsletter or subscription"
    if lists.pattern("other", "touch").match(text):
        return "contact"
    if lists.pattern("other", "feed_foot").fullmatch(text):
        return "notice"
    return None


def _listed(head: str, lower: str) -> str | None:
    first = _FIRST.match(lower)
    if first and first[0] not in lists.openings() and len(lower.split(None, LONG)) > LONG and not _PICTURE.search(head):
        return _with_rights(head, lower)
    # One by one: as alternatives of one pattern they are tried again wherever one of them went on and failed.
    for reason, pattern in lists.line_patterns():
        if pattern.fullmatch(head):
            return reason
    return _with_rights(head, lower)


def _with_rights(head: str, lower: str) -> str | None:
    rights = _held(lower, "rights") and lists.pattern("other", "rights").fullmatch(head)
    return "copyright" if rights else None


def _held(lower: str, signs: str) -> bool:
    """Whether a pattern may find anything: one of its signs stands in whatever it finds."""
    return any(sign in lower for sign in lists.signs(signs))


def _consent(text: str, lower: str) -> bool:
    cookies = "cookie" in lower and bool(_COOKIE.search(text))
    if (
        cookies
        and len({word.lower() for word in lists.pattern("other", "consent").findall(text)}) >= 2 + len(text) // 200
        and not _ITEM.match(text)
    ):
        return not re.search(r"[\"“”]", text) or len(text) < 120
    return bool(lists.pattern("other", "consent_line").match(text)) and len(text) < 400


def _prose_with_credit(text: str) -> bool:
    """Running text that only mentions a picture: "Foto: " inside the third sentence is no caption."""
    return len(text) > 450 or len(re.findall(r"[.!?][\"”’)]?\s+[A-Z“\"]", text)) > 3


def _caption(text: str, lower: str) -> bool:
    credited = ":" in text and _held(lower, "captions")
    agency = (any(mark in text for mark in "/(|©") or "via " in lower) and _held(lower, "agencies")
    marked = credited or agency or lower.startswith(lists.signs("caption_openings"))
    return marked and bool(lists.pattern("other", "caption").match(text))


def _menu(text: str, lower: str) -> bool:
    share, menu = lists.words("furniture", "share"), lists.words("furniture", "menu")
    first = _WORD.search(text)
    if first is None or text.startswith("| "):
        return first is None  # a row of a table is no menu
    if text[-1] in ".!?" and (word := first[0].lower()) not in share and word not in menu:
        return False  # as most lines of running text
    words = _WORD.findall(lower) if len(lower.split(None, 24)) <= 24 else []
    if 0 < len(words) <= 12 and (all(word in share for word in words) or all(word in menu for word in words)):
        return True
    pieces = [piece for piece in _SEPARATED.split(text) if piece] if any(mark in text for mark in _MARKS) else []
    if len(pieces) >= 3 and max(len(piece.split()) for piece in pieces) <= 5 and not re.search(r"[.!?]$|\d{4}", text):
        return True
    return 0 < len(words) <= 6 and bool(_GLUED.search(text)) and not re.search(r"[.!?]$", text)
