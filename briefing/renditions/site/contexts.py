"""Chapters and storylines in, what the templates of the archive's pages are given out: plain texts,
links, lists.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property, partial
from itertools import groupby
from typing import Any

from briefing.renditions.localisation import formatting
from briefing.renditions.localisation.catalogue import Messages
from briefing.renditions.site import navigation
from briefing.renditions.site.entries import Chapter, Entry
from briefing.renditions.site.navigation import Link, Telling

FOLLOWED = timedelta(days=7)  # a storyline told so lately stands on the first page
OTHERS = 3  # headlines of an edition that a list names beside its first
# months whose storylines stand on one page; those of older ones stand on the pages of their months
LISTED = 6
FED = 30  # editions in the feed, the newest
SHOWN = (
    ("page.html", "site_web"),
    ("edition.html", "site_mailed"),
    ("edition.pdf", "PDF"),
    ("edition.md", "Markdown"),
)
Context = dict[str, Any]


@dataclass(frozen=True)
class Shelf:
    """Everything there is, newest first; at least one chapter."""

    chapters: tuple[Chapter, ...]
    say: Messages  # of the newest edition's language

    @cached_property
    def shown(self) -> tuple[Chapter, ...]:
        return navigation.latest_revisions(self.chapters)

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        return navigation.collect_tellings(self.shown, self.say)

    @cached_property
    def by_path(self) -> dict[str, Telling]:
        return {one.path: one for one in self.tellings}

    @cached_property
    def several(self) -> bool:
        """Whether editions of more than one profile lie here, so that each must be named."""
        return len({one.profile for one in self.chapters}) > 1

    @cached_property
    def day(self) -> Callable[[date], str]:
        """A day in words; each is found once, as most stand on several pages."""
        return cache(partial(formatting.format_day, self.say))

    @cached_property
    def month(self) -> Callable[[date], str]:
        """A month in words, by its first day."""
        return cache(lambda first: formatting.capitalise(self.name("LLLL y", first)))

    @property
    def newest(self) -> Chapter:
        return self.chapters[0]

    def name(self, pattern: str, day: date) -> str:
        """A weekday or a month by a CLDR pattern."""
        from babel.dates import format_date

        return format_date(day, pattern, locale=self.say.locale)


def front_context(shelf: Shelf) -> Context:
    newest = shelf.newest.day
    return {
        "latest": [edition_context(shelf, one) for one in shelf.shown if one.day == newest],
        "list": editions_by_day(
            shelf, [one for one in shelf.shown if _month_key(one.day) == _month_key(newest)]
        ),
        "month": _month_link(shelf, newest),
        "followed": [
            one for one in shelf.tellings if one.last > newest - FOLLOWED and len(one.days) > 1
        ],
        "years": list(_year_contexts(shelf)),
    }


def month_contexts(shelf: Shelf) -> Iterator[tuple[str, Context]]:
    """Path and context of each month's page, newest first; without the list of its editions, see
    `editions_by_day`.
    """
    runs = editions_by_month(shelf)
    for place, run in enumerate(runs):
        paths = {
            navigation.storyline_path(entry.storyline)
            for chapter in run
            for entry in chapter.entries
        }
        yield (
            navigation.month_path(run[0].day),
            {
                "month": _month_link(shelf, run[0].day),
                "told": [one for one in shelf.tellings if one.path in paths],
                "newer": _month_link(shelf, runs[place - 1][0].day) if place else None,
                "older": _month_link(shelf, runs[place + 1][0].day)
                if place + 1 < len(runs)
                else None,
            },
        )


def editions_by_month(shelf: Shelf) -> list[list[Chapter]]:
    """The editions of each month, newest first."""
    return [list(run) for _, run in groupby(shelf.shown, key=lambda one: _month_key(one.day))]


def edition_contexts(shelf: Shelf) -> Iterator[tuple[str, Context]]:
    """Path and context of each edition's page: what it says of others; what it says of itself is
    `edition_context`.
    """
    neighbours, revisions = _neighbouring_editions(shelf), _revisions_by_day(shelf)
    for one in shelf.chapters:
        newer, older = neighbours.get(one.name, (None, None))
        yield (
            navigation.edition_path(one),
            {
                "newer": newer and Link(shelf.day(newer.day), navigation.edition_path(newer)),
                "older": older and Link(shelf.day(older.day), navigation.edition_path(older)),
                "month": _month_link(shelf, one.day),
                "revisions": [
                    Link(_revision_label(shelf, other), navigation.edition_path(other))
                    for other in revisions[one.day, one.profile]
                    if other is not one
                ],
            },
        )


def storylines_context(shelf: Shelf) -> Context:
    """Storylines by the month they were last told in: those of the newest months, how many there
    are of older ones.
    """
    runs = [list(run) for _, run in groupby(shelf.tellings, key=lambda one: _month_key(one.last))]
    return {
        "months": [
            {
                "month": _month_link(shelf, run[0].last),
                "told": run if place < LISTED else [],
                "count": shelf.say.count("storylines", len(run)),
            }
            for place, run in enumerate(runs)
        ]
    }


def feed_context(shelf: Shelf, web: str | None) -> Context:
    """The newest editions; addresses are relative where the target has none of its own."""
    newest = shelf.newest
    return {
        "id": _urn(f"site/{newest.profile}"),
        "title": newest.title,
        "language": newest.language,
        "web": f"{web.rstrip('/')}/" if web else "",
        "editions": [
            edition_context(shelf, one) | {"id": _urn(f"site/{one.name}")}
            for one in shelf.shown[:FED]
        ],
    }


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"briefing:{name}").urn


def edition_context(shelf: Shelf, chapter: Chapter) -> Context:
    """An edition with its headlines, each linked to its storyline."""
    folder = f"{chapter.day.year:04}/{chapter.name}"
    return {
        "title": chapter.title,
        "date": formatting.format_long_day(shelf.say, chapter.day),
        "iso": chapter.day.isoformat(),
        "updated": f"{chapter.day.isoformat()}T00:00:00Z",
        "revision": chapter.revision,
        "path": navigation.edition_path(chapter),
        "facts": chapter.facts,
        "files": [
            Link(shelf.say(label) if label.startswith("site_") else label, f"{folder}/{name}")
            for name, label in SHOWN
            if name in chapter.files
        ],
        "leads": [_item_context(shelf, entry) for entry in chapter.entries if entry.lead],
        "briefs": [_item_context(shelf, entry) for entry in chapter.entries if not entry.lead],
    }


def _item_context(shelf: Shelf, entry: Entry) -> Context:
    path = navigation.storyline_path(entry.storyline)
    telling = shelf.by_path.get(
        path
    )  # an edition that was revised tells storylines that may stand nowhere else
    first = entry.groups[0] if entry.groups else None
    return {
        "headline": entry.headline,
        "source": entry.source,
        "path": path if telling else None,
        "section": entry.section,
        "status": entry.status,
        "sentence": first.sentences[0] if first else None,
        "label": first.source if first else None,
        "volume": telling.volume if telling else None,
    }


def editions_by_day(shelf: Shelf, chapters: Sequence[Chapter]) -> list[Context]:
    """Editions by day, with their headlines."""
    return [
        {
            "iso": day.isoformat(),
            "number": day.day,
            "weekday": shelf.name("ccc", day),
            "editions": [_edition_line(shelf, one) for one in run],
        }
        for day, run in groupby(chapters, key=lambda one: one.day)
    ]


def _edition_line(shelf: Shelf, chapter: Chapter) -> Context:
    headlines = [
        entry.headline for entry in sorted(chapter.entries, key=lambda entry: not entry.lead)
    ]
    return {
        "title": chapter.title if shelf.several else "",
        "path": navigation.edition_path(chapter),
        "headline": headlines[0] if headlines else shelf.say("site_quiet"),
        "others": headlines[1 : 1 + OTHERS],
        "count": chapter.facts[-1],
    }


def _month_key(day: date) -> tuple[int, int]:
    return day.year, day.month


def _month_link(shelf: Shelf, day: date) -> Link:
    return Link(shelf.month(day.replace(day=1)), navigation.month_path(day))


def _year_contexts(shelf: Shelf) -> Iterator[Context]:
    """Twelve places a year, newest year first: how many editions there are of each month."""
    counts: dict[tuple[int, int], int] = {}
    for one in shelf.shown:
        counts[_month_key(one.day)] = counts.get(_month_key(one.day), 0) + 1
    for year in sorted({year for year, _ in counts}, reverse=True):
        yield {
            "year": year,
            "months": [_month_cell(shelf, date(year, place, 1), counts) for place in range(1, 13)],
        }


def _month_cell(shelf: Shelf, first: date, counts: dict[tuple[int, int], int]) -> Context:
    number, month = counts.get(_month_key(first), 0), _month_link(shelf, first)
    return {
        "short": shelf.name("LLL", first),
        "number": number,
        "path": month.path if number else None,
    }


def _revision_label(shelf: Shelf, chapter: Chapter) -> str:
    return (
        shelf.say("revision", n=chapter.revision)
        if chapter.revision > 1
        else shelf.say("site_first")
    )


def _neighbouring_editions(shelf: Shelf) -> dict[str, tuple[Chapter | None, Chapter | None]]:
    """Name of an edition to the one after and the one before it, of the same profile."""
    runs: dict[str, list[Chapter | None]] = {}
    for one in shelf.shown:
        runs.setdefault(one.profile, [None]).append(one)
    return {
        one.name: (run[place - 1], run[place + 1] if place + 1 < len(run) else None)
        for run in runs.values()
        for place, one in enumerate(run)
        if one
    }


def _revisions_by_day(shelf: Shelf) -> dict[tuple[date, str], list[Chapter]]:
    found: dict[tuple[date, str], list[Chapter]] = {}
    for one in shelf.chapters:
        found.setdefault((one.day, one.profile), []).append(one)
    return found
