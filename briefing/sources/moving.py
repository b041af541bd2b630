"""Files and where they should go to the sentences that say which could not."""

from __future__ import annotations

import shutil
from pathlib import Path


def moved(*pairs: tuple[Path, Path]) -> list[str]:
    """Move each file that is there; what lies at its aim already is kept under its own name."""
    faults = []
    for path, aim in pairs:
        if not path.exists():
            continue
        try:
            aim.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, _free(aim))
        except OSError as error:
            faults.append(f"{path}: it cannot be moved to {aim.parent} ({error.strerror}); check its permissions")
    return faults


def _free(aim: Path) -> Path:
    number = 2
    free = aim
    while free.exists():
        free = aim.with_stem(f"{aim.stem}-{number}")
        number += 1
    return free
