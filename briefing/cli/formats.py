"""The `--format` option in, the names of renditions out: given one by one, or with commas
between.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from briefing.config import FORMATS


def _split_names(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(dict.fromkeys(filter(None, names)))


option: Callable[[Any], Any] = click.option(
    *("--format", "-f", "formats"),
    multiple=True,
    metavar="NAME",
    callback=_split_names,
    help=f"Of {', '.join(FORMATS)}: one, several with commas between, or the option again.",
)
