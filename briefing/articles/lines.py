"""Decoded text in, its lines with their places and plain features out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ENDS = frozenset(".!?…。！？")
_CLOSERS = "\"'”’»“)]"
_CLOSED = re.compile(r"[^.][.,;:]$")
_LETTER = re.compile(r"[^\W_]")
_CLOCK_END = re.compile(r"(?i)\d\s?[ap]\.m\.$")
_WORD = re.compile(r"\w[\w'’.-]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the space around it; `gap` when a blank line stands before it."""

    start: int
    stop: int
    text: str
    gap: bool = False
    words: int = field(init=False)  # these are found once: every stage of cleaning asks for them
    ended: bool = field(init=False)  # closed by a full stop, a question or an exclamation mark (quotes may follow)
    # Reads as running text: a closed sentence, or too long for anything else (swept on wcxb-dev: 17 to 24 words are
    # flat).
    prose: bool = field(init=False)

    def __post_init__(self) -> None:
        words = len(self.text.split())
        ended = self.text.rstrip(_CLOSERS)[-1:] in _ENDS and not _CLOCK_END.search(self.text[-6:])
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "ended", ended)
        object.__setattr__(self, "prose", words >= 20 or (ended and words >= 4))

    @property
    def title_like(self) -> bool:
        """Could be a headline: short, begins like one, does not end as a sentence of running text does."""
        if _CLOSED.search(self.text[-2:]) or not 1 < self.words <= 30:
            return False
        first = _LETTER.search(self.text)
        return first is None or not first[0].islower()


def lines_of(text: str) -> list[Line]:
    """The lines that hold anything visible, in order."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    gap, place = False, 0
    for raw in text.split("\n"):
        bare = raw.strip()
        if not bare or not bare.strip("\u200b\u200c\u200d\u2060\xad"):
            gap = gap or place > 0
        else:
            start = place + (len(raw) - len(raw.lstrip()) if len(raw) != len(bare) else 0)
            yield Line(start, start + len(bare), bare, gap)
            gap = False
        place += len(raw) + 1


def folded(text: str) -> str:
    """For comparing lines: letters and digits only, case folded."""
    return " ".join(_WORD.findall(text.casefold().replace("’", "'")))
