"""Quotations in, those that say nothing printed already out: by shared words, so near-same
sentences count as same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from briefing.model import Headline, Quote

# share of the shorter sentence's different words found in the other; rewritten agency copy lies
# above
SAME = 0.8
FEWEST = 4  # a sentence of fewer different words repeats another only when all of them agree
WORD = re.compile(r"\w+")
# Two outlets on one matter use their own words and the same facts. On the sample corpus pairs that
# an editor would not print together share from 5 terms and .33 of the shorter on, or a figure and 4
# terms; other pairs lie below.
RETOLD, RETOLD_TERMS, RETOLD_FIGURE = 0.33, 5, 4

Words = frozenset[str]


def distinct_words(text: Quote | Headline | str) -> Words:
    return frozenset(WORD.findall(str(text).casefold()))


def has_same_words(one: Words, other: Words) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    fewer = min(len(one), len(other))
    return len(one & other) >= (SAME * fewer if fewer >= FEWEST else max(len(one), len(other)))


def is_redundant(text: Quote | Headline, printed: Iterable[Words]) -> bool:
    words = distinct_words(text)
    return any(has_same_words(words, other) for other in printed)


def sentence_terms(quote: Quote) -> Words:
    """The content words of the sentence that a quotation stands in; its plain words where it is
    none.
    """
    article, span = quote.article, quote.span
    for number, sentence in enumerate(article.sentences):
        if sentence.start <= span.start and span.stop <= sentence.stop:
            return frozenset(article.analysis.terms[number])
    return distinct_words(quote)


def is_retelling(one: Quote, other: Quote) -> bool:
    """Whether two outlets' sentences tell the same: shared names, figures and matter, in whatever
    words.
    """
    if one.article == other.article:
        return False
    mine, theirs = sentence_terms(one), sentence_terms(other)
    shared = mine & theirs
    if len(shared) >= RETOLD_TERMS and len(shared) >= RETOLD * min(len(mine), len(theirs)):
        return True
    return len(shared) >= RETOLD_FIGURE and any(term[0].isdigit() for term in shared)


def split_runs(quotes: Sequence[Quote]) -> list[list[Quote]]:
    """Quotations in groups that follow one another in their source: "He said so" leans on what
    precedes it.
    """
    groups: list[list[Quote]] = []
    for quote in quotes:
        if groups and _is_continuation(quote, groups[-1][-1]):
            groups[-1].append(quote)
        else:
            groups.append([quote])
    return groups


def _is_continuation(quote: Quote, last: Quote) -> bool:
    between = quote.article.text[last.span.stop : quote.span.start]
    return (
        quote.article == last.article and quote.span.start >= last.span.stop and not between.strip()
    )


def drop_redundant_runs(
    groups: Iterable[Sequence[Quote]], printed: Iterable[Words]
) -> list[Sequence[Quote]]:
    """The runs of which no sentence repeats `printed` or a run kept before."""
    seen = list(printed)
    kept: list[Sequence[Quote]] = []
    for group in groups:
        words = [distinct_words(quote) for quote in group]
        inside = any(
            has_same_words(one, other) for place, one in enumerate(words) for other in words[:place]
        )
        twice = any(is_retelling(quote, other) for quote in group for run in kept for other in run)
        if (
            not inside
            and not twice
            and not any(has_same_words(one, other) for one in words for other in seen)
        ):
            kept.append(group)
            seen += words
    return kept
