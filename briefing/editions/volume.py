"""A storyline's articles and an edition's days in, its volume by day and its phase in a word out.

The days of an edition end when its window ends: at 06:00 the last of them began yesterday at 06:00.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from briefing.editions.windows import resolve_instant
from briefing.model import Article, Window, news_day

DAYS = 14  # shown as bars
QUIET = 7  # days without an article after which a storyline that comes back counts as reopened
# share of its busiest day of the last week at or below which a storyline of three days or more is
# fading …
FADED = 0.5
BUSY = 3  # … where that day had so many reports: of two outlets one is silent now and then
# and Sunday: fewer outlets report, so that silence breaks no row of days and little is no fading
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Days:
    """The days that an edition counts by, from its hour to its hour; of the calendar where it
    states no end.
    """

    last: date  # each is called by the date that most of it lies in
    timezone: str
    stop: datetime | None = None  # when the last one ends, by the clocks of the zone and without it
    arrived: frozenset[str] = (
        frozenset()
    )  # ids of articles that count as of the last one, whenever they are from

    def of(self, article: Article) -> date:
        """The day that an article counts as of; the last one where nothing tells."""
        if article.published is None or article.id in self.arrived:
            return self.last
        local = (
            resolve_instant(article.published, self.timezone)
            .astimezone(ZoneInfo(self.timezone))
            .replace(tzinfo=None)
        )
        if self.stop is None:
            return local.date()
        return self.last - timedelta(days=(self.stop - local) // timedelta(days=1))


def days_of(
    window: Window, day: date, timezone: str, arrived: frozenset[str] = frozenset()
) -> Days:
    """The days of the edition of `day`; the last one is called by the date that most of it
    lies in.
    """
    stop = window.stop.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) if window.stop else None
    return Days(news_day(window, day, timezone), timezone, stop, arrived)


def daily_volume(articles: Sequence[Article], days: Days) -> tuple[int, ...]:
    """Articles a day for 14 days, oldest first. Empty where nothing is dated."""
    counts = Counter(map(days.of, distinct_reports(articles, days)))
    if not any(article.published for article in articles):
        return ()
    return tuple(counts[days.last - timedelta(days=back)] for back in range(DAYS - 1, -1, -1))


def storyline_phase(
    articles: Sequence[Article], days: Days, *, first_seen: date | None = None
) -> str:
    """One of "new", "updated", "day 3", "fading", "reopened"; "undated" where nothing tells.

    new: nothing before the last day. reopened: more than 7 quiet days before. fading: third day or
    later, on no Saturday or Sunday, with at most half the reports of the busiest day of the week
    before, of three or more. day n: reported every day so far, Saturdays and Sundays aside;
    updated: with gaps.
    """
    day = days.last
    dated = [days.of(article) for article in articles if article.published]
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
        days.of(article) for article in distinct_reports(articles, days) if article.published
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


def distinct_reports(articles: Iterable[Article], days: Days) -> tuple[Article, ...]:
    """The articles, of a live blog only one a day: thirty posts are not thirty reports."""
    once: dict[tuple[str, object], Article] = {}
    for article in articles:
        blog = article.part_of if article.kind in ("live blog", "update") else None
        once.setdefault((blog, days.of(article)) if blog else ("", article.id), article)
    return tuple(once.values())
