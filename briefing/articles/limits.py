"""A text or a page's markup in, the same out, or UnreadableError that says of what there is too
much.

Bounds of work and not of time: the same document is read or set aside on every machine. Each lies
far above anything that a newsroom publishes, and below it the worst text costs about half a second.
"""

from __future__ import annotations

import re
from typing import NoReturn

from briefing.errors import UnreadableError

MOST_CHARACTERS = 1_000_000  # of text: a novel; a day's live blog has 0.1 million
# of one article: a short novel; the longest of a fifth of the development sets has 11,000
MOST_WORDS = 50_000
MOST_DIFFERENT = (
    20_000  # of these words; spaCy makes an entry of each, and a novel of as many words has 10,000
)
MOST_LINES = 10_000  # that hold anything; flattened pages reach 1,200, menus and all
MOST_SENTENCES = 20_000
MOST_TAGS = 50_000  # "<" in the markup of a page; of 793 saved ones the largest has 10,000
MOST_ATTRIBUTES = (
    100  # of one element; those pages reach 28, and a parser compares each with all others
)
MOST_BLOCKS = 5_000  # paragraphs, headings, items of menus of a page; those pages reach 1,600
LONGEST_GAP = 50  # blank characters inside a line; patterns look for marks behind each of them
_GAP = re.compile(rf"[^\S\n]{{{LONGEST_GAP},}}")
# One attribute after the other, with or without a value, in quotes or not; no script and no JSON
# reads like that.
_CROWDED = re.compile(
    r"""<[a-zA-Z][^\s"'<>/]*+(?:[\s/]*+[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]++)?+)?+)"""
    rf"{{{MOST_ATTRIBUTES + 1}}}"
)


def check_text(given: str) -> str:
    """Short enough to be looked at line by line."""
    if len(given) > MOST_CHARACTERS:
        _refuse(f"{len(given):,} characters of text", MOST_CHARACTERS)
    if (
        len(given) > 2 * MOST_LINES
        and (lines := sum(map(bool, map(str.strip, given.split("\n"))))) > MOST_LINES
    ):
        _refuse(f"{lines:,} lines", MOST_LINES)
    return given


def collapse_gaps(given: str) -> str:
    """With one space for each long gap inside a line."""
    if " " * LONGEST_GAP not in given and given.replace("\n", "").isprintable():
        return given  # as most texts: of all blanks the plain space alone is printable
    return _GAP.sub(" ", given)


def check_article(given: str) -> str:
    """Short enough to be analysed."""
    if len(given) > 2 * MOST_DIFFERENT and len(words := given.split()) > MOST_DIFFERENT:
        if len(words) > MOST_WORDS:
            _refuse(f"{len(words):,} words", MOST_WORDS)
        if (different := len(set(words))) > MOST_DIFFERENT:
            _refuse(f"{different:,} different words", MOST_DIFFERENT)
    return given


def check_sentence_count(count: int) -> None:
    if count > MOST_SENTENCES:
        raise UnreadableError(f"it has more than {MOST_SENTENCES:,} sentences; split it")


def check_block_count(count: int) -> None:
    if count > MOST_BLOCKS:
        raise UnreadableError(
            f"it has more than {MOST_BLOCKS:,} paragraphs, headings and menu items; "
            "save the article alone"
        )


def check_markup(given: str) -> str:
    """Small enough to be parsed."""
    if (tags := given.count("<")) > MOST_TAGS:
        _refuse(f"{tags:,} tags", MOST_TAGS, "save the article alone")
    if _CROWDED.search(given):
        _refuse(
            "an element of more attributes than any page has",
            MOST_ATTRIBUTES,
            "save the article alone",
        )
    return given


def _refuse(found: str, most: int, remedy: str = "split it") -> NoReturn:
    raise UnreadableError(f"it has {found} and {most:,} are the most; {remedy}")
