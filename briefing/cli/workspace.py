"""The `--config` option in, the workspace it names out: settings and the place of the archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from briefing.archive.database import FILE as ARCHIVE
from briefing.config import FILE, Config, load
from briefing.errors import UsageError

option: Callable[[Any], Any] = click.option(
    "--config", "-c", "file", metavar="FILE", default=FILE, show_default=True, help="Configuration of the workspace."
)


def workspace(file: str) -> Config:
    """The configuration that `--config` names. Raises UsageError that says how to make one."""
    if not Path(file).exists():
        raise UsageError(f"{file}: there is no such file; go to a workspace, or make one with: briefing init DIR")
    return load(Path(file))


def a_day(name: str, text: str | None) -> date | None:
    """The day that an option states. Raises UsageError with the option's name."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{name}: '{text}' is no day; write it as in 2026-03-05") from error


def archive_of(config: Config) -> Path:
    return Path(config.state) / ARCHIVE
