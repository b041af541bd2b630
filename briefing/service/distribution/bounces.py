"""Read returned mail for a workspace: whose messages failed, who complained or asks to leave, and
what was not understood, kept for the operator.
"""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from briefing.archive.database.connection import transaction
from briefing.archive.store import source_states
from briefing.config import Config
from briefing.deliveries import deadline
from briefing.deliveries.mail import bounces, unsubscribe_tokens
from briefing.deliveries.mail.returned_mail import LARGEST, Bounce, Returned, parse_returned
from briefing.errors import BriefingError, UsageError
from briefing.model import Document
from briefing.service.run import Run
from briefing.sources import SourceState, Visit, collect_mail

DAYS = 30.0  # back that the first look into a mailbox goes: mail systems give up after five days
MOST = 10_000  # messages of one look
PAUSE = timedelta(
    hours=1
)  # between two looks of runs: all readers share one mailbox, and a retry comes every minutes
UNCLEAR, MOST_UNCLEAR = "returned", 200  # folder below state, and messages that it holds at most
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
        found = collect_returned(run.db, run.config, place, now=now)
    except BriefingError as error:
        run.report.troubles.append(f"returned mail: {error}")
        return
    run.report.troubles.extend(f"returned by a mail system: {one}" for one in found.addresses)
    if found.unclear:
        run.report.troubles.append(explain_unclear(run.config, found.unclear))


@dataclass(frozen=True, slots=True)
class Collected:
    """What a look at returned mail gave: `address`, or `address: why`, and how many messages of
    mail systems were not understood.
    """

    addresses: tuple[str, ...]
    unclear: int = 0


def explain_unclear(config: Config, count: int) -> str:
    """A sentence on messages that were not understood."""
    what = "1 message was" if count == 1 else f"{count} messages were"
    return f"returned mail: {what} not understood; see {_unclear_folder(config)}"


def _unclear_folder(config: Config) -> Path:
    return Path(config.state) / UNCLEAR


def collect_returned(
    db: sqlite3.Connection, config: Config, place: str | None, *, now: datetime
) -> Collected:
    """What came back, each report once; rows and recipients are marked. `db` is durable.

    `place`, else what the settings name, is an IMAP folder, a maildir, an mbox, a folder or a file.
    What the settings name and every IMAP folder is read from where the last look stopped, and
    nothing in it is marked. Raises BriefingError when it cannot be read, UsageError without any.
    """
    place = place or config.mail.returned
    if not place:
        raise UsageError("nothing says where returned mail lies; name it, or set mail.returned")
    if place == config.mail.returned or place.startswith(("imap://", "imaps://")):
        return _continue_mailbox(db, config, place, now)
    contents = bounces.load_messages(Path(place).expanduser())
    return _apply_all(db, config, [_read_message(config, one) for one in contents], now)


def _read_message(config: Config, content: bytes) -> Returned:
    """What a message says; one of a mail system that says nothing is kept beside the archive."""
    found = parse_returned(content)
    folder = _unclear_folder(config)
    if found.unclear:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{hashlib.sha256(content).hexdigest()[:16]}.eml"
        if not path.exists() and sum(1 for _ in folder.iterdir()) < MOST_UNCLEAR:
            path.touch(mode=0o600)
            path.write_bytes(content[:LARGEST])
    return found


def _apply_all(
    db: sqlite3.Connection, config: Config, found: Sequence[Returned], now: datetime
) -> Collected:
    key = unsubscribe_tokens.load_key(Path(config.state))
    most = config.mail.suppress_after
    lines = (
        line
        for one in found
        for line in bounces.apply_returned(db, one, key=key, suppress_after=most, now=now)
    )
    return Collected(tuple(lines), sum(one.unclear for one in found))


def _continue_mailbox(
    db: sqlite3.Connection, config: Config, place: str, now: datetime
) -> Collected:
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
        found = _apply_all(db, config, [_restore_returned(one) for one in answer["found"]], now)
        source_states.store_state(db, _state_key(place), after.to_table(), now=now)
    return found


def _restore_returned(values: dict[str, Any]) -> Returned:
    """As it came from the process that read it: lists for tuples."""
    found = tuple(
        Bounce(
            **{
                **one,
                "identities": tuple(one["identities"]),
                "tokens": tuple(one["tokens"]),
            }
        )
        for one in values["bounces"]
    )
    return Returned(found, tuple(values["leaving"]), values["unclear"])


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
        found = [dataclasses.asdict(_read_message(config, content)) for content in contents]
    except OSError as error:
        raise BriefingError(f"{place}: it cannot be read ({error.strerror or error})") from error
    return {"found": found, "state": visit.state.to_table()}


def _state_key(place: str) -> str:
    """Under what the state is kept: no source has this kind."""
    return f"returned {place}"
