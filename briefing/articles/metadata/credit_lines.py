"""A line of a head or a foot in, the outlet, author and dates it states out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from briefing.articles.dates import grammar, names, post_times
from briefing.articles.drafts import Facts
from briefing.articles.metadata import outlets
from briefing.model import Moment

_BY = re.compile(
    r"^(?:(?:Written |Reported |Story |Text "
    r")?[Bb]y:?|BY|Von|VON|Par|Por|Autor(?:in)?:|Author:)\s+(?=[A-ZÄÖÜÉ])"
)
_PERSON = re.compile(
    r"^(?:(?:Dr|Sir|Dame|Prof)\.? )?[A-ZÄÖÜÉÅØ][\w'’.-]+"
    r"(?: (?:(?:von|van|de|der|den|di|da|la|le|al|bin) )*[A-ZÄÖÜÉÅØ][\w'’.-]*){1,3}$"
)
_PLACE = re.compile(r"(?i)\s+(?:in|at|for|reports?|from)\s+|\s+and agencies")
_EMPLOYER = re.compile(r"\b(?:for|of)\s+(.+)$")
_SECTION = re.compile(r"\s*[|›>·•]\s*|(?<=[a-z])(?=[A-Z][a-z])")
_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(r"\s*(?:[|•·—–/\t]|\s-\s|,(?!\d))\s*")
_DATELINE = re.compile(
    r"^(?P<place>(?:[A-ZÄÖÜÅØ][A-ZÄÖÜÅØ'’.-]+[ /]?){1,4})(?:, [A-Z][\w. ]{1,24}?)?"
    r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}\.? [A-Z][a-zä]{2,8}))?"
    r"\s*(?:\((?P<agency>[^()]{2,40})\)\s*)?(?:[-–—:]{1,2}\s+(?=\S)|(?<=[A-ZÄÖÜ]{4})\.\s+(?=[A-ZÄÖÜ]))"
    r"|^\((?P<agency2>[A-Z][\w &]{1,30})\)\s*[-–—]\s+"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """What makes moments of stated times: the zone of those without one, the country of 03/04, the
    time of reading.
    """

    zone: tzinfo = UTC
    country: str | None = None
    now: Moment | None = None
    day: date | None = None  # that the whole page states: what a post's "14:20" is an hour of


def parse_credit_line(line: str, clock: Clock) -> Facts | None:
    """The facts of a credit line ("By Nora Feld, The Halden Courier | 4 March 2026"); None when it
    is not one.
    """
    stated = grammar.find_dates(line, zone=clock.zone, country=clock.country)
    ago = None if stated else grammar.find_age(line, now=clock.now)
    if _BY.match(line) and len(line.split()) <= 25:
        return _date_facts(stated, ago) | _author_and_outlet(_cut_dates(line, stated, ago))
    if stated or ago:
        rest = _cut_dates(line, stated, ago)
        if len(_WORD.findall(rest)) <= 8 and not rest.strip().endswith((".", "!", "?")):
            return _date_facts(stated, ago) | _author_and_outlet(rest)
        return None
    return _undated_facts(line, clock)


def _undated_facts(line: str, clock: Clock) -> Facts | None:
    """The facts of a line that is a post's time, or an outlet's name, alone."""
    when = clock.day and post_times.parse_post_time(line, clock.day, zone=clock.zone)
    if when:
        return Facts.of("text", published=when)
    named = _header_outlet(line)
    return Facts.of("header line", outlet=named) if named else None


def _header_outlet(line: str) -> str | None:
    """An outlet's name alone on a line, or first in a line of sections ("Radio Vestra | Business",
    also glued).
    """
    first = _SECTION.split(line, maxsplit=1)[0]
    return outlets.outlet_name(first) if first == line or len(line.split()) <= 6 else None


def _cut_dates(line: str, stated: list[grammar.Stated], ago: grammar.Stated | None) -> str:
    for each in reversed([*stated, *([ago] if ago else [])]):
        line = line[: each.start] + " | " + line[each.stop :]
    return line


def _date_facts(stated: list[grammar.Stated], ago: grammar.Stated | None) -> Facts:
    if ago:
        return Facts.of("relative time", published=ago.moment)
    first: dict[str, Moment | None] = {}
    for each in stated:
        first.setdefault(each.role, each.moment)
    # "Updated 4 March" alone still says no more than when it was last changed: the day it was
    # published is not known.
    return Facts.of("text", published=first.get("published"), updated=first.get("updated"))


def _may_be_author(person: str, *, signed: bool) -> bool:
    """Whether words are a person's name, or, behind a "by", a few capitalised words."""
    if _PERSON.match(person):
        return True
    return signed and person[:1].isupper() and len(person.split()) <= 8


def _author_and_outlet(rest: str) -> Facts:
    """Author and outlet out of what is left of a credit line."""
    by = _BY.match(rest.strip(" |"))
    bare = rest.strip(" |")[by.end() :] if by else rest
    outlet, author = None, None
    for piece in filter(None, (piece.strip(" .:") for piece in _SEPARATOR.split(bare))):
        person = _PLACE.split(piece, maxsplit=1)[0]
        is_author = by is not None and author is None and _PERSON.match(piece) is not None
        if outlet is None and not is_author and (named := outlets.outlet_name(piece)):
            outlet = named
        elif author is None and _may_be_author(person, signed=by is not None):
            author = person
        elif outlet is None and by and (found := _EMPLOYER.search(piece)):
            outlet = outlets.outlet_name(found[1])
    return Facts.of("byline", outlet=outlet, byline=author)


def dateline_day(line: str) -> tuple[int, int] | None:
    """Month and day that a dateline states ("HALDEN, March 3 - "): they settle which way round
    04-03-2026 is meant.
    """
    match = _DATELINE.match(line)
    named = (
        re.search(r"([A-Za-zä]{3,9})\.? (\d{1,2})\b|(\d{1,2})\.? ([A-Za-zä]{3,9})", match[0])
        if match
        else None
    )
    if named is None:
        return None
    month = names.MONTHS.get((named[1] or named[4]).casefold())
    return (month, int(named[2] or named[3])) if month else None


def parse_dateline(line: str) -> tuple[int, str | None] | None:
    """Length of "HALDEN, March 3 (Marrow Wire) - " at the start of a body, and the agency
    it names.
    """
    match = _DATELINE.match(line)
    if not match:
        return None
    agency = match["agency"] or match["agency2"]
    shouted = match["place"] and sum(letter.isupper() for letter in match["place"]) >= 3
    if not agency and not (shouted and re.search(r"[-–—.]", match[0])):
        return None
    return match.end(), (agency if agency and agency[0].isupper() else None)
