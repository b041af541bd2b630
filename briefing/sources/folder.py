"""A folder or a file to documents: every file below it that is not hidden, ignored, unfinished or
outside it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Document, Fate, Source
from briefing.sources.moving import free_destination, last_destination, move_files
from briefing.sources.safe_files import RefusedError, printable_name, read_file
from briefing.sources.sidecar import SUFFIX, is_sidecar, load_sidecar, sidecar_path
from briefing.sources.visits import Visit, add_stated_facts, text_digest
from briefing.sources.walking import files_below

# bytes of one document; a larger one is cut at this size plus one, and refused by the reader
LARGEST = 5_000_000
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


def collect_folder(
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

    A file that was collected comes again only when its content changed. `include` holds patterns of
    names, `settled` is for how many seconds a file must have been left alone, `move_to` is where
    files go once they are stored; a file beside it, its name and `.toml`, may state facts of a
    document. Raises BriefingError when there is nothing at `location`. Symbolic links that lead out
    of the folder are refused.
    """
    path = Path(location).expanduser()
    visit = visit or Visit()
    if path.is_file():
        yield from _Shelf(path.parent, source, visit, asked_for=True).documents([(path, path.name)])
    elif path.is_dir():
        root = path.resolve()
        aim = Path(move_to).expanduser() if move_to else None
        shelf = _Shelf(root, source, visit, include, settled, root / aim if aim else None)
        files = (
            file for file in files_below(root) if not (shelf.aim and file.is_relative_to(shelf.aim))
        )
        yield from shelf.documents(
            (file, f"{root.name}/{file.relative_to(root).as_posix()}") for file in files
        )
    else:
        hint = (
            "say of what kind it is, as in kind = 'feed'"
            if "://" in location
            else "name one that holds documents"
        )
        raise BriefingError(f"{location}: there is no such file or folder; {hint}")


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
        """What is new or changed of the (path, origin) pairs; all are remembered once all were
        taken.
        """
        seen: list[tuple[str, str]] = []
        for path, name in files:
            if self._is_late(path):
                yield from self._told_late(path, name.removesuffix(SUFFIX))
                continue
            if self._is_waiting(path):
                continue
            origin = printable_name(name)
            known, stamp = text_digest(origin), _file_stamp(path)
            before = self.visit.state.seen.get(known, "")
            if stamp and not self.visit.since and before.startswith(f"{stamp} "):
                seen.append((known, before))
                continue
            thing = self._document(path, origin)
            if isinstance(thing, Document):
                if _file_stamp(path) != stamp:
                    self.visit.notes.append(
                        f"{origin}: it is still being written; the next visit takes it"
                    )
                    continue
                words = _document_digest(thing)
                seen.append((known, f"{stamp} {words}"))
                self._tidy(path)
                if before.endswith(f" {words}") and not self.visit.since:
                    continue
            yield thing
        self.visit.remember(seen, most=REMEMBERED)

    def _is_late(self, sidecar: Path) -> bool:
        """Whether it describes a document that was moved away before."""
        if (
            self.asked_for
            or not self.aim
            or not is_sidecar(sidecar)
            or sidecar.with_suffix("").exists()
        ):
            return False
        return self._gone_to(sidecar).is_file()

    def _gone_to(self, sidecar: Path) -> Path:
        assert self.aim
        return last_destination(self.aim / sidecar.with_suffix("").relative_to(self.root))

    def _told_late(self, sidecar: Path, origin: str) -> Iterator[Document]:
        """The moved document once more, with what is said of it now; the sidecar follows it."""
        place = self._gone_to(sidecar)
        thing = self._document(place, printable_name(origin), sidecar)
        if isinstance(thing, Document) and thing.stated:
            self.visit.afterwards.append(lambda: self._moved((sidecar, sidecar_path(place))))
            yield thing

    def _is_waiting(self, path: Path) -> bool:
        """Not wanted, or not finished."""
        if self.asked_for:
            return False
        if path.name.endswith(UNFINISHED) or is_sidecar(path):
            return True
        if self.include and not any(fnmatch(path.name, pattern) for pattern in self.include):
            return True
        return (
            self.settled > 0
            and self.visit.now.timestamp() - _modification_time(path) < self.settled
        )

    def _document(self, path: Path, origin: str, sidecar: Path | None = None) -> Document | Fate:
        try:
            content = read_file(path, root=self._home(path), most=LARGEST + 1)
        except RefusedError as error:
            return Fate("document", origin, "unreadable", error.strerror or "")
        except OSError as error:
            return Fate(
                "document",
                origin,
                "unreadable",
                f"it cannot be opened ({error.strerror}); check its permissions",
            )
        return Document(origin, content, source=self._stated(sidecar or sidecar_path(path)))

    def _home(self, path: Path) -> Path:
        """What a file must lie below: the folder, or where its files are moved to."""
        return self.root if path.is_relative_to(self.root) or not self.aim else self.aim

    def _stated(self, sidecar: Path) -> Source | None:
        """The source, with what the sidecar says of a document."""
        facts, fault = load_sidecar(sidecar, root=self._home(sidecar))
        if fault:
            self.visit.notes.append(fault)
        if not facts:
            return self.source
        source = add_stated_facts(self.source or Source("folder", str(self.root)), **facts)
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
            aim, stamp = self.aim / path.relative_to(self.root), _file_stamp(path)
            self.visit.afterwards.append(lambda: self._move(path, aim, stamp))

    def _move(self, path: Path, aim: Path, stamp: str) -> None:
        if _file_stamp(path) == stamp:  # not written to again since it was read
            place = free_destination(aim)
            self._moved((path, place), (sidecar_path(path), sidecar_path(place)))

    def _moved(self, *pairs: tuple[Path, Path]) -> None:
        assert self.aim
        self.visit.notes.extend(move_files(self.root, self.aim, *pairs))


def _document_digest(document: Document) -> str:
    """By what a document is known again: its bytes and what is stated beside them."""
    return (
        text_digest(document.sha256, repr(sorted(document.stated.items())))
        if document.stated
        else document.sha256[:16]
    )


def _file_stamp(path: Path) -> str:
    """Size and times of a file and of what is beside it; empty when it is not there."""
    try:
        stats = [
            each.stat() for each in (path, sidecar_path(path)) if each == path or each.is_file()
        ]
    except OSError:
        return ""
    return "/".join(f"{stat.st_size}.{stat.st_mtime_ns}" for stat in stats)


def _modification_time(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
