"""`briefing pack`: words, days or a storyline to one file with the news and the sources
behind it.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.cli import terminal
from briefing.cli.search import parse_day
from briefing.config import FILE, Config, SourceSettings, load_config


@click.command()
@click.argument("words", nargs=-1, metavar="[QUERY] [PATH]...")
@click.option(
    "--output",
    "-o",
    "target",
    required=True,
    metavar="FILE",
    help="File to make; ends in .pdf, .md, .html or .epub.",
)
@click.option(
    "--storyline", metavar="ID", help="Only this storyline; the beginning of its id is enough."
)
@click.option("--since", metavar="YYYY-MM-DD", help="Only articles of this day or later.")
@click.option("--until", metavar="YYYY-MM-DD", help="Only articles of this day or earlier.")
@click.option("--outlet", metavar="NAME", help="Only articles of this outlet.")
@click.option(
    "--full-text/--excerpts",
    default=None,
    help="Every article whole, or none.  [default: as its licence says]",
)
@click.option("--title", metavar="TEXT", help="What the pack is called.")
@click.option("--client", metavar="TEXT", default="", help="Who it is for; stands on the cover.")
@click.option(
    "--profile", metavar="NAME", help="As this reader has it: sections, mutes, time zone."
)
@click.option(
    "--config",
    "-c",
    "file",
    metavar="FILE",
    help=f"Configuration.  [default: {FILE} if it is here]",
)
def pack(  # noqa: PLR0917 - click hands over by name
    words: tuple[str, ...],
    target: str,
    storyline: str | None,
    since: str | None,
    until: str | None,
    outlet: str | None,
    full_text: bool | None,
    title: str | None,
    client: str,
    profile: str | None,
    file: str | None,
) -> int:
    """Make one file of a subject: the news, and every article behind it.

    A summary table, the storylines with their quotations, each article behind what is known of it,
    an index. Words are looked for as in `briefing search`. What is there on disk is a PATH; without
    one, the archive of this workspace is searched. Prints the file made.

    \b
    Examples:
      briefing pack port strike -o strike.pdf
      briefing pack dyke ~/clippings --title "The Orla flood" --client "Night desk" -o flood.epub
      briefing pack --since 2026-03-01 --until 2026-03-07 -o week.pdf
    """
    from briefing.service.on_demand.pack import Wanted, split_query_and_paths
    from briefing.service.on_demand.pack import write_pack as make

    query, paths = split_query_and_paths(words)
    days = parse_day("--since", since), parse_day("--until", until)
    wanted = Wanted(query, storyline, *days, outlet, full_text, title, client)
    config = load_config(Path(file or FILE)) if file or Path(FILE).exists() else Config()
    if profile:
        from briefing.wiring import reader_config

        config = reader_config(config, profile)
    if paths:
        named = tuple(
            SourceSettings(path, kind="stdin" if path == "-" else "folder") for path in paths
        )
        config = dataclasses.replace(config, sources=named)
    made = make(config, wanted, Path(target), paths=bool(paths), now=datetime.now(UTC))
    terminal.show_results([made])
    return 0
