"""A target to what is wrong on it: files that are missing, were changed or rotted since they were
published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from briefing.deliveries.share import atomic_files, pages, pointers

SUM = re.compile(r"([0-9a-f]{64})  ([^/]+)")


def verify_target(target: Path) -> tuple[str, ...]:
    """One sentence for each file that is not as it was published; nothing when all are. Reads every
    byte.
    """
    editions = (
        fault for folder in pointers.edition_folders(target) for fault in _edition_faults(folder)
    )
    return (
        *editions,
        *(
            fault
            for path, wanted in pages.load_page_list(target).items()
            if wanted
            for fault in _file_faults(target / path, wanted)
        ),
    )


def _edition_faults(folder: Path) -> Iterator[str]:
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
        yield from _file_faults(folder / parts[2], parts[1])


def _file_faults(path: Path, wanted: str) -> Iterator[str]:
    try:
        if atomic_files.digest_file(path) != wanted:
            yield f"{path}: it was changed since it was published"
    except OSError as error:
        yield f"{path}: it cannot be read ({error.strerror})"
