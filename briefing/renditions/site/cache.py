"""Chapters in, plain data out that is kept from one day to the next, and the other way: not every record anew."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefing.renditions.site.entries import Chapter, Entry, Group, Source

Plain = list[Any]


def to_plain(chapter: Chapter) -> Plain:
    return [
        chapter.name,
        chapter.title,
        chapter.profile,
        chapter.day.isoformat(),
        chapter.revision,
        chapter.language,
        chapter.facts,
        [_entry(one) for one in chapter.entries],
        sorted(chapter.files),
        chapter.key,
    ]


def _entry(entry: Entry) -> Plain:
    return [
        entry.storyline,
        entry.headline,
        _source(entry.source),
        entry.section,
        entry.status,
        entry.lead,
        [[group.sentences, _source(group.source)] for group in entry.groups],
        [[day.toordinal(), count] for day, count in entry.volume],
        entry.outlets,
    ]


def _source(source: Source) -> Plain:
    return [source.outlet, source.when, source.iso, source.link, source.named]


def from_plain(plain: Plain) -> Chapter:
    """Raises ValueError or TypeError for anything that `to_plain` did not write."""
    name, title, profile, day, revision, language, facts, entries, files, key = plain
    made = tuple(_entry_of(one) for one in entries)
    names = frozenset(files)
    return Chapter(
        name, title, profile, date.fromisoformat(day), revision, language, tuple(facts), made, names, key
    )  # fmt: skip


def _entry_of(plain: Plain) -> Entry:
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
