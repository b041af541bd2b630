"""A rendition's text and the sentences it must hold in; those that are not there out.

Typesetters lose text in silence (footnotes, the tails of long documents), so every printed page is
read again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from briefing.errors import BriefingError
from briefing.model import Rendition
from briefing.renditions.checks.readback import extract_text, pdf_pages
from briefing.renditions.context.build import ADDED
from briefing.renditions.localisation.catalogue import shortening_notices
from briefing.renditions.templating.escaping import visible_text

# Scripts whose letters a PDF gives back as they were written. Others (Arabic, Devanagari, Chinese
# …) come back shaped, joined or swapped, or are drawn by whatever font the machine has: of such a
# sentence these letters are compared.
_ANY_DAY = r"[^\[\]]{1,60}?"
_COMPARED = re.compile("[0-9a-z\u0370-\u03ff\u0400-\u04ff]")


def missing_sentences(rendition: Rendition, sentences: Sequence[str]) -> tuple[str, ...]:
    """Sentences that do not stand in a rendition, in order, word for word; empty when all do.

    A sentence of `quoted` may have a day in square brackets wherever one was added, in whatever
    language.

    White space and what nobody sees (control and bidi characters) are not compared. In a PDF, of a
    sentence in a script that the bundled fonts do not draw, only Latin, Greek and Cyrillic letters
    and digits are. A message that says it was shortened may leave sentences out.
    """
    if rendition.media_type == "application/pdf":
        return _unprinted_sentences(pdf_pages(rendition.content), sentences)
    text = extract_text(rendition)
    absent = _absent_sentences([text], sentences, _strip_spaces)
    shortened = absent and any(
        visible_text(opening) in visible_text(text) for opening in shortening_notices()
    )
    return () if shortened and len(absent) < len(sentences) else absent


def require_sentences(pages: Sequence[str], sentences: Sequence[str]) -> None:
    """BriefingError when a sentence is not in what the pages show; 5 ms a page."""
    if absent := _absent_sentences(pages, sentences, _strip_hyphenation):
        raise BriefingError(
            f"edition.pdf: {len(absent)} of {len(sentences)} sentences are not in the "
            "printed text, the first is "
            f"{absent[0]!r}; the PDF is not kept, the other formats are complete"
        )


def _unprinted_sentences(pages: Sequence[str], sentences: Sequence[str]) -> tuple[str, ...]:
    exactly = set(_absent_sentences(pages, sentences, _strip_hyphenation))
    if not exactly:
        return ()
    loosely = set(_absent_sentences(pages, sentences, _fold_letters))
    return tuple(
        one
        for one in sentences
        if one in loosely or (one in exactly and not _undrawn_characters(one))
    )


def _absent_sentences(
    pages: Sequence[str], sentences: Iterable[str], form: Callable[[str], str]
) -> tuple[str, ...]:
    """Sentences not found after the one before, pages and sentences put into the same form."""
    formed, absent, place = [form(page) for page in pages], [], (0, 0)
    for sentence in sentences:
        found = _find_with_days(
            formed,
            [*map(form, sentence.split(ADDED))],
            place,
            re.escape(form("[")) + _ANY_DAY + re.escape(form("]")),
        )
        if found is None:
            absent.append(sentence)
        else:
            place = found
    return tuple(absent)


def _find_with_days(
    pages: Sequence[str], parts: Sequence[str], place: tuple[int, int], day: str
) -> tuple[int, int] | None:
    """As `_find_across_pages`, of a text whose parts may have a day between them; it is then looked
    for on one page.
    """
    if len(parts) == 1:
        return _find_across_pages(pages, parts[0], place)
    pattern = re.compile(f"(?:{day})?".join(map(re.escape, parts)))
    for number in range(place[0], len(pages)):
        if found := pattern.search(pages[number], place[1] if number == place[0] else 0):
            return number, found.end()
    return None


def _find_across_pages(
    pages: Sequence[str], wanted: str, place: tuple[int, int]
) -> tuple[int, int] | None:
    """Page and offset behind the first place of a text; it may run on from one page to the next,
    past running heads.
    """
    for number in range(place[0], len(pages)):
        start = place[1] if number == place[0] else 0
        if (found := pages[number].find(wanted, start)) >= 0:
            return number, found + len(wanted)
        length = _longest_prefix_length(pages[number][start:], wanted)
        for cut in range(
            length, max(length - 3, 0), -1
        ):  # a running head may happen to go on with the same letter
            rest = _find_across_pages(pages[number + 1 : number + 2], wanted[cut:], (0, 0))
            if rest is not None:
                return number + 1, rest[1]
    return None


def _longest_prefix_length(page: str, wanted: str) -> int:
    """How much of the beginning of a text the page holds in one stretch."""
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in page else (low, middle - 1)
    return low


def _strip_spaces(text: str) -> str:
    return visible_text(text).replace(" ", "")


def _strip_hyphenation(text: str) -> str:
    """Without the hyphens that the press divides words with."""
    return _strip_spaces(text).replace("\u2010", "")


def _fold_letters(text: str) -> str:
    """Letters and digits in their plainest form: ligatures undone, accents and case dropped."""
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(_COMPARED.findall(plain))


def _undrawn_characters(text: str) -> str:
    """Characters of a text that the bundled fonts do not have, each once, in order."""
    return "".join(
        dict.fromkeys(
            c for c in visible_text(text) if c != " " and ord(c) not in _drawn_codepoints()
        )
    )


@cache
def _drawn_codepoints() -> frozenset[int]:
    """Code points of the text face; costs 0.2 s once, and only where a text is in question."""
    from fontTools.ttLib import TTFont

    from briefing.renditions.fonts import font_files

    return frozenset(TTFont(font_files()["SourceSerifPro-Regular"], lazy=True).getBestCmap())
