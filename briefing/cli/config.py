"""`briefing config`: a configuration to every value in force and where it comes from."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from briefing.config import FILE, Config, load_config


@click.command()
@click.argument("name", required=False, metavar="[NAME]")
@click.option(
    "--config",
    "-c",
    "file",
    metavar="FILE",
    help=f"Configuration.  [default: {FILE} if it is here]",
)
@click.option("--changed", is_flag=True, help="Only what is not a default.")
def config(name: str | None, file: str | None, changed: bool) -> int:
    """Show which settings are in force, and where each value comes from.

    NAME is the beginning of a setting's name, as in schedule. One line each: name, value, "default"
    or the file.

    \b
    Examples:
      briefing config
      briefing config schedule --changed
    """
    here = Path(file or FILE)
    there = bool(file) or here.exists()
    inforce = load_config(here) if there else Config()
    written = tomllib.loads(here.read_text(encoding="utf-8")) if there else {}
    for setting, value, is_set in _setting_values(inforce, written):
        if (not name or setting.startswith(name)) and (is_set or not changed):
            click.echo(f"{setting} = {value!r}  ({here if is_set else 'default'})")
    return 0


def _setting_values(kind: Any, written: Any, prefix: str = "") -> Iterator[tuple[str, Any, bool]]:
    """(name, value, whether the file says it); entries of lists are numbered from 1."""
    for field in dataclasses.fields(kind):
        value = getattr(kind, field.name)
        said = written.get(field.name) if isinstance(written, Mapping) else None
        if dataclasses.is_dataclass(value):
            yield from _setting_values(value, said, f"{prefix}{field.name}.")
        elif isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            for number, entry in enumerate(value, 1):
                own = (
                    said[number - 1] if isinstance(said, Sequence) and len(said) >= number else None
                )
                yield from _setting_values(entry, own, f"{prefix}{field.name}.{number}.")
        else:
            yield f"{prefix}{field.name}", value, said is not None
