"""`briefing preview`: an edition's renditions in a browser, made anew as templates change."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from briefing.config import FILE, Config, load_config


@click.command()
@click.argument(
    "edition", required=False, metavar="[EDITION.json]", type=click.Path(path_type=Path)
)
@click.option(
    "--templates",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Folder with templates that go before the shipped ones.",
)
@click.option(
    "--port",
    default=8765,
    type=click.IntRange(0, 65535),
    show_default=True,
    metavar="N",
    help="Port on this machine; 0 for any free one.",
)
@click.option("--open/--no-open", "browser", default=True, help="Open the page in the browser.")
@click.option(
    "--config",
    "-c",
    "file",
    metavar="FILE",
    help=f"Configuration.  [default: {FILE} if it is here]",
)
def preview(
    edition: Path | None, templates: str | None, port: int, browser: bool, file: str | None
) -> int:
    """Show an edition in a browser, and again whenever a template changes.

    Without EDITION.json, the newest one of the output folder. Only this machine can reach the page;
    what it shows can run and fetch nothing. Prints its address; Ctrl-C ends it.

    \b
    Example:
      briefing preview output/2026-03-05-daily/edition.json --templates templates
    """
    from briefing.archive.published import load_edition
    from briefing.pipeline import build_house
    from briefing.service.on_demand.preview import ADDRESS, Preview, newest_edition, open_server

    config = load_config(Path(file or FILE)) if file or Path(FILE).exists() else Config()
    folder = templates or config.templates
    shown = Preview(
        edition or newest_edition(Path(config.output)),
        Path(folder) if folder else None,
        build_house(config),
    )
    load_edition(shown.edition)  # what cannot be shown is said here, not in the browser
    with open_server(shown, port) as serving:
        address = f"http://{ADDRESS}:{serving.server_address[1]}/"
        click.echo(address)
        if browser:
            click.launch(address)
        with contextlib.suppress(KeyboardInterrupt):
            serving.serve_forever()
    return 0
