"""`briefing send`: an edition of the archive to its recipients' mailboxes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from briefing.archive.database.connection import open_archive
from briefing.archive.store import editions
from briefing.cli import terminal
from briefing.cli.archive import existing_archive
from briefing.cli.search import parse_day
from briefing.cli.workspace import archive_path, load_workspace, of_reader, option
from briefing.config import Config
from briefing.deliveries.mail.outbox_run import Account
from briefing.errors import BriefingError, UsageError
from briefing.schedule.lock import hold_lock

PARTLY = 3


edition_option: Callable[[Any], Any] = click.option(
    "--edition",
    "name",
    metavar="NAME",
    help="Any edition that lies in the output folder or the archive: a week's, an extra.",
)


@click.command()
@option
@of_reader
@click.option(
    "--date", "day", metavar="YYYY-MM-DD", help="The edition of this day.  [default: the newest]"
)
@edition_option
@click.option(
    "--test", "test", metavar="ADDRESS", help="Only to this address, beside the recipients."
)
@click.option(
    "--dry-run",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write .eml files instead.",
)
def send(
    file: str, day: str | None, name: str | None, test: str | None, folder: Path | None
) -> int:
    """Mail an edition to its recipients, as far as it was not sent before.

    Calling it again sends nothing twice: it goes on where an earlier call was cut off, and tries
    again what was put off. Exit code 0 when everyone has it, 3 when somebody has not (each is
    named), 1 when the server cannot be used, 75 when another run is at work.

    \b
    Examples:
      briefing send --test me@example.org
      briefing send --dry-run /tmp/mails
      briefing send
      briefing send --edition 2026-03-05-daily-week
    """
    from briefing.service.distribution import mail

    config, now = load_workspace(file), datetime.now(UTC)
    path = archive_path(config) if name else existing_archive(config)
    lock = Path(config.state) / f"{config.profile}.lock"
    with open_archive(path, durable=True) as db, hold_lock(lock, what=config.profile):
        edition = select_edition(db, config, parse_day("--date", day), name)
        if folder:
            for made in mail.rehearse_mailing(db, config, edition, folder, now=now):
                click.echo(made)
            return 0
        if test:
            answer = mail.send_sample(db, config, edition, test, now=now)
            click.echo(f"{edition} to {test}: {answer.code} {answer.text}")
            return 0
        return _show_account(
            mail.mail_edition(db, config, edition, clock=lambda: datetime.now(UTC))
        )


def select_edition(
    db: sqlite3.Connection, config: Config, day: date | None, name: str | None = None
) -> str:
    """The id of the edition meant. Raises BriefingError when there is none."""
    if name:
        from briefing.service.distribution.adoption import adopt_edition

        if day:
            raise UsageError("--edition names one edition already; leave --date out")
        return adopt_edition(db, config, name, now=datetime.now(UTC))
    newest = editions.latest_editions(db, profile=config.profile)
    found = (
        editions.edition_of_day(db, config.profile, day) if day else newest[0] if newest else None
    )
    if found is None:
        when = f"of {day.isoformat()}" if day else "yet"
        raise BriefingError(
            f"{config.profile}: there is no edition {when} in the archive; make it "
            "with: briefing run --due"
        )
    if day is None and (newer := _newer_by_hand(db, config, found.id)):
        raise BriefingError(
            f"{newer}: it is newer and was made by hand; only editions of 'briefing run --due' are "
            f"sent and published; for the last of them: --date {found.date.isoformat()}"
        )
    return found.id


def _newer_by_hand(db: sqlite3.Connection, config: Config, newest: str) -> Path | None:
    """An edition of the profile in the output folder that is newer than the archive's, which does
    not know it: somebody who sends now may mean that one.
    """
    output = Path(config.output)
    last = output / newest / editions.RECORD
    if not last.exists():
        return None
    made = last.stat().st_mtime_ns
    return next(
        (
            path.parent
            for path in sorted(output.glob(f"*-{config.profile}*/{editions.RECORD}"))
            if path.stat().st_mtime_ns > made and not editions.edition_by_id(db, path.parent.name)
        ),
        None,
    )


def _show_account(account: Account) -> int:
    """Print the account; the exit code it stands for."""
    counts = (
        ", ".join(f"{count} {state}" for state, count in account.states.items()) or "no recipients"
    )
    click.echo(f"{account.edition}: {counts}")
    for line in account.failed:
        terminal.show_trouble(f"failed: {line}")
    for line in account.put_off:
        terminal.show_trouble(line)
    if account.reaches_nobody:
        terminal.show_trouble("mailed to nobody: all are suppressed; see briefing recipients list")
    for address in account.doubtful:
        terminal.show_trouble(
            f"in doubt, a second copy with the same Message-ID is possible: {address}"
        )
    return 0 if account.complete else PARTLY
