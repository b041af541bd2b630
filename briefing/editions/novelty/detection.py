"""Articles and what was told before in, the sentences that say something new out, with what is new
in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.editions.novelty.statements import (
    Said,
    Terms,
    article_language,
    has_future_words,
    terms_without_figures,
)
from briefing.language import (
    find_figures,
    has_negation,
    is_calendar_word,
    is_standing_claim,
    weekday_name,
)
from briefing.model import Article, Quote, Span

# in double marks, to the sentence's end where the quotation goes on, from its start where it ends
SAID = re.compile(
    r"[“\"„«](?P<said>[^“”\"„«»]+)(?:[”\"“»]|$)|^(?P<ended>[^“”\"„«»]*[,.!?…])[”\"“»]"
    # single marks, which are no apostrophes
    r"|(?<!\w)['‘](?=\w)(?P<single>.+?)(?<=[\w,.!?…])['’](?!\w)"
)
SAID_WORDS = 4  # of a quotation: fewer are a name or a term in quotation marks
LABEL_WORDS = (
    6  # a line of so few, with a capital first and no stop at its end, is a subheading or a label
)
# content words up to which a sentence on how things are tells nothing that happened: "Ferries are
# not
SHORT_STATE = 4
# affected". Of 13 such in the sample corpus's later days 9 are old; of those up to 6, 11 of 19
# up to which a decision in known words is the sentence's matter, and not what it recalls in passing
SHORT_DECISION = 8
CONCRETE = ("a figure", "a name", "a quotation", "a denial", "a decision")


@dataclass(frozen=True, slots=True)
class New:
    """A sentence with why it is new: "a figure: 41", "a name: Holmquist", "a quotation", "a
    denial", "a decision", "a day: Thursday", "other words".
    """

    quote: Quote
    why: tuple[str, ...]

    @property
    def concrete(self) -> bool:
        """Whether it brings a figure, a name, a quotation, a denial or a decision that
        nobody had.
        """
        return any(reason.startswith(CONCRETE) for reason in self.why)


def find_new_sentences(articles: Sequence[Article], earlier: Sequence[Article]) -> tuple[New, ...]:
    """Sentences of `articles` whose content no sentence of `earlier` holds, in reading order; empty
    for nothing new.

    A sentence is told again when an earlier one holds 60 % of its content words, or all earlier
    ones 85 %, unless it brings a figure (in digits or in words), a name or a quotation that none of
    them has, denies what they say, decides what they left open, or tells of the day of its report.
    Without these, a question, a subheading, or a few words on how things are tell nothing. Cost:
    sentences of both, multiplied.
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
        self.said = Said(tuple(articles))

    def new(self, quote: Quote) -> New:
        """The quotation with what it brings; nothing for one that the article's sentences do not
        list.
        """
        numbers = [
            n for n, span in enumerate(quote.article.sentences) if span.stop == quote.span.stop
        ]
        return New(quote, self.why_new(quote.article, numbers[0]) if numbers else ())

    def is_new(self, quote: Quote) -> bool:
        """Whether a sentence brings anything; one that the article's sentences do not list counts
        as new.
        """
        numbers = [
            number for number, span in enumerate(quote.article.sentences) if span == quote.span
        ]
        return not numbers or bool(self.why_new(quote.article, numbers[0]))

    def why_new(self, article: Article, number: int) -> tuple[str, ...]:
        """What the sentence brings; nothing when it was told already."""
        terms, text = (
            frozenset(article.analysis.terms[number]),
            article.sentences[number].of(article.text),
        )
        if not terms or not self.said.sentences:
            return ("other words",) if terms and not _is_uninformative(text) else ()
        concrete = self._concrete(article, article.sentences[number], terms)
        if concrete or _is_uninformative(text):
            return concrete
        reason = (
            self._turn(article, terms, text)
            if self.said.holds(terms)
            else self._otherwise(article, terms, text)
        )
        return (reason,) if reason else ()

    def _concrete(self, article: Article, span: Span, terms: Terms) -> tuple[str, ...]:
        """Figures, names and quotations that nobody had."""
        language = article_language(article)
        found, matter = (
            find_figures(span.of(article.text), language=language),
            terms_without_figures(terms, language),
        )
        numbers = [written for written, plain in found if not self.said.counted(plain, matter)]
        names = [
            name
            for one in article.analysis.names
            if _is_in_sentence(one, span) and (name := self._unknown(article, one))
        ]
        why = tuple(f"a figure: {one}" for one in dict.fromkeys(numbers))
        why += tuple(f"a name: {one}" for one in dict.fromkeys(names))
        return why + (("a quotation",) if self._says(span.of(article.text)) else ())

    def _turn(self, article: Article, terms: Terms, text: str) -> str | None:
        """What makes a sentence in known words new: it denies what was said, decides it, or is of
        today.
        """
        language = article_language(article)
        denying = has_negation(text, language=language)
        if self.said.turned(terms, denying=denying):
            return "a denial" if denying else "other words"
        if day := self._today(article, terms, text):
            return f"a day: {day}"
        return self._decision(terms, language)

    def _otherwise(self, article: Article, terms: Terms, text: str) -> str | None:
        """Other words than any before tell something, unless they are a few on how things are."""
        language = article_language(article)
        quoted = any(mark in text for mark in '"“”„«»')
        if decision := self._decision(terms, language):
            return decision
        state = (
            len(terms) <= SHORT_STATE and not quoted and is_standing_claim(text, language=language)
        )
        return None if state else "other words"

    def _decision(self, terms: Terms, language: str) -> str | None:
        return (
            "a decision"
            if len(terms) <= SHORT_DECISION and self.said.settled(terms, language)
            else None
        )

    def _today(self, article: Article, terms: Terms, text: str) -> str:
        """The weekday of the report's own day, when the sentence names it, plans nothing, and all
        else is older.
        """
        days = [one.published.day for one in self.said.articles if one.published]
        if not article.published or not days or max(days) >= article.published.day:
            return ""
        language = article_language(article)
        day = weekday_name(article.published.day.weekday(), language=language)
        named = day in re.findall(r"\w+", text.casefold()) and not has_future_words(text, language)
        return day.capitalize() if named and not self.said.happened(day, terms, language) else ""

    def _says(self, sentence: str) -> bool:
        """Whether somebody is quoted in it with words that no earlier article holds."""
        quoted = [found[found.lastgroup or 0] for found in SAID.finditer(sentence)]
        said = [words.strip(" ,.") for words in quoted if len(words.split()) >= SAID_WORDS]
        return bool(said) and not any(
            words in article.text for words in said for article in self.said.articles
        )

    def _unknown(self, article: Article, name: Span) -> str:
        """What of a name nobody had: "Edvin Rask", or "Rask" where an Edvin is known; no month's or
        weekday's name.
        """
        new = [
            word
            for word in name.of(article.text).split()
            if word not in self.said.names and word.casefold() not in self.said.all
        ]
        language = article_language(article)
        return (
            ""
            if all(_is_calendar_or_figure(word.strip("."), language) for word in new)
            else " ".join(new)
        )


def _is_calendar_or_figure(word: str, language: str) -> bool:
    return is_calendar_word(word, language=language) or bool(find_figures(word, language=language))


def _is_uninformative(sentence: str) -> bool:
    """Whether it asks, is a subheading or the head of a table: no fact, whatever its words."""
    said = sentence.strip()
    if said.startswith("|") and not any(letter.isdigit() for letter in said):
        return True
    label = said[:1].isupper() and said[-1:].isalnum() and len(said.split()) <= LABEL_WORDS
    return label or said.endswith(("?", "？", "؟"))


def _is_in_sentence(name: Span, sentence: Span) -> bool:
    return sentence.start <= name.start < sentence.stop
