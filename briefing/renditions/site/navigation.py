"""Chapters in, the archive's order of them out: storylines with all their days, months, what stands
on each page.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property, partial

from briefing.renditions.context import sparkline
from briefing.renditions.context.sparkline import Volume
from briefing.renditions.localisation import formatting
from briefing.renditions.localisation.catalogue import Messages
from briefing.renditions.site.entries import Chapter, Entry, Group

OWN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-[0-9a-f]{6}")  # an id as storylines are given them
BARS = 60  # days of a storyline's volume that are drawn, the last ones


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    path: str  # below the target


@dataclass(frozen=True, slots=True)
class Day:
    """A storyline on one day: what its editions quoted of it."""

    iso: str
    date: str
    status: str
    groups: tuple[Group, ...]
    editions: tuple[Link, ...]


@dataclass(frozen=True)
class Telling:
    """A storyline with all its days, newest first."""

    path: str
    days: tuple[Day, ...]
    entries: tuple[Entry, ...]  # newest first; at least one
    first: date
    last: date
    outlets: tuple[str, ...]
    length: str  # "3 days"; of one day nothing
    span: str  # "3–5 Mar 2026"
    say: Messages

    @property
    def newest(self) -> Entry:
        return self.entries[0]

    @property
    def headline(self) -> str:
        return self.newest.headline

    @cached_property
    def volume(self) -> Volume | None:
        """Drawn when a page is made that shows it: most are there already."""
        return _draw_volume(self.entries, self.last, self.say)


def storyline_path(identity: str) -> str:
    """Where a storyline's page lies. An id that is not of our making is no part of a file name."""
    own = OWN.fullmatch(identity) and len(identity) <= 80
    name = (
        identity
        if own
        else "s-" + hashlib.sha256(identity.encode(errors="backslashreplace")).hexdigest()[:16]
    )
    return f"storylines/{name}.html"


def edition_path(chapter: Chapter) -> str:
    return f"editions/{chapter.name}.html"


def month_path(day: date) -> str:
    return f"months/{day:%Y-%m}.html"


def sort_chapters(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """Newest day first; profiles by name, later revisions before earlier ones."""
    return tuple(
        sorted(
            chapters, key=lambda one: (-one.day.toordinal(), one.profile, -one.revision, one.name)
        )
    )


def latest_revisions(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Of each profile and day the last revision: what readers are shown."""
    seen: dict[tuple[date, str], Chapter] = {}
    for chapter in chapters:
        seen.setdefault((chapter.day, chapter.profile), chapter)
    return tuple(seen.values())


def collect_tellings(chapters: Sequence[Chapter], say: Messages) -> tuple[Telling, ...]:
    """Every storyline of the chapters (newest first), the one told last first, then the longest
    followed.
    """
    told: dict[str, list[tuple[Chapter, Entry]]] = defaultdict(list)
    for chapter in chapters:
        for entry in chapter.entries:
            if (
                entry.groups
            ):  # one that went quiet is named by its edition, and was told nothing of on that day
                told[entry.storyline].append((chapter, entry))
    words = _Days(
        cache(partial(formatting.format_long_day, say)), cache(partial(_format_span, say=say))
    )
    made = [_build_telling(identity, pairs, say, words) for identity, pairs in told.items()]
    return tuple(sorted(made, key=lambda one: (-one.last.toordinal(), -len(one.days), one.path)))


@dataclass(frozen=True, slots=True)
class _Days:
    """Days and spans of days in words, each found once: many storylines are told on one day."""

    long: Callable[[date], str]
    span: Callable[[date, date], str]


def _build_telling(
    identity: str, pairs: list[tuple[Chapter, Entry]], say: Messages, words: _Days
) -> Telling:
    by_day: dict[date, list[tuple[Chapter, Entry]]] = defaultdict(list)
    for chapter, entry in pairs:
        by_day[chapter.day].append((chapter, entry))
    first, last = min(by_day), max(by_day)
    return Telling(
        path=storyline_path(identity),
        days=tuple(_build_day(day, told, words) for day, told in by_day.items()),
        entries=tuple(entry for _, entry in pairs),
        first=first,
        last=last,
        outlets=tuple(sorted({outlet for _, entry in pairs for outlet in entry.outlets})),
        length=say("site_days", n=len(by_day)) if len(by_day) > 1 else "",
        span=words.span(first, last),
        say=say,
    )


def _format_span(first: date, last: date, say: Messages) -> str:
    """`3–5 Mar 2026`, as the language has it; the day, where it is one."""
    from babel.dates import format_interval

    return (
        formatting.format_day(say, first)
        if first == last
        else format_interval(first, last, "yMMMd", locale=say.locale)
    )


def _build_day(day: date, told: list[tuple[Chapter, Entry]], words: _Days) -> Day:
    """What several editions quote of it on one day is told once."""
    groups = dict.fromkeys(group for _, entry in told for group in entry.groups)
    links = tuple(Link(chapter.title, edition_path(chapter)) for chapter, _ in told)
    return Day(day.isoformat(), words.long(day), told[0][1].status, tuple(groups), links)


def _draw_volume(entries: Iterable[Entry], last: date, say: Messages) -> Volume | None:
    counts: dict[date, int] = {}
    for entry in entries:
        for day, count in entry.volume:
            counts[day] = max(count, counts.get(day, 0))
    if not counts:
        return None
    days = min(BARS, (last - min(counts)).days + 1)
    per_day = [counts.get(last - timedelta(days=days - 1 - place), 0) for place in range(days)]
    return sparkline.draw_volume(say, per_day, last)
