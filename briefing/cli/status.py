"""`briefing status`: the state of a workspace in one screen."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime

import click

from briefing.archive.database.connection import open_archive
from briefing.cli.archive import existing_archive
from briefing.cli.workspace import load_workspace, option


@click.command()
@option
def status(file: str) -> None:
    """Show last and next editions, what is pending, the last run, and sources that give nothing.

    On a terminal each line is cut to its width; `briefing status | cat` prints them whole.

    \b
    Example:
      briefing status
    """
    from briefing.service.status import status_lines

    config = load_workspace(file)
    with open_archive(existing_archive(config)) as db:
        for label, text in status_lines(db, config, now=datetime.now(UTC)):
            click.echo(fit_to_terminal(f"{label:<16}  {text}"))


def fit_to_terminal(line: str) -> str:
    """On a terminal no longer than it is wide, so that all of it is one screen; elsewhere whole."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else len(line)
    return line if len(line) <= width else line[: width - 1] + "…"
