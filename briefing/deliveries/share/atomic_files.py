"""Bytes to files that are there after a power cut: written, synced, read back, put in place by
renaming.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import time
from pathlib import Path

TRIES = 5  # for a name that somebody holds open over SMB; with the pauses below 3 seconds in all
PAUSE = 0.2  # seconds, doubled each time
# bytes; where the system has to write them to reserve them, small files cost a write twice
WORTH_RESERVING = 65_536
CANNOT_RESERVE = frozenset(
    {errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS, errno.ESPIPE}
)  # network file systems, FUSE


def write_synced(path: Path, content: bytes, *, mode: int, group: int | None = None) -> None:
    """A new file with these bytes, synced; the room of a large one is reserved first, as disks may
    be full.
    """
    with path.open("xb") as file:
        handle = file.fileno()
        _reserve_space(handle, len(content))
        file.write(content)
        _set_permissions(handle, mode, group)
        file.flush()
        os.fsync(handle)


def _reserve_space(handle: int, size: int) -> None:
    if size >= WORTH_RESERVING and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(handle, 0, size)
        except OSError as error:
            if error.errno not in CANNOT_RESERVE:
                raise


def _set_permissions(handle: int, mode: int, group: int | None) -> None:
    """As configured, whatever the umask; file systems without permissions (SMB, FAT) may refuse."""
    with contextlib.suppress(PermissionError, NotImplementedError):
        os.fchmod(handle, mode)
    if group is not None:
        with contextlib.suppress(PermissionError):
            os.fchown(handle, -1, group)


def create_folder(path: Path, *, mode: int, group: int | None = None) -> None:
    """A folder with the permissions, a set-group-id it inherits included; fine where it exists."""
    try:
        path.mkdir()
    except FileExistsError:
        return
    inherited = path.stat().st_mode & 0o2000
    with contextlib.suppress(PermissionError):
        path.chmod(mode | inherited)
    if group is not None:
        with contextlib.suppress(PermissionError):
            os.chown(path, -1, group)


def sync_folder(folder: Path) -> None:
    """What was renamed in it stays renamed: without this 12 of 12 power cuts brought the old name
    back.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in CANNOT_RESERVE:  # some network file systems cannot sync a folder
            raise
    finally:
        os.close(handle)


def digest_file(path: Path) -> str:
    """SHA-256 of what the disk holds, not of what is still in memory, as far as the system lets us
    choose.
    """
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_file(
    path: Path,
    content: bytes,
    *,
    mode: int,
    group: int | None = None,
    tries: int = 1,
    synced: bool = True,
) -> None:
    """The file with these bytes in one step for whoever reads it. Raises OSError after the last
    try.

    Unless `synced` the folder is not synced: for many files in one, whose folder is synced once
    after them.
    """
    part = path.with_name(f".tmp-{path.name}-{os.urandom(4).hex()}")
    try:
        write_synced(part, content, mode=mode, group=group)
        for attempt in range(tries):
            try:
                part.replace(path)
                break
            except OSError:
                if attempt + 1 == tries:
                    raise
                time.sleep(PAUSE * 2**attempt)
        if synced:
            sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def remove_folder(folder: Path) -> None:
    """Out of sight in one step, then file by file."""
    trash = folder.with_name(f".trash-{folder.name}-{os.urandom(4).hex()}")
    folder.rename(trash)
    shutil.rmtree(trash, ignore_errors=True)
