"""`briefing publish`: an edition of the archive to the shared folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.archive.database.connection import open_archive
from briefing.cli import terminal
from briefing.cli.archive import existing_archive
from briefing.cli.search import parse_day
from briefing.cli.send import edition_option, select_edition
from briefing.cli.workspace import archive_path, load_workspace, of_reader, option
from briefing.config import Config
from briefing.schedule.lock import hold_lock
from briefing.service.distribution import publish as publishing


@click.command()
@option
@of_reader
@click.option(
    "--init", "target", metavar="PLACE", help="Mark a folder or an address as the share, once."
)
@click.option(
    "--date", "day", metavar="YYYY-MM-DD", help="The edition of this day.  [default: the newest]"
)
@edition_option
@click.option(
    "--verify", is_flag=True, help="Compare every file on the share with its digest instead."
)
def publish(file: str, target: str | None, day: str | None, name: str | None, verify: bool) -> int:
    """Put an edition on the shared folder, whole or not at all.

    The folder is marked once, while the right share is mounted; where the mark is missing nothing
    is ever written. Calling it again changes nothing. Prints the edition's folder. Instead of a
    folder the share may be an address in S3, on an SFTP or a WebDAV server.

    \b
    Examples:
      briefing publish --init /mnt/news
      briefing publish --init sftp://news@files.example.org/srv/briefings
      briefing publish
      briefing publish --edition 2026-03-05-daily-week
      briefing publish --verify
    """
    config = load_workspace(file)
    if target:
        click.echo(f"{target}: marked as {publishing.initialise_target(config, target)[:8]}")
        return 0
    return _verify_share(config) if verify else _publish_edition(config, day, name)


def _verify_share(config: Config) -> int:
    """Tell what is wrong on the share; the exit code."""
    with open_archive(existing_archive(config)) as db:
        faults = publishing.verify_published(db, config)
    for fault in faults:
        terminal.show_trouble(fault)
    if not faults:
        click.echo("every file is as it was published")
    return 1 if faults else 0


def _publish_edition(config: Config, day: str | None, name: str | None) -> int:
    lock = Path(config.state) / f"{config.profile}.lock"
    path = archive_path(config) if name else existing_archive(config)
    with (
        open_archive(path, durable=True) as db,
        hold_lock(lock, what=config.profile),
    ):
        edition = select_edition(db, config, parse_day("--date", day), name)
        published = publishing.publish_edition(db, config, edition, now=datetime.now(UTC))
    for warning in published.warnings:
        terminal.show_trouble(warning)
    click.echo(f"{(config.share.target or '').rstrip('/')}/{published.place}")
    return 0
