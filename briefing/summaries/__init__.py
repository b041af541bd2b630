"""3. articles > summaries: which sentences to keep; ranks, never writes."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.model import Article, Articles, Quote, Summary
from briefing.summaries.lead import lead
from briefing.summaries.limits import Limit, Position, Summariser

SUMMARISERS: Mapping[str, Summariser] = {"lead": lead}
default: Summariser = lead


def summarise(article: Article, /, summariser: Summariser = default, *, sentences: int = 3) -> Summary:
    """The best few sentences of an article, put back in the order they were written."""
    best = sorted(summariser((article,), limit=Limit(sentences))[:sentences])
    return Summary(tuple(Quote(article, article.sentences[i]) for _, i in best))


def digest(
    articles: Articles, /, summariser: Summariser = default, *, words: int = 150, sentences: int | None = None
) -> Summary:
    """The best sentences of several articles, within a hard limit of words: a sentence is left out, never cut."""
    limit, kept = Limit(sentences, words), list[Position]()
    for position in summariser(articles, limit=limit):
        total = sum(quote(articles, place).words for place in [*kept, position])
        if limit.admits(len(kept) + 1, total):
            kept.append(position)
    return Summary(tuple(quote(articles, place) for place in sorted(kept)))


def quote(articles: Articles, position: Position) -> Quote:
    article = articles[position[0]]
    return Quote(article, article.sentences[position[1]])


__all__ = ["SUMMARISERS", "Limit", "Summariser", "default", "digest", "summarise"]
