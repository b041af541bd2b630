"""The time, and when each day's edition is due, to the days whose edition is to be made: one for
every local day.

Days are counted, not hours, so a clock change, a host that slept, or a clock set back leaves none
out and makes none twice. `due` answers the instant of a local day's edition; a skipped or repeated
hour is one instant there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta
from itertools import islice

Due = Callable[[date], datetime]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AHEAD = timedelta(
    days=1
)  # the local day may be one ahead of the day of `now`, wherever that is counted
SEARCHED = 366  # days looked through for one that has an edition


def missing_days(
    now: datetime, due: Due, *, weekdays: Collection[str], last: date | None, most: int
) -> tuple[date, ...]:
    """The days after `last` whose edition is due by now and not made, oldest first, the newest
    `most` of them.

    Without a `last`, for the first run ever, only the newest.
    """
    days = islice(_due_days_backwards(now, due, weekdays), most if last else 1)
    return tuple(sorted(day for day in days if last is None or day > last))


def _due_days_backwards(now: datetime, due: Due, weekdays: Collection[str]) -> Iterator[date]:
    first = now.date() + AHEAD
    days = (first - timedelta(days=number) for number in range(SEARCHED))
    return (day for day in days if has_edition(day, weekdays) and due(day) <= now)


def upcoming_days(now: datetime, due: Due, *, weekdays: Collection[str]) -> Iterator[date]:
    """The days whose edition is still to come, soonest first."""
    first = now.date() - AHEAD
    days = (first + timedelta(days=number) for number in range(SEARCHED))
    return (day for day in days if has_edition(day, weekdays) and due(day) > now)


def previous_edition_day(day: date, *, weekdays: Collection[str]) -> date:
    """The day whose edition comes before that of `day`: where its window begins."""
    days = (day - timedelta(days=number) for number in range(1, SEARCHED))
    return next(earlier for earlier in days if has_edition(earlier, weekdays))


def has_edition(day: date, weekdays: Collection[str]) -> bool:
    return DAYS[day.weekday()] in weekdays
