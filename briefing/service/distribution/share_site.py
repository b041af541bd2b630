"""The editions on the share to its pages: by month, by storyline, with search and a feed; what
changed is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing import __version__
from briefing.archive.store import edition_records
from briefing.config import Config
from briefing.deliveries import deadline
from briefing.deliveries.share import Share, inventory, pages
from briefing.deliveries.share.inventory import Held
from briefing.deliveries.share.pages import Written
from briefing.errors import BriefingError
from briefing.service.distribution.page_cache import Remembered, render_changed_pages

if TYPE_CHECKING:
    from briefing.renditions.site import Chapter


def renew_share_site(db: sqlite3.Connection, config: Config, share: Share) -> Written:
    """Make the pages those of the editions that lie there. What cannot be done is a warning:
    editions are there.

    Editions are taken from the archive where it has them, else from the share itself (another
    machine published them).
    """
    known = edition_records.compressed_records(db)
    try:
        done: dict[str, Any] = deadline.run_within(
            config.share.deadline,
            lambda: asdict(renew_pages(known, config, share)),
            what=f"{share.target}: its pages",
        )
    except BriefingError as error:
        return Written(
            0, 0, 0, (f"{error}; the pages are as they were, the next publication mends them",)
        )
    return Written(done["written"], done["kept"], done["removed"], tuple(done["warnings"]))


def renew_pages(known: Mapping[str, bytes], config: Config, share: Share) -> Written:
    """In a process of its own, as the share may hang."""
    from briefing.renditions.site import digest_program, plan_sheets

    troubles: list[str] = []
    templates = Path(config.templates) if config.templates else None
    remembered = Remembered.of(Path(config.state), str(share.target))
    machine = digest_program(__version__, templates)
    chapters = list(
        _load_chapters(
            known,
            share.target,
            templates=templates,
            machine=machine,
            remembered=remembered,
            troubles=troubles,
        )
    )
    try:
        made = plan_sheets(chapters, version=__version__, templates=templates, web=config.share.web)
        written = pages.update_pages(render_changed_pages(made, remembered), share)
    except OSError as error:
        raise BriefingError(
            f"{share.target}: its pages cannot be written ({error.strerror})"
        ) from error
    remembered.keep()
    return Written(written.written, written.kept, written.removed, (*troubles, *written.warnings))


def _load_chapters(
    known: Mapping[str, bytes],
    target: Path,
    *,
    templates: Path | None,
    machine: str,
    remembered: Remembered,
    troubles: list[str],
) -> Iterator[Chapter]:
    from briefing.renditions.site import digest_inputs, parse_chapter

    for one in inventory.list_editions(target):
        key = digest_inputs(machine, one.name, one.sha256, one.files)
        if found := remembered.chapter(key):
            yield found
            continue
        try:
            made = parse_chapter(
                one.name, _load_record(one, known), one.files, templates=templates, key=key
            )
        except BriefingError as error:
            troubles.append(f"{error}; the archive's pages leave it out")
        except (OSError, ValueError) as error:
            troubles.append(
                f"{one.folder}: its edition.json cannot be read ({error}); the "
                "archive's pages leave it out"
            )
        else:
            remembered.learn(made)
            yield made


def _load_record(one: Held, known: Mapping[str, bytes]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (
        edition_records.decompress_record(known[one.sha256])
        if one.sha256 in known
        else one.record()
    )
    return found
