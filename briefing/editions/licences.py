"""Licences and what is quoted so far in, whether more may be quoted out: limits of an article and of an outlet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from briefing.model import Article, Licence, Quote


def licence_of(article: Article, licences: Iterable[Licence]) -> Licence | None:
    """The first that fits what the article's source or the article itself states; None where none does."""
    stated = (article.licence or "").casefold()
    return next((one for one in licences if fnmatchcase(stated, one.name.casefold())), None)


def allowance(article: Article, licence: Licence | None) -> int | None:
    """Words of the article that one edition may quote; None for all of them."""
    if licence is None or licence.text == "full":
        return None
    if licence.text == "headline":
        return 0
    share = len(article.text.split()) * licence.percent // 100
    limits = [limit for limit, stated in ((licence.words, licence.words), (share, licence.percent)) if stated]
    return min(limits, default=None)


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
        """Articles of which too much would be quoted: the words there would be, and how many may be."""
        articles, outlets = self._articles.copy(), self._outlets.copy()
        for quote in quotes:
            article, licence = quote.article, licence_of(quote.article, self._licences)
            most = allowance(article, licence)
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
