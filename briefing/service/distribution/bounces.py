"""Where returned mail lies to the recipients whose mail it was: their messages failed, and refusals
count.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from briefing.archive.database.connection import transaction
from briefing.archive.store import source_states
from briefing.config import Config
from briefing.deliveries import deadline
from briefing.deliveries.mail import bounces
from briefing.deliveries.mail.bounces import Bounce
from briefing.errors import BriefingError, UsageError
from briefing.model import Document
from briefing.service.run import Run
from briefing.sources import SourceState, Visit, collect_mail

DAYS = 30.0  # back that the first look into a mailbox goes: mail systems give up after five days
MOST = 10_000  # messages of one look
PAUSE = timedelta(
    hours=1
)  # between two looks of runs: all readers share one mailbox, and a retry comes every minutes
SECONDS = 120.0  # for one look of a run: editions wait for it


def check_returned_mail(run: Run) -> None:
    """What came back since the last look, named in the run's report; nothing when that was less
    than an hour ago.

    A mailbox that cannot be read, or hangs, is a trouble of the run and costs it nothing but the
    time.
    """
    place, now = run.config.mail.returned, run.clock()
    if not place:
        return
    before = SourceState.from_table(source_states.load_state(run.db, _state_key(place)))
    if before.last_visit and timedelta(0) <= now - before.last_visit < PAUSE:
        return
    try:
        failed = collect_bounces(run.db, run.config, place, now=now)
    except BriefingError as error:
        run.report.troubles.append(f"returned mail: {error}")
    else:
        run.report.troubles.extend(f"returned by a mail system: {address}" for address in failed)


def collect_bounces(
    db: sqlite3.Connection, config: Config, place: str | None, *, now: datetime
) -> tuple[str, ...]:
    """The addresses whose mail came back, each report once; their rows and refusals are marked.
    `db` is durable.

    `place`, else what the settings name, is an IMAP folder, a maildir, an mbox, a folder or a file.
    What the settings name and every IMAP folder is read from where the last look stopped, and
    nothing in it is marked. Raises BriefingError when it cannot be read, UsageError without any.
    """
    place = place or config.mail.returned
    if not place:
        raise UsageError("nothing says where returned mail lies; name it, or set mail.returned")
    if place == config.mail.returned or place.startswith(("imap://", "imaps://")):
        return _continue_mailbox(db, config, place, now)
    found = [
        bounce
        for content in bounces.load_messages(Path(place).expanduser())
        for bounce in bounces.parse_bounces(content)
    ]
    return bounces.apply_bounces(db, found, suppress_after=config.mail.suppress_after, now=now)


def _continue_mailbox(
    db: sqlite3.Connection, config: Config, place: str, now: datetime
) -> tuple[str, ...]:
    """What is new in a mailbox. What was found and that it was found are stored together, or it is
    found again.
    """
    before = SourceState.from_table(source_states.load_state(db, _state_key(place)))
    try:
        answer = deadline.run_within(
            SECONDS, lambda: _fetch_bounces(config, place, before, now), what=place
        )
    except BriefingError as error:
        after = dataclasses.replace(
            before, last_visit=now, failures=before.failures + 1, fault=str(error)
        )
        source_states.store_state(db, _state_key(place), after.to_table(), now=now)
        raise
    after = dataclasses.replace(
        SourceState.from_table(answer["state"]), last_visit=now, last_good=now, failures=0, fault=""
    )
    with transaction(db):
        found = [Bounce(**values) for values in answer["bounces"]]
        failed = bounces.apply_bounces(
            db, found, suppress_after=config.mail.suppress_after, now=now
        )
        source_states.store_state(db, _state_key(place), after.to_table(), now=now)
    return failed


def _fetch_bounces(
    config: Config, place: str, before: SourceState, now: datetime
) -> dict[str, Any]:
    """In a process of its own: a server may be silent, or never end."""
    settings, visit = config.mail, Visit(before, now)
    things: Iterable[object] = collect_mail(
        place,
        visit=visit,
        password=settings.returned_password or settings.password,
        ca_file=settings.ca_file,
        backfill=DAYS,
        items=MOST,
    )
    try:
        contents = (thing.content for thing in things if isinstance(thing, Document))
        found = [
            dataclasses.asdict(bounce)
            for content in contents
            for bounce in bounces.parse_bounces(content)
        ]
    except OSError as error:
        raise BriefingError(f"{place}: it cannot be read ({error.strerror or error})") from error
    return {"bounces": found, "state": visit.state.to_table()}


def _state_key(place: str) -> str:
    """Under what the state is kept: no source has this kind."""
    return f"returned {place}"
