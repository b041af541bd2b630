"""A storyline's articles and a day in, its volume by day and its phase in a word out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from briefing.editions.windows import instant
from briefing.model import Article

DAYS = 14  # shown as bars
QUIET = 7  # days without an article after which a storyline that comes back counts as reopened
FADED = 0.5  # share of its busiest day at or below which a storyline of three days or more is fading


def volume(articles: Sequence[Article], day: date, timezone: str) -> tuple[int, ...]:
    """Articles a day for 14 days, oldest first, `day` last; days of the zone. Empty where nothing is dated."""
    days = Counter(_day(article, day, timezone) for article in reports(articles) if article.published)
    if not days:
        return ()
    return tuple(days[day - timedelta(days=back)] for back in range(DAYS - 1, -1, -1))


def phase(articles: Sequence[Article], day: date, timezone: str, *, first_seen: date | None = None) -> str:
    """One of "new", "updated", "day 3", "fading", "reopened"; "undated" where nothing tells.

    new: nothing before `day`. reopened: more than 7 quiet days before. fading: third day or later and at most half the
    articles of its busiest day. day n: reported every day so far; updated: with gaps.
    """
    dated = [_day(article, day, timezone) for article in articles if article.published]
    if not dated and first_seen is None:
        return "undated"
    earlier = sorted({reported for reported in [*dated, *([first_seen] if first_seen else [])] if reported < day})
    if not earlier:
        return "new"
    if (day - earlier[-1]).days > QUIET:
        return "reopened"
    counts = Counter(_day(article, day, timezone) for article in reports(articles) if article.published)
    number = (day - earlier[0]).days + 1
    if number > 2 and counts[day] <= FADED * max(counts.values()):
        return "fading"
    return f"day {number}" if len(earlier) == number - 1 else "updated"


def reports(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles, of a live blog only one a day: thirty posts are not thirty reports."""
    once: dict[tuple[str, object], Article] = {}
    for article in articles:
        blog = article.part_of if article.kind in ("live blog", "update") else None
        once.setdefault((blog, article.published and article.published.day) if blog else ("", article.id), article)
    return tuple(once.values())


def _day(article: Article, otherwise: date, timezone: str) -> date:
    if article.published is None:
        return otherwise
    return instant(article.published, timezone).astimezone(ZoneInfo(timezone)).date()
