"""Dates, times, counts and volumes in, the few words the program itself adds to an edition out, in
its language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefing.model import Edition, Moment, Window
from briefing.renditions.localisation.catalogue import Messages

BARS = "▁▂▃▄▅▆▇█"
MAIN_COUNTS = ("documents", "articles", "copies", "storylines", "outlets")
SEVERAL_DAYS = timedelta(days=5)  # from which on a window is no longer called by its beginning
LITTLE = (
    0.15  # points below which a part of the score is not worth a reader's time; the JSON has all
)


def format_day(say: Messages, when: date, *, year: int | None = None) -> str:
    """`5 March 2026`, or `5 March` within the year given."""
    return say.date("day" if when.year == year else "day_with_year", when)


def format_long_day(say: Messages, when: date) -> str:
    """`Thursday 5 March 2026`."""
    return say.date("long_day", when)


def format_moment(
    say: Messages, when: Moment | None, *, year: int | None = None, zone: str = "UTC"
) -> str:
    """As far as the source states it, in the source's own time; its offset is named where the
    edition's differs.
    """
    if when is None:
        return say("date_unknown")
    if when.precision == "day":
        return format_day(say, when.day, year=year)
    offset = when.at.utcoffset() or timedelta()
    here = when.at.astimezone(ZoneInfo(zone)).utcoffset()
    return f"{format_day(say, when.day, year=year)} {when.at:%H:%M}" + (
        "" if offset == here else f" {_format_offset(offset)}"
    )


def _format_offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return (
        "UTC"
        if not minutes
        else f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
    )


def format_window(say: Messages, span: Window, *, zone: str = "UTC") -> str:
    """`Wed 4 March 06:00 to Thu 5 March 06:00 (Europe/Berlin)`; an open side is said in words."""
    if covered := _whole_day(span, zone):
        return say("window_day", day=format_day(say, covered), zone=zone)
    start, stop = (
        at and say.date("hour", at.astimezone(ZoneInfo(zone))) for at in (span.start, span.stop)
    )
    if start and stop:
        return say("window", start=start, stop=stop, zone=zone)
    if start:
        return say("window_since", start=start, zone=zone)
    return say("window_until", stop=stop, zone=zone) if stop else ""


def _whole_day(span: Window, zone: str) -> date | None:
    """The day that a window is exactly, from midnight to midnight; None for any other window."""
    if span.start is None or span.stop is None:
        return None
    start, stop = (at.astimezone(ZoneInfo(zone)) for at in (span.start, span.stop))
    midnights = start.time() == stop.time() == time()
    return start.date() if midnights and stop.date() - start.date() == timedelta(days=1) else None


def format_reason(say: Messages, score: Mapping[str, float]) -> str:
    """`outlets that report it (2.4 points), new (1.0): 3.4 in all`, most first; what gives little
    is left out.
    """
    parts = sorted(score.items(), key=lambda part: -abs(part[1]))
    told = [
        (say.recorded(name), _format_points(say, points))
        for name, points in parts
        if abs(points) >= LITTLE
    ]
    said = [
        say("points" if number else "points_first", part=part, points=points)
        for number, (part, points) in enumerate(told)
    ]
    return (
        say("reason", parts=say.listed(said), total=_format_points(say, sum(score.values())))
        if said
        else ""
    )


def _format_points(say: Messages, points: float) -> str:
    return say.number(round(points, 9), "0.0")


def since(say: Messages, edition: Edition) -> str:
    """`since yesterday 06:00`, `since Fri 6 March 06:00`: when its window began; "" for a day or an
    open one.
    """
    start, stop = edition.window.start, edition.window.stop
    if (
        not start
        or not stop
        or stop - start > SEVERAL_DAYS
        or _whole_day(edition.window, edition.timezone)
    ):
        return ""
    local = start.astimezone(ZoneInfo(edition.timezone))
    if local.date() == edition.date - timedelta(days=1):
        return say("since_yesterday", time=f"{local:%H:%M}")
    return say("since_moment", start=say.date("hour", local))


def describe_volume(say: Messages, counts: Sequence[int], last: date, since: str = "") -> str:
    """`6 articles on 5 March; 17 in 14 days, most on 4 March (8)`; or `6 articles since yesterday
    06:00; …`.
    """
    if not counts:
        return ""
    many = say.count("articles", counts[-1])
    on = format_day(say, last, year=last.year)
    today = (
        say("volume_since", articles=many, since=since)
        if since
        else say("volume_day", articles=many, day=on)
    )
    if len(counts) == 1 or sum(counts) == counts[-1]:
        return today
    peak = max(range(len(counts)), key=lambda position: (counts[position], position))
    most = last - timedelta(days=len(counts) - 1 - peak)
    return say(
        "volume",
        today=today,
        total=say.number(sum(counts)),
        days=say.count("days", len(counts)),
        day=format_day(say, most, year=last.year),
        most=say.number(counts[peak]),
    )


def draw_bars(counts: Sequence[int]) -> str:
    """One block a day, the highest for the busiest; the lowest block is no article at all."""
    top = max(counts, default=0)
    return "".join(
        BARS[0] if not number else BARS[max(1, round(7 * number / top))] for number in counts
    )


def capitalise(text: str) -> str:
    """First letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def format_timestamp(when: datetime | None, day_: date) -> str:
    """RFC 3339, for feeds: when the window ended, else the beginning of the day."""
    return when.isoformat() if when else f"{day_.isoformat()}T00:00:00+00:00"
