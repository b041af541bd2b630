"""A workspace and the time to one run for each of its readers: one collection, one reading, one grouping serve all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from briefing.archive.database.connection import FILE as ARCHIVE
from briefing.archive.database.connection import opened
from briefing.archive.store import recipients
from briefing.config import Config
from briefing.schedule.lock import LockedError
from briefing.service.morning.due import run_due
from briefing.service.morning.make import Maker, Shared
from briefing.service.report import Report
from briefing.wiring import profile, readers


def run_all(
    config: Config,
    *,
    clock: Callable[[], datetime],
    step: Callable[[str], None],
    catch_up: int | None = None,
    again: date | None = None,
) -> tuple[Report, ...]:
    """Every reader's editions that are due made, and what is pending delivered, one reader after another.

    `again` is a day whose editions are made once more: the same ones, or their next revisions.
    Raises LockedError when another run was at work for one of them, after the others have theirs.
    """
    return tuple(_runs(config, clock, step, catch_up, again))


def _runs(
    config: Config,
    clock: Callable[[], datetime],
    step: Callable[[str], None],
    catch_up: int | None,
    again: date | None,
) -> Iterator[Report]:
    shared, locked = Shared(), list[LockedError]()
    for one in readers(config):
        _subscribed(one, clock())
        try:
            yield run_due(one, clock=clock, make=Maker(one, clock, step, shared), catch_up=catch_up, again=again)
        except LockedError as error:
            locked.append(error)
    if locked:
        raise locked[0]


def _subscribed(config: Config, now: datetime) -> None:
    """The recipients that the reader's table names, as far as they are not known: who was suppressed stays so."""
    own = profile(config, config.profile)
    if own is None or not own.recipients:
        return
    with opened(Path(config.state) / ARCHIVE) as db:
        recipients.add(db, config.profile, map(recipients.parse, own.recipients), now=now, lift=False)
