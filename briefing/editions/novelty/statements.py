"""Articles that were told in, what each of their sentences said out: terms, figures, and whether it
denies.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from briefing.language import extract_terms as term_list
from briefing.language import find_figures, has_negation, load_lexicon, number_terms, settling_terms
from briefing.model import Article

Terms = frozenset[str]
# share of a sentence's content words found in one earlier sentence, from which on it is told again
KNOWN = 0.6
SCATTERED = 0.85  # the same, found anywhere in what was said earlier
# of a decision's other words that an earlier sentence with the same decision shares where it told
# it
LINKED = 0.2


def article_language(article: Article) -> str:
    return article.language or "en"


def has_future_words(text: str, language: str) -> bool:
    """Whether a word of it looks ahead: "will", "due"."""
    ahead = load_lexicon(language).words("future_words")
    return not ahead.isdisjoint(re.findall(r"\w+", text.casefold()))


@dataclass(frozen=True)
class Said:
    """What earlier articles said, sentence by sentence; looked up when it is asked for, and
    once.
    """

    articles: tuple[Article, ...]

    @cached_property
    def sentences(self) -> list[Terms]:
        return [frozenset(terms) for article in self.articles for terms in article.analysis.terms]

    @cached_property
    def all(self) -> Terms:
        return frozenset().union(*(article.vocabulary for article in self.articles))

    @cached_property
    def names(self) -> Terms:
        return frozenset(
            word
            for article in self.articles
            for name in article.analysis.names
            for word in name.of(article.text).split()
        )

    @cached_property
    def figures(self) -> Mapping[str, list[Terms]]:
        """Figure in its plain form, in digits or words -> terms of the sentences and headlines that
        give it.
        """
        found: dict[str, list[Terms]] = defaultdict(list)
        for article in self.articles:
            texts = [(article.headline or "", article.headline_terms)]
            texts += [
                (span.of(article.text), terms)
                for span, terms in zip(article.sentences, article.analysis.terms, strict=True)
            ]
            language = article_language(article)
            for text, terms in texts:
                for _, plain in find_figures(text, language=language):
                    found[plain].append(terms_without_figures(terms, language))
        return found

    @cached_property
    def with_term(self) -> Mapping[str, list[Terms]]:
        """Term -> the sentences that hold it."""
        found: dict[str, list[Terms]] = defaultdict(list)
        for sentence in self.sentences:
            for term in sentence:
                found[term].append(sentence)
        return found

    @cached_property
    def denials(self) -> list[bool]:
        """Of each sentence, whether it denies."""
        return [
            has_negation(span.of(article.text), language=article_language(article))
            for article in self.articles
            for span in article.sentences
        ]

    @cached_property
    def plans(self) -> list[bool]:
        """Of each sentence, whether it speaks of what is to come."""
        return [
            has_future_words(span.of(article.text), article_language(article))
            for article in self.articles
            for span in article.sentences
        ]

    def holds(self, terms: Terms) -> bool:
        """Whether one sentence holds most of these terms, or all together nearly all of them."""
        known = len(terms & self.all)
        if known < KNOWN * len(terms):
            return False
        return known >= SCATTERED * len(terms) or any(self._like(terms))

    def counted(self, plain: str, matter: Terms) -> bool:
        """Whether a figure was given with anything of this matter: 15 buses say nothing of
        15 dead.
        """
        return any(
            not matter or not other or matter & other for other in self.figures.get(plain, ())
        )

    def turned(self, terms: Terms, *, denying: bool) -> bool:
        """Whether what was said in most of these terms was always said the other way: denied, or
        not denied.
        """
        found = [
            denied for denied, like in zip(self.denials, self._like(terms), strict=True) if like
        ]
        return bool(found) and denying not in found

    def happened(self, day: str, terms: Terms, language: str) -> bool:
        """Whether a sentence told most of these terms of this weekday, and not as a plan."""
        named = frozenset(term_list(day, language=language))
        return any(
            named & other and not planned and len(terms & other) >= KNOWN * len(terms)
            for other, planned in zip(self.sentences, self.plans, strict=True)
        )

    def settled(self, terms: Terms, language: str) -> str | None:
        """A term by which a sentence decides what none of the earlier ones decided; None where
        there is none.
        """
        decisions = sorted(terms & settling_terms(language))
        rest = terms.difference(decisions)
        for one in decisions:
            if not any(
                len(rest & other) >= max(1, LINKED * len(rest))
                for other in self.with_term.get(one, ())
            ):
                return one
        return None

    def _like(self, terms: Terms) -> Iterable[bool]:
        return (len(terms & sentence) >= KNOWN * len(terms) for sentence in self.sentences)


def terms_without_figures(terms: Iterable[str], language: str) -> Terms:
    """A sentence's terms without its figures."""
    return frozenset(term for term in terms if not term[:1].isdigit()) - number_terms(language)
