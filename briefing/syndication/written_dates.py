"""Read a date that stands alone in a field, in any order and language that feeds use.

Unknown beats wrong: what has words that nobody knows around its day, a day that may be two, or a
year without news is no date; an hour in an unknown zone leaves the day alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from briefing.syndication import date_words as words

Order = Literal["day", "month"]  # what stands first in 03-04-2026
EARLIEST = 1990  # before the web: year 1 and 1970 are what broken software writes for "unknown"
LATEST = 2200
_LONGEST = 90  # characters; "Wednesday, 4 September 2026 at 07:30:00 GMT+0200 (Central …)" has 80
_ISO = re.compile(
    r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")  # since 1970, also in thousandths
_FIGURES = re.compile(r"(?<![\d:])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)")
_OFFSET = re.compile(r"(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d\d))?")
_MARKS = " \t,;|·•–—-()[]./"
_BETWEEN = """
    at um à as às a las kl. kl klo ore o os uhr hrs h h. den le the il el di de del of г г. року"""
_LINKS = frozenset(_BETWEEN.split())


@dataclass(frozen=True, slots=True)
class Written:
    """What a field states: a moment with its offset, or a day, whose midnight `at` then is."""

    at: datetime
    whole_day: bool = False


def read_date(text: str, *, order: Order | None = None) -> Written | None:
    """The date of a field; `order` says which of two figures is the day, where both may be.

    >>> read_date("2026年3月4日 07:30").at.isoformat()
    '2026-03-04T07:30:00+00:00'
    """
    plain = _fold_digits(text).strip()
    if not plain or len(plain) > _LONGEST:
        return None
    try:
        found = _read_machine_date(plain) or _read_words(plain, order)
    except (ValueError, OverflowError):
        return None
    return found if found and EARLIEST <= found.at.year <= LATEST else None


def parse_moment(text: str | None) -> datetime | None:
    """The moment of a field alone; of a day without an hour, its midnight."""
    found = read_date(text) if text else None
    return found.at if found else None


def day_order(texts: Iterable[str], language: str | None = None) -> Order | None:
    """Whether the dates of one feed have the day or the month first: by those of its dates that can
    only be one, else by its language. None where they contradict each other, or nothing tells.
    """
    found = [match for text in texts if (match := _FIGURES.search(_fold_digits(text)))]
    shown = {order for match in found if (order := _only_order(int(match[1]), int(match[3])))}
    if shown:
        return shown.pop() if len(shown) == 1 else None
    code = (language or "").strip().lower().replace("_", "-")
    if code in words.MONTH_FIRST:
        return "month"
    known = code if code.startswith("en") else code[:2]
    return "day" if known in words.DAY_FIRST else None


def _only_order(first: int, second: int) -> Order | None:
    if first > 12 >= second:
        return "day"
    return "month" if second > 12 >= first else None


def _fold_digits(text: str) -> str:
    """Full-width, Arabic and Indian figures as 0 to 9, every space as a space, marks of direction
    gone.
    """
    folded = unicodedata.normalize("NFKC", text[: 4 * _LONGEST])
    figures = (str(unicodedata.decimal(each, "")) or each for each in folded)
    plain = "".join(" " if each.isspace() else each for each in figures)
    return re.sub("[\u200b-\u200f\u202a-\u202e]", "", plain)


def _read_machine_date(text: str) -> Written | None:
    if _ISO.fullmatch(text):
        at = datetime.fromisoformat(text.replace(",", "."))
        return Written(
            at if at.tzinfo else at.replace(tzinfo=UTC), ":" not in text and len(text) <= 10
        )
    if stamp := _STAMP.fullmatch(text):
        return Written(datetime(*map(int, stamp.groups()), tzinfo=UTC))  # type: ignore[misc,arg-type]
    if seconds := _SECONDS.fullmatch(text):
        return Written(datetime.fromtimestamp(int(seconds[1]), UTC))
    return None


@cache
def _day_forms() -> tuple[re.Pattern[str], ...]:
    names = sorted(map(re.escape, words.MONTHS), key=lambda name: (-len(name), name))
    month = rf"(?P<month>{'|'.join(names)})(?!\w)\.?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
    year = r"(?P<year>\d{4}|'?\d\d)(?![\d:.])"
    clock = r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?:\s[A-Za-z]{1,5}|\s(?:GMT|UTC)?[+-]\d\d:?\d\d)?)"
    return tuple(
        re.compile(rf"(?i)(?<![\w:]){form}")
        for form in (
            r"(?P<year>\d{4})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<day>\d{1,2})(?![\d:])\.?",
            r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
            rf"{day}\s?(?:-|\s|/)?\s?(?:of\s|de\s|d['’])?{month},?(?:-|/|\s)?\s?(?:de\s|del\s)?{year}",
            rf"{month}\s?-?{day},?\s(?P<year>\d{{4}})(?![\d:])",
            rf"{month}\s{{1,2}}{day}\s{clock}\s(?P<year>\d{{4}})(?!\d)",
            rf"(?P<year>\d{{4}})\.?\s(?:m\.\s)?{month}\s?{day}(?![\d:])",
            r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
            r"(?P<first>\d{1,2})(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\d)",
        )
    )


_CLOCK = re.compile(
    r"(?<![\d:+-])(?P<h>[01]?\d|2[0-3])(?:\s?[:h.時时点시]\s?(?P<min>[0-5]\d)\s?[分분]?)"
    r"(?:\s?[:.]?\s?(?P<s>[0-5]\d|60)(?:[.,]\d{1,9})?\s?[秒초]?)?(?!\d)"
)
_HOUR = re.compile(r"(?i)(?<![\d:])(?P<h>1[0-2]|0?[1-9])\s?(?=[ap]\.?m\b)")


def _read_words(text: str, order: Order | None) -> Written | None:
    for form in _day_forms():
        if match := form.search(text):
            return _read_around(text, match, order)
    return None


def _read_around(text: str, match: re.Match[str], order: Order | None) -> Written | None:
    """The day with what stands before and behind it: a weekday, a clock, a zone, and nothing
    else.
    """
    given = match.groupdict()
    day = _stated_day(given, order)
    before = text[: match.start()]
    rest = f"{given.get('clock') or ''} {text[match.end() :]}"
    clock = _CLOCK.search(rest) or _HOUR.search(rest)
    if not clock and (clock := _CLOCK.search(before)):
        rest, before = before, ""  # 07:30, 4 March 2026
    if day is None or not _is_weekday(before):
        return None
    if not clock:
        return Written(day, whole_day=True) if _is_filler(rest) else None
    return _attach_clock(day, clock, rest)


def _stated_day(given: dict[str, str | None], order: Order | None) -> datetime | None:
    year = str(given["year"]).lstrip("'")
    number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
    if given.get("first"):
        pair = _ordered_pair(int(given["first"] or 0), int(given["second"] or 0), order)
        return datetime(number, pair[1], pair[0], tzinfo=UTC) if pair else None
    month = str(given["month"]).casefold()
    return datetime(
        number, words.MONTHS.get(month) or int(month), int(given["day"] or 0), tzinfo=UTC
    )


def _ordered_pair(first: int, second: int, order: Order | None) -> tuple[int, int] | None:
    """Day and month of two figures."""
    sure = _only_order(first, second) or ("day" if first == second else order)
    if sure is None:
        return None
    return (first, second) if sure == "day" else (second, first)


def _is_weekday(text: str) -> bool:
    """Whether nothing, or one word and what links it, stands before a day."""
    found = [word for word in re.split(r"[\s,]+", text) if word.strip(_MARKS)]
    named = [word for word in found if word.casefold() not in _LINKS]
    return len(named) <= 1 and not any(letter.isdigit() for letter in "".join(named))


def _is_filler(text: str) -> bool:
    """Whether what follows a day without a clock is a weekday at most: (水), 수요일, "г."."""
    found = [word for word in text.split() if word.strip(_MARKS)]
    named = [word for word in found if word.strip(_MARKS).casefold() not in _LINKS]
    return len(named) <= 1 and not any(letter.isdigit() for letter in text)


def _attach_clock(day: datetime, clock: re.Match[str], rest: str) -> Written:
    """With its hour where half of the day and zone are known, else the day alone."""
    half, zone = None, None
    around = f"{rest[: clock.start()]} {rest[clock.end() :]}"
    comment = re.sub(r"\([^()]*\)\s*$", "", around)  # "+0100 (CET)"
    around = comment if _OFFSET.search(comment) else around
    for word in _clock_words(around):
        if word.casefold() in words.MORNING | words.EVENING:
            half = "p" if word.casefold() in words.EVENING else "a"
        elif zone is None and (known := _read_zone(word)):
            zone = known
        else:
            return Written(day, whole_day=True)
    hour = int(clock["h"])
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    second = min(int(clock.groupdict().get("s") or 0), 59)
    at = day.replace(hour=hour, minute=int(clock.groupdict().get("min") or 0), second=second)
    return Written(datetime.fromisoformat(at.replace(tzinfo=zone or UTC).isoformat()))


def _clock_words(text: str) -> list[str]:
    """What says more than a link does; a weekday in brackets before the clock says nothing."""
    text = re.sub(r"\([一-鿿가-힣]{1,3}\)", " ", text)
    found = (
        word.strip(" \t,;|·•–—()[]/")
        for word in re.sub(r"(GMT|UTC)\s(?=[+-]\d)", r"\1", text).split()
    )
    return [word for word in found if word.strip(_MARKS) and word.casefold() not in _LINKS]


def _read_zone(word: str) -> tzinfo | None:
    if offset := _OFFSET.fullmatch(word.upper()):
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        if ahead > timedelta(hours=15):
            return None
        return timezone(ahead if offset[1] == "+" else -ahead)
    name = {"UT": "UTC"}.get(word.upper(), word.upper())
    known = words.ZONES.get(name)
    if known is None:
        return None
    return ZoneInfo(known) if isinstance(known, str) else timezone(timedelta(hours=known))
