"""A line or a sentence in, the kind of page furniture it is out: None for an article's own words.

The classes are those that text scrapes of many publishers share: what is left after the best
extractors, and what flattening a page leaves behind. The words are the web's, not those of any one
site.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from briefing.articles import word_lists
from briefing.articles.boilerplate import reported_speech
from briefing.language.counting import count_words

_COOKIE = re.compile(r"(?i)\bcookies?\b(?!-)")  # and no cookie-cutter
_GLUED = re.compile(
    r"(?:[A-ZÄÖÜ][a-zäöüßáéå]+){3,}|^(?:[A-ZÄÖÜ][a-zäöüß]{3,}){2}(?: [A-Z][a-z]+)?$"
)
_SEPARATED = re.compile(r"\s*(?:[|>›»·•/]|::|→)\s*")
# Team sheets and result lists: a label, then nothing but short items divided by commas and
# semicolons.
_LIST = re.compile(r"[^.:;]{2,60}:\s*(?:[^\s,;.][^,;.]{0,30}[,;]\s*){7,}[^,;]{1,40}\.?")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
Patterns = tuple[tuple[str, re.Pattern[str]], ...]
LONG = 8  # words of a closed sentence that a button does not have
START = 4  # letters of a line by which patterns are chosen: "the " is told from "they"
_WORD = re.compile(r"[\w-]+")
_SEVEN = re.compile(r"(?:[^\w-]*+[\w-]++){7}")  # words
_LONG = re.compile(rf"(?:[^\w-]*+[\w’'-]++){{{LONG}}}")
_MARK = re.compile(r"[|>›»·•/→]")
_LETTER = re.compile(r"\w")
_ITEMS = re.compile(r"\d|;")
_QUOTED = re.compile(r"[\"“”]")
_STATED = re.compile(r"[.!?]$|\d{4}")
_SENTENCES = re.compile(r"[.!?][\"”’)]?\s+[A-Z“\"]")
_STOPS = frozenset(".!?。！？؟۔।॥")
_CLOSERS = "\"'”’»“)]」』） "
_PICTURED = re.compile(r"(?i)(?:image|picture|photo|foto|bild|illustration)\w{0,8}\b")
_GALLERY = re.compile(r"hide caption \d+ of \d")
_TAKEN = re.compile(
    r"\([A-ZÄÖÜÅØ][\w.'’-]+(?: [A-ZÄÖÜÅØ][\w.'’-]+){1,3} ?/ ?[A-Z][\w ./&-]{2,40}\)$"
)
_SHOT = re.compile(
    r" \| ?(?:[\w.'’-]+ ){1,4}?[\w.'’-]+/(?:AP|Getty|AFP|Reuters|EPA|Pool)\b[^|]{0,120}$"
)
_ITEM = re.compile(r"[-•*] ")


# In a third of the reports of the storylines' sets: 87 lines of the first kind, 150 of the others,
# none of a text.
_BUTTONS = ("read more", "read more »", "read more...", "read more…", "read more >")
_HELPED = re.compile(
    r"(?i)\bcontributed (?:to (?:this|the) "
    r"(?:report(?:ing)?|story|article|post|piece)|(?:additional )?reporting)\b"
    r"[^!?]{0,60}$"
)
_SECOND = re.compile(r"\w{2}[.!?][\"”’)]?\s+[A-Z“\"]")  # sentence; initials make none
_DESKS = ("reporting by ", "additional reporting", "writing by ", "editing by ", "compiled by ")
_DESK = re.compile(
    r"\(?(?i:(?:additional )?reporting|writing|editing|compiled)(?: and "
    r"(?:writing|editing))? by [A-Z]"
)
# What reports tell of in whole sentences too; those must speak to their reader or of their site,
# and be nobody's words.
_TOLD_OF = frozenset(
    [
        "cookie banner",
        "promotion",
        "account",
        "contact",
        "comments",
        "load more",
        "advertisement",
        "reading time",
        "notice",
        "copyright",
        "tags",
    ]
)
_ASKED = _TOLD_OF - {"notice", "copyright"}
CREDITED = 8  # words of a photographer and an agency: what is longer and closed is told of
TEASER = 30  # words of another article's headline
CREDIT = 400  # letters of a line of names


@lru_cache(maxsize=4096)  # asked twice of a line, when a page is split and when it is cleaned
def classify_line(text: str) -> str | None:
    """Why a line standing alone is furniture; None for what is reported, whatever words it uses."""
    reason = match_boilerplate(text)
    if reason in _TOLD_OF and _is_closed(text) and reported_speech.is_reported(text):
        return None
    if reason in _ASKED and _is_closed(text) and _LONG.match(text):
        if reported_speech.is_addressed_to_reader(text):
            return reason
        return (
            reason
            if reported_speech.has_link_label(text)
            and not reported_speech.has_lowercase_after_label(text)
            else None
        )
    return reason


def _is_closed(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in _STOPS


def match_boilerplate(text: str) -> str | None:  # noqa: PLR0911  one line a kind
    """The kind of furniture whose words a line uses; a report may use them as well."""
    head, lower = text[:500], text.lower()
    patterns, others = word_lists.fitting_patterns(_pattern_start(lower))
    if reason := _match_listed_pattern(head, lower, patterns):
        return reason
    if _is_consent(text, lower, others):
        return "cookie banner"
    if reason := _match_credit(text, lower):
        return reason
    if _is_caption(text, lower, others) and not _is_item_or_prose(text):
        return "caption"
    if _is_menu(text, lower):
        return "menu"
    if "explore" in others and word_lists.compile_pattern("other", "explore").match(text):
        return "promotion"
    return _match_shape(text) or _match_feed_foot(text, others)


def _is_item_or_prose(text: str) -> bool:
    """Whether a line with a caption's words is an item of a list, or prose that credits someone."""
    return _ITEM.match(text) is not None or _is_prose_with_credit(text)


def _match_shape(text: str) -> str | None:
    if ":" in text and _LIST.fullmatch(text) and _ITEMS.search(text):
        return "table"
    return None if _LETTER.search(text) else "rule"


def _match_feed_foot(text: str, others: Collection[str]) -> str | None:
    if "feed_foot" not in others:
        return None
    pattern = word_lists.compile_pattern("other", "feed_foot")
    return "notice" if pattern.fullmatch(text) else None


def _match_credit(text: str, lower: str) -> str | None:
    """A link to another article that ends in its button, and who else worked on this one."""
    if lower.endswith(_BUTTONS) and 3 < len(lower.split()) <= TEASER:
        return "promotion"
    if len(text) > CREDIT:
        return None
    if "contributed" in lower and _HELPED.search(text) and not _SECOND.search(text):
        return "credit line"
    return "credit line" if lower.lstrip("(").startswith(_DESKS) and _DESK.match(text) else None


def _pattern_start(lower: str) -> str:
    """What patterns are chosen by; nothing where lower() may tell letters apart that a pattern does
    not (İ, ſ).
    """
    start = lower[:START]
    if not start.isascii():
        return ""
    return "0" if start[:1].isdigit() else start


def classify_sentence(text: str) -> str | None:
    """Why a whole sentence inside running text is furniture."""
    if len(text) > 400:
        return None
    if word_lists.compile_pattern("other", "blurb").search(text):
        asked = (
            reported_speech.is_addressed_to_reader(text)
            and not _QUOTED.search(text)
            and not reported_speech.is_reported(text)
        )
        return "newsletter or subscription" if asked else None
    if word_lists.compile_pattern("other", "touch").match(text):
        return None if reported_speech.is_reported(text) else "contact"
    return "notice" if word_lists.compile_pattern("other", "feed_foot").fullmatch(text) else None


def _match_listed_pattern(head: str, lower: str, patterns: Patterns) -> str | None:
    if head[-5:].lower().endswith(_PICTURES):
        return "picture"
    # One by one: as alternatives of one pattern they are tried again wherever one of them went on
    # and failed.
    for reason, pattern in patterns:
        if pattern.fullmatch(head):
            return reason
    return (
        "copyright"
        if word_lists.has_sign(lower, "rights")
        and word_lists.compile_pattern("other", "rights").fullmatch(head)
        else None
    )


def _is_consent(text: str, lower: str, others: Collection[str]) -> bool:
    cookies = "cookie" in lower and bool(_COOKIE.search(text))
    if (
        cookies
        and len(
            {word.lower() for word in word_lists.compile_pattern("other", "consent").findall(text)}
        )
        >= 2 + len(text) // 200
        and not _ITEM.match(text)
    ):
        return not _QUOTED.search(text) or len(text) < 120
    if "consent_line" not in others or len(text) >= 400:
        return False
    return bool(word_lists.compile_pattern("other", "consent_line").match(text))


def _is_prose_with_credit(text: str) -> bool:
    """Running text that only mentions a picture: "Foto: " inside the third sentence is no
    caption.
    """
    return len(text) > 450 or len(_SENTENCES.findall(text)) > 3


def _is_caption(text: str, lower: str, others: Collection[str]) -> bool:
    if _has_caption_label(text, lower):
        return _PICTURED.match(text) is not None or not _is_sentence(text.rsplit(":", 1)[1].strip())
    if "captioned" in others and word_lists.compile_pattern("other", "captioned").match(text):
        return not (reported_speech.is_reported(text) and _is_closed(text))
    return _has_picture_marks(text, lower) or _ends_with_agency(text, lower)


def _has_caption_label(text: str, lower: str) -> bool:
    if ":" not in text or not word_lists.has_sign(lower, "captions"):
        return False
    return word_lists.compile_pattern("other", "caption").match(text) is not None


def _has_picture_marks(text: str, lower: str) -> bool:
    """Whether a line bears the marks of a gallery, or those of who took a picture, and where."""
    if "hide caption" in lower and _GALLERY.search(lower):
        return True
    if "/" not in text:
        return False
    if " | " in text and _SHOT.search(text):
        return True
    return text[-1:] == ")" and _TAKEN.search(text) is not None


def _ends_with_agency(text: str, lower: str) -> bool:
    # An agency is named at the very end: after the last full stop, behind a mark of its own.
    if text[-1:] in _STOPS or not word_lists.has_sign(
        lower[max(map(lower.rfind, _STOPS)) :], "agency_marks"
    ):
        return False
    return bool(word_lists.compile_pattern("other", "agency").match(text))


def _is_sentence(credit: str) -> bool:
    """Whether what stands where a photographer is named is a sentence."""
    words = len(credit.split())
    return _is_closed(credit) and (
        words > CREDITED or (words > CREDITED // 2 and credit[:1].islower())
    )


def _is_menu(text: str, lower: str) -> bool:
    share, menu = (
        word_lists.listed_words("furniture", "share"),
        word_lists.listed_words("furniture", "menu"),
    )
    first = _WORD.search(text)
    if first is None or text.startswith("| "):
        return first is None  # a row of a table is no menu
    known = (word := first[0].lower()) in share or word in menu
    closed = text[-1] in _STOPS
    if closed and not known:
        return False  # as most lines of running text
    if known and _is_made_of(lower, share, menu):
        return True
    return _is_row_of_labels(text) or (not closed and _is_glued_menu(text, lower))


def _is_made_of(lower: str, *lists: frozenset[str]) -> bool:
    """Whether all words of a short line are those of one list."""
    words = _WORD.findall(lower) if len(lower.split(None, 24)) <= 24 else []
    return 0 < len(words) <= 12 and any(known.issuperset(words) for known in lists)


def _is_row_of_labels(text: str) -> bool:
    """Whether a line is three and more short pieces between marks."""
    if not (_MARK.search(text) or "::" in text):
        return False
    pieces = [piece for piece in _SEPARATED.split(text) if piece]
    return len(pieces) >= 3 and max(map(count_words, pieces)) <= 5 and not _STATED.search(text)


def _is_glued_menu(text: str, lower: str) -> bool:
    if _SEVEN.match(lower) or not _GLUED.search(text):
        return False
    return count_words(lower) <= 24
