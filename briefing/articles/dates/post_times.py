"""A line in, when it says a post was put up: "10.42am", "14:05 | Talks fail", "Posted at 18:20 19
Nov", "2h ago".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from functools import lru_cache
from itertools import pairwise

from briefing.articles.dates import grammar, names
from briefing.model import Moment

_MONTH = "|".join(sorted(map(re.escape, names.MONTHS), key=lambda name: (-len(name), name)))
_DAY = (
    rf"(?:(?:{names.WEEKDAYS})\.?,?\s*)?"
    rf"(?:\d{{1,2}}\.?(?:st|nd|rd|th)?\s(?:de\s)?(?:{_MONTH})\b\.?|(?:{_MONTH})\b\.?\s\d{{1,2}}\b)"
)
_LABEL = (
    r"(?:(?:posted|published|updated?|filed|entry|post|live|stand|aktualisiert|publié|mis "
    r"à jour|publicado)\s*"
    r"(?:at|um|on|à|a las)?\s*:?\s*|(?:at|um|à)\s)?"
)
_CLOCK = (
    r"(?:(?P<h>[01]?\d|2[0-3])[:.h](?P<min>[0-5]\d)(?!\d)\s*(?P<ap>[ap]\.?\s?m\b\.?)?"
    r"|(?P<h2>1[0-2]|0?[1-9])\s?(?P<ap2>[ap]\.?m\b\.?))"
)
_ZONE = rf"(?:\s*(?:Uhr|hrs|h)\b)?(?:\s*\(?(?:{'|'.join(names.ZONES)}|local)\b(?: time)?\)?)?"
_REST = r"(?:\s*$|\s*[-–—:|•·]\s*(?P<rest>\S.*)$)"
_TIME = re.compile(
    rf"(?i){_LABEL}(?:(?P<day>{_DAY}),?\s+(?:at\s+)?)?{_CLOCK}{_ZONE}(?:,?\s*(?:on\s+)?{_DAY})?{_REST}"
)
_AGO = re.compile(rf"(?i){_LABEL}{grammar.AGE}{_REST}")
_HOUR = re.compile(rf"(?i){_CLOCK}" + grammar.ZONED)
_DAYS = re.compile(
    rf"(?i)\b(?P<d1>\d{{1,2}})\.?(?:st|nd|rd|th)?\s(?:de\s)?(?P<m1>{_MONTH})\b\.?|\b(?P<m2>{_MONTH})\b\.?\s(?P<d2>\d{{1,2}})\b"
)
_DIGIT = re.compile(r"\d")
NOON = 12
RUNS = 0.7  # of the steps from post to post that go one way, forwards or backwards


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a line says of a post's time; `rest` is where the post's words begin on the same
    line.
    """

    minutes: int | None  # of the day, where it is stated
    aged: bool = False
    rest: int | None = None


@lru_cache(maxsize=4096)  # asked three times of a line
def parse_stamp(text: str) -> Stamp | None:
    """None for a line that says anything but a time, a day and (behind a mark) a post's first
    words.
    """
    if grammar.is_date_line(text):
        return Stamp(_find_clock(text), aged=grammar.is_age(text))
    start = text[:60]
    if not _DIGIT.search(text, 0, 30):
        return None
    if match := _TIME.match(text):
        return Stamp(_minutes_of_day(match), rest=match.start("rest") if match["rest"] else None)
    if "ago" in start.lower() and (match := _AGO.match(text)):
        return Stamp(None, aged=True, rest=match.start("rest") if match["rest"] else None)
    return None


def parse_post_time(text: str, day: date, *, zone: tzinfo = UTC) -> Moment | None:
    """When a line says that a post was put up on a page of that day, whose year it is too; None for
    any other line.
    """
    match = _TIME.match(text)
    if match is None or match["rest"] or not _HOUR.search(text):
        return None
    if named := _DAYS.search(text):
        month = names.MONTHS[(named["m1"] or named["m2"]).casefold()]
        try:
            day = day.replace(month=month, day=int(named["d1"] or named["d2"]))
        except ValueError:
            return None
        text = text[: named.start()] + " " + text[named.end() :]
    clock = _HOUR.search(text)
    return grammar.parse_clock_time(clock[0], day, zone=zone) if clock else None


def is_in_order(stamps: Sequence[Stamp]) -> bool:
    """Whether posts run on in time, one way or the other; where no clock is stated nothing speaks
    against it.
    """
    clocks = [stamp.minutes for stamp in stamps if stamp.minutes is not None]
    steps = [b - a for a, b in pairwise(clocks)]
    later, earlier = sum(step >= 0 for step in steps), sum(step <= 0 for step in steps)
    return max(later, earlier) >= RUNS * len(steps)


def _find_clock(text: str) -> int | None:
    match = re.search(_CLOCK, text, re.IGNORECASE)
    return _minutes_of_day(match) if match else None


def _minutes_of_day(match: re.Match[str]) -> int:
    hour, half = int(match["h"] or match["h2"]), (match["ap"] or match["ap2"] or "").lower()[:1]
    if half and hour <= NOON:
        hour = hour % NOON + (NOON if half == "p" else 0)
    return 60 * hour + int(match["min"] or 0)
