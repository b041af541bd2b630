"""`briefing templates`: the names of the shipped templates, or one of them into a folder to change
it.
"""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def templates() -> None:
    """List the shipped templates, or copy one to change it.

    \b
    Examples:
      briefing templates list
      briefing templates copy email.html --to templates
    """


@templates.command("list")
def list_templates() -> None:
    """Name the templates, one a line."""
    from briefing.renditions.templating.environment import names

    for name in names():
        click.echo(name)


@templates.command()
@click.argument("name")
@click.option(
    "--to",
    "folder",
    default="templates",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder.",
)
def copy(name: str, folder: Path) -> None:
    """Copy a template into a folder; a template of yours comes before ours.

    \b
    Example:
      briefing templates copy email.html --to templates
    """
    from briefing.renditions.templating.environment import copy as copy_template

    click.echo(copy_template(name, folder))
