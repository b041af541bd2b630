"""Licences and what is quoted so far in, whether more may be quoted out: limits of an article and
of an outlet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from briefing.model import Article, Licence, Quote


def find_licence(article: Article, licences: Iterable[Licence]) -> Licence | None:
    """The first that fits; None where none does."""
    return next((one for one in licences if one.fits(article)), None)


class Account:
    """Words quoted so far, by article and by outlet, held against the licences."""

    def __init__(self, licences: Sequence[Licence] = ()) -> None:
        self._licences = licences
        self._articles: Counter[str] = Counter()
        self._outlets: Counter[str] = Counter()

    def allows(self, quotes: Iterable[Quote]) -> bool:
        """Whether these may be quoted beside what is."""
        return not self._licences or not any(True for _ in self.excesses(quotes))

    def excesses(self, quotes: Iterable[Quote]) -> Iterable[tuple[Article, int, int]]:
        """Articles of which too much would be quoted: the words there would be, and how many may
        be.
        """
        articles, outlets = self._articles.copy(), self._outlets.copy()
        for quote in quotes:
            article, licence = quote.article, find_licence(quote.article, self._licences)
            most = licence.allowance(article) if licence else None
            articles[article.id] += quote.words
            outlets[article.outlet or article.document] += quote.words
            if most is not None and articles[article.id] > most:
                yield article, articles[article.id], most
            elif licence and 0 < licence.edition < outlets[article.outlet or article.document]:
                yield article, outlets[article.outlet or article.document], licence.edition

    def enter(self, quotes: Iterable[Quote]) -> None:
        for quote in quotes:
            self._articles[quote.article.id] += quote.words
            self._outlets[quote.article.outlet or quote.article.document] += quote.words
