"""A workspace's archive to the edition of a day: what was collected, read once, told with what was told before."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from briefing import __version__
from briefing.archive import articles, documents, editions, fetches, search, storylines
from briefing.config import Config
from briefing.errors import BriefingError
from briefing.model import Article, Document, Edition, Fate, Quote, Span, Storyline, Window
from briefing.service.due import Made

UNREAD = frozenset({"unreadable", "failed"})
LATE = timedelta(days=2)  # before its window a document may have come in and still be told: sources that are read daily
FOLLOWED = timedelta(days=21)  # a storyline that nobody reported on for so long is not followed any more
REMEMBERED = timedelta(days=30)  # how long a quotation that readers had is not printed again


@dataclass(slots=True)
class Maker:
    """How `run_due` gets an edition. The heavy stages are imported only when one is due."""

    config: Config
    clock: Callable[[], datetime]
    step: Callable[[str], None]
    visited: bool = False  # the sources, once for all the days of a run

    def __call__(self, db: sqlite3.Connection, day: date, window: Window) -> Made:
        """Raises BriefingError when nothing in the window is news."""
        from briefing.pipeline import rendered  # noqa: PLC0415 - see above

        troubles = self._collected(db)
        read = list(self._read(db, window))
        told = [one for result in read if not isinstance(result, Fate) for one in result]
        self.step(f"choosing from {len(told)} articles")
        aside = tuple(result for result in read if isinstance(result, Fate))
        lines, edition = self._composed(db, day, window, told, aside)
        if not edition.items:
            raise BriefingError("no news was found in its window; look with: briefing status, or briefing read PATH")
        storylines.put(db, lines, profile=self.config.profile, day=day)
        search.refresh(db)
        unread = tuple(f"{fate.id}: {fate.reason}" for fate in aside if fate.fate in UNREAD)
        return Made(rendered(edition, self.config), (*troubles, *unread))

    def _collected(self, db: sqlite3.Connection) -> tuple[str, ...]:
        """Visit the sources; what went wrong, a sentence each. Editions are made of what the archive holds then."""
        from briefing.service.collecting import collect_into  # noqa: PLC0415 - see above

        if self.visited:
            return ()
        self.visited = True
        self.step("collecting documents")
        reports = collect_into(db, self.config, now=self.clock(), early=True)
        return tuple(str(report.fault) for report in reports if report.fault)

    def _read(self, db: sqlite3.Connection, window: Window) -> Iterator[tuple[Article, ...] | Fate]:
        """What the documents hold in their newest versions, from the archive where this program read them before."""
        from briefing.articles import newest  # noqa: PLC0415 - see above

        now = self.clock()
        collected = documents.between(db, (window.start or now) - LATE, now)
        for _, versions in itertools.groupby(collected, key=lambda one: (one.origin, fetches.giver(one.source))):
            yield from newest([self._once(db, document) for document in versions])

    def _once(self, db: sqlite3.Connection, document: Document) -> tuple[Article, ...] | Fate:
        found = articles.reading_of(db, document, version=__version__)
        if found is None:
            from briefing.articles import read_all  # noqa: PLC0415 - see above

            reading = read_all([document], timezone=self.config.timezone)
            found = reading.set_aside[0] if reading.set_aside else reading.articles
            articles.read(db, document, found, version=__version__, now=self.clock())
        return found

    def _composed(
        self, db: sqlite3.Connection, day: date, window: Window, told: list[Article], aside: tuple[Fate, ...]
    ) -> tuple[tuple[Storyline, ...], Edition]:
        from briefing.articles import fold  # noqa: PLC0415 - see above
        from briefing.registry import find  # noqa: PLC0415
        from briefing.storylines import CLUSTERERS, group  # noqa: PLC0415
        from briefing.wiring import composer  # noqa: PLC0415

        config = self.config
        known = storylines.known(db, profile=config.profile, since=day - FOLLOWED)
        folding = fold(told)
        lines = group(folding.articles, clusterer=find(config.clusterer, CLUSTERERS, kind="clusterer"), known=known)
        edition = composer(config)(
            lines, date=day, window=window, sent=self._sent(db, day), fates=(*aside, *folding.fates)
        )
        return lines, edition

    def _sent(self, db: sqlite3.Connection, day: date) -> tuple[Quote, ...]:
        """Quotations that the profile's readers have had, as far as their articles are still there."""
        told = editions.told(db, profile=self.config.profile, before=day, since=day - REMEMBERED)
        known = articles.get(db, dict.fromkeys(one.article for one in told))
        return tuple(
            Quote(known[one.article], Span(one.start, one.stop))
            for one in told
            if one.article in known and known[one.article].text[one.start : one.stop] == one.text
        )
