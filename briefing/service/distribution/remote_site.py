"""A remote place that an edition was just published to, to one whose copies, pages and number of editions are right."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing import __version__
from briefing.archive.store import edition_records as records
from briefing.archive.store import editions, publications
from briefing.archive.store.publications import There
from briefing.config import Config
from briefing.deliveries import deadline, remote
from briefing.deliveries.remote.store import Store
from briefing.errors import BriefingError
from briefing.service.distribution.page_cache import Remembered, pressed

if TYPE_CHECKING:
    from briefing.renditions.site import Chapter


@dataclass(frozen=True, slots=True)
class Holding:
    """What the archive knows of a place: editions that stay, newest first, and those that are too many."""

    stay: tuple[There, ...]
    gone: tuple[There, ...]
    names: Mapping[str, Sequence[str]]  # of the files of each, by edition
    records: Mapping[str, bytes]  # compressed, by digest


def tend(
    db: sqlite3.Connection, config: Config, edition: str, *, target: str, opened: Callable[[], Store]
) -> tuple[str, ...]:
    """Once the edition is there. What cannot be done is a sentence: the edition is there, the next one mends it."""
    found = _holding(db, config, target)
    files = editions.renditions(db, edition)
    place = next((one.place for one in found.stay if one.edition == edition), "")

    def work() -> dict[str, list[str]]:
        return _tended(config, target, found, opened(), lambda store: remote.copy_newest(place, files, store))

    try:
        done: dict[str, Any] = deadline.within(config.share.deadline, work, what=f"{target}: its pages")
    except BriefingError as error:
        return (f"{error}; the next publication mends it",)
    for one in done["removed"]:
        publications.removed(db, one, target)
    return tuple(done["warnings"])


def _holding(db: sqlite3.Connection, config: Config, target: str) -> Holding:
    there = publications.there(db, target)
    keep = config.share.keep or len(there)
    names = {one.edition: editions.names(db, one.edition) for one in there}
    return Holding(there[:keep], there[keep:], names, records.packed(db))


def _tended(
    config: Config, target: str, found: Holding, store: Store, copy: Callable[[Store], None]
) -> dict[str, list[str]]:
    """In a process of its own, as the place may hang."""
    warnings: list[str] = []

    def attempt(step: Callable[[], object]) -> bool:
        try:
            step()
        except BriefingError as error:
            warnings.append(f"{error}; the next publication mends it")
            return False
        return True

    if config.share.copies and store.whole:
        attempt(lambda: copy(store))
    if config.share.site and store.whole:
        attempt(lambda: _pages(config, target, found, store, warnings))
    removed = [
        one.edition
        for one in found.gone
        if attempt(lambda one=one: remote.expire({one.place: found.names[one.edition]}, store))  # type: ignore[misc]
    ]
    return {"removed": removed, "warnings": warnings}


def _pages(config: Config, target: str, found: Holding, store: Store, warnings: list[str]) -> None:
    from briefing.renditions.site import press, sheets

    templates = Path(config.templates) if config.templates else None
    remembered = Remembered.of(Path(config.state), target)
    chapters = list(_chapters(found, templates, press(__version__, templates), remembered, warnings))
    made = sheets(chapters, version=__version__, templates=templates, web=config.share.web)
    pages = list(pressed(made, remembered))
    remembered.keep()
    remote.put_pages(pages, store)


def _chapters(
    found: Holding, templates: Path | None, machine: str, remembered: Remembered, warnings: list[str]
) -> Iterator[Chapter]:
    from briefing.renditions.site import chapter, digest

    for one in found.stay:
        name, names = one.place.rpartition("/")[2], found.names[one.edition]
        key = digest(machine, name, one.sha256, sorted(names))
        try:
            known = remembered.chapter(key)
            made = known or chapter(
                name, records.record(found.records[one.sha256]), names, templates=templates, key=key
            )
        except BriefingError as error:
            warnings.append(f"{error}; the archive's pages leave it out")
            continue
        if not known:
            remembered.learn(made)
        yield made
