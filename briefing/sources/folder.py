"""A folder or a file to documents: every file below it that is not hidden, ignored, unfinished or outside it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Document, Fate, Source
from briefing.sources.moving import moved
from briefing.sources.sidecar import beside, is_sidecar, read_sidecar
from briefing.sources.visits import Visit, digest, stating

LARGEST = 5_000_000  # bytes of one document; a larger one is cut at this size plus one, and refused by the reader
IGNORE = ".briefingignore"  # patterns, one a line, relative to the folder it lies in; '#' opens a comment
UNFINISHED = (
    ".part",
    ".partial",
    ".crdownload",
    ".filepart",
    ".tmp",
    ".swp",
    "~",
)  # what others call a half-written file
REMEMBERED = 200_000  # files


def folder(
    location: str,
    *,
    source: Source | None = None,
    visit: Visit | None = None,
    include: tuple[str, ...] = (),
    settled: float = 0,
    move_to: str | None = None,
    **_: Any,
) -> Iterator[Document | Fate]:
    """Documents in the order of their names. A file that cannot be opened comes as its Fate.

    A file that was collected comes again only when its content changed. `include` holds patterns of names, `settled`
    is for how many seconds a file must have been left alone, `move_to` is where files go once they are stored; a file
    beside it, its name and `.toml`, may state facts of a document. Raises BriefingError when there is nothing at
    `location`. Symbolic links that lead out of the folder are refused.
    """
    path = Path(location).expanduser()
    visit = visit or Visit()
    if path.is_file():
        yield from _Shelf(path.parent, source, visit, asked_for=True).documents([(path, path.name)])
    elif path.is_dir():
        root = path.resolve()
        aim = Path(move_to).expanduser() if move_to else None
        shelf = _Shelf(root, source, visit, include, settled, root / aim if aim else None)
        files = (file for file in _files(root, ()) if not (shelf.aim and file.is_relative_to(shelf.aim)))
        yield from shelf.documents((file, f"{root.name}/{file.relative_to(root).as_posix()}") for file in files)
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


@dataclass(frozen=True, slots=True)
class _Shelf:
    """One folder during one visit."""

    root: Path
    source: Source | None
    visit: Visit
    include: tuple[str, ...] = ()
    settled: float = 0
    aim: Path | None = None
    asked_for: bool = False  # a single file that was named: it is taken whatever it is called

    def documents(self, files: Iterable[tuple[Path, str]]) -> Iterator[Document | Fate]:
        """What is new or changed of the (path, origin) pairs; all are remembered once all were taken."""
        seen: list[tuple[str, str]] = []
        for path, name in files:
            if self._is_waiting(path):
                continue
            origin = os.fsencode(name).decode("utf-8", "replace")  # names that are no UTF-8 must still be printable
            known, stamp = digest(origin), _stamp(path)
            before = self.visit.state.seen.get(known, "")
            if stamp and not self.visit.since and before.startswith(f"{stamp} "):
                seen.append((known, before))
                continue
            thing = self._document(path, origin)
            if isinstance(thing, Document):
                if _stamp(path) != stamp:
                    self.visit.notes.append(f"{origin}: it is still being written; the next visit takes it")
                    continue
                words = thing.sha256[:16]
                seen.append((known, f"{stamp} {words}"))
                self._tidy(path)
                if before.endswith(f" {words}") and not self.visit.since:
                    continue
            yield thing
        self.visit.remember(seen, most=REMEMBERED)

    def _is_waiting(self, path: Path) -> bool:
        """Not wanted, or not finished."""
        if self.asked_for:
            return False
        if path.name.endswith(UNFINISHED) or is_sidecar(path):
            return True
        if self.include and not any(fnmatch(path.name, pattern) for pattern in self.include):
            return True
        return self.settled > 0 and self.visit.now.timestamp() - _modified(path) < self.settled

    def _document(self, path: Path, origin: str) -> Document | Fate:
        try:
            if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
                return Fate(
                    "document", origin, "unreadable", "a link that leads out of its folder; copy the file instead"
                )
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            return Fate(
                "document", origin, "unreadable", f"it cannot be opened ({error.strerror}); check its permissions"
            )
        return Document(origin, content, source=self._stated(path))

    def _stated(self, path: Path) -> Source | None:
        """The source, with what the sidecar says of this document."""
        facts, fault = read_sidecar(path)
        if fault:
            self.visit.notes.append(fault)
        if not facts:
            return self.source
        source = stating(self.source or Source("folder", str(self.root)), **facts)
        assert source
        return dataclasses.replace(
            source,
            name=facts.get("outlet", source.name),
            licence=facts.get("licence", source.licence),
            language=facts.get("language", source.language),
        )

    def _tidy(self, path: Path) -> None:
        """Have the file moved away once its document is stored."""
        if self.aim:
            aim, stamp = self.aim / path.relative_to(self.root), _stamp(path)
            self.visit.afterwards.append(lambda: self._move(path, aim, stamp))

    def _move(self, path: Path, aim: Path, stamp: str) -> None:
        if _stamp(path) == stamp:  # not written to again since it was read
            self.visit.notes.extend(moved((path, aim), (beside(path), beside(aim))))


def _unreadable(origin: str, reason: str) -> Fate:
    return Fate("document", origin, "unreadable", reason)


def _stamp(path: Path) -> str:
    """Size and times of a file and of what is beside it; empty when it is not there."""
    try:
        stats = [each.stat() for each in (path, beside(path)) if each == path or each.is_file()]
    except OSError:
        return ""
    return "/".join(f"{stat.st_size}.{stat.st_mtime_ns}" for stat in stats)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
