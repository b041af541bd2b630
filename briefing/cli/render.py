"""`briefing render`: an edition of any day to any rendition of it."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli import terminal
from briefing.cli.formats import option as formats_option
from briefing.config import FILE, Config, load_config


@click.command()
@click.argument("edition", metavar="EDITION.json", type=click.Path(path_type=Path))
@formats_option
@click.option(
    "--output",
    "-o",
    default="rendered",
    show_default=True,
    metavar="DIR",
    help="Folder for what is made.",
)
@click.option(
    "--templates",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Folder with templates that go before the shipped ones.",
)
@click.option(
    "--config",
    "-c",
    "file",
    metavar="FILE",
    help=f"Configuration.  [default: {FILE} if it is here]",
)
def render(
    edition: Path, formats: tuple[str, ...], output: str, templates: str | None, file: str | None
) -> int:
    """Render an edition again, in any format, from its record.

    Needs only edition.json and the texts of record beside it (texts.jsonl). Without --format, those
    of the configuration. The folder the edition was published in is left as it is. Prints the files
    made, one a line.

    \b
    Examples:
      briefing render output/2026-03-05-daily/edition.json --format page,epub
      briefing render edition.json -f email --templates templates --output /tmp/look
    """
    from briefing.pipeline import build_house
    from briefing.service.on_demand.rerender import render_again

    here = Path(file or FILE)
    config = load_config(here) if file or here.exists() else Config()
    folder = templates or config.templates
    made = render_again(
        edition,
        formats or config.formats,
        output=Path(output),
        templates=Path(folder) if folder else None,
        house=build_house(config),
    )
    terminal.show_results(made)
    return 0
