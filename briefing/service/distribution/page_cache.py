"""The archive's pages and what was remembered of them to those that are to lie at a target: the
changed ones made anew.

What is remembered lies in the workspace's state folder, one file a target: every chapter, and what
each page was made of and came to. Without it, or with one that cannot be read, everything is made
anew, to the same bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.deliveries import deliver_to_folder
from briefing.deliveries.share.pages import Page
from briefing.errors import BriefingError
from briefing.model import Rendition

if TYPE_CHECKING:
    from briefing.renditions.site import Chapter, Sheet

SCHEMA = "briefing-pages/1"


@dataclass(slots=True)
class Remembered:
    """Chapters as plain data by key; pages by path: what each was made of, its digest, its
    bytes.
    """

    path: Path
    chapters: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    fresh: dict[str, Any] = field(
        default_factory=dict
    )  # chapters in use today: the others are forgotten

    @classmethod
    def of(cls, state: Path, target: str) -> Remembered:
        path = state / f"pages-{hashlib.sha256(target.encode()).hexdigest()[:16]}.json"
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            found = json.loads(path.read_bytes())
            if found["schema"] == SCHEMA:
                pages = {
                    str(name): (str(of), str(sha), int(size))
                    for name, (of, sha, size) in found["pages"].items()
                }
                return cls(path, dict(found["chapters"]), pages)
        return cls(path)

    def chapter(self, key: str) -> Chapter | None:
        """The one of this key, if it is remembered."""
        from briefing.renditions.site import load_chapter

        try:
            found = load_chapter(self.chapters[key])
        except (KeyError, ValueError, TypeError):
            return None
        self.fresh[key] = self.chapters[key]
        return found

    def learn(self, chapter: Chapter) -> None:
        from briefing.renditions.site import dump_chapter

        self.fresh[chapter.key] = dump_chapter(chapter)

    def keep(self) -> None:
        """In one step; what cannot be kept is found out anew the next time."""
        table = {"schema": SCHEMA, "chapters": self.fresh, "pages": self.pages}
        content = json.dumps(table, separators=(",", ":")).encode()
        with contextlib.suppress(BriefingError):
            deliver_to_folder(
                Rendition(self.path.name, "application/json", content), folder=str(self.path.parent)
            )


def render_changed_pages(sheets: Iterable[Sheet], remembered: Remembered) -> Iterator[Page]:
    """Each page, made only where it is not known what it comes to, or when somebody needs its
    bytes.
    """
    known: Mapping[str, tuple[str, str, int]] = dict(remembered.pages)
    remembered.pages.clear()
    for sheet in sheets:
        before = known.get(sheet.path)
        if before and sheet.made_of and before[0] == sheet.made_of:
            page = Page(sheet.path, before[1], before[2], lambda sheet=sheet: sheet.fill().content)  # type: ignore[misc]
        else:
            page = Page.of(sheet.fill())
        if sheet.made_of:
            remembered.pages[sheet.path] = (sheet.made_of, page.sha256, page.size)
        yield page
