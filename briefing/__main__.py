"""`python -m briefing` and the `briefing` command."""

from __future__ import annotations

import sys


def main() -> None:
    from briefing.cli import run  # noqa: PLC0415 - a console script imports this module before it has anything to do

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
