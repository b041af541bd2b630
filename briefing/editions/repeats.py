"""Quotations in, those that say nothing already printed out: by shared words, so near-same sentences count as same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.model import Quote

SAME = 0.8  # share of the shorter sentence's different words found in the other; rewritten agency copy lies above
FEWEST = 4  # a sentence of fewer different words repeats another only when all of them agree
WORD = re.compile(r"\w+")

Words = frozenset[str]


def words_of(quote: Quote) -> Words:
    return frozenset(WORD.findall(str(quote).casefold()))


def fresh(quotes: Iterable[Quote], printed: Iterable[Words]) -> list[Quote]:
    """The quotations that repeat neither `printed` nor one another, in their order."""
    seen = list(printed)
    kept = []
    for quote in quotes:
        words = words_of(quote)
        if not any(same(words, other) for other in seen):
            kept.append(quote)
            seen.append(words)
    return kept


def same(one: Words, other: Words) -> bool:
    fewer = min(len(one), len(other))
    return len(one & other) >= (SAME * fewer if fewer >= FEWEST else max(len(one), len(other)))
