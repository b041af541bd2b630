"""Quotations in, those that say nothing printed already out: by shared words, so near-same sentences count as same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from briefing.model import Headline, Quote

SAME = 0.8  # share of the shorter sentence's different words found in the other; rewritten agency copy lies above
FEWEST = 4  # a sentence of fewer different words repeats another only when all of them agree
WORD = re.compile(r"\w+")

Words = frozenset[str]


def words_of(text: Quote | Headline | str) -> Words:
    return frozenset(WORD.findall(str(text).casefold()))


def same(one: Words, other: Words) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    fewer = min(len(one), len(other))
    return len(one & other) >= (SAME * fewer if fewer >= FEWEST else max(len(one), len(other)))


def runs(quotes: Sequence[Quote]) -> list[list[Quote]]:
    """Quotations in groups that follow one another in their source: "He said so" leans on what precedes it."""
    groups: list[list[Quote]] = []
    for quote in quotes:
        if groups and _follows(quote, groups[-1][-1]):
            groups[-1].append(quote)
        else:
            groups.append([quote])
    return groups


def _follows(quote: Quote, last: Quote) -> bool:
    between = quote.article.text[last.span.stop : quote.span.start]
    return quote.article == last.article and quote.span.start >= last.span.stop and not between.strip()


def unprinted(groups: Iterable[Sequence[Quote]], printed: Iterable[Words]) -> list[Sequence[Quote]]:
    """The runs of which no sentence repeats `printed` or a run kept before."""
    seen = list(printed)
    kept = []
    for group in groups:
        words = [words_of(quote) for quote in group]
        inside = any(same(one, other) for place, one in enumerate(words) for other in words[:place])
        if not inside and not any(same(one, other) for one in words for other in seen):
            kept.append(group)
            seen += words
    return kept
