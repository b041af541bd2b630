"""Articles and what was told before in, the sentences that say something new out, with what is new in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.model import Article, Quote, Span

KNOWN = 0.6  # share of a sentence's content words found in one earlier sentence, from which on it is told again
SCATTERED = 0.85  # the same, found anywhere in what was said earlier
FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
SAID = re.compile(  # in double marks, to the sentence's end where the quotation goes on, from its start where it ends
    r"[“\"„«](?P<said>[^“”\"„«»]+)(?:[”\"“»]|$)|^(?P<ended>[^“”\"„«»]*[,.!?…])[”\"“»]"
    r"|(?<!\w)['‘](?=\w)(?P<single>.+?)(?<=[\w,.!?…])['’](?!\w)"  # single marks, which are no apostrophes
)
SAID_WORDS = 4  # of a quotation: fewer are a name or a term in quotation marks
LABEL_WORDS = 6  # a line of so few, with a capital first and no stop at its end, is a subheading or a label
CONCRETE = ("a figure", "a name", "a quotation")

Terms = frozenset[str]


@dataclass(frozen=True, slots=True)
class New:
    """A sentence with why it is new: "a figure: 41", "a name: Holmquist", "a quotation", "other words"."""

    quote: Quote
    why: tuple[str, ...]

    @property
    def concrete(self) -> bool:
        """Whether it brings a figure, a name or a quotation that nobody had."""
        return any(reason.startswith(CONCRETE) for reason in self.why)


def new_since(articles: Sequence[Article], earlier: Sequence[Article]) -> tuple[New, ...]:
    """Sentences of `articles` whose content no sentence of `earlier` holds, in reading order; empty for nothing new.

    A sentence is told again when an earlier one holds 60 % of its content words, or all earlier ones 85 %, unless it
    brings a figure, a name or a quotation that none of them has. Without these, a question or a
    subheading is not new. Cost: sentences of both, multiplied.
    """
    told = Told(earlier)
    return tuple(
        New(Quote(article, span), why)
        for article in articles
        for number, span in enumerate(article.sentences)
        if (why := told.why_new(article, number))
    )


class Told:
    """What earlier articles said, to hold sentences against; looked up when it is asked for, and once."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = tuple(articles)

    @cached_property
    def sentences(self) -> list[Terms]:
        return [frozenset(terms) for article in self.articles for terms in article.analysis.terms]

    @cached_property
    def all(self) -> Terms:
        return frozenset().union(*(article.vocabulary for article in self.articles))

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(figure for article in self.articles for figure in FIGURE.findall(article.text))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(
            word for article in self.articles for name in article.analysis.names for word in _words(article, name)
        )

    def new(self, quote: Quote) -> New:
        """The quotation with what it brings; nothing for one that the article's sentences do not list."""
        numbers = [n for n, span in enumerate(quote.article.sentences) if span.stop == quote.span.stop]
        return New(quote, self.why_new(quote.article, numbers[0]) if numbers else ())

    def why_new(self, article: Article, number: int) -> tuple[str, ...]:
        """What the sentence brings; nothing when it was told already."""
        terms, span = frozenset(article.analysis.terms[number]), article.sentences[number]
        if not terms or not self.sentences:
            return ("other words",) if terms and not _tells_nothing(span.of(article.text)) else ()
        figures = [one for one in FIGURE.findall(span.of(article.text)) if one not in self.figures]
        names = filter(None, (self._unknown(article, n) for n in article.analysis.names if _within(n, span)))
        why = tuple(f"a figure: {one}" for one in dict.fromkeys(figures))
        why += tuple(f"a name: {one}" for one in dict.fromkeys(names))
        why += ("a quotation",) if self._says(span.of(article.text)) else ()
        return why or (() if _tells_nothing(span.of(article.text)) or self.holds(terms) else ("other words",))

    def _says(self, sentence: str) -> bool:
        """Whether somebody is quoted in it with words that no earlier article holds."""
        quoted = [found[found.lastgroup or 0] for found in SAID.finditer(sentence)]
        said = [words.strip(" ,.") for words in quoted if len(words.split()) >= SAID_WORDS]
        return bool(said) and not any(words in article.text for words in said for article in self.articles)

    def _unknown(self, article: Article, name: Span) -> str:
        """What of a name nobody had: "Edvin Rask", or "Rask" where an Edvin is known."""
        words = _words(article, name)
        return " ".join(word for word in words if word not in self.names and word.casefold() not in self.all)

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


def _tells_nothing(sentence: str) -> bool:
    """Whether it asks or is a subheading: no fact, whatever its words."""
    said = sentence.strip()
    label = said[:1].isupper() and said[-1:].isalnum() and len(said.split()) <= LABEL_WORDS
    return label or said.endswith(("?", "？", "؟"))


def _within(name: Span, sentence: Span) -> bool:
    return sentence.start <= name.start < sentence.stop


def _words(article: Article, name: Span) -> list[str]:
    return name.of(article.text).split()
