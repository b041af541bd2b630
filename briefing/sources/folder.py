"""A folder or a file to documents: every file below it that is not hidden, ignored or outside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Document, Fate, Source

LARGEST = 5_000_000  # bytes of one document; a larger one is cut at this size plus one, and refused by the reader
IGNORE = ".briefingignore"  # patterns, one a line, relative to the folder it lies in; '#' opens a comment


def folder(location: str, *, source: Source | None = None, **_: Any) -> Iterator[Document | Fate]:
    """Documents in the order of their names. A file that cannot be opened comes as its Fate.

    Raises BriefingError when there is nothing at `location`. Symbolic links that lead out of the folder are refused.
    """
    path = Path(location).expanduser()
    if path.is_file():
        yield _document(path, path.name, source)
    elif path.is_dir():
        root = path.resolve()
        for file in _files(root, ()):
            yield _document(file, f"{root.name}/{file.relative_to(root).as_posix()}", source)
    else:
        raise BriefingError(f"{location}: there is no such file or folder; name one that holds documents")


def _files(directory: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
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
            yield from _files(entry, patterns)
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


def _document(path: Path, origin: str, source: Source | None) -> Document | Fate:
    origin = os.fsencode(origin).decode("utf-8", "replace")  # names that are no UTF-8 must still be printable
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
            return Fate("document", origin, "unreadable", "a link that leads out of its folder; copy the file instead")
        with path.open("rb") as file:
            return Document(origin, file.read(LARGEST + 1), source=source)
    except OSError as error:
        return Fate("document", origin, "unreadable", f"it cannot be opened ({error.strerror}); check its permissions")
