"""Move files that were collected to where they should go, through no link; what could not be moved
is said.
"""

from __future__ import annotations

import itertools
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from briefing.sources.safe_files import RefusedError, open_folder

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def move_files(root: Path, aim_root: Path, *pairs: tuple[Path, Path]) -> list[str]:
    """Move each file that is there, from below `root` to below `aim_root`.

    What lies at its aim already is kept under its own name. Where `aim_root` lies in `root` it is
    no more trusted.
    """
    faults = []
    for path, aim in pairs:
        if not os.path.lexists(path):
            continue
        try:
            _move_file(root, path, root if aim_root.is_relative_to(root) else aim_root, aim)
        except OSError as error:
            hint = "" if isinstance(error, RefusedError) else "; check its permissions"
            faults.append(f"{path}: it cannot be moved to {aim.parent} ({error.strerror}){hint}")
    return faults


def last_destination(aim: Path) -> Path:
    """Where the file went that was last moved to `aim`; `aim` itself when none was."""
    found = aim
    for place in _numbered_destinations(aim):
        if not place.exists():
            return found
        found = place
    return found


def free_destination(aim: Path) -> Path:
    """`aim`, under another number where something lies there already."""
    return next(place for place in _numbered_destinations(aim) if not os.path.lexists(place))


def _numbered_destinations(aim: Path) -> Iterator[Path]:
    """`aim`, then the same with a number: a-2.txt, a-3.txt …"""
    yield aim
    for number in itertools.count(2):
        yield aim.with_stem(f"{aim.stem}-{number}")


def _move_file(root: Path, path: Path, aim_root: Path, aim: Path) -> None:
    aim_root.mkdir(parents=True, exist_ok=True)
    source = open_folder(root, path.parent.relative_to(root).parts)
    try:
        target = open_folder(aim_root, aim.parent.relative_to(aim_root).parts, make=True)
        try:
            _relink(source, path.name, target, aim)
        finally:
            os.close(target)
    finally:
        os.close(source)


def _relink(source: int, name: str, target: int, aim: Path) -> None:
    """The file under its new name, then gone under its old one; nothing is ever written over."""
    if not stat.S_ISREG(os.stat(name, dir_fd=source, follow_symlinks=False).st_mode):
        raise RefusedError("it is no regular file; move it by hand")
    for place in _numbered_destinations(aim):
        try:
            _link_file(source, name, target, place.name)
        except FileExistsError:
            continue
        os.unlink(name, dir_fd=source)
        return


def _link_file(source: int, name: str, target: int, new: str) -> None:
    try:
        os.link(name, new, src_dir_fd=source, dst_dir_fd=target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # another file system, or one without such links
        _copy_file(source, name, target, new)


def _copy_file(source: int, name: str, target: int, new: str) -> None:
    given = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=source)
    with os.fdopen(given, "rb") as file:
        facts = os.fstat(file.fileno())
        with os.fdopen(os.open(new, _NEW, facts.st_mode & 0o777, dir_fd=target), "wb") as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
            os.utime(copy.fileno(), ns=(facts.st_atime_ns, facts.st_mtime_ns))
