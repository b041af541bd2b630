"""A target's editions to what points at the newest: latest.json, and copies of its files."""

from __future__ import annotations

import re
from pathlib import Path

from briefing.deliveries.manifest import MANIFEST, build_pointer
from briefing.deliveries.share import atomic_files

NAME = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))-[a-z0-9-]+?(?:-r(\d+))?")
COPIED = ("md", "html", "pdf")


def edition_folders(target: Path) -> list[Path]:
    """Folders of editions, newest day first, later revisions before earlier ones."""
    folders = [
        path
        for path in target.glob("[0-9][0-9][0-9][0-9]/*")
        if NAME.fullmatch(path.name) and path.is_dir()
    ]
    return sorted(folders, key=_edition_order, reverse=True)


def _edition_order(folder: Path) -> tuple[str, int, str]:
    parts = NAME.fullmatch(folder.name)
    assert parts is not None
    return parts[1], int(parts[2] or 1), folder.name


def move_pointers(target: Path, mode: int, group: int | None, *, copies: bool) -> list[str]:
    """Point at the newest edition. What could not be moved, one sentence each; files that are right
    are not touched.
    """
    found = edition_folders(target)
    if not found:
        return []
    newest = found[0]
    wanted: dict[str, bytes] = {}
    if copies:
        wanted |= {
            f"latest.{kind}": path.read_bytes()
            for kind in COPIED
            if (path := newest / f"edition.{kind}").exists()
        }
    wanted["latest.json"] = build_pointer(
        newest.relative_to(target).as_posix(), (newest / MANIFEST).read_bytes()
    )
    return [
        trouble
        for name, content in wanted.items()
        if (trouble := _move_pointer(target / name, content, mode, group))
    ]


def _move_pointer(path: Path, content: bytes, mode: int, group: int | None) -> str | None:
    try:
        if path.exists() and path.read_bytes() == content:
            return None
        atomic_files.replace_file(path, content, mode=mode, group=group, tries=atomic_files.TRIES)
    except OSError as error:
        return (
            f"{path}: it still shows an earlier edition ({error.strerror}); the next run moves it"
        )
    return None
