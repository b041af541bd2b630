"""`python -m briefing` and the `briefing` command."""

from __future__ import annotations

import io
import sys


def main() -> None:
    from briefing.cli import run_command

    _replace_unprintable()
    sys.exit(run_command(sys.argv[1:]))


def _replace_unprintable() -> None:
    """What a terminal's encoding lacks (Latin-1, Windows-1252) is printed as "?"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
