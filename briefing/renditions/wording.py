"""Dates, times, counts and volumes in, the few words the program itself adds to an edition out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefing.model import Moment, Window

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
BARS = "▁▂▃▄▅▆▇█"
DATE_UNKNOWN = "date not stated"
MAIN_COUNTS = ("documents", "articles", "copies", "storylines", "outlets")

REASONS = {
    "outlets": "independent outlets report it",
    "articles": "number of reports",
    "followed": "reports so far",
    "recency": "fresh",
    "change": "more reports than the day before",
    "new": "new",
    "keep": "kept by the editor's rule",
    "outlet weight": "weight of its outlets",
}


def reason(part: str) -> str:
    """A part of a score in words; one that a profile names itself (an interest) as it is."""
    return REASONS.get(part, part)


def day(when: date, *, year: int | None = None) -> str:
    """`5 March 2026`, or `5 March` within the year given."""
    text = f"{when.day} {MONTHS[when.month - 1]}"
    return text if when.year == year else f"{text} {when.year}"


def long_day(when: date) -> str:
    """`Thursday 5 March 2026`."""
    return f"{WEEKDAYS[when.weekday()]} {day(when)}"


def moment(when: Moment | None, *, year: int | None = None, zone: str = "UTC") -> str:
    """As far as the source states it, in the source's own time; its offset is named where the edition's differs."""
    if when is None:
        return DATE_UNKNOWN
    if when.precision == "day":
        return day(when.day, year=year)
    offset = when.at.utcoffset() or timedelta()
    here = when.at.astimezone(ZoneInfo(zone)).utcoffset()
    return f"{day(when.day, year=year)} {when.at:%H:%M}" + ("" if offset == here else f" {_offset(offset)}")


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" if not minutes else f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def window(span: Window, *, zone: str = "UTC") -> str:
    """`Wed 4 March 06:00 to Thu 5 March 06:00 (Europe/Berlin)`; an open side is said in words."""
    if covered := _whole_day(span, zone):
        return f"{covered}, 00:00 to 24:00 ({zone})"
    start, stop = (None if at is None else _hour(at, zone) for at in (span.start, span.stop))
    if start and stop:
        return f"{start} to {stop} ({zone})"
    if start:
        return f"since {start} ({zone})"
    return f"until {stop} ({zone})" if stop else ""


def _whole_day(span: Window, zone: str) -> str:
    """The day that a window is exactly, from midnight to midnight; empty for any other window."""
    if span.start is None or span.stop is None:
        return ""
    start, stop = (at.astimezone(ZoneInfo(zone)) for at in (span.start, span.stop))
    midnights = start.time() == stop.time() == time()
    return day(start.date()) if midnights and stop.date() - start.date() == timedelta(days=1) else ""


def _hour(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{WEEKDAYS[local.weekday()][:3]} {local.day} {MONTHS[local.month - 1]} {local:%H:%M}"


def count(number: int, noun: str) -> str:
    """`1 article`, `1,204 articles`."""
    plural = {"copy": "copies", "storyline": "storylines"}.get(noun, noun + "s")
    return f"{number:,} {noun if number == 1 else plural}"


def counted(number: int, name: str) -> str:
    """A count as the edition names it: `1 copy` of `copies`, `8 undated` of `undated`."""
    single = {"copies": "copy"}.get(name, name.removesuffix("s"))
    return f"{number:,} {single if number == 1 else name}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def volume(counts: Sequence[int], last: date) -> str:
    """`6 articles on 5 March; 17 in 14 days, most on 4 March (8)`."""
    if not counts:
        return ""
    today = f"{count(counts[-1], 'article')} on {day(last, year=last.year)}"
    if len(counts) == 1 or sum(counts) == counts[-1]:
        return today
    peak = max(range(len(counts)), key=lambda position: (counts[position], position))
    most = last - timedelta(days=len(counts) - 1 - peak)
    return f"{today}; {sum(counts):,} in {len(counts)} days, most on {day(most, year=last.year)} ({counts[peak]:,})"


def bars(counts: Sequence[int]) -> str:
    """One block a day, the highest for the busiest; the lowest block is no article at all."""
    top = max(counts, default=0)
    return "".join(BARS[0] if not number else BARS[max(1, round(7 * number / top))] for number in counts)


def capital(text: str) -> str:
    """First letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]
