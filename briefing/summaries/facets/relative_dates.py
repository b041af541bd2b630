"""a sentence, the day it was published > the days it names: "on Monday" in a report of Wednesday 4
is Monday 2.

Only what is certain: words inside quotations, ranges, weekdays ahead, names of days that are
something else ("Black Friday") and "last Monday" within the same week are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from briefing.language import Lexicon, load_lexicon
from briefing.model import Span
from briefing.summaries.coherence.sentence_faults import has_unbalanced_quotation

WEEK = 7
QUOTED = re.compile(
    r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|(?<!\w)['‘](?:[^'’]|['’](?=\w))*['’](?!\w)"
)
NUMBERS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
}
NEAREST = WEEK // 2  # days: a weekday longer ago than that is nearer in the days ahead
NEAR = 183  # days: a day without a year is the nearest one, and never this far off


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names, by the words that name it."""

    span: Span
    date: date


@dataclass(frozen=True)
class Calendar:
    """The expressions of one language."""

    weekdays: dict[str, int]
    months: dict[str, int]
    weekday: re.Pattern[str]
    day_month: re.Pattern[str]
    relative: re.Pattern[str]
    offsets: dict[str, int]
    open_range: re.Pattern[str]
    future: re.Pattern[str]
    no_date: re.Pattern[str]
    past: re.Pattern[str]
    done: re.Pattern[str]  # a verb of the past right before a day: "said on Tuesday"


@cache
def _language_calendar(language: str) -> Calendar:
    words = load_lexicon(language)
    weekdays = {name: i % WEEK for i, name in enumerate(_word_list(words, "weekdays"))}
    months = {
        name: _month_number(i, _word_list(words, "months"))
        for i, name in enumerate(_word_list(words, "months"))
    }
    offsets = {
        key.replace("_", " "): int(value)
        for key, _, value in (p.partition(":") for p in _word_list(words, "offsets"))
    }
    day, name = (
        "|".join(weekdays) or "(?!)",
        "|".join(sorted(months, key=len, reverse=True)) or "(?!)",
    )
    return Calendar(
        weekdays,
        months,
        re.compile(
            rf"(?P<lead>\b(?:last|next|this|every|each)\s+)?\b(?P<day>{day})\b(?!s\b|-)",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?(?P<m1>{name})\b\.?"
            rf"|(?P<m2>{name})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d.,]*\d\d\d))(?:,?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)\b)?",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?P<words>{'|'.join(sorted(offsets, key=len, reverse=True)) or '(?!)'})\b",
            re.IGNORECASE,
        ),
        offsets,
        re.compile(rf"\b(?:{words.alternatives('range_words')})\s+(?:the\s+)?\Z", re.IGNORECASE),
        re.compile(rf"\b(?:{words.alternatives('future_words')})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{words.alternatives('no_date_words')})\s+\Z", re.IGNORECASE),
        re.compile(words.patterns("past_words"), re.IGNORECASE),
        re.compile(words.patterns("done_words")),
    )


def _word_list(words: Lexicon, name: str) -> list[str]:
    return str(words.lists.get(name, "")).split()


def _month_number(place: int, names: list[str]) -> int:
    """1 to 12: full names come first, then short ones, of which "may" is none and "sept" a
    second.
    """
    short = {name[:3]: i + 1 for i, name in enumerate(names[:12])}
    return place + 1 if place < 12 else short.get(names[place][:3], 0)


def extract_days(text: str, span: Span, published: date, *, language: str = "en") -> list[Day]:
    """The days that a sentence names for certain, in order, outside quotations."""
    given = _language_calendar(language)
    if has_unbalanced_quotation(span.of(text)):
        return []  # some of it is a quotation, and nobody knows which part
    masked = QUOTED.sub(lambda match: "§" * len(match.group()), span.of(text))
    found: list[Day] = []
    for match in given.weekday.finditer(masked):
        found += _day_at(span, match, _resolve_weekday(masked, match, published, given))
    for match in given.day_month.finditer(masked):
        found += _day_at(span, match, _resolve_day_of_month(masked, match, published, given))
    for match in given.relative.finditer(masked):
        if match.group().isupper() or re.search(r"[A-ZÀ-Þ]\w*\s\Z", masked[: match.start()]):
            continue  # a newspaper's name
        found += _day_at(span, match, published + timedelta(given.offsets[match["words"].lower()]))
    return sorted(found, key=lambda day: day.span)


def _day_at(span: Span, match: re.Match[str], day: date | None) -> list[Day]:
    return [Day(Span(span.start + match.start(), span.start + match.end()), day)] if day else []


def _resolve_weekday(  # noqa: PLR0911 - a table of doubts
    masked: str, match: re.Match[str], published: date, given: Calendar
) -> date | None:
    """The latest such day up to the day of publication; None for what lies ahead, a range, a habit
    or a name.
    """
    lead, before, after = (
        (match["lead"] or "").strip().lower(),
        masked[: match.start()],
        masked[match.end() :],
    )
    if (
        lead in ("every", "each", "next", "this")
        or given.open_range.search(before)
        or given.no_date.search(before)
    ):
        return None
    if (
        not match["day"][0].isupper()
        and given.weekdays
        and masked[match.start("day")].islower()
        and "monday" in given.weekdays
    ):
        return None
    if (
        re.search(r"[A-ZÀ-Þ][\w’'-]*\s\Z", before)
        and not re.search(r"[.!?”§]\s\Z", before)
        and before.count(" ") > 1
    ):
        return None  # Black Friday
    if re.match(r"\s(?:and|or|to|through|until)\b|\s?[–-]|\s+[A-ZÀ-Þ]|,?\s+\d", after):
        return None  # Monday to Wednesday; Sunday Times; Monday 2 March is read by its figures
    done = given.done.search(before) is not None and not given.future.search(
        before.split()[-1] if before else ""
    )
    if not done and given.future.search(masked):
        return None
    back = (published.weekday() - given.weekdays[match["day"].lower()]) % WEEK
    if lead == "last" and back <= published.weekday():
        return None  # "last Monday", said on a Thursday, is either
    if back == WEEK - 1 and lead != "last":
        # tomorrow's name: of three such days two were written after the day of publication
        return None
    if back > NEAREST and lead != "last" and not done and not _is_past_tense(masked, given):
        return None  # "a helpline opens on Thursday", said on a Tuesday
    return published - timedelta(back)


def _is_past_tense(masked: str, given: Calendar) -> bool:
    """Whether a sentence tells what is over; in languages without a list for it, taken for
    granted.
    """
    return given.past.pattern == "(?!)" or given.past.search(masked) is not None


def _resolve_day_of_month(
    masked: str, match: re.Match[str], published: date, given: Calendar
) -> date | None:
    """The day with its year as stated, else the nearest year; None when there is no such day, or
    for a range.
    """
    if given.open_range.search(masked[: match.start()]) or re.match(
        r"\s?(?:[–-]|to\b|and\s\d)", masked[match.end() :]
    ):
        return None
    name, number = (match["m1"] or match["m2"]), int(match["d1"] or match["d2"])
    if not name[0].isupper() and "monday" in given.weekdays:
        return None  # "may 3"
    years = (
        [int(match["year"])]
        if match["year"]
        else [published.year - 1, published.year, published.year + 1]
    )
    dates = [
        day for year in years if (day := _valid_date(year, given.months[name.lower()], number))
    ]
    nearest = min(dates, key=lambda day: abs(day - published), default=None)
    if nearest is None or (not match["year"] and abs(nearest - published).days > NEAR):
        return None
    return nearest


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
