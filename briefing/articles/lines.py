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
    words: int = field(init=False)  # counted once: every stage of cleaning asks for them

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", len(self.text.split()))

    @property
    def ended(self) -> bool:
        """Closed by a full stop, a question or an exclamation mark (closing quotes may follow)."""
        return self.text.rstrip(_CLOSERS)[-1:] in _ENDS and not _CLOCK_END.search(self.text[-6:])

    @property
    def prose(self) -> bool:
        """Reads as running text: a closed sentence, or too long for anything else.

        Where headings and menus end (swept on wcxb-dev: 17 to 24 words are flat).
        """
        return (self.ended and self.words >= 4) or self.words >= 20

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
    gap = False
    for match in re.finditer(r"[^\n]+", text):
        raw = match[0]
        bare = raw.strip()
        gap = gap or "\n\n" in text[max(0, match.start() - 2) : match.start()]
        if not bare.strip("\u200b\u200c\u200d\u2060\xad"):
            gap = True
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        yield Line(start, start + len(bare), bare, gap)
        gap = False


def folded(text: str) -> str:
    """For comparing lines: letters and digits only, case folded."""
    return " ".join(_WORD.findall(text.casefold().replace("’", "'")))
