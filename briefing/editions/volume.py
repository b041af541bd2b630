"""A storyline's articles and a day in, its volume by day and its phase in a word out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from briefing.editions.windows import resolve_instant
from briefing.model import Article

DAYS = 14  # shown as bars
QUIET = 7  # days without an article after which a storyline that comes back counts as reopened
# share of its busiest day of the last week at or below which a storyline of three days or more is
# fading …
FADED = 0.5
BUSY = 3  # … where that day had so many reports: of two outlets one is silent now and then
# and Sunday: fewer outlets report, so that silence breaks no row of days and little is no fading
SATURDAY = 5


def daily_volume(articles: Sequence[Article], day: date, timezone: str) -> tuple[int, ...]:
    """Articles a day for 14 days, oldest first, `day` last; days of the zone. Empty where nothing
    is dated.
    """
    days = Counter(
        _report_day(article, day, timezone)
        for article in distinct_reports(articles)
        if article.published
    )
    if not days:
        return ()
    return tuple(days[day - timedelta(days=back)] for back in range(DAYS - 1, -1, -1))


def storyline_phase(
    articles: Sequence[Article], day: date, timezone: str, *, first_seen: date | None = None
) -> str:
    """One of "new", "updated", "day 3", "fading", "reopened"; "undated" where nothing tells.

    new: nothing before `day`. reopened: more than 7 quiet days before. fading: third day or later,
    on no Saturday or Sunday, with at most half the reports of the busiest day of the week before,
    of three or more. day n: reported every day so far, Saturdays and Sundays aside; updated: with
    gaps.
    """
    dated = [_report_day(article, day, timezone) for article in articles if article.published]
    if not dated and first_seen is None:
        return "undated"
    earlier = sorted(
        {reported for reported in [*dated, *([first_seen] if first_seen else [])] if reported < day}
    )
    if not earlier:
        return "new"
    if (day - earlier[-1]).days > QUIET:
        return "reopened"
    counts = Counter(
        _report_day(article, day, timezone)
        for article in distinct_reports(articles)
        if article.published
    )
    first = earlier[0]
    if (day - first).days > 1 and _is_fading(counts, day):
        return "fading"
    missing = {first + timedelta(days=n) for n in range((day - first).days)}.difference(earlier)
    whole = all(one.weekday() >= SATURDAY for one in missing)
    return f"day {(day - first).days + 1}" if whole else "updated"


def _is_fading(counts: Mapping[date, int], day: date) -> bool:
    busiest = max(counts.get(day - timedelta(days=back), 0) for back in range(1, QUIET + 1))
    return day.weekday() < SATURDAY and busiest >= BUSY and counts.get(day, 0) <= FADED * busiest


def distinct_reports(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles, of a live blog only one a day: thirty posts are not thirty reports."""
    once: dict[tuple[str, object], Article] = {}
    for article in articles:
        blog = article.part_of if article.kind in ("live blog", "update") else None
        once.setdefault(
            (blog, article.published and article.published.day) if blog else ("", article.id),
            article,
        )
    return tuple(once.values())


def _report_day(article: Article, otherwise: date, timezone: str) -> date:
    if article.published is None:
        return otherwise
    return resolve_instant(article.published, timezone).astimezone(ZoneInfo(timezone)).date()
