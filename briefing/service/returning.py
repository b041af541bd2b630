"""Where returned mail lies to the recipients whose mail it was: their messages failed, and refusals count."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from briefing.archive import states
from briefing.archive.database import transaction
from briefing.config import Config
from briefing.deliveries import bounces
from briefing.errors import UsageError
from briefing.model import Document
from briefing.sources import SourceState, Visit, mail

DAYS = 30.0  # back that the first look into a mailbox goes: mail systems give up after five days
MOST = 10_000  # messages of one look


def returned(db: sqlite3.Connection, config: Config, place: str | None, *, now: datetime) -> tuple[str, ...]:
    """The addresses whose mail came back, each report once; their rows and refusals are marked. `db` is durable.

    `place`, else what the settings name, is an IMAP folder (read from where the last look stopped, marked as nothing),
    a maildir, an mbox, a folder or a file. Raises BriefingError when it cannot be read, UsageError without any.
    """
    place = place or config.mail.returned
    if not place:
        raise UsageError("nothing says where returned mail lies; name it, or set mail.returned")
    visit: Visit | None = None
    if place.startswith(("imap://", "imaps://")):
        visit = Visit(SourceState.from_table(states.get(db, _key(place))), now)
    messages = _mailbox(config, place, visit) if visit else bounces.everything(Path(place).expanduser())
    found = [bounce for content in messages for bounce in bounces.read(content)]
    with transaction(db):  # what was found and that it was found: together, or the next look finds it again
        failed = bounces.apply(db, found, suppress_after=config.mail.suppress_after, now=now)
        if visit:
            states.put(db, _key(place), visit.state.to_table() | {"last_good": now.isoformat()}, now=now)
    return failed


def _mailbox(config: Config, place: str, visit: Visit) -> Iterator[bytes]:
    settings = config.mail
    password = settings.returned_password or settings.password
    things = mail(place, visit=visit, password=password, ca_file=settings.ca_file, backfill=DAYS, items=MOST)
    return (thing.content for thing in things if isinstance(thing, Document))


def _key(place: str) -> str:
    """Under what the state is kept: no source has this kind."""
    return f"returned {place}"
