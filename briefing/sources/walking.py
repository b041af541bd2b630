"""Find the files below a folder, without those that are hidden or that a .briefingignore names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from briefing.sources.safe_files import read_file

# patterns, one a line, relative to the folder it lies in; '#' opens a comment
IGNORE = ".briefingignore"
DEEPEST = 64  # folders in each other
LARGEST = 65_536  # bytes of a .briefingignore …
LONGEST = 200  # … and characters of one of its patterns


def files_below(
    directory: Path, patterns: tuple[str, ...] = (), *, root: Path | None = None
) -> Iterator[Path]:
    """All but folders below `directory`, names in code point order; `patterns` come from the
    folders above.

    Pipes, devices and sockets are among them: whoever opens them says that they are no files.
    """
    root = root or directory
    patterns += _ignore_patterns(directory, root)
    for entry in _list_entries(directory):
        if entry.name.startswith(".") or _is_ignored(entry.name, patterns):
            continue
        path = directory / entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield path
        elif len(path.relative_to(root).parts) <= DEEPEST:
            yield from files_below(path, patterns, root=root)


def _list_entries(directory: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []  # a folder that may not be listed holds nothing for us


def _ignore_patterns(directory: Path, root: Path) -> tuple[str, ...]:
    try:
        content = read_file(directory / IGNORE, root=root, most=LARGEST)
    except OSError:
        return ()
    lines = content.decode("utf-8", "replace").splitlines()
    return tuple(
        line.strip().rstrip("/")[:LONGEST]
        for line in lines
        if line.strip() and not line.startswith("#")
    )


def _is_ignored(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
