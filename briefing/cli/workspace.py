"""The `--config` option in, the workspace it names out: settings and the place of the archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from briefing.archive.database.connection import FILE as ARCHIVE
from briefing.config import FILE, Config, load_config
from briefing.errors import UsageError

option: Callable[[Any], Any] = click.option(
    "--config",
    "-c",
    "file",
    metavar="FILE",
    default=FILE,
    show_default=True,
    help="Configuration of the workspace.",
)


READER = "briefing.reader"  # where a command keeps which reader it is asked for


def _store_reader(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    context.meta[READER] = name


of_reader: Callable[[Any], Any] = click.option(
    *("--profile", "-p"),
    metavar="NAME",
    expose_value=False,
    callback=_store_reader,
    help="Whose, where there are [[profiles]].",
)


def load_workspace(file: str) -> Config:
    """The configuration that `--config` names, for the reader of `--profile` where the command has
    that option.

    Raises UsageError that says how to make one, or which reader to name, and ConfigError for a
    reader nobody knows.
    """
    if not Path(file).exists():
        raise UsageError(
            f"{file}: there is no such file; go to a workspace, or make one with: briefing init DIR"
        )
    config, context = load_config(Path(file)), click.get_current_context(silent=True)
    return (
        _reader_config(config, context.meta[READER])
        if context and READER in context.meta
        else config
    )


def _reader_config(config: Config, name: str | None) -> Config:
    from briefing.wiring import reader_configs

    found = reader_configs(config, [name] if name else [])
    if len(found) > 1:
        raise UsageError(
            f"name one of the readers with --profile: {', '.join(one.profile for one in found)}"
        )
    return found[0]


def parse_day(name: str, text: str | None) -> date | None:
    """The day that an option states. Raises UsageError with the option's name."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{name}: '{text}' is no day; write it as in 2026-03-05") from error


def archive_path(config: Config) -> Path:
    return Path(config.state) / ARCHIVE
