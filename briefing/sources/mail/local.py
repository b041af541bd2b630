"""A maildir or a folder of .eml files to its messages. Both are only read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.model import Document, Fate, Source
from briefing.sources.folder import LARGEST
from briefing.sources.mail.messages import RAISE, document_if_unseen
from briefing.sources.safe_files import read_file
from briefing.sources.visits import Visit, text_digest

REMEMBERED = 50_000  # messages; half as many letters, each known by its file and by its Message-ID


def collect_maildir(
    path: Path,
    *,
    source: Source | None,
    visit: Visit,
    backfill: float = 3,
    items: int = 200,
    **_: Any,
) -> Iterator[Document | Fate]:
    """Messages in `new` and `cur` by the time they were delivered, those of its sub-folders left
    out.
    """
    files = [
        file
        for part in ("new", "cur")
        for file in (path / part).iterdir()
        if not file.name.startswith(".")
    ]
    yield from _collect_files(path, files, visit, source=source, backfill=backfill, items=items)


def collect_eml_folder(
    path: Path,
    *,
    source: Source | None,
    visit: Visit,
    backfill: float = 3,
    items: int = 200,
    **_: Any,
) -> Iterator[Document | Fate]:
    """The .eml files of a folder and the folders below it, by their time of modification."""
    yield from _collect_files(
        path, list(path.rglob("*.eml")), visit, source=source, backfill=backfill, items=items
    )


def _collect_files(
    path: Path,
    files: list[Path],
    visit: Visit,
    *,
    source: Source | None,
    backfill: float,
    items: int,
) -> Iterator[Document | Fate]:
    """Those not delivered before the visit's horizon and not seen; at most `items` of them."""
    horizon = visit.horizon(backfill)
    there = sorted(
        (delivered, _file_key(file), file) for file in files if (delivered := _delivery_time(file))
    )
    visit.remember(
        ((mark, "") for delivered, mark, _ in there if horizon and delivered < horizon),
        most=REMEMBERED,
    )
    waiting = [
        file
        for delivered, mark, file in there
        if (horizon is None or delivered >= horizon)
        and (visit.since or mark not in visit.state.seen)
    ]
    given = 0
    for file in waiting:
        if given >= items:
            visit.notes.append(f"more messages wait for the next visit; {RAISE}")
            break
        content = _load_content(file)
        if content is None:
            continue
        found = document_if_unseen(content, path.name, source, visit, remembered=REMEMBERED)
        visit.remember([(_file_key(file), "")], most=REMEMBERED)
        if found:
            given += 1
            yield found


def _file_key(file: Path) -> str:
    """What a file is known by. A maildir writes its flags behind the colon, and changes them."""
    return text_digest("file", file.name.partition(":")[0])


def _delivery_time(file: Path) -> datetime | None:
    """When a regular file was put there; None for anything else, and for one that was just moved
    away.
    """
    try:
        return (
            datetime.fromtimestamp(file.stat().st_mtime, UTC)
            if file.is_file() and not file.is_symlink()
            else None
        )
    except (OSError, ValueError, OverflowError):
        return None


def _load_content(file: Path) -> bytes | None:
    """The bytes; None when a mail program has renamed the file meanwhile (it is found under its new
    name next time).
    """
    try:
        return read_file(file, root=file.parent, most=LARGEST + 1)
    except OSError:
        return None
