"""The lines of a text in, the kinds of costly cuts that each may need out: most hold no sign of any.

Some ninety signs are looked for. What three letters in a row stand anywhere in the text is found once, and only those
signs are searched for whose letters are all there (as an index of n-grams names candidates: Zobel et al., VLDB 1993).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from briefing.articles import word_lists as lists

KINDS = ("phrases", "glued", "sentences")
FOLDED = "sentences"  # whose signs are in lower case
BITS = 15  # of a row of three letters' place: 32,768 places, of which a text of 4,000 characters fills a twentieth


def signed(lines: Sequence[str]) -> dict[int, set[str]]:
    """The kinds by the place of the line. All lines are searched at once."""
    found: dict[int, set[str]] = {}
    text = "\n".join(lines)
    lower = text.lower()
    starts: dict[bool, list[int]] = {}
    for kind, sign in _likely(lower):
        where = lower if (folded := kind == FOLDED) else text
        if sign in where:
            if folded not in starts:
                starts[folded] = list(accumulate((len(line) + 1 for line in where.split("\n")), initial=0))
            for line in _holding(sign, where, starts[folded]):
                found.setdefault(line, set()).add(kind)
    return found


def _likely(lower: str) -> Iterator[tuple[str, str]]:
    """The signs all of whose rows of three letters stand in the text, whatever their case and order."""
    import numpy as np

    every, rows, starts = _rows()
    here = np.zeros(1 << BITS, dtype=bool)
    here[_places(lower)] = True
    held = np.logical_and.reduceat(here[rows], starts)
    return (every[i] for i in np.flatnonzero(held))


@cache
def _rows() -> tuple[tuple[tuple[str, str], ...], Any, Any]:
    """The signs with their kinds; the places of their letters, one sign behind the other; where each begins."""
    import numpy as np

    every = tuple((kind, sign) for kind in KINDS for sign in lists.signs(kind))
    rows = [_places(sign.lower()) for _, sign in every]
    return every, np.concatenate(rows), np.cumsum([0, *map(len, rows)])[:-1]


def _places(lower: str) -> Any:
    """Of each row of three letters, in bytes; a text of fewer, which no sign is, has one with spaces behind."""
    import numpy as np

    letters = np.frombuffer(lower.encode("utf-8", "replace").ljust(3), dtype=np.uint8).astype(np.uint32)
    return ((letters[:-2] << 10) ^ (letters[1:-1] << 5) ^ letters[2:]) & ((1 << BITS) - 1)


def _holding(sign: str, text: str, starts: Sequence[int]) -> Iterator[int]:
    """The numbers of the lines that a sign stands in."""
    at = text.find(sign)
    while at >= 0:
        line = bisect_right(starts, at) - 1
        yield line
        at = text.find(sign, starts[line + 1])
