"""A name in the configuration to the function it means: ours, `package.module:function`, or an
entry point.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Mapping
from importlib import metadata
from typing import Any

from briefing.errors import ConfigError

GROUP = "briefing.{kind}s"  # entry points of a kind, such as briefing.summarisers


def find_function(
    name: str, ours: Mapping[str, Callable[..., Any]], *, kind: str
) -> Callable[..., Any]:
    """The function called `name`. Raises ConfigError that lists what there is; entry points are
    read only on a miss.
    """
    if name in ours:
        return ours[name]
    if ":" in name:
        return _import_function(name, kind)
    for entry in metadata.entry_points(group=GROUP.format(kind=kind)):
        if entry.name == name:
            return _require_callable(entry.load(), name, kind)
    near = difflib.get_close_matches(name, ours, n=1)
    hint = f"did you mean '{near[0]}'? " if near else ""
    raise ConfigError(
        f"no {kind} is called '{name}'; {hint}there are {', '.join(sorted(ours))}, "
        f"or a function of yours as package.module:function"
    )


def _import_function(name: str, kind: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    try:
        return _require_callable(getattr(importlib.import_module(module), function), name, kind)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigError(
            f"{kind} '{name}' cannot be imported: {error}; install its package or mend the name"
        ) from error


def _require_callable(found: object, name: str, kind: str) -> Callable[..., Any]:
    if not callable(found):
        raise ConfigError(f"{kind} '{name}' is not a function; name one that can be called")
    return found
