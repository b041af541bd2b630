"""Find the line that says until when a text must not be published, and the moment that it
states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from briefing.articles.dates import grammar, names
from briefing.articles.drafts import Facts
from briefing.articles.lines import Line
from briefing.articles.metadata.credit_lines import Clock
from briefing.model import Moment

HOW = "embargo"
OPEN_END = Moment(datetime(9999, 12, 31, tzinfo=UTC), "day")  # until somebody states when it ends
HEAD = 12  # lines at the beginning in which an embargo stands …
LIFTED = Moment.on(date(1970, 1, 1))  # "none": free, whatever the text says
FOOT = 2  # … and at the end
WORDS = 25  # of such a line
OTHER_WORDS = (
    3  # in it, beside label, day, hour and zone: with more it is a sentence about an embargo
)

BARE, FEW = 12, 4  # words of an end without a date, behind a colon and without one
_UNDER = r"(?:under|sous|bajo|sotto|sob|onder)\s+(?:strict\s+)?embargo"
_UNTIL = r"(?:until|till?|jusqu['’]?(?:au?|à)?|hasta(?:\s+el)?|bis(?:\s+zum)?|fino\s+a(?:l|lle)?|at[ée]|tot)"
_LABEL = re.compile(
    rf"""(?ix)^[\W_]*(?:(?:achtung|attention|please\s+note|nota)\W+)?(?:
      (?P<certain>sperrfrist(?:\s+(?:bis|endet))?\s*:
        | (?:strictly\s+)?embargoed\s+(?:until|till?|for)\b | (?:{_UNDER}|embargad[oa])\s*:?\s*{_UNTIL}(?!\w)
        | not\s+(?:to\s+be|for)\s+(?:release[d]?|publication|published|broadcast)[\w\s]{{0,20}}\b(?:before|until)\b)
      | (?:sperrfrist|gesperrt|frei\s+ab|embargo(?:ed)?|{_UNDER})\s*(?:[:–—-]|{_UNTIL}(?!\w))?
      | hold\s+(?:for\s+release\s+)?until\b
    )\s*(?:release\s+)?(?::\s*)?"""
)
_NONE = re.compile(r"(?i)\s*(?:none|keine?|aucun|ninguno|aufgehoben|lifted|frei|levé|levantado)\b")
_HOUR = re.compile(
    r"(?i)(?<![\d.:/-])(?P<ore>ore\s+)?(?P<h>[01]?\d|2[0-4])(?:\s?[:.h]\s?(?P<min>[0-5]\d))?\s*"
    r"(?P<mark>[ap]\.?\s?m\b\.?|uhr|hrs?\b|hours?|h\b|heures?|horas?|ore\b|uur)?(?![\d/-])"
)
_FIGURES = re.compile(
    r"(?<!\d)(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?=\s*(?:hrs?\b|h\b|GMT|UTC|BST|CES?T|MES?Z|E[DS]T))"
)
_NOON = re.compile(r"(?i)\b(?:noon|midday|mittags?|midi|mediodía|mezzogiorno)\b")
_MIDNIGHT = re.compile(r"(?i)\b(?:midnight|mitternacht|minuit|medianoche|mezzanotte)\b")
_ZONE = re.compile(rf"\b(?:{'|'.join(names.ZONES)})\b|[+-]\d\d:?\d\d\b")
_MONTHS = "|".join(sorted(map(re.escape, names.MONTHS), key=len, reverse=True))
_YEARLESS = re.compile(
    rf"(?i)(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?(?P<m1>{_MONTHS})\b"
    rf"|\b(?P<m2>{_MONTHS})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b"
)
_SMALL = re.compile(
    rf"(?i)\b(?:{names.WEEKDAYS}|at|on|um|den|the|le|el|la|las|les|à|a|de|del|der|ab|und|and|uhr|hrs?|hours?|horas?"
    r"|heures?|h|am|pm|local|time|ortszeit|heure|hora|noon|midnight|release|for|strict(?:ly)?)\b"
)


def read(lines: Sequence[Line], clock: Clock) -> Facts:
    """The embargo that the first or last lines state; its end is `OPEN_END` where it is not
    understood.
    """
    found = next((found for _, line in _around(lines) if (found := stated(line.text, clock))), None)
    return Facts.of(HOW, embargo=found)


def places(lines: Sequence[Line], embargo: Moment | None) -> Iterator[int]:
    """Where lines of a text under embargo say so: they are no text of it."""
    if embargo is not None:
        near = Clock(day=embargo.day)
        yield from (place for place, line in _around(lines) if stated(line.text, near))


def of_field(value: object, zone: tzinfo = UTC) -> Moment | None:
    """The end that a field of a record states; `LIFTED` for "none", `OPEN_END` for what is not
    understood.
    """
    if not isinstance(value, str) or not value.strip():
        return None
    if _NONE.match(value):
        return LIFTED
    if re.fullmatch(r"9999-12-31", value.strip()):
        return OPEN_END
    return stated(f"Sperrfrist: {value.replace('T', ' ')}", Clock(zone)) or OPEN_END


def released(facts: Facts) -> Facts:
    """A text under embargo is published when that ends, whatever was stated before."""
    embargo, published = facts.embargo, facts.published
    if (
        embargo is None
        or embargo in {OPEN_END, LIFTED}
        or (published and not _sooner(published, embargo))
    ):
        return facts
    return replace(facts, published=embargo, found={**facts.found, "published": HOW})


def _sooner(moment: Moment, other: Moment) -> bool:
    if "day" in {moment.precision, other.precision}:
        return moment.day < other.day or (moment.day == other.day and other.precision == "minute")
    return moment.at < other.at


def _around(lines: Sequence[Line]) -> list[tuple[int, Line]]:
    numbered = list(enumerate(lines))
    return [*numbered[:HEAD], *numbered[HEAD:][-FOOT:]]


def stated(text: str, clock: Clock) -> Moment | None:
    """Until when a line forbids publication; None where it is no such line."""
    label = _LABEL.match(text) if len(text) < 300 else None
    if not label or len(text.split()) > WORDS or _NONE.match(text, label.end()):
        return None
    rest = text[label.end() :]
    day, others = _day(rest, clock)
    if day is None:
        return OPEN_END if label["certain"] and _is_bare(label[0], rest) else None
    if (
        not label["certain"]
        and len(re.findall(r"[^\W\d_]{2,}", _SMALL.sub(" ", others))) > OTHER_WORDS
    ):
        return None
    return _at(day, others, clock)


def _is_bare(label: str, rest: str) -> bool:
    """Whether what follows a label can be words for an hour ("until delivery"), and is no
    sentence.
    """
    return len(rest.split()) <= (BARE if ":" in label or ":" in rest else FEW)


def _day(text: str, clock: Clock) -> tuple[date | None, str]:
    """The day, of the year nearest to the document's where none is stated, and the words
    around it.
    """
    for each in grammar.find_dates(text, country=clock.country):
        if each.moment:
            return each.moment.day, text
    found = _YEARLESS.search(text)
    near = clock.day or (clock.now.day if clock.now else None)
    if not found or not near:
        return None, text
    month = names.MONTHS[(found["m1"] or found["m2"]).lower()]
    days = [
        day
        for year in (-1, 0, 1)
        if (day := _exists(near.year + year, month, int(found["d1"] or found["d2"])))
    ]
    best = min(days, key=lambda day: abs(day - near), default=None)
    return best, f"{text[: found.start()]} {text[found.end() :]}"


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date, text: str, clock: Clock) -> Moment:
    """The day with the hour that stands before or behind it; midnight is that at its end."""
    dates = [spot.moment for spot in grammar.find_dates(text) if spot.moment]
    if any(moment.precision == "minute" for moment in dates):
        spots = grammar.find_dates(text, zone=clock.zone, country=clock.country)
        return next(spot.moment for spot in spots if spot.moment)
    found = _ZONE.search(text)
    zone = found[0] if found else ""
    bare = _without_days(text)
    if _MIDNIGHT.search(bare):
        return _placed(day + timedelta(days=1), "00:00", zone, clock)
    if _NOON.search(bare):
        return _placed(day, "12:00", zone, clock)
    hour = _hour(bare)
    if not hour:
        return Moment.on(day)
    return _placed(day + timedelta(days=hour == "24:00"), hour.replace("24:", "00:"), zone, clock)


def _without_days(text: str) -> str:
    for each in reversed(grammar.find_dates(text)):
        text = f"{text[: each.start]} {text[each.stop :]}"
    return text


def _hour(text: str) -> str | None:
    """`18:00` of "18 Uhr", "6pm", "1800 GMT" or "à 18h"; a bare number is no hour."""
    if four := _FIGURES.search(text):
        return f"{four['h']}:{four['min']}"
    for found in _HOUR.finditer(text):
        hour, half = int(found["h"]), (found["mark"] or "").lower()[:1]
        if not (found["mark"] or found["min"] or found["ore"]):
            continue
        if half in {"a", "p"}:
            hour = hour % 12 + (12 if half == "p" else 0)
        return f"{hour:02}:{found['min'] or '00'}"
    return None


def _placed(day: date, hour: str, zone: str, clock: Clock) -> Moment:
    return grammar.parse_date(
        f"{day.isoformat()} {hour} {zone}".strip(), zone=clock.zone
    ) or Moment.on(day)
