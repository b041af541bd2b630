"""`briefing init`: a name to a workspace that can be run at once."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.schedule import program_command
from briefing.config import FILE, describe_settings
from briefing.errors import UsageError
from briefing.schedule import cron
from briefing.schedule.cron import Job


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a workspace: a commented briefing.toml and its folders.

    DIR gets briefing.toml with every setting explained, corpus/ for documents, templates/ for your
    own templates, output/ for editions, storylines.toml for an editor's decisions, and
    schedule.cron to install with crontab. Files that are there already are left alone.

    \b
    Example:
      briefing init desk
    """
    from briefing.storylines.curation import decisions

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: this is a file; name a folder to make")
    for name in ("corpus", "templates", "output"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write_new_file(folder / FILE, commented_settings())
    _write_new_file(folder / decisions.FILE, decisions.TEMPLATE)
    _write_new_file(folder / "schedule.cron", _workspace_crontab(folder))


HEADS = {
    "sources": "[[sources]]"
} | {  # tables that may be repeated; of all but the first there are none at first
    name: f"# [[{name}]]"
    for name in (
        "licences",
        "profiles",
        "profiles.sections",
        "profiles.interests",
        "profiles.mutes",
        "retention",
    )
}


def commented_settings() -> str:
    """briefing.toml with every setting, its help above it; those at their default are commented
    out.
    """
    lines = [
        (
            "# Settings of this workspace. Lines that begin with # show a default; "
            "delete the # to change it."
        )
    ]
    table = ""
    for name, default, help_line in describe_settings():
        if "." in name and table != name.rpartition(".")[0]:
            table = name.rpartition(".")[0]
            lines += ["", HEADS.get(table, f"[{table}]")]
        mark = "" if name == "sources.location" else "# "
        lines += ["", f"# {help_line}", f"{mark}{name.rpartition('.')[2]} = {format_toml(default)}"]
    return "\n".join(lines) + "\n"


def format_toml(value: object) -> str:
    if value is None:
        return '""'
    if isinstance(value, tuple):
        return "[" + ", ".join(map(format_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _workspace_crontab(folder: Path) -> str:
    """The crontab of this workspace with this program's absolute place; `%` is escaped for cron."""
    return cron.render_crontab(Job(program_command(), folder.resolve()))


def _write_new_file(path: Path, text: str) -> None:
    if path.exists():
        click.echo(f"{path}: left as it is", err=True)
        return
    path.write_text(text, encoding="utf-8")
    click.echo(path)
