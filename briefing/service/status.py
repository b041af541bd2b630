"""A workspace to one screen: last and next editions, what is pending, the last run, sources that give nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from briefing.archive import editions, outbox, publications, recipients, runs, states
from briefing.archive.runs import Run
from briefing.config import Config
from briefing.schedule import calendar
from briefing.service.due import due
from briefing.service.health import SILENT

SHOWN = 3  # of each kind; more are counted


def screen(db: sqlite3.Connection, config: Config, *, now: datetime) -> Iterator[tuple[str, str]]:
    """Pairs of a label and what there is to say, in the order to be shown."""
    zone = ZoneInfo(config.timezone)
    yield "profile", f"{config.profile}, {config.title}"
    for number, stored in enumerate(editions.latest(db, profile=config.profile, limit=SHOWN)):
        yield "last editions" if number == 0 else "", f"{stored.id}, made {_local(stored.made, zone)}"
    for number, day in enumerate(islice(calendar.upcoming(now, due(config), weekdays=config.schedule.days), SHOWN)):
        yield "next editions" if number == 0 else "", f"{day.isoformat()}, due {_local(due(config)(day), zone)}"
    yield from _last_run(runs.latest(db, profile=config.profile), zone)
    yield from _pending(db, now)
    people = recipients.everyone(db, config.profile)
    yield "recipients", f"{len(people)}, {sum(bool(one.suppressed) for one in people)} suppressed"
    yield from _silent(db, now)


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M %Z}"


def _last_run(last: tuple[Run, ...], zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    for run in last:
        end = f"exit code {run.exit}" if run.finished else "not finished: at work, or cut off"
        yield "last run", f"{_local(run.started, zone)}, {end}"
        for trouble in run.troubles[:SHOWN]:
            yield "", trouble
        if len(run.troubles) > SHOWN:
            yield "", f"and {len(run.troubles) - SHOWN} more"


def _pending(db: sqlite3.Connection, now: datetime) -> Iterator[tuple[str, str]]:
    for edition in outbox.pending(db, now=now):
        counts = ", ".join(f"{count} {state}" for state, count in outbox.account(db, edition).items())
        yield "to be mailed", f"{edition}: {counts}"
    for one in publications.pending(db):
        yield "to be published", f"{one.edition} ({one.attempts} attempts): {one.text or 'not tried yet'}"


def _silent(db: sqlite3.Connection, now: datetime) -> Iterator[tuple[str, str]]:
    """Sources whose last visit failed, or that answer and have given nothing new for a week."""
    week_ago = (now - timedelta(days=SILENT)).isoformat()
    for location, state in states.everything(db).items():
        if state.get("failures"):
            yield (
                "source fails",
                f"{location}: {state['failures']} times in a row: {state.get('fault', '')}".rstrip(": "),
            )
        elif state.get("silent_since", week_ago) < week_ago:
            yield "source is silent", f"{location}: since {str(state['silent_since'])[:10]}"
