"""A workspace and the time to one run for each of its readers: one collection, one reading, one
grouping serve all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from briefing.archive.database.connection import FILE as ARCHIVE
from briefing.archive.database.connection import open_archive
from briefing.archive.store import recipients
from briefing.config import Config
from briefing.schedule.lock import LockedError
from briefing.service.morning.due import run_due_editions
from briefing.service.morning.make import Maker, Shared
from briefing.service.report import Report
from briefing.wiring import find_profile, reader_configs


def run_all_profiles(
    config: Config,
    *,
    clock: Callable[[], datetime],
    step: Callable[[str], None],
    catch_up: int | None = None,
    again: date | None = None,
) -> tuple[Report, ...]:
    """Every reader's editions that are due made, and what is pending delivered, one reader after
    another.

    `again` is a day whose editions are made once more: the same ones, or their next revisions.
    Raises LockedError when another run was at work for one of them, after the others have theirs.
    """
    return tuple(_run_profiles(config, clock, step, catch_up, again))


def _run_profiles(
    config: Config,
    clock: Callable[[], datetime],
    step: Callable[[str], None],
    catch_up: int | None,
    again: date | None,
) -> Iterator[Report]:
    shared, locked = Shared(), list[LockedError]()
    for one in reader_configs(config):
        _add_subscribers(one, clock())
        try:
            yield run_due_editions(
                one,
                clock=clock,
                make=Maker(one, clock, step, shared),
                catch_up=catch_up,
                again=again,
            )
        except LockedError as error:
            locked.append(error)
    if locked:
        raise locked[0]


def _add_subscribers(config: Config, now: datetime) -> None:
    """The recipients that the reader's table names, as far as they are not known: who was
    suppressed stays so.
    """
    own = find_profile(config, config.profile)
    if own is None or not own.recipients:
        return
    with open_archive(Path(config.state) / ARCHIVE) as db:
        recipients.add_recipients(
            db, config.profile, map(recipients.parse_recipient, own.recipients), now=now, lift=False
        )
