"""A target to what is wrong on it: files that are missing, were changed or rotted since they were published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from briefing.deliveries.share import atomic_files as disk
from briefing.deliveries.share import pages, pointers

SUM = re.compile(r"([0-9a-f]{64})  ([^/]+)")


def verify(target: Path) -> tuple[str, ...]:
    """One sentence for each file that is not as it was published; nothing when all are. Reads every byte."""
    editions = (fault for folder in pointers.editions(target) for fault in _faults(folder))
    return (
        *editions,
        *(fault for path, wanted in pages.listed(target).items() if wanted for fault in _fault(target / path, wanted)),
    )


def _faults(folder: Path) -> Iterator[str]:
    try:
        lines = (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield f"{folder}/SHA256SUMS: it cannot be read ({error}); publish the edition again"
        return
    for line in lines:
        parts = SUM.fullmatch(line)
        if not parts:
            yield f"{folder}/SHA256SUMS: '{line[:40]}' is no line of it; publish the edition again"
            continue
        yield from _fault(folder / parts[2], parts[1])


def _fault(path: Path, wanted: str) -> Iterator[str]:
    try:
        if disk.digest(path) != wanted:
            yield f"{path}: it was changed since it was published"
    except OSError as error:
        yield f"{path}: it cannot be read ({error.strerror})"
