"""A rendition to a file in a folder: whole or not at all, and there once this returns."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from briefing.errors import BriefingError
from briefing.model import Delivery, Rendition


def deliver_to_folder(rendition: Rendition, /, *, folder: str) -> Delivery:
    """Write under a temporary name beside the target, sync, rename, sync the folder; readers see
    the old or the new.

    Raises BriefingError when the folder cannot be made or written; the file that was there stays as
    it was.
    """
    target = Path(folder) / rendition.name
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_synced(part, rendition.content)
        part.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise BriefingError(
            f"{target}: it cannot be written ({error.strerror}); choose another --output"
        ) from error
    return Delivery(rendition.name, "folder", str(target), "delivered")


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
