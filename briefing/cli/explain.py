"""`briefing explain`: an edition's record to the reasons for what stands in it and what
does not.
"""

from __future__ import annotations

from pathlib import Path

import click

from briefing.archive.edition_files.diff import explain_placement
from briefing.archive.published import edition_file, load_record
from briefing.cli import terminal
from briefing.errors import BriefingError


@click.command()
@click.argument("edition", metavar="EDITION", type=click.Path(path_type=Path))
@click.argument("storyline", required=False, metavar="[STORYLINE]")
def explain(edition: Path, storyline: str | None) -> int:
    """Say why each storyline stands where it does, and what was left out and why.

    EDITION is an edition.json or its folder; STORYLINE an id, or words of a headline. Scores are
    given in their parts, sentences with the place they were quoted from, those that are new since
    the last edition with what is new in them: a figure, a name, a quotation, a denial, a decision.

    \b
    Examples:
      briefing explain output/2026-03-05-daily
      briefing explain output/2026-03-05-daily "port strike"
    """
    lines = explain_placement(load_record(edition_file(edition)), storyline)
    if not lines:
        raise BriefingError(
            f"{edition}: nothing is called '{storyline}'; see all with: briefing explain {edition}"
        )
    width = terminal.output_width()
    click.echo("\n".join(terminal.wrap_line(line, width) for line in lines))
    return 0
