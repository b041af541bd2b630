"""python -m benchmarks NAME [options]: runs one benchmark and prints its table."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> int:
    here = Path(__file__).parent
    names = sorted(
        path.stem for path in here.glob("*.py") if "\ndef main(" in path.read_text(encoding="utf-8")
    )
    names.remove("__main__")
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        print(f"python -m benchmarks NAME: there are {', '.join(names)}", file=sys.stderr)
        return 64
    result = importlib.import_module(f"benchmarks.{sys.argv[1]}").main(sys.argv[2:])
    return int(result or 0)


if __name__ == "__main__":
    sys.exit(main())
