"""A remote place that an edition was just published to, to one whose copies, pages and number of
editions are right.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing import __version__
from briefing.archive.store import edition_records, editions, publications
from briefing.archive.store.publications import There
from briefing.config import Config
from briefing.deliveries import deadline, remote
from briefing.deliveries.remote.store import Store
from briefing.errors import BriefingError
from briefing.service.distribution.page_cache import Remembered, render_changed_pages

if TYPE_CHECKING:
    from briefing.renditions.site import Chapter


@dataclass(frozen=True, slots=True)
class Holding:
    """What the archive knows of a place: editions that stay, newest first, and those that are too
    many.
    """

    stay: tuple[There, ...]
    gone: tuple[There, ...]
    names: Mapping[str, Sequence[str]]  # of the files of each, by edition
    records: Mapping[str, bytes]  # compressed, by digest


def tend_remote_site(
    db: sqlite3.Connection,
    config: Config,
    edition: str,
    *,
    target: str,
    opened: Callable[[], Store],
) -> tuple[str, ...]:
    """Once the edition is there. What cannot be done is a sentence: the edition is there, the next
    one mends it.
    """
    found = _list_holding(db, config, target)
    files = editions.load_renditions(db, edition)
    place = next((one.place for one in found.stay if one.edition == edition), "")

    def work() -> dict[str, list[str]]:
        return _tend_store(
            config, target, found, opened(), lambda store: remote.copy_newest(place, files, store)
        )

    try:
        done: dict[str, Any] = deadline.run_within(
            config.share.deadline, work, what=f"{target}: its pages"
        )
    except BriefingError as error:
        return (f"{error}; the next publication mends it",)
    for one in done["removed"]:
        publications.mark_removed(db, one, target)
    return tuple(done["warnings"])


def _list_holding(db: sqlite3.Connection, config: Config, target: str) -> Holding:
    there = publications.published_editions(db, target)
    keep = config.share.keep or len(there)
    names = {one.edition: editions.rendition_names(db, one.edition) for one in there}
    return Holding(there[:keep], there[keep:], names, edition_records.compressed_records(db))


def _tend_store(
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
        attempt(lambda: _update_pages(config, target, found, store, warnings))
    removed = [
        one.edition
        for one in found.gone
        if attempt(partial(remote.expire_editions, {one.place: found.names[one.edition]}, store))
    ]
    return {"removed": removed, "warnings": warnings}


def _update_pages(
    config: Config, target: str, found: Holding, store: Store, warnings: list[str]
) -> None:
    from briefing.renditions.site import digest_program, plan_sheets

    templates = Path(config.templates) if config.templates else None
    remembered = Remembered.of(Path(config.state), target)
    chapters = list(
        _load_chapters(
            found, templates, digest_program(__version__, templates), remembered, warnings
        )
    )
    made = plan_sheets(chapters, version=__version__, templates=templates, web=config.share.web)
    pages = list(render_changed_pages(made, remembered))
    remembered.keep()
    remote.put_pages(pages, store)


def _load_chapters(
    found: Holding,
    templates: Path | None,
    machine: str,
    remembered: Remembered,
    warnings: list[str],
) -> Iterator[Chapter]:
    from briefing.renditions.site import digest_inputs, parse_chapter

    for one in found.stay:
        name, names = one.place.rpartition("/")[2], found.names[one.edition]
        key = digest_inputs(machine, name, one.sha256, sorted(names))
        try:
            known = remembered.chapter(key)
            made = known or parse_chapter(
                name,
                edition_records.decompress_record(found.records[one.sha256]),
                names,
                templates=templates,
                key=key,
            )
        except BriefingError as error:
            warnings.append(f"{error}; the archive's pages leave it out")
            continue
        if not known:
            remembered.learn(made)
        yield made
