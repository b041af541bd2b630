"""A folder to the files below it, those left out that are hidden or that a .briefingignore names."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

IGNORE = ".briefingignore"  # patterns, one a line, relative to the folder it lies in; '#' opens a comment


def files_below(directory: Path, patterns: tuple[str, ...] = ()) -> Iterator[Path]:
    """Regular files below `directory`, names in code point order; `patterns` come from the folders above."""
    patterns += _patterns(directory)
    try:
        entries = sorted(directory.iterdir(), key=lambda entry: entry.name)
    except OSError:
        entries = []  # a folder that may not be listed holds nothing for us
    for entry in entries:
        if entry.name.startswith(".") or _ignored(entry, patterns):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from files_below(entry, patterns)
        elif entry.is_file() or entry.is_symlink():
            yield entry


def _patterns(directory: Path) -> tuple[str, ...]:
    try:
        lines = (directory / IGNORE).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ()
    return tuple(line.strip().rstrip("/") for line in lines if line.strip() and not line.startswith("#"))


def _ignored(entry: Path, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(entry.name, pattern) for pattern in patterns)
