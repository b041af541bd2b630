"""The time and a workspace to every edition that is due made, and all that is pending delivered: one run of the day.

Making and delivering are separate: an edition is in the archive before anything is sent, and what is not delivered yet
is found there by the next run. A crash anywhere is mended by calling this again.
"""

from __future__ import annotations

import sqlite3
import time as stopwatch
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from briefing.archive.database.connection import FILE as ARCHIVE
from briefing.archive.database.connection import opened
from briefing.archive.store import editions, runs
from briefing.config import Config
from briefing.editions.windows import due_at
from briefing.errors import BriefingError
from briefing.model import Rendition, Window
from briefing.schedule import calendar
from briefing.schedule.lock import holding
from briefing.service.distribution import deliver as delivering
from briefing.service.morning.monitoring import Watchers
from briefing.service.report import Report
from briefing.service.run import Run


@dataclass(frozen=True, slots=True)
class Made:
    """What making a day's edition gave: its files, and sentences about documents that could not be read."""

    renditions: Sequence[Rendition]
    troubles: tuple[str, ...] = ()


Make = Callable[[sqlite3.Connection, date, Window], Made]


def run_due(
    config: Config,
    *,
    clock: Callable[[], datetime],
    make: Make,
    catch_up: int | None = None,
    again: date | None = None,
) -> Report:
    """Make the editions that are due and not there, oldest first, at most `catch_up` missed ones; deliver the rest.

    `again` is a day whose edition is made once more: the same one, or its next revision. `make` makes a day's edition
    for its window with the open archive, and raises BriefingError when there can be none.
    Raises LockedError at once when another run of the profile is at work. Troubles end up in the report; when nothing
    was to be done it is idle and no run is recorded.
    """
    state = Path(config.state)
    with (
        holding(state / f"{config.profile}.lock", what=config.profile),
        opened(state / ARCHIVE, durable=True) as db,
    ):
        run = Run(db, config, clock, Report(config.profile))
        most = (config.schedule.catch_up if catch_up is None else catch_up) + 1
        days = days_due(run, most) if again is None else (again,)
        if days or delivering.undelivered(run, due(config)):
            _work(run, days, make)
    return run.report


def due(config: Config) -> calendar.Due:
    """Day -> the instant its edition is due, in the profile's zone."""
    return partial(due_at, clock=time.fromisoformat(config.schedule.due), timezone=config.timezone)


def window(config: Config, day: date) -> Window:
    """From when the edition before was due to when this one is: windows meet and never overlap."""
    earlier = calendar.before(day, weekdays=config.schedule.days)
    return Window(due(config)(earlier), due(config)(day))


def days_due(run: Run, most: int) -> tuple[date, ...]:
    """The days whose edition is due by now and not in the archive, oldest first."""
    newest = editions.latest(run.db, profile=run.config.profile)
    last = newest[0].date if newest else None
    return calendar.missing(run.clock(), due(run.config), weekdays=run.config.schedule.days, last=last, most=most)


def _work(run: Run, days: Sequence[date], make: Make) -> None:
    from briefing.service.distribution import bounces as returning

    started = stopwatch.monotonic()
    number = runs.begin(run.db, profile=run.config.profile, now=run.clock())
    watchers = Watchers(run.config, run.report)
    watchers.begin(run.clock())
    for day in days:
        _made(run, day, make)
    returning.look(run)  # before anything is mailed: whoever is unreachable for good is left out today
    for stored in delivering.undelivered(run, due(run.config)):
        delivering.deliver(run, stored, due(run.config))
    _finish(run, number, watchers, stopwatch.monotonic() - started)


def _made(run: Run, day: date, make: Make) -> None:
    try:
        made = make(run.db, day, window(run.config, day))
        stored = editions.put(run.db, made.renditions, now=run.clock(), revise=True)
    except BriefingError as error:
        run.report.failed = True
        run.report.troubles.append(f"{day.isoformat()}: no edition was made: {error}")
        return
    run.report.editions.append(stored.id)
    run.report.troubles.extend(made.troubles)


def _finish(run: Run, number: int, watchers: Watchers, seconds: float) -> None:
    """Record the run. A trouble that the run before had is known: it is kept, and told to nobody again."""
    report = run.report
    earlier = runs.before(run.db, number)
    report.fresh = [trouble for trouble in report.troubles if not earlier or trouble not in earlier.troubles]
    watchers.end(run.clock(), seconds, mail=bool(report.fresh))
    runs.finish(
        run.db,
        number,
        now=run.clock(),
        exit_code=report.exit,
        edition=report.editions[-1] if report.editions else None,
        counts=report.counts,
        troubles=report.troubles,
    )
