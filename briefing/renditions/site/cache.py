"""Chapters in, plain data out that is kept from one day to the next, and the other way: not every
record anew.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from briefing.renditions.site.entries import Chapter, Entry, Group, Source

Plain = list[Any]


def dump_chapter(chapter: Chapter) -> Plain:
    return [
        chapter.name,
        chapter.title,
        chapter.profile,
        chapter.day.isoformat(),
        chapter.revision,
        chapter.language,
        chapter.facts,
        [_dump_entry(one) for one in chapter.entries],
        sorted(chapter.files),
        chapter.key,
    ]


def _dump_entry(entry: Entry) -> Plain:
    return [
        entry.storyline,
        entry.headline,
        _dump_source(entry.source),
        entry.section,
        entry.status,
        entry.lead,
        [[group.sentences, _dump_source(group.source)] for group in entry.groups],
        [[day.toordinal(), count] for day, count in entry.volume],
        entry.outlets,
    ]


def _dump_source(source: Source) -> Plain:
    return [source.outlet, source.when, source.iso, source.link, source.named]


def load_chapter(plain: Plain) -> Chapter:
    """Raises ValueError or TypeError for anything that `dump_chapter` did not write."""
    name, title, profile, day, revision, language, facts, entries, files, key = plain
    made = tuple(_load_entry(one) for one in entries)
    names = frozenset(files)
    return Chapter(
        name, title, profile, date.fromisoformat(day), revision, language, tuple(facts), made, names, key
    )  # fmt: skip


def _load_entry(plain: Plain) -> Entry:
    storyline, headline, source, section, status, lead, groups, volume, outlets = plain
    return Entry(
        storyline,
        headline,
        Source(*source),
        section,
        status,
        lead,
        tuple(Group(tuple(sentences), Source(*of)) for sentences, of in groups),
        tuple((date.fromordinal(day), count) for day, count in volume),
        tuple(outlets),
    )
