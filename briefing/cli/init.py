"""`briefing init`: a name to a workspace that can be run at once."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

import click

from briefing.config import FILE, described
from briefing.errors import UsageError
from briefing.resources import schedule


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    r"""Make a workspace: a commented briefing.toml and its folders.

    DIR gets briefing.toml with every setting explained, corpus/ for documents, templates/ for your own templates,
    output/ for editions, and schedule.cron to install with crontab. Files that are there already are left alone.

    \b
    Example:
      briefing init desk
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: this is a file; name a folder to make")
    for name in ("corpus", "templates", "output"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write(folder / FILE, commented())
    _write(folder / "schedule.cron", placed(folder))


HEADS = {"sources": "[[sources]]", "retention": "# [[retention]]"}  # tables that may be repeated; none of the second


def commented() -> str:
    """briefing.toml with every setting, its help above it; those at their default are commented out."""
    lines = ["# Settings of this workspace. Lines that begin with # show a default; delete the # to change it."]
    table = ""
    for name, default, help_line in described():
        if "." in name and table != name.partition(".")[0]:
            table = name.partition(".")[0]
            lines += ["", HEADS.get(table, f"[{table}]")]
        mark = "" if name == "sources.location" else "# "
        lines += ["", f"# {help_line}", f"{mark}{name.rpartition('.')[2]} = {toml(default)}"]
    return "\n".join(lines) + "\n"


def toml(value: object) -> str:
    if value is None:
        return '""'
    if isinstance(value, tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def placed(folder: Path) -> str:
    """The shipped schedule with this workspace's and this program's absolute places; `%` is escaped for cron."""
    program = shutil.which("briefing") or f"{sys.executable} -m briefing"
    command = program if " -m " in program else shlex.quote(program)
    return (
        schedule()
        .read_text(encoding="utf-8")
        .replace("/srv/desk", shlex.quote(str(folder.resolve())).replace("%", r"\%"))
        .replace("/usr/local/bin/briefing", command.replace("%", r"\%"))
    )


def _write(path: Path, text: str) -> None:
    if path.exists():
        click.echo(f"{path}: left as it is", err=True)
        return
    path.write_text(text, encoding="utf-8")
    click.echo(path)
