"""A workspace to one screen: last and next editions, what is pending, the last run, sources that
give nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from briefing.archive.store import editions, outbox, publications, recipients, runs, source_states
from briefing.archive.store.runs import Run
from briefing.config import Config
from briefing.schedule import calendar
from briefing.service.collection.source_health import SILENT
from briefing.service.morning.due import due_times

SHOWN = 3  # of each kind; more are counted


def status_lines(
    db: sqlite3.Connection, config: Config, *, now: datetime
) -> Iterator[tuple[str, str]]:
    """Pairs of a label and what there is to say, in the order to be shown."""
    zone = ZoneInfo(config.timezone)
    for reader in _reader_settings(config):
        yield from _profile_lines(db, reader, now)
    for reader in _reader_settings(config):
        yield from _last_run_lines(runs.latest_runs(db, profile=reader.profile), zone)
    yield from _pending_lines(db, now)
    yield from _source_trouble_lines(db, now)


def _reader_settings(config: Config) -> tuple[Config, ...]:
    """The settings of each profile as far as a screen needs them; those above where there are none."""
    return tuple(
        replace(
            config,
            profile=one.name,
            title=one.title or config.title,
            timezone=one.timezone or config.timezone,
        )
        for one in config.profiles
    ) or (config,)


def _profile_lines(
    db: sqlite3.Connection, config: Config, now: datetime
) -> Iterator[tuple[str, str]]:
    """One profile: its last editions of every kind, the next ones, and who gets them."""
    zone, due = ZoneInfo(config.timezone), due_times(config)
    shown = 1 if config.profiles else SHOWN
    yield "profile", f"{config.profile}, {config.title}"
    last = editions.made_editions(db, profile=config.profile, limit=shown)
    for number, stored in enumerate(last):
        label = "last editions" if number == 0 else ""
        yield label, f"{stored.id}, made {_format_local_time(stored.made, zone)}"
    days = calendar.upcoming_days(now, due, weekdays=config.schedule.days)
    for number, day in enumerate(islice(days, shown)):
        label = "next editions" if number == 0 else ""
        yield label, f"{day.isoformat()}, due {_format_local_time(due(day), zone)}"
    people = recipients.load_recipients(db, config.profile)
    yield "recipients", f"{len(people)}, {sum(bool(one.suppressed) for one in people)} suppressed"


def _format_local_time(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M %Z}"


def _last_run_lines(last: tuple[Run, ...], zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    for run in last:
        end = f"exit code {run.exit}" if run.finished else "not finished: at work, or cut off"
        yield "last run", f"{_format_local_time(run.started, zone)}, {end}"
        yield from _first_lines("", list(run.troubles))


def _pending_lines(db: sqlite3.Connection, now: datetime) -> Iterator[tuple[str, str]]:
    mails = []
    for edition in outbox.pending_editions(db, now=now):
        counts = ", ".join(
            f"{count} {state}" for state, count in outbox.count_by_state(db, edition).items()
        )
        mails.append(f"{edition}: {counts}")
    yield from _first_lines("to be mailed", mails)
    places = [
        f"{one.edition} ({_format_attempts(one.attempts)}): {one.text or ''}".rstrip(": ")
        for one in publications.pending_publications(db)
    ]
    yield from _first_lines("to be published", places)


def _format_attempts(attempts: int) -> str:
    return {0: "not tried yet", 1: "tried once"}.get(attempts, f"tried {attempts} times")


def _source_trouble_lines(db: sqlite3.Connection, now: datetime) -> Iterator[tuple[str, str]]:
    """Sources whose last visit failed, or that answer and have given nothing new for a week."""
    week_ago = (now - timedelta(days=SILENT)).isoformat()
    failing, silent = [], []
    for location, state in source_states.load_all_states(db).items():
        if state.get("failures"):
            failing.append(
                _failing_line(location, int(state["failures"]), str(state.get("fault", "")))
            )
        elif state.get("silent_since", week_ago) < week_ago:
            silent.append(f"{location}: since {str(state['silent_since'])[:10]}")
    yield from _first_lines("source fails", failing)
    yield from _first_lines("source is silent", silent)


def _failing_line(location: str, times: int, fault: str) -> str:
    """The fault without the place, which stands before it already."""
    told = fault.removeprefix(f"{location.partition(' ')[2]}: ")
    return f"{location}: {'once' if times == 1 else f'{times} times in a row'}: {told}".rstrip(": ")


def _first_lines(label: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    """The first few under one label, and how many more there are: all of it stays one screen."""
    for number, line in enumerate(lines[:SHOWN]):
        yield "" if number else label, line
    if len(lines) > SHOWN:
        yield "", f"and {len(lines) - SHOWN} more"
