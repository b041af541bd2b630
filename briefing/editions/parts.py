"""A lead, the words left to it and what else its articles say in; the parts there is room for out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from briefing.editions.lineup import Candidate
from briefing.editions.page import Page
from briefing.editions.repeats import retold, terms_of, unprinted
from briefing.model import Article, Headline, Quote

MOST = {"they said": 1, "numbers": 1, "how it developed": 2}  # quotations of each part; others have one
SHARED = 1 / 2  # of the articles: a term that so many hold belongs to the storyline's matter
LINKS = 2  # terms of the matter that a sentence must hold; a name alone leads anywhere
CLOSE = {"numbers": 0.4}  # share of its terms that must be of the matter: figures stand about everything
IN_TIME = "how it developed"  # offered latest day first, printed as it happened


def fitted(  # noqa: PLR0917 each is a plain value of one caller
    one: Candidate, title: Headline | Quote, summary: Sequence[Quote], page: Page, room: int,
    offered: Mapping[str, Sequence[Quote]],
) -> dict[str, tuple[Quote, ...]]:  # fmt: skip
    """The parts on the storyline's matter that say something not yet printed, within `room` words; placed."""
    parts: dict[str, tuple[Quote, ...]] = {}
    matter = matter_of([*one.current, *one.earlier], title, summary)
    shown = [*summary]
    for name, quotes in offered.items():
        fitting: list[Quote] = []
        for quote in _to_the_matter(quotes, matter) if name == "they said" else quotes:
            if len(fitting) == MOST.get(name, 1):
                break
            free = unprinted([[quote]], page.printed) and not any(retold(quote, other) for other in shown)
            if free and _linked(terms_of(quote), matter, name) and quote.words <= room:
                fitting.append(quote)
                shown.append(quote)
                room -= quote.words
        if fitting:
            page.place(None, fitting)
            parts[name] = tuple(reversed(fitting) if name == IN_TIME else fitting)
    return parts


def _linked(terms: frozenset[str], matter: frozenset[str], name: str) -> bool:
    shared = len(terms & matter)
    return shared >= max(LINKS, CLOSE.get(name, 0.0) * len(terms))


def matter_of(articles: Sequence[Article], title: Headline | Quote, summary: Sequence[Quote] = ()) -> frozenset[str]:
    """What a storyline is about: the terms of its headline, its summary, and those that half of its articles hold."""
    held = Counter(
        term for article in articles for term in {*article.headline_terms, *chain.from_iterable(article.analysis.terms)}
    )
    common = {term for term, count in held.items() if count >= max(2, SHARED * len(articles))}
    told = {term for quote in summary for term in terms_of(quote)}
    return frozenset(term for term in {*common, *told, *title.article.headline_terms} if not term[0].isdigit())


def _to_the_matter(quotes: Sequence[Quote], matter: frozenset[str]) -> list[Quote]:
    """Those that share most terms with the matter first; equal ones as given."""
    return sorted(quotes, key=lambda quote: -len(matter & terms_of(quote)))
