"""Decoded text in, its lines with their places and plain features out."""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.language.counting import count_words

_ENDS = frozenset(".!?…。！？؟۔।॥።։")
_CLOSERS = "\"'”’»“)]」』）"
_UNSEEN = "\u200b\u200c\u200d\u2060\xad"
_PAUSES = frozenset(".,;:")
_LETTER = re.compile(r"[^\W_]")
_CLOCK_END = re.compile(r"(?i)\d\s?[ap]\.m\.$")
_WORD = re.compile(r"\w[\w'’.-]*")


class Line(NamedTuple):
    """One line without the space around it; `gap` when a blank line stands before it.

    A tuple, as a page has thousands: made by `split_lines`, where `words`, `ended` and `prose` are
    found once.
    """

    start: int
    stop: int
    text: str
    gap: bool
    words: int
    ended: bool  # closed by a full stop, a question or an exclamation mark (quotes may follow)
    # Reads as running text: a closed sentence, or too long for anything else (swept on wcxb-dev: 17
    # to 24 words are flat).
    prose: bool

    @property
    def title_like(self) -> bool:
        """Could be a headline: short, begins like one, does not end as a sentence of running text
        does.
        """
        if not 1 < self.words <= 30 or (self.text[-1] in _PAUSES and self.text[-2] != "."):
            return False
        first = _LETTER.search(self.text)
        return first is None or not first[0].islower()


def split_lines(text: str) -> list[Line]:
    """The lines that hold anything visible, in order."""
    found: list[Line] = []
    gap, place = False, 0
    for raw in text.split("\n"):
        bare = raw.strip()
        if not bare or (bare[0] in _UNSEEN and not bare.strip(_UNSEEN)):
            gap = gap or place > 0
        else:
            start = place + (len(raw) - len(raw.lstrip()) if len(raw) != len(bare) else 0)
            found.append(build_line(bare, start, gap=gap))
            gap = False
        place += len(raw) + 1
    return found


def build_line(bare: str, start: int, *, gap: bool) -> Line:
    """The line of some text without space around it that stands at a place."""
    words, ended = count_words(bare), _is_closed(bare)
    return Line(
        start, start + len(bare), bare, gap, words, ended, words >= 20 or (ended and words >= 4)
    )


def _is_closed(bare: str) -> bool:
    last = bare[-1]
    if last in _CLOSERS:
        last = bare.rstrip(_CLOSERS)[-1:]
    return last in _ENDS and not (bare.endswith(".") and _CLOCK_END.search(bare[-6:]))


def comparison_key(text: str) -> str:
    """For comparing lines: letters and digits only, case folded."""
    return " ".join(_WORD.findall(text.casefold().replace("’", "'")))
