"""A target to what is wrong on it: files that are missing, were changed or rotted since they were published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from briefing.deliveries.share import disk, pointers

SUM = re.compile(r"([0-9a-f]{64})  ([^/]+)")


def verify(target: Path) -> tuple[str, ...]:
    """One sentence for each file that is not as it was published; nothing when all are. Reads every byte."""
    return tuple(fault for folder in pointers.editions(target) for fault in _faults(folder))


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
        try:
            found = disk.digest(folder / parts[2])
        except OSError as error:
            yield f"{folder}/{parts[2]}: it cannot be read ({error.strerror})"
            continue
        if found != parts[1]:
            yield f"{folder}/{parts[2]}: it was changed since it was published"
