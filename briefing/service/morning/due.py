"""The time and a workspace to every edition that is due made, and all that is pending delivered:
one run of the day.

Making and delivering are separate: an edition is in the archive before anything is sent, and what
is not delivered yet is found there by the next run. A crash anywhere is mended by calling this
again.
"""

from __future__ import annotations

import sqlite3
import time as stopwatch
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from briefing.archive.database.connection import FILE as ARCHIVE
from briefing.archive.database.connection import open_archive
from briefing.archive.store import editions, runs
from briefing.config import Config
from briefing.editions.windows import due_instant
from briefing.errors import BriefingError
from briefing.model import Rendition, Window
from briefing.schedule import calendar
from briefing.schedule.lock import hold_lock
from briefing.service.distribution import deliver
from briefing.service.morning.monitoring import Watchers
from briefing.service.report import Report
from briefing.service.run import Run

LOOKED_THROUGH = 400  # editions among which the last that is not dated ahead is looked for
CLOCK_DRIFT = timedelta(hours=1)  # a clock that is set right by less is nobody's trouble


@dataclass(frozen=True, slots=True)
class Made:
    """What making a day's edition gave: its files, and sentences about documents that could not be
    read.
    """

    renditions: Sequence[Rendition]
    troubles: tuple[str, ...] = ()


Make = Callable[[sqlite3.Connection, date, Window], Made]


def run_due_editions(
    config: Config,
    *,
    clock: Callable[[], datetime],
    make: Make,
    catch_up: int | None = None,
    again: date | None = None,
) -> Report:
    """Make the editions that are due and not there, oldest first, at most `catch_up` missed ones;
    deliver the rest.

    `again` is a day whose edition is made once more: the same one, or its next revision. `make`
    makes a day's edition for its window with the open archive, and raises BriefingError when there
    can be none. Raises LockedError at once when another run of the profile is at work. Troubles end
    up in the report; when nothing was to be done it is idle and no run is recorded.
    """
    state = Path(config.state)
    with (
        hold_lock(state / f"{config.profile}.lock", what=config.profile),
        open_archive(state / ARCHIVE, durable=True) as db,
    ):
        run = Run(db, config, clock, Report(config.profile))
        most = (config.schedule.catch_up if catch_up is None else catch_up) + 1
        days = _due_days(run, most) if again is None else (again,)
        if days or deliver.undelivered_editions(run, due_times(config)):
            _run_days(run, days, make)
    return run.report


def due_times(config: Config) -> calendar.Due:
    """Day -> the instant its edition is due, in the profile's zone."""
    return partial(
        due_instant, clock=time.fromisoformat(config.schedule.due), timezone=config.timezone
    )


def edition_window(config: Config, day: date) -> Window:
    """From when the edition before was due to when this one is: windows meet and never overlap."""
    earlier = calendar.previous_edition_day(day, weekdays=config.schedule.days)
    return Window(due_times(config)(earlier), due_times(config)(day))


def _due_days(run: Run, most: int) -> tuple[date, ...]:
    """The days whose edition is due by now and not in the archive, oldest first."""
    now, due = run.clock(), due_times(run.config)
    newest = editions.latest_editions(run.db, profile=run.config.profile, limit=LOOKED_THROUGH)
    # One dated ahead was made while the clock was wrong: it must not stop those of today.
    # Where all are ahead the clock was set back, and there is nothing to make.
    last = next((one.date for one in newest if due(one.date) <= now), None)
    if newest and last is None:
        return ()
    return calendar.missing_days(now, due, weekdays=run.config.schedule.days, last=last, most=most)


def _clock_troubles(run: Run) -> Iterator[str]:
    """That the clock was ahead when the last run began: told once, by the first run after."""
    last = runs.latest_runs(run.db, profile=run.config.profile)
    if last and last[0].started - run.clock() > CLOCK_DRIFT:
        yield (
            f"the clock was ahead: the last run began at {last[0].started:%Y-%m-%d %H:%M} UTC; look "
            "for an edition of a day that is still to come, and at this machine's time"
        )


def _run_days(run: Run, days: Sequence[date], make: Make) -> None:
    from briefing.service.distribution import bounces

    started = stopwatch.monotonic()
    run.report.troubles.extend(_clock_troubles(run))
    number = runs.begin_run(run.db, profile=run.config.profile, now=run.clock())
    watchers = Watchers(run.config, run.report)
    watchers.begin(run.clock())
    for day in days:
        _make_edition(run, day, make)
    bounces.check_returned_mail(
        run
    )  # before anything is mailed: whoever is unreachable for good is left out today
    for stored in deliver.undelivered_editions(run, due_times(run.config)):
        deliver.deliver_edition(run, stored, due_times(run.config))
    deliver.restore_published(run)
    _finish_run(run, number, watchers, stopwatch.monotonic() - started)


def _make_edition(run: Run, day: date, make: Make) -> None:
    try:
        made = make(run.db, day, edition_window(run.config, day))
        stored = editions.store_edition(run.db, made.renditions, now=run.clock(), revise=True)
    except BriefingError as error:
        run.report.failed = True
        run.report.troubles.append(f"{day.isoformat()}: no edition was made: {error}")
        return
    run.report.editions.append(stored.id)
    run.report.troubles.extend(made.troubles)


def _finish_run(run: Run, number: int, watchers: Watchers, seconds: float) -> None:
    """Record the run. A trouble that the run before had is known: it is kept, and told to nobody
    again.
    """
    report = run.report
    earlier = runs.previous_run(run.db, number)
    report.fresh = [
        trouble for trouble in report.troubles if not earlier or trouble not in earlier.troubles
    ]
    watchers.end(run.clock(), seconds, mail=bool(report.fresh))
    runs.finish_run(
        run.db,
        number,
        now=run.clock(),
        exit_code=report.exit,
        edition=report.editions[-1] if report.editions else None,
        counts=report.counts,
        troubles=report.troubles,
    )
