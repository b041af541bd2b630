"""Articles in, their places in time out: an order that never depends on how they came, and days as
numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from briefing.model import Article

NOON = 0.5  # an article dated by day alone counts as of noon: at most half a day wrong
SECONDS_A_DAY = 86400.0
LAST = datetime.max.replace(tzinfo=UTC)  # undated articles come after the dated


def sort_by_time(articles: Iterable[Article]) -> tuple[Article, ...]:
    """By time, then id; each id once."""
    once = {
        article.id: article for article in sorted(articles, key=lambda article: article.document)
    }
    return tuple(sorted(once.values(), key=time_key))


def time_key(article: Article) -> tuple[datetime, str]:
    """What articles are sorted by; undated ones come last."""
    return (article.published.at if article.published else LAST, article.id)


def epoch_days(articles: Sequence[Article]) -> NDArray[np.float64]:
    """Days since 1970 of each article, with fractions; NaN where none is stated."""
    return np.array([_epoch_day(article) for article in articles], dtype=np.float64)


def _epoch_day(article: Article) -> float:
    if article.published is None:
        return float("nan")
    day = article.published.at.timestamp() / SECONDS_A_DAY
    return day + NOON if article.published.precision == "day" else day
