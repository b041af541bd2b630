"""Find the moments that a line of text states, by a grammar of the forms that news uses.

Unknown beats wrong: an ambiguous day (03/04/2025 without a country), a relative time without a
clock and a day that does not exist are not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from briefing.articles.dates import names as calendar
from briefing.model import Moment

YEARS = range(
    1600, 2200
)  # the first newspaper was printed in 1605; 0001 and 9999 are written for "unknown"
_MONTH = "|".join(sorted(map(re.escape, calendar.MONTHS), key=lambda name: (-len(name), name)))
_WEEKDAY = rf"(?:(?:{calendar.WEEKDAYS})\.?,?\s+(?:(?:den|le|the)\s+)?)?"
_TO_MONTH = (
    r"(?:st|nd|rd|th|er|\.|º)?\s*-?(?:of\s+|de\s+)?"  # 4th of March, 4. März, 1er mars, 4 de marzo
)
_DAY = rf"""(?ix)(?<![\w/.-]){_WEEKDAY}(?:
    (?P<iso>(?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}}))(?!\d)
  | (?P<d2>\d{{1,2}}){_TO_MONTH}(?P<m2>{_MONTH})\b\.?,?-?\s*(?:de\s+|del\s+)?(?P<y2>\d{{4}})(?!\d)
  | (?P<m3>{_MONTH})\b\.?\s*(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})(?!\d)
  | (?P<d4>\d{{1,2}})\.\s?(?P<m4>\d{{1,2}})\.\s?(?P<y4>\d{{4}})(?!\d)
  | (?P<a5>\d{{1,2}})[/-](?P<b5>\d{{1,2}})[/-](?P<y5>\d{{4}})(?!\d)
  | (?P<y6>\d{{4}})(?P<s6>[/.])(?P<m6>\d{{2}})(?P=s6)(?P<d6>\d{{2}})(?!\d|\.\d)
  | (?P<d7>\d{{2}})\.(?P<m7>\d{{2}})\.(?P<y7>[1-3]\d)(?![\d.:])
  | (?P<y9>\d{{4}})\s?[年년]\s?(?P<m9>\d{{1,2}})\s?[月월]\s?(?P<d9>\d{{1,2}})\s?[日일]
  | (?P<a8>\d{{1,2}})/(?P<b8>\d{{1,2}})/(?P<y8>[1-3]\d)(?![\d/])
)"""
_CLOCK = r"(?P<h>[01]?\d|2[0-3])(?P<sep>[:.h])(?P<min>[0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?\s*(?P<ap>[ap]\.?\s?m\b\.?)?"
_ZONE = (
    r"(?:\s*(?P<zone>Z\b|(?:UTC|GMT)?\s?[+-]\d{2}:?\d{2}\b|(?:UTC|GMT)\s?[+-]\d{1,2}(?![\d:])"
    rf"|(?:{'|'.join(calendar.ZONES)})\b))?"
)
ZONED = r"(?:\s*(?:Uhr|hrs|h)\b)?" + _ZONE
_AT = r"(?:\s*[,|·•/–-]\s*|\s+at\s+|\s+a las\s+|\s+um\s+|\s+à\s+|\s*T|\s+)"
_AFTER = re.compile(rf"(?i){_AT}(?:at\s+)?{_CLOCK}{ZONED}")
_BEFORE = re.compile(rf"(?i)(?<![\w:.]){_CLOCK}{ZONED}\s*(?:,|on|\||·|-|–)?\s*$")
_HOUR = re.compile(rf"(?i){_AT}" + r"(?P<h>1[0-2]|0?[1-9])\s?(?P<ap>[ap]\.?m\b\.?)" + _ZONE)
_FIGURES = re.compile(  # "2242 GMT": four figures are a time where a zone follows
    rf"(?i){_AT}(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?P<ap>)\s*(?P<zone>(?:{'|'.join(calendar.ZONES)})\b)"
)
_UNSURE = re.compile(
    r"\s*\(?(?:CST|IST|AST|GST|ECT|AMT|SST|BRT|PKT|WIB|PHT|ICT|NPT)\b"
)  # several meanings, or unread
_DAYS = re.compile(_DAY)
_YEAR = re.compile(r"\d{4}|\d[./]\d\d(?!\d)")  # every form has one, most lines have none
_LABEL = re.compile(
    r"(?i)(?P<updated>(?:last\s+)?(?:updated|modified|revised|reviewed|edited|amended|corrected)|aktualisiert|geändert"
    r"|stand\b|mis à jour|modifié|actualizad|modificad)"
    r"|(?P<captured>captured|retrieved|accessed|saved|printed|downloaded|archived|abgerufen)"
    r"|(?P<published>(?:first\s+)?published|posted|created|issued|veröffentlicht|erschienen|erstellt|publié|publicad|creado)"
)
_COUNT = r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
# "1 hr 20 min ago": the larger unit first. In other languages the count follows.
AGE = (
    rf"(?:(?:(?P<hours>\d{{1,2}})\s*(?:hours?|hrs?|h)\.?,?\s+(?:and\s+)?)?\b(?P<n>{_COUNT})\s*"
    r"(?P<unit>min(?:ute)?s?|m|hours?|hrs?|h|days?|d|weeks?|w)\.?\s+ago\b"
    r"|(?P<word>yesterday|just now|gestern|hier(?=\s*$)|ayer)\b"
    r"|\b(?:vor|il y a|hace)\s+(?P<n2>\d{1,3}|einer|einem|une?|una)\s+"
    r"(?P<unit2>Min(?:uten?|\.)?|Stunden?|Std\.?|Tag(?:en?)?|Wochen?|minutes?|heures?|h|min|jours?|semaines?|minutos?|horas?"
    r"|días?|semanas?)(?!\w))"
)
_AGO = re.compile(rf"(?i){AGE}")
_LONGEST = 300  # characters of a line that may be nothing but a date
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"\w+")
_ALONE = re.compile(rf"(?i)\s*{_CLOCK}{_ZONE}\s*(?:Uhr)?\s*")
_FILED = re.compile(
    rf"(?i)\s*(?:(?:filed|at|um|posted|published|updated|stand|time)\s*:?\s*)?"
    rf"(?:{_CLOCK}|(?P<h2>1[0-2]|0?[1-9])\s?(?P<ap2>[ap]\.?m\b\.?)){ZONED}\s*(?:Uhr|hrs)?\s*"
)
_FIGURED = re.compile(
    r"/(\d{1,2})/(?:20)?\d\d(?!\d)"
)  # from its first stroke on: texts hold few of them
_FIRST = re.compile(r"(?:^|[^\d/.-])(\d{1,2})$")  # figure, before that stroke
_WHOLE = re.compile(r"(20\d\d)(?:(\d\d)(\d\d)|([-/.])(\d\d?)\4(\d\d?))")  # as fields write days
_SAID = re.compile(r"(?i)\b(?:on|at|am|date|datum)\b")
_NUMBERS = {
    name: number
    for number, names in enumerate(
        ["a an one einer einem un une una", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve"], 1
    )
    for name in names.split()
}  # fmt: skip
_DAYS_BACK = {
    "d": 1,
    "t": 1,
    "j": 1,
    "w": 7,
    "s": 7,
}  # day, Tag, jour, día; week, Woche, semaine, semana


@dataclass(frozen=True, slots=True)
class Stated:
    """One moment as a text states it, and where; `role` is what is said of it: "published",
    "updated", "captured".
    """

    start: int
    stop: int
    moment: Moment | None
    role: str = "published"


def find_dates(text: str, *, zone: tzinfo = UTC, country: str | None = None) -> list[Stated]:
    """Every absolute date of a text with its clock time, in reading order."""
    found: list[Stated] = []
    if not _YEAR.search(text):
        return found
    for match in _DAYS.finditer(text):
        day = _resolve_day(match, country)
        floor = found[-1].stop if found else 0
        start, stop, moment = _attach_clock(text, match.start(), match.end(), floor, day, zone)
        label = _find_label(text, floor, start)
        found.append(
            Stated(label[0] if label else start, stop, moment, label[1] if label else "published")
        )
    return found


def find_age(text: str, *, now: Moment | None) -> Stated | None:
    """An age ("4 minutes ago"), placed by the moment it was said; unknown (None inside) when that
    is not known.
    """
    match = _AGO.search(text) if _may_hold_age(text) else None
    if not match:
        return None
    return Stated(match.start(), match.end(), _count_back(match, now) if now else None)


def is_age(text: str) -> bool:
    """Whether a text states an age and no absolute date."""
    return find_age(text, now=None) is not None and not find_dates(text)


_AGES = ("ago", "yesterday", "just now", "vor", "il y a", "hace", "gestern", "hier", "ayer")


def _may_hold_age(text: str) -> bool:
    """Whether an age may stand in a text: one of these does wherever there is one."""
    lower = text.lower()
    for age in _AGES:  # noqa: SIM110  any() takes longer
        if age in lower:
            return True
    return False


def parse_date(text: str, *, zone: tzinfo = UTC, country: str | None = None) -> Moment | None:
    """A value that is meant to be a date (a field, a header): the grammar of news, else RFC
    2822.
    """
    text = text.strip()[:120]
    stated = find_dates(text, zone=zone, country=country)
    if stated:  # a day that does not exist, or that may be two, is none in any other reading
        return stated[0].moment
    if whole := _WHOLE.fullmatch(text):
        day = _valid_date(whole[1], whole[2] or whole[5], whole[3] or whole[6])
        return Moment.on(day) if day else None
    return _parse_mail_date(text)


def _parse_mail_date(text: str) -> Moment | None:
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    plain = found.replace(second=0, microsecond=0)
    return bound_year(Moment(plain if found.tzinfo else plain.replace(tzinfo=UTC)))


def bound_year(moment: Moment | None) -> Moment | None:
    """The moment, unknown where no report can be of its year: what is reckoned from it stays within
    the calendar.
    """
    return moment if moment and moment.at.year in YEARS else None


def _resolve_day(match: re.Match[str], country: str | None) -> date | None:
    for number in "1234679":
        if year := match[f"y{number}"]:
            month = match[f"m{number}"]
            return _valid_date(
                year if len(year) == 4 else f"20{year}",
                calendar.MONTHS.get(month.casefold(), month),
                match[f"d{number}"],
            )
    return _order_day_and_month(match, country)


def _order_day_and_month(match: re.Match[str], country: str | None) -> date | None:
    """The day of "3/4/2026", where the numbers or the country settle which of them is the month."""
    first, second = int(match["a5"] or match["a8"]), int(match["b5"] or match["b8"])
    year = match["y5"] or f"20{match['y8']}"
    if first > 12 or first == second or country in calendar.DAY_FIRST:
        return _valid_date(year, second, first)
    if second > 12 or country in calendar.MONTH_FIRST:
        return _valid_date(year, first, second)
    return None


def _valid_date(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if int(year) in YEARS else None
    except ValueError:
        return None


def _attach_clock(  # noqa: PLR0917  places and values of one match
    text: str, start: int, stop: int, floor: int, day: date | None, zone: tzinfo
) -> tuple[int, int, Moment | None]:
    after = _AFTER.match(text, stop) or _HOUR.match(text, stop) or _FIGURES.match(text, stop)
    before = None if after else _BEFORE.search(text[floor:start])
    clock = after or before
    if day is None or clock is None:
        return start, stop, Moment.on(day) if day else None
    if before:
        return floor + before.start(), stop, _moment_at(day, before, zone)
    if not clock["zone"] and _UNSURE.match(text, clock.end()):
        return start, clock.end(), Moment.on(day)  # the hour of nobody knows where
    return start, clock.end(), _moment_at(day, clock, zone)


def _moment_at(day: date, clock: re.Match[str], zone: tzinfo) -> Moment:
    hour, minute = int(clock["h"]), int(clock.groupdict().get("min") or 0)
    half = (clock["ap"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = _parse_zone(clock["zone"]) or zone
    return Moment(_pin_offset(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)))


def _pin_offset(at: datetime) -> datetime:
    """With its offset as a plain number, so that it prints and compares the same everywhere."""
    return (
        at
        if at.utcoffset() == timedelta(0) and at.tzinfo is UTC
        else datetime.fromisoformat(at.isoformat())
    )


def _parse_zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    name = name.upper().strip()
    offset = re.search(r"([+-])(\d{2}):?(\d{2})$", name)
    if offset:
        ahead = timedelta(hours=min(int(offset[2]), 23), minutes=min(int(offset[3]), 59))
        return _offset_zone(ahead if offset[1] == "+" else -ahead)
    if hours := re.search(r"[+-]\d{1,2}$", name):
        return _offset_zone(timedelta(hours=max(-23, min(int(hours[0]), 23))))
    known = calendar.ZONES[name]
    return ZoneInfo(known) if isinstance(known, str) else _offset_zone(timedelta(hours=known))


def _offset_zone(ahead: timedelta) -> tzinfo:
    from datetime import timezone

    return timezone(ahead)


def country_by_date_order(text: str) -> str | None:
    """The country whose order of day and month a text's own dates in figures show (12/18/2025:
    "us"); None for both.
    """
    found = (
        (_FIRST.search(text[max(0, each.start() - 3) : each.start()]), each[1])
        for each in _FIGURED.finditer(text)
    )
    shown = {(int(first[1]) > 12, int(second) > 12) for first, second in found if first}
    if (False, True) in shown:
        return None if (True, False) in shown else "us"
    return "uk" if (True, False) in shown else None


def _find_label(text: str, floor: int, start: int) -> tuple[int, str] | None:
    """The word that says what the date is, close before it: also glued, as in "2025last updated
    February 21".
    """
    before = text[max(floor, start - 40) : start]
    last = next(reversed(list(_LABEL.finditer(before))), None)
    if last is None or len(_WORDS.findall(before[last.end() :])) > 3:
        return None
    return start - len(before) + last.start(), last.lastgroup or "published"


def _count_back(match: re.Match[str], now: Moment) -> Moment | None:
    """Counted back in full units only: the precision is the unit's, and a day's when the clock is
    not known.
    """
    if match["word"]:
        return _moment_of_word(match["word"].lower(), now)
    number, unit = _amount(match["n"] or match["n2"]), (match["unit"] or match["unit2"]).lower()
    if (days := _DAYS_BACK.get(unit[0], 0)) and not unit.startswith("st"):
        return Moment.on((now.at - timedelta(days=days * number)).date())
    if now.precision == "day":
        return None
    if unit.startswith("m"):
        return Moment(now.at - timedelta(hours=int(match["hours"] or 0), minutes=number))
    # "4 hours ago" is said for up to five hours: the day is sure when both ends lie in it.
    late, early = now.at - timedelta(hours=number), now.at - timedelta(hours=number + 1)
    return Moment.on(late.date()) if late.date() == early.date() else None


def _amount(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]


def _moment_of_word(word: str, now: Moment) -> Moment:
    """That of "just now", or that of "yesterday" in any of its forms."""
    if word == "just now" and now.precision != "day":
        return now
    return Moment.on((now.at - timedelta(days=word != "just now")).date())


def parse_clock_time(text: str, day: date, *, zone: tzinfo = UTC) -> Moment | None:
    """The moment of a line that is only a clock time ("Filed 15:10 CET"), on a day known from
    elsewhere.
    """
    match = _FILED.fullmatch(text)
    if not match:
        return None
    start = match.start("h") if match["h"] else match.start("h2")
    return _attach_clock(f"{day.isoformat()} {text[start:].strip()}", 0, 10, 0, day, zone)[2]


@lru_cache(maxsize=4096)  # asked four times of a line
def is_date_line(text: str) -> bool:
    """Whether a line is nothing but a date, a clock time or an age, with at most a label
    before it.
    """
    if len(text) > _LONGEST or (not _DIGIT.search(text) and not _may_hold_age(text)):
        return False  # as most lines
    rest = text
    for stated in reversed(list(_date_spans(text))):
        rest = rest[: stated.start] + rest[stated.stop :]
    if rest == text:
        return _ALONE.fullmatch(text) is not None
    return not _WORD.search(_LABEL.sub("", _SAID.sub("", rest)))


def _date_spans(text: str) -> Iterator[Stated]:
    stated = find_dates(text)
    if stated:
        yield from stated
    elif (ago := find_age(text, now=None)) is not None:
        yield ago
