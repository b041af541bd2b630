"""Files and where they should go to the sentences that say which could not."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path


def moved(*pairs: tuple[Path, Path]) -> list[str]:
    """Move each file that is there; what lies at its aim already is kept under its own name."""
    faults = []
    for path, aim in pairs:
        if not path.exists():
            continue
        try:
            aim.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, free(aim))
        except OSError as error:
            faults.append(f"{path}: it cannot be moved to {aim.parent} ({error.strerror}); check its permissions")
    return faults


def last(aim: Path) -> Path:
    """Where the file went that was last moved to `aim`; `aim` itself when none was."""
    found = aim
    for place in _places(aim):
        if not place.exists():
            return found
        found = place
    return found


def free(aim: Path) -> Path:
    """`aim`, under another number where something lies there already."""
    return next(place for place in _places(aim) if not place.exists())


def _places(aim: Path) -> Iterator[Path]:
    """`aim`, then the same with a number: a-2.txt, a-3.txt …"""
    yield aim
    for number in itertools.count(2):
        yield aim.with_stem(f"{aim.stem}-{number}")
