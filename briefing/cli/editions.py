"""`briefing editions`: a folder of editions to one line for each."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.archive.published import load_record
from briefing.config import FILE, Config, load_config
from briefing.errors import BriefingError


@click.command()
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option(
    "--config",
    "-c",
    "file",
    metavar="FILE",
    help=f"Configuration.  [default: {FILE} if it is here]",
)
def editions(folder: Path | None, file: str | None) -> int:
    """List the editions in a folder, newest first.

    DIR is the folder editions are written to; without it, the configured one. One line each: its
    folder, words, leads, briefs, title.

    \b
    Examples:
      briefing editions
      briefing editions output
    """
    here = Path(file or FILE)
    place = folder or Path((load_config(here) if file or here.exists() else Config()).output)
    if not place.is_dir():
        raise BriefingError(f"{place}: there is no such folder; make an edition with: briefing run")
    found = [(load_record(path), path.parent) for path in place.glob("*/edition.json")]
    for record, where in sorted(
        found, key=lambda one: (one[0]["date"], one[0]["profile"], str(one[1])), reverse=True
    ):
        parts = [
            ("word", record["words"]),
            ("lead", len(record["leads"])),
            ("brief", len(record["briefs"])),
        ]
        counts = ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for noun, count in parts)
        click.echo(f"{where}  {counts}  {record['title']}")
    return 0
