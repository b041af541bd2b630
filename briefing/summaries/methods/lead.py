"""articles > positions, first sentences first: the baseline that news makes hard to beat."""

from __future__ import annotations

from briefing.model import Articles
from briefing.summaries.protocols import Limit, Position


def rank_by_lead(articles: Articles, /, *, limit: Limit) -> list[Position]:  # noqa: ARG001 - ranks all, whatever the limit
    """Every article's first sentence, then every article's second, and so on. `limit` changes
    nothing.
    """
    longest = max((len(article.sentences) for article in articles), default=0)
    return [
        (a, s)
        for s in range(longest)
        for a, article in enumerate(articles)
        if s < len(article.sentences)
    ]
