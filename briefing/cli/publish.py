"""`briefing publish`: an edition of the archive to the shared folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.archive.database.connection import opened
from briefing.cli import terminal
from briefing.cli.archive import there
from briefing.cli.search import a_day
from briefing.cli.send import chosen
from briefing.cli.workspace import of_reader, option, workspace
from briefing.config import Config
from briefing.schedule.lock import holding
from briefing.service.distribution import publish as publishing


@click.command()
@option
@of_reader
@click.option("--init", "target", metavar="PLACE", help="Mark a folder or an address as the share, once.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The edition of this day.  [default: the newest]")
@click.option("--verify", is_flag=True, help="Compare every file on the share with its digest instead.")
def publish(file: str, target: str | None, day: str | None, verify: bool) -> int:
    """Put an edition on the shared folder, whole or not at all.

    The folder is marked once, while the right share is mounted; where the mark is missing nothing is ever written.
    Calling it again changes nothing. Prints the edition's folder. Instead of a folder the share may be an address in
    S3, on an SFTP or a WebDAV server.

    \b
    Examples:
      briefing publish --init /mnt/news
      briefing publish --init sftp://news@files.example.org/srv/briefings
      briefing publish
      briefing publish --verify
    """
    config = workspace(file)
    if target:
        click.echo(f"{target}: marked as {publishing.initialise(config, target)[:8]}")
        return 0
    return compared(config) if verify else put(config, day)


def compared(config: Config) -> int:
    """Tell what is wrong on the share; the exit code."""
    with opened(there(config)) as db:
        faults = publishing.verify(db, config)
    for fault in faults:
        terminal.trouble(fault)
    if not faults:
        click.echo("every file is as it was published")
    return 1 if faults else 0


def put(config: Config, day: str | None) -> int:
    lock = Path(config.state) / f"{config.profile}.lock"
    with opened(there(config), durable=True) as db, holding(lock, what=config.profile):
        edition = chosen(db, config, a_day("--date", day))
        published = publishing.publish(db, config, edition, now=datetime.now(UTC))
    for warning in published.warnings:
        terminal.trouble(warning)
    click.echo(f"{(config.share.target or '').rstrip('/')}/{published.place}")
    return 0
