"""`briefing init`: a name to a workspace that can be run at once."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from briefing.config import FILE, Config, SourceSettings, described
from briefing.errors import UsageError
from briefing.resources import schedule

WIDTH = 110


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


def commented() -> str:
    """briefing.toml with every setting, its help above it; those at their default are commented out."""
    return "\n".join((*_lines(), *_table_lines(), "", "[[sources]]", *_source_lines())) + "\n"


def _lines() -> Iterator[str]:
    yield "# Settings of this workspace. Lines that begin with # show a default; delete the # to change it."
    for name, default, help_line in described(Config):
        if "." not in name:
            yield f"\n# {help_line}"
            yield f"# {name} = {toml(default)}"


def _table_lines() -> Iterator[str]:
    """The tables of delivering; an empty table is one at its defaults."""
    table = ""
    for name, default, help_line in described(Config):
        before, _, own = name.rpartition(".")
        if before not in {"", "sources", "retention"}:
            yield from (f"\n[{before}]",) if before != table else ()
            table = before
            yield f"# {help_line}"
            yield f"# {own} = {toml(default)}"


def _source_lines() -> Iterator[str]:
    for name, default, help_line in described(SourceSettings):
        yield f"# {help_line}"
        yield f"{'' if name == 'location' else '# '}{name} = {toml(default)}"


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
