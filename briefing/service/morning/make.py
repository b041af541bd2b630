"""A workspace's archive to the edition of a day: what was collected, read once, told with what was told before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from briefing import __version__
from briefing.archive import search
from briefing.archive.edition_files.revisions import revised
from briefing.archive.store import articles, documents, editions, storylines
from briefing.archive.store import source_states as states
from briefing.config import Config, sources
from briefing.errors import BriefingError
from briefing.model import Article, Document, Edition, Fate, Quote, Span, Storyline, Window
from briefing.service.morning.due import Made

if TYPE_CHECKING:
    from briefing.storylines import Remembered
    from briefing.wiring import Memory

UNREAD = frozenset({"unreadable", "failed", "held"})
LATE = timedelta(days=2)  # before its window a document may have come in and still be told: sources that are read daily
REMEMBERED = timedelta(days=30)  # how long a quotation that readers had is not printed again


@dataclass(frozen=True, slots=True)
class Read:
    """What the documents of a window hold, by origin and digest, and those that nothing can be read of."""

    documents: Mapping[tuple[str, str], tuple[Article, ...]]
    aside: tuple[Fate, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(one for articles in self.documents.values() for one in articles)


@dataclass(slots=True)
class Shared:
    """What the readers of one run have in common: the visit of the sources, the reading and grouping of a window."""

    troubles: tuple[str, ...] | None = None  # of the visit; None before it
    told: dict[Window, Read] = field(default_factory=dict)
    grouped: dict[tuple[object, ...], tuple[tuple[Storyline, ...], tuple[Fate, ...]]] = field(default_factory=dict)
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
        from briefing.pipeline import rendered
        from briefing.service.morning import followed_storylines as following

        troubles = self._collected(db)
        reading = self._told(db, window)
        self.step(f"choosing from {len(reading.articles)} articles for {self.config.profile}")
        known, lines, edition = self._composed(db, day, window)
        edition = revised(edition, editions.records(db, self.config.profile, day))
        if not edition.items:
            raise BriefingError("no news was found in its window; look with: briefing status, or briefing read PATH")
        storylines.put(db, lines, profile=self.config.profile, day=day)
        following.keep(db, self.config.profile, lines, known, day)
        search.refresh(db)
        held = (fate for fate in edition.ledger if fate.kind == "article" and fate.fate == "held")
        unread = tuple(f"{fate.id}: {fate.reason}" for fate in (*reading.aside, *held) if fate.fate in UNREAD)
        last = editions.before(db, self.config.profile, day)
        return Made(rendered(edition, self.config, (last.id, last.sha256) if last else None), (*troubles, *unread))

    def _collected(self, db: sqlite3.Connection) -> tuple[str, ...]:
        """Visit the sources; what went wrong, a sentence each. Editions are made of what the archive holds then."""
        from briefing.service.collection.collect import collect_into

        if self.shared.troubles is None:
            self.step("collecting documents")
            reports = collect_into(db, self.config, now=self.clock(), early=True)
            self.shared.troubles = tuple(str(report.fault) for report in reports if report.fault)
            return self.shared.troubles
        return ()

    def _told(self, db: sqlite3.Connection, window: Window) -> Read:
        """What the documents hold, from the archive where this version has read them before; once for all readers."""
        if window not in self.shared.told:
            now = self.clock()
            given = documents.between(db, (window.start or now) - LATE, now)
            found = [((one.origin, one.sha256), self._once(db, one)) for one in given]
            self.shared.told[window] = Read(
                {name: result for name, result in found if not isinstance(result, Fate)},
                tuple(result for _, result in found if isinstance(result, Fate)),
            )
        return self.shared.told[window]

    def _once(self, db: sqlite3.Connection, document: Document) -> tuple[Article, ...] | Fate:
        found = articles.reading_of(db, document, version=__version__)
        if found is None:
            from briefing.service.collection.reread import read_into

            found = read_into(db, document, timezone=self.config.timezone, now=self.clock())
        return found

    def _grouped(
        self, db: sqlite3.Connection, day: date, window: Window
    ) -> tuple[tuple[Remembered, ...], tuple[Storyline, ...], tuple[Fate, ...]]:
        """What was known, the day's storylines, grouped once for all readers who know the same; and copies folded."""
        from briefing.holding import fold_and_group
        from briefing.registry import find
        from briefing.service.morning import followed_storylines as following
        from briefing.storylines import CLUSTERERS, group

        known = following.remembered(db, self.config.profile, day)
        key = (window, self.config.clusterer, tuple((one.id, one.last_seen, one.articles) for one in known))
        if key not in self.shared.grouped:
            clusterer = find(self.config.clusterer, CLUSTERERS, kind="clusterer")
            found = fold_and_group(self._told(db, window).articles, partial(group, clusterer=clusterer, known=known))
            self.shared.grouped[key] = found.storylines, found.fates
        return known, *self.shared.grouped[key]

    def _composed(
        self, db: sqlite3.Connection, day: date, window: Window
    ) -> tuple[tuple[Remembered, ...], tuple[Storyline, ...], Edition]:
        """What was known, the day's storylines with what they told before, and the edition of them."""
        from briefing.holding import compose_others
        from briefing.service.morning import followed_storylines as following
        from briefing.storylines import obeyed, relinked
        from briefing.wiring import Memory, audience, composer, decisions

        profile = self.config.profile
        known, found, folded = self._grouped(db, day, window)
        lines = following.whole(db, profile, found, day)
        told = relinked((*lines, *following.silent(db, profile, known, found, day, audience(self.config).follows)))
        self.shared.memory = self.shared.memory or Memory()
        compose = partial(
            composer(self.config, self.shared.memory),
            date=day,
            window=window,
            sent=self._sent(db, day),
            late=self._late(db, window),
        )
        fates = (*self._told(db, window).aside, *folded, *self._ailing(db))
        edition = compose_others(
            lambda given, held: compose(given, fates=(*fates, *held)), obeyed(told, decisions(self.config))
        )
        return known, told[: len(lines)], edition

    def _ailing(self, db: sqlite3.Connection) -> tuple[Fate, ...]:
        """Sources that fail, have gone or have fallen silent, for the imprint."""
        from briefing.service.collection.source_health import healths

        found = healths(sources(self.config), states.everything(db), self.clock())
        return tuple(health.fate for health in found if health.is_trouble)

    def _late(self, db: sqlite3.Connection, window: Window) -> tuple[str, ...]:
        """Articles of shortly before the window that came in after the last edition was made, and were in none."""
        from briefing.editions.windows import instant

        last = editions.latest(db, profile=self.config.profile)
        if window.start is None or not last:
            return ()
        reading, since = self._told(db, window), window.start - LATE
        before = documents.names_between(db, since, last[0].made)
        had = {one.id for name, found in reading.documents.items() if name in before for one in found}
        return tuple(
            one.id
            for one in reading.articles
            if one.id not in had
            and one.published
            and since < instant(one.published, self.config.timezone) <= window.start
        )

    def _sent(self, db: sqlite3.Connection, day: date) -> tuple[Quote, ...]:
        """Quotations that the profile's readers have had, as far as their articles are still there."""
        told = editions.told(db, profile=self.config.profile, before=day, since=day - REMEMBERED)
        known = articles.get(db, dict.fromkeys(one.article for one in told))
        return tuple(
            Quote(known[one.article], Span(one.start, one.stop))
            for one in told
            if one.article in known and known[one.article].text[one.start : one.stop] == one.text
        )
