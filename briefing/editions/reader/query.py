"""Storylines and a query in, those that are about it out, with a line for each article of the others."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.editions.ledger import fate_of
from briefing.editions.reader.profile import HALF, holds
from briefing.model import Article, Fate, Storyline


def asked_for(storylines: Iterable[Storyline], query: str) -> tuple[tuple[Storyline, ...], tuple[Fate, ...]]:
    """Storylines of which a headline, or half of the articles, hold every word of the query, in any case."""
    kept: list[Storyline] = []
    fates: list[Fate] = []
    for one in storylines:
        if _about(one, query.split()):
            kept.append(one)
        else:
            fates += [fate_of(article, "not asked for", f"'{query}'") for article in one.articles]
    return tuple(kept), tuple(fates)


def _about(one: Storyline, words: list[str]) -> bool:
    headlines = [str(one.headline), *(article.headline or "" for article in one.articles)]
    if any(_holds_all(headline, words) for headline in headlines):
        return True
    fitting = [article for article in one.articles if _holds_all(_whole(article), words)]
    return len(fitting) >= max(1.0, HALF * len(one.articles))


def _whole(article: Article) -> str:
    return f"{article.headline or ''}\n{article.text}"


def _holds_all(text: str, words: list[str]) -> bool:
    return bool(words) and all(holds(text, (word,)) for word in words)
