"""A workspace's sources to the edition of a day: the pipeline, as a run that is due calls it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from briefing.config import Config
from briefing.errors import BriefingError
from briefing.model import Window
from briefing.service.due import Made, Make

UNREAD = frozenset({"unreadable", "failed"})


def maker(config: Config, *, clock: Callable[[], datetime], step: Callable[[str], None]) -> Make:
    """How `run_due` gets an edition: everything the sources hold, as far as it lies in the window."""

    def make(day: date, window: Window) -> Made:
        from briefing.pipeline import publish  # noqa: PLC0415 - a second of imports, paid only when an edition is due

        publication = publish(config, now=clock(), day=day, window=window, step=step)
        edition = publication.edition
        if not edition.items:
            raise BriefingError("no news was found in its window; look with: briefing read, or at the sources")
        fates = [fate for fate in edition.ledger if fate.kind == "document" and fate.fate in UNREAD]
        return Made(publication.renditions, tuple(f"{fate.id}: {fate.reason}" for fate in fates))

    return make
