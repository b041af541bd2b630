"""A file to the right to run: one holder at a time, given back by the system however the holder
ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from briefing.errors import BriefingError


class LockedError(BriefingError):
    """Another run is at work."""

    exit_code = 75


@contextlib.contextmanager
def hold_lock(path: Path, *, what: str) -> Iterator[None]:
    """The block runs alone. Raises LockedError at once when another process is inside.

    `flock` on a local disk: kill -9 releases it. It does not reach over network file systems, where
    two machines would both get it; the state folder belongs on a local disk.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _acquire_lock(handle, path, what)
        yield
    finally:
        os.close(handle)


def _acquire_lock(handle: int, path: Path, what: str) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
        raise LockedError(
            f"{what}: another run is at work (process {holder}, {path}); try again later"
        ) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
