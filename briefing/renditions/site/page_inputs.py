"""Chapters in, pages with what each is made of out: whoever holds a page made of the same need not
make it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.model import Rendition
from briefing.renditions.site.contexts import Shelf
from briefing.renditions.site.entries import Chapter
from briefing.renditions.site.navigation import Telling, edition_path, storyline_path
from briefing.resources import templates_folder as shipped

CODE = Path(
    __file__
).parent.parent  # labels, dates, pictures and templates' filters are part of every page


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that is not made yet. `made_of` is a digest; empty where what it is made of
    has none.
    """

    path: str
    made_of: str
    fill: Callable[[], Rendition]


def digest_inputs(*parts: Any) -> str:
    return hashlib.sha256(
        json.dumps(parts, default=repr, ensure_ascii=False).encode(errors="replace")
    ).hexdigest()


def digest_program(version: str, templates: Path | None) -> str:
    """A digest of what turns chapters into pages: the program, its templates, and the
    desk's own.
    """
    return digest_inputs(
        version,
        _file_digests(CODE, "*.py"),
        _file_digests(shipped(), "*"),
        _file_digests(templates, "*"),
    )


def _file_digests(folder: Path | None, pattern: str) -> list[str]:
    files = (
        sorted(path for path in folder.rglob(pattern) if path.is_file())
        if folder and folder.is_dir()
        else []
    )
    return [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]


class Makings:
    """What each page of a shelf is made of, told by its chapters' keys; nothing where one of them
    has none.
    """

    def __init__(self, shelf: Shelf, *common: Any) -> None:
        self._keys = {edition_path(one): one.key for one in shelf.chapters}
        self._shelf, self._known = shelf, all(self._keys.values())
        self._common = digest_inputs(
            *common, shelf.newest.title, shelf.newest.language, shelf.several
        )
        self._tellings: dict[str, str] = {}  # by path

    def telling(self, telling: Telling) -> str:
        if telling.path not in self._tellings:
            editions = [self._keys[link.path] for day in telling.days for link in day.editions]
            self._tellings[telling.path] = digest_inputs(telling.path, editions)
        return self._tellings[telling.path]

    def storyline(self, telling: Telling) -> str:
        return self._made_of(self.telling(telling))

    def edition(self, chapter: Chapter, around: Any) -> str:
        """`around` is what its page says of others. A storyline's picture has all of its days."""
        paths = (storyline_path(entry.storyline) for entry in chapter.entries)
        told = [
            self.telling(self._shelf.by_path[path]) for path in paths if path in self._shelf.by_path
        ]
        return self._made_of(chapter.key, told, around)

    def month(self, chapters: Iterable[Chapter], told: Iterable[Telling], around: Any) -> str:
        return self._made_of(
            [one.key for one in chapters], [self.telling(one) for one in told], around
        )

    def everything(self, name: str) -> str:
        """Of a page that tells of all editions."""
        return self._made_of(name, list(self._keys.values()))

    def _made_of(self, *parts: Any) -> str:
        return digest_inputs(self._common, *parts) if self._known else ""


def fill_sheets(sheets: Iterable[Sheet]) -> Iterator[Rendition]:
    return (sheet.fill() for sheet in sheets)
