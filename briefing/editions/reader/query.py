"""Storylines and a query in, those that are about it out, with a line for each article of the
others.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.editions.ledger import article_fate
from briefing.editions.reader.profile import HALF, has_words
from briefing.model import Article, Fate, Storyline


def select_by_query(
    storylines: Iterable[Storyline], query: str
) -> tuple[tuple[Storyline, ...], tuple[Fate, ...]]:
    """Storylines of which a headline, or half of the articles, hold every word of the query, in any
    case.
    """
    kept: list[Storyline] = []
    fates: list[Fate] = []
    for one in storylines:
        if _is_about_query(one, query.split()):
            kept.append(one)
        else:
            fates += [
                article_fate(article, "not asked for", f"'{query}'") for article in one.articles
            ]
    return tuple(kept), tuple(fates)


def _is_about_query(one: Storyline, words: list[str]) -> bool:
    headlines = [str(one.headline), *(article.headline or "" for article in one.articles)]
    if any(_has_all_words(headline, words) for headline in headlines):
        return True
    fitting = [article for article in one.articles if _has_all_words(_full_text(article), words)]
    return len(fitting) >= max(1.0, HALF * len(one.articles))


def _full_text(article: Article) -> str:
    return f"{article.headline or ''}\n{article.text}"


def _has_all_words(text: str, words: list[str]) -> bool:
    return bool(words) and all(has_words(text, (word,)) for word in words)
