"""A day and a time zone in, the window of an edition out; a moment and a window in, whether it lies
inside.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefing.model import Moment, Window

NOON = time(12)


def day_window(day: date | None, timezone: str) -> Window:
    """That day from midnight to midnight in the zone: 23 to 25 hours where clocks change; open for
    None.
    """
    if day is None:
        return Window()
    zone = ZoneInfo(timezone)
    return Window(
        datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)
    )


def week_window(day: date, timezone: str) -> Window:
    """The seven days up to that one, from midnight to midnight."""
    return Window(
        day_window(day - timedelta(days=6), timezone).start, day_window(day, timezone).stop
    )


def next_window(last: Window, due: datetime) -> Window:
    """From the end of the last edition to this one's due time: nothing falls between two
    editions.
    """
    return Window(last.stop, due)


def due_instant(day: date, clock: time, timezone: str) -> datetime:
    """When the edition of a day is due; an hour that clocks skip is the same instant after the
    change.
    """
    zone = ZoneInfo(timezone)
    return datetime.combine(day, clock, zone).astimezone(ZoneInfo("UTC")).astimezone(zone)


def resolve_instant(moment: Moment, timezone: str) -> datetime:
    """When a moment counts as: a day without a time is that day's noon in the zone, so one window
    alone holds it.

    Midnight to the second is how many publishing systems write a day without a time.
    """
    if moment.precision == "day" or moment.at.time() == time():
        return datetime.combine(moment.day, NOON, ZoneInfo(timezone))
    return moment.at


def is_inside(moment: Moment | None, window: Window, timezone: str) -> bool:
    """Whether a moment lies in the window, start excluded, stop included. An unknown moment lies in
    every one.
    """
    return not (is_before(moment, window, timezone) or is_after(moment, window, timezone))


def is_before(moment: Moment | None, window: Window, timezone: str) -> bool:
    return (
        moment is not None
        and window.start is not None
        and resolve_instant(moment, timezone) <= window.start
    )


def is_after(moment: Moment | None, window: Window, timezone: str) -> bool:
    return (
        moment is not None
        and window.stop is not None
        and resolve_instant(moment, timezone) > window.stop
    )
