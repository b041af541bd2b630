"""A workspace to one screen: last and next editions, what is pending, the last run, sources that give nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from briefing.archive.store import editions, outbox, publications, recipients, runs
from briefing.archive.store import source_states as states
from briefing.archive.store.runs import Run
from briefing.config import Config
from briefing.schedule import calendar
from briefing.service.collection.source_health import SILENT
from briefing.service.morning.due import due

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
        yield from _some("", list(run.troubles))


def _pending(db: sqlite3.Connection, now: datetime) -> Iterator[tuple[str, str]]:
    mails = []
    for edition in outbox.pending(db, now=now):
        counts = ", ".join(f"{count} {state}" for state, count in outbox.account(db, edition).items())
        mails.append(f"{edition}: {counts}")
    yield from _some("to be mailed", mails)
    places = [
        f"{one.edition} ({_times(one.attempts)}): {one.text or ''}".rstrip(": ") for one in publications.pending(db)
    ]
    yield from _some("to be published", places)


def _times(attempts: int) -> str:
    return {0: "not tried yet", 1: "tried once"}.get(attempts, f"tried {attempts} times")


def _silent(db: sqlite3.Connection, now: datetime) -> Iterator[tuple[str, str]]:
    """Sources whose last visit failed, or that answer and have given nothing new for a week."""
    week_ago = (now - timedelta(days=SILENT)).isoformat()
    failing, silent = [], []
    for location, state in states.everything(db).items():
        if state.get("failures"):
            failing.append(_failing(location, int(state["failures"]), str(state.get("fault", ""))))
        elif state.get("silent_since", week_ago) < week_ago:
            silent.append(f"{location}: since {str(state['silent_since'])[:10]}")
    yield from _some("source fails", failing)
    yield from _some("source is silent", silent)


def _failing(location: str, times: int, fault: str) -> str:
    """The fault without the place, which stands before it already."""
    told = fault.removeprefix(f"{location.partition(' ')[2]}: ")
    return f"{location}: {'once' if times == 1 else f'{times} times in a row'}: {told}".rstrip(": ")


def _some(label: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    """The first few under one label, and how many more there are: all of it stays one screen."""
    for number, line in enumerate(lines[:SHOWN]):
        yield "" if number else label, line
    if len(lines) > SHOWN:
        yield "", f"and {len(lines) - SHOWN} more"
