"""The plain data of an edition.json in, what the archive tells of that edition out: a few kilobytes
of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Moment
from briefing.renditions.context.build import FOLLOWED
from briefing.renditions.localisation import formatting
from briefing.renditions.localisation.catalogue import Messages, load_messages
from briefing.renditions.templating import escaping

NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z0-9-]+?)(?:-r(\d{1,4}))?")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# days of volume of one item that are taken over: a year, and what a hostile record may not exceed
LONGEST = 400
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Where sentences stand: outlet and time as far as the article states them."""

    outlet: str
    when: str
    iso: str
    link: str | None  # to the very words
    named: bool  # whether outlet or time is stated at all


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive sentences of one article, with the one label they share."""

    sentences: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Entry:
    """A storyline as one edition told it."""

    storyline: str
    headline: str
    source: Source  # of the headline
    section: str
    status: str
    lead: bool
    groups: tuple[Group, ...]
    volume: tuple[tuple[date, int], ...]  # days with articles
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """An edition as the archive lists it; `name` is its folder's, `files` are those that
    lie in it.
    """

    name: str
    title: str
    profile: str
    day: date
    revision: int
    language: str
    facts: tuple[str, ...]
    entries: tuple[Entry, ...]
    files: frozenset[str]
    key: str = (
        ""  # a digest of all it is made of; where there is none its pages are always made anew
    )


def parse_chapter(
    name: str,
    record: Record,
    files: Collection[str],
    *,
    templates: Path | None = None,
    key: str = "",
) -> Chapter:
    """Raises BriefingError for a record that is no edition. All texts are made visible, all
    addresses are checked.

    Dates and counts are in the edition's language.
    """
    parts = NAME.fullmatch(name)
    try:
        if not parts or record["date"] != parts[1]:
            raise BriefingError(
                f"{name}: its edition.json is that of another day; publish the edition again"
            )
        labels = _Labels(
            record,
            date.fromisoformat(record["date"]),
            load_messages(_language_tag(record), templates),
        )
        return _build_chapter(name, parts, labels, frozenset(files), key)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise BriefingError(
            f"{name}: its edition.json is damaged ({error!r}); publish the edition again"
        ) from error


def _language_tag(record: Record) -> str:
    """A tag fit for an attribute and a file's name; `und` (undetermined) for anything else."""
    return record["language"] if LANGUAGE.fullmatch(record["language"]) else "und"


def _build_chapter(
    name: str, parts: re.Match[str], labels: _Labels, files: frozenset[str], key: str
) -> Chapter:
    record, say = labels.record, labels.say
    items = [
        (item, lead) for kind, lead in (("leads", True), ("briefs", False)) for item in record[kind]
    ]
    facts = (
        say.count("words", int(record["words"])),
        say.count("minutes", int(record["minutes"])),
        say.count("storylines", len(items)),
    )
    entries = tuple(_build_entry(item, lead, labels) for item, lead in items)
    return Chapter(
        name=name,
        title=escaping.visible_text(record["title"]),
        profile=parts[2],
        day=labels.day,
        revision=int(parts[3] or 1),
        language=_language_tag(record),
        facts=facts,
        entries=entries,
        files=files,
        key=key,
    )


@dataclass(frozen=True, slots=True)
class _Labels:
    """Where the sentences of one edition stand."""

    record: Record
    day: date
    say: Messages

    def __call__(self, article: str, texts: list[str]) -> Source:
        of = self.record["articles"][article]
        when = Moment.fromisoformat(of["published"]) if of["published"] else None
        outlet, say, zone = self.outlet(article), self.say, self.record["timezone"]
        known = (
            formatting.format_moment(say, when, year=self.day.year, zone=zone)
            if when or outlet
            else say("nothing_known")
        )
        return Source(
            outlet=outlet or say("outlet_unknown"),
            when=known,
            iso=when.isoformat() if when else "",
            link=escaping.text_fragment_url(of["url"], texts),
            named=bool(outlet or when),
        )

    def outlet(self, article: str) -> str:
        return escaping.visible_text(self.record["articles"][article]["outlet"] or "")


def _build_entry(item: Record, lead: bool, labels: _Labels) -> Entry:  # noqa: FBT001 - one of two kinds
    storyline, headline = item["storyline"], item["storyline"]["headline"]
    text = escaping.visible_text(headline["text"])
    quoted = [text] if "start" in headline else []
    quotes = [*item["quotes"], *(quote for part in item["parts"].values() for quote in part)]
    return Entry(
        storyline=escaping.visible_text(storyline["id"]),
        headline=text,
        source=labels(headline["article"], quoted),
        section=_section_name(item["section"], labels.say),
        status=formatting.capitalise(
            labels.say.recorded(escaping.visible_text(item["status"] or ""))
        ),
        lead=lead,
        groups=tuple(_group_quotes(quotes, labels)),
        volume=tuple(_daily_volume(item["volume"], labels.day)),
        outlets=tuple(
            sorted({outlet for key in storyline["articles"] if (outlet := labels.outlet(key))})
        ),
    )


def _section_name(name: str | None, say: Messages) -> str:
    shown = escaping.visible_text(name or "")
    return formatting.capitalise(say.recorded(shown) if name == FOLLOWED else shown)


def _group_quotes(quotes: list[Record], labels: _Labels) -> Iterator[Group]:
    """Consecutive quotations of one article under one label; a sentence that stands twice is told
    once.
    """
    texts = dict.fromkeys(
        (quote["article"], escaping.visible_text(quote["text"])) for quote in quotes
    )
    for article, run in groupby(texts, key=lambda pair: pair[0]):
        said = [text for _, text in run]
        yield Group(tuple(said), labels(article, said))


def _daily_volume(counts: list[int], last: date) -> Iterator[tuple[date, int]]:
    kept = counts[-LONGEST:]
    for place, count in enumerate(kept):
        if 0 < int(count) < 1_000_000:
            yield last - timedelta(days=len(kept) - 1 - place), int(count)
