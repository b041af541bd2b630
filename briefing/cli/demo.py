"""`briefing demo`: the sample corpus to an edition."""

from __future__ import annotations

import click

from briefing.cli.run import make_edition, validate_config
from briefing.config import Config, SourceSettings
from briefing.resources import corpus_folder


@click.command()
@click.option(
    "--output",
    "-o",
    default="output",
    show_default=True,
    metavar="DIR",
    help="Folder for the edition.",
)
def demo(output: str) -> int:
    """Make an edition of the sample corpus.

    Three days of invented news from six invented outlets, as raw as the real kind, become one
    edition in Markdown, HTML email and PDF. Prints the files made, one a line. Two of the sample
    documents are damaged on purpose; they are named, and left out.

    \b
    Example:
      briefing demo --output /tmp/briefing-demo
    """
    settings = SourceSettings(str(corpus_folder()))
    config = Config(
        title="The Halden briefing", timezone="Europe/Vienna", output=output, sources=(settings,)
    )
    make_edition(validate_config(config), day=None)
    return 0
