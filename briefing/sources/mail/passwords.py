"""Where a mailbox's password is kept to the password."""

from __future__ import annotations

import os
from pathlib import Path

from briefing.errors import ConfigError


def password_at(place: str | None) -> str:
    """What `env:NAME`, `file:PATH` or `credential:NAME` (systemd) holds. Raises ConfigError that never shows it."""
    kind, _, name = (place or "").partition(":")
    try:
        if kind == "env":
            found = os.environ[name]
        elif kind == "file":
            found = Path(name).expanduser().read_text(encoding="utf-8")
        elif kind == "credential":
            found = Path(os.environ["CREDENTIALS_DIRECTORY"], name).read_text(encoding="utf-8")
        else:
            raise KeyError(name)
    except (KeyError, OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"sources: password: nothing is found at '{place or ''}'; name where it is kept: env:NAME or file:PATH"
        ) from error
    return found.rstrip("\r\n")
