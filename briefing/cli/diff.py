"""`briefing diff`: two editions' records to what changed from the one to the other."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.archive.edition_files.diff import describe_differences
from briefing.archive.published import edition_file, load_record


@click.command()
@click.argument("old", metavar="EDITION", type=click.Path(path_type=Path))
@click.argument("new", metavar="EDITION", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> int:
    """Show what came in, went out, moved and is said anew between two editions.

    Each is an edition.json or its folder, the older one first. A line for each change; none for the
    same news.

    \b
    Example:
      briefing diff output/2026-03-04-daily output/2026-03-05-daily
    """
    for line in describe_differences(
        load_record(edition_file(old)), load_record(edition_file(new))
    ):
        click.echo(line)
    return 0
