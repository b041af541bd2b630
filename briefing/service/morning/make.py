"""A workspace's archive to the edition of a day: what was collected, read once, told with what was
told before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from briefing import __version__
from briefing.archive import search
from briefing.archive.edition_files.revisions import revise_edition
from briefing.archive.store import (
    articles,
    documents,
    editions,
    source_states,
    storylines,
    withdrawals,
)
from briefing.config import Config, configured_sources
from briefing.editions.ledger import article_fate
from briefing.errors import BriefingError
from briefing.model import Article, Document, Edition, Fate, Quote, Span, Storyline, Window
from briefing.service.collection.withdrawing import printable
from briefing.service.morning.due import Made

if TYPE_CHECKING:
    from briefing.storylines import Remembered
    from briefing.wiring import Memory

UNREAD = frozenset({"unreadable", "failed", "held"})
LATE = timedelta(
    days=2
)  # before its window a document may have come in and still be told: sources that are read daily
LOOKED_AT = 30  # editions, newest first, among which the one before a day is looked for
REMEMBERED = timedelta(days=30)  # how long a quotation that readers had is not printed again


@dataclass(frozen=True, slots=True)
class Read:
    """What the documents of a window hold, by origin and digest, and those that nothing can be read
    of.
    """

    documents: Mapping[tuple[str, str], tuple[Article, ...]]
    aside: tuple[Fate, ...]
    troubles: tuple[str, ...] = ()  # for the operator: what was taken back

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(one for articles in self.documents.values() for one in articles)


@dataclass(slots=True)
class Shared:
    """What the readers of one run have in common: the visit of the sources, the reading and
    grouping of a window.
    """

    troubles: tuple[str, ...] | None = None  # of the visit; None before it
    told: dict[Window, Read] = field(default_factory=dict)
    grouped: dict[tuple[object, ...], tuple[tuple[Storyline, ...], tuple[Fate, ...]]] = field(
        default_factory=dict
    )
    memory: Memory | None = None  # what the readers need of the same articles


@dataclass(slots=True)
class Maker:
    """How `run_due` gets an edition. The heavy stages are imported only when one is due."""

    config: Config
    clock: Callable[[], datetime]
    step: Callable[[str], None]
    shared: Shared = field(default_factory=Shared)

    def __call__(self, db: sqlite3.Connection, day: date, window: Window) -> Made:
        """Raises BriefingError when nothing in the window is news."""
        from briefing.pipeline import render_edition
        from briefing.service.morning import followed_storylines

        troubles = self._collected(db)
        reading = self._told(db, window)
        self.step(f"choosing from {len(reading.articles)} articles for {self.config.profile}")
        known, lines, edition = self._composed(db, day, window)
        edition = revise_edition(edition, editions.revision_records(db, self.config.profile, day))
        if not edition.items:
            raise BriefingError(
                "no news was found in its window; look with: briefing status, or briefing read PATH"
            )
        storylines.store_storylines(db, lines, profile=self.config.profile, day=day)
        followed_storylines.store_remembered(db, self.config.profile, lines, known, day)
        search.refresh_index(db)
        held = (fate for fate in edition.ledger if fate.kind == "article" and fate.fate == "held")
        unread = tuple(
            f"{fate.id}: {fate.reason}" for fate in (*reading.aside, *held) if fate.fate in UNREAD
        )
        last = editions.before(db, self.config.profile, day)
        return Made(
            render_edition(edition, self.config, (last.id, last.sha256) if last else None),
            (*troubles, *reading.troubles, *unread),
        )

    def _collected(self, db: sqlite3.Connection) -> tuple[str, ...]:
        """Visit the sources; what went wrong, a sentence each. Editions are made of what the
        archive holds then.
        """
        from briefing.service.collection.collect import collect_documents

        if self.shared.troubles is None:
            self.step("collecting documents")
            reports = collect_documents(db, self.config, now=self.clock(), early=True)
            self.shared.troubles = tuple(str(report.fault) for report in reports if report.fault)
            return self.shared.troubles
        return ()

    def _told(self, db: sqlite3.Connection, window: Window) -> Read:
        """What the documents hold, from the archive where this version has read them before; once
        for all readers.
        """
        if window not in self.shared.told:
            now = self.clock()
            since = (window.start or now) - LATE
            given = dict.fromkeys(documents.documents_between(db, since, now))
            ended = (
                documents.load_document(db, *name) for name in withdrawals.released(db, since, now)
            )
            given |= dict.fromkeys(one for one in ended if one)
            found = [((one.origin, one.sha256), self._once(db, one)) for one in given]
            removed = withdrawals.documents(db, since, now).items()
            aside = (
                *(result for _, result in found if isinstance(result, Fate)),
                *(Fate("document", origin, "withdrawn", why, origin) for origin, why in removed),
            )
            read = {name: result for name, result in found if not isinstance(result, Fate)}
            left = printable(db, read, now=now, timezone=self.config.timezone)
            self.shared.told[window] = Read(left.documents, (*aside, *left.fates), left.troubles)
        return self.shared.told[window]

    def _once(self, db: sqlite3.Connection, document: Document) -> tuple[Article, ...] | Fate:
        found = articles.load_reading(db, document, version=__version__)
        if found is None:
            from briefing.service.collection.reread import read_into

            found = read_into(db, document, timezone=self.config.timezone, now=self.clock())
        return found

    def _grouped(
        self, db: sqlite3.Connection, day: date, window: Window
    ) -> tuple[tuple[Remembered, ...], tuple[Storyline, ...], tuple[Fate, ...]]:
        """What was known, the day's storylines, grouped once for all readers who know the same; and
        copies folded.
        """
        from briefing.holding import fold_and_group
        from briefing.registry import find_function
        from briefing.service.morning import followed_storylines
        from briefing.storylines import CLUSTERERS, group_articles

        known = followed_storylines.load_remembered(db, self.config.profile, day)
        key = (
            window,
            self.config.clusterer,
            tuple((one.id, one.last_seen, one.articles) for one in known),
        )
        if key not in self.shared.grouped:
            clusterer = find_function(self.config.clusterer, CLUSTERERS, kind="clusterer")
            found = fold_and_group(
                self._told(db, window).articles,
                partial(group_articles, clusterer=clusterer, known=known),
            )
            self.shared.grouped[key] = found.storylines, found.fates
        return known, *self.shared.grouped[key]

    def _composed(
        self, db: sqlite3.Connection, day: date, window: Window
    ) -> tuple[tuple[Remembered, ...], tuple[Storyline, ...], Edition]:
        """What was known, the day's storylines with what they told before, and the edition
        of them.
        """
        from briefing.holding import compose_others
        from briefing.service.morning import followed_storylines
        from briefing.storylines import apply_decisions, relink_storylines
        from briefing.wiring import Memory, build_audience, edition_composer, load_decisions

        profile = self.config.profile
        known, found, folded = self._grouped(db, day, window)
        whole = followed_storylines.complete_storylines(db, profile, found, day)
        told = relink_storylines(
            (
                *whole,
                *followed_storylines.silent_storylines(
                    db, profile, known, found, day, build_audience(self.config).follows
                ),
            )
        )
        lines = told[: len(whole)]
        self.shared.memory = self.shared.memory or Memory()
        compose = partial(
            edition_composer(self.config, self.shared.memory),
            date=day,
            window=window,
            sent=self._sent(db, day),
            late=self._late(db, day, window),
        )
        told, past = _drop_undated(told, self._had(db, day, window))
        fates = (*self._told(db, window).aside, *folded, *past, *self._ailing(db))
        edition = compose_others(
            lambda given, held: compose(given, fates=(*fates, *held)),
            apply_decisions(told, load_decisions(self.config)),
        )
        return known, lines, edition

    def _ailing(self, db: sqlite3.Connection) -> tuple[Fate, ...]:
        """Sources that fail, have gone or have fallen silent, for the imprint."""
        from briefing.service.collection.source_health import assess_sources

        found = assess_sources(
            configured_sources(self.config), source_states.load_all_states(db), self.clock()
        )
        return tuple(health.fate for health in found if health.is_trouble)

    def _late(self, db: sqlite3.Connection, day: date, window: Window) -> tuple[str, ...]:
        """Articles of shortly before the window that came in after the last edition was made, and
        were in none.
        """
        from briefing.editions.windows import resolve_instant

        if window.start is None or self._last_made(db, day) is None:
            return ()
        had, since = self._had(db, day, window), window.start - LATE
        return tuple(
            one.id
            for one in self._told(db, window).articles
            if one.id not in had
            and one.published
            and since < resolve_instant(one.published, self.config.timezone) <= window.start
        )

    def _had(self, db: sqlite3.Connection, day: date, window: Window) -> frozenset[str]:
        """Ids of articles that had come in when the last edition was made."""
        last = self._last_made(db, day)
        if last is None:
            return frozenset()
        keys = documents.document_keys_between(db, (window.start or last) - LATE, last)
        found = self._told(db, window).documents.items()
        return frozenset(one.id for name, articles in found if name in keys for one in articles)

    def _last_made(self, db: sqlite3.Connection, day: date) -> datetime | None:
        """When the last edition of a day before was made: that of the day itself may be made again."""
        last = editions.latest_editions(db, profile=self.config.profile, limit=LOOKED_AT)
        return next((one.made for one in last if one.date < day), None)

    def _sent(self, db: sqlite3.Connection, day: date) -> tuple[Quote, ...]:
        """Quotations that the profile's readers have had, as far as their articles are
        still there.
        """
        told = editions.shown_quotations(
            db, profile=self.config.profile, before=day, since=day - REMEMBERED
        )
        known = articles.load_articles(db, dict.fromkeys(one.article for one in told))
        return tuple(
            Quote(known[one.article], Span(one.start, one.stop))
            for one in told
            if one.article in known and known[one.article].text[one.start : one.stop] == one.text
        )


def _drop_undated(
    lines: Sequence[Storyline], had: frozenset[str]
) -> tuple[tuple[Storyline, ...], tuple[Fate, ...]]:
    """Without undated reports that an earlier edition had: each stands in the first one alone."""
    past = {
        one.id: one
        for line in lines
        for one in line.articles
        if not one.published and not one.embargo and one.id in had
    }
    fates = tuple(
        article_fate(one, "outside the window", "undated, and in an edition before")
        for one in past.values()
    )
    kept = [
        replace(
            line,
            articles=tuple(one for one in line.articles if one.id not in past),
            events=tuple(
                event for event in line.events if not any(one.id in past for one in event)
            ),
        )
        for line in lines
    ]
    return tuple(line for line in kept if line.articles), fates
