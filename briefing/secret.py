"""Where a password is kept to a `Secret` that shows itself to nobody who does not ask."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from briefing.errors import ConfigError

PLACES = "env:NAME, file:PATH, credential:NAME (systemd) or keyring:SERVICE"


class Secret:
    """Text that prints as `***`: in messages, logs, tracebacks and debuggers; never pickled, never
    compared.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __format__(self, specification: str) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


def load_secret(place: str, *, whose: str, environment: Mapping[str, str] = os.environ) -> Secret:
    """What `env:NAME`, `file:PATH`, `credential:NAME` (systemd) or `keyring:SERVICE` holds, without
    its line break.

    `whose` opens the sentence when there is nothing, as in "mail: password". Raises ConfigError
    with the place, never with the text: what is no place may be the password itself.
    """
    kind, _, name = place.partition(":")
    if kind == "env":
        text = environment.get(name)
    elif kind == "file":
        text = _load_file(Path(name).expanduser())
    elif kind == "credential":
        text = _load_file(Path(environment.get("CREDENTIALS_DIRECTORY", "/nonexistent"), name))
    elif kind == "keyring":
        text = _load_keyring_password(name, whose)
    else:
        raise ConfigError(f"{whose}: name where it is kept: {PLACES}")
    if not text:
        raise ConfigError(
            f"{whose}: nothing is found at '{place}'; put it there, or name where it "
            f"is kept: {PLACES}"
        )
    return Secret(text.rstrip("\r\n"))


def _load_file(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _load_keyring_password(service: str, whose: str) -> str | None:
    try:
        keyring = importlib.import_module("keyring")
    except ImportError as error:
        raise ConfigError(
            f"{whose}: keyring is not installed; install it with: pip install keyring"
        ) from error
    found = keyring.get_password(service, "briefing")
    return found if isinstance(found, str) else None
