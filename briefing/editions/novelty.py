"""Articles and what was told before in, the sentences that say something new out, with what is new in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.model import Article, Quote, Span

KNOWN = 0.6  # share of a sentence's content words found in one earlier sentence, from which on it is told again
SCATTERED = 0.85  # the same, found anywhere in what was said earlier
FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")

Terms = frozenset[str]


@dataclass(frozen=True, slots=True)
class New:
    """A sentence with why it is new: "a figure: 41", "a name: Holmquist", "other words"."""

    quote: Quote
    why: tuple[str, ...]


def new_since(articles: Sequence[Article], earlier: Sequence[Article]) -> tuple[New, ...]:
    """Sentences of `articles` whose content no sentence of `earlier` holds, in reading order; empty for nothing new.

    A sentence is told again when an earlier one holds 60 % of its content words, or all earlier ones 85 %, unless it
    brings a figure or a name that none of them has. Cost: sentences of both, multiplied.
    """
    told = Told(earlier)
    return tuple(
        New(Quote(article, span), why)
        for article in articles
        for number, span in enumerate(article.sentences)
        if (why := told.why_new(article, number))
    )


class Told:
    """What earlier articles said, to hold sentences against."""

    def __init__(self, articles: Iterable[Article]) -> None:
        given = tuple(articles)
        self.sentences: list[Terms] = [frozenset(terms) for article in given for terms in article.analysis.terms]
        self.all: Terms = frozenset().union(*self.sentences, *(article.headline_terms for article in given))
        self.figures = frozenset(figure for article in given for figure in FIGURE.findall(article.text))
        self.names = frozenset(
            word for article in given for name in article.analysis.names for word in _words(article, name)
        )

    def why_new(self, article: Article, number: int) -> tuple[str, ...]:
        """What the sentence brings; nothing when it was told already."""
        terms = frozenset(article.analysis.terms[number])
        if not terms or not self.sentences:
            return ("other words",) if terms else ()
        span = article.sentences[number]
        figures = [one for one in FIGURE.findall(span.of(article.text)) if one not in self.figures]
        names = [
            word
            for name in article.analysis.names
            if span.start <= name.start < span.stop
            for word in _words(article, name)
            if word not in self.names and word.casefold() not in self.all
        ]
        why = tuple(f"a figure: {one}" for one in figures) + tuple(f"a name: {one}" for one in dict.fromkeys(names))
        return why or (() if self.holds(terms) else ("other words",))

    def is_new(self, quote: Quote) -> bool:
        """Whether a sentence brings anything; one that the article's sentences do not list counts as new."""
        numbers = [number for number, span in enumerate(quote.article.sentences) if span == quote.span]
        return not numbers or bool(self.why_new(quote.article, numbers[0]))

    def holds(self, terms: Terms) -> bool:
        if len(terms & self.all) < KNOWN * len(terms):
            return False
        if len(terms & self.all) >= SCATTERED * len(terms):
            return True
        return any(len(terms & sentence) >= KNOWN * len(terms) for sentence in self.sentences)


def _words(article: Article, name: Span) -> list[str]:
    return name.of(article.text).split()
