"""Open what lies in a folder that others may write to: regular files, and nothing that a link leads
out to.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

_COMMANDS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]"
)  # of terminals, and of who writes which way
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = (
    os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
)  # a pipe without a writer would be waited for


class RefusedError(OSError):
    """Something that is no plain file of the folder; its `strerror` says what, and what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(None, why)


def read_file(path: Path, *, root: Path, most: int) -> bytes:
    """At most so many bytes of a regular file below `root`; links are followed within their own
    folder.

    Each folder on the way is opened by itself and none through a link, so that nothing can be put
    in its place in the meantime. Raises RefusedError, and OSError for what cannot be opened.
    """
    real, home = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if not real.is_relative_to(home) or not real.is_relative_to(os.path.realpath(path.parent)):
        raise RefusedError("it is a link that leads out of its folder; copy the file instead")
    folder = open_folder(home, real.parent.relative_to(home).parts)
    try:
        handle = os.open(real.name, _FILE, dir_fd=folder)
    finally:
        os.close(folder)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise RefusedError(
                "it is no regular file (a pipe, a socket or a device); put a file in its place"
            )
        return file.read(most)


def open_folder(root: Path, parts: tuple[str, ...], *, make: bool = False) -> int:
    """A handle of the folder `parts` below `root`, made where it is not there and `make` says so.

    Raises OSError where one of them is a link; close the handle when done.
    """
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    for part in parts:
        try:
            handle = _open_subfolder(handle, part, make=make)
        except OSError:
            os.close(handle)
            raise
    return handle


def _open_subfolder(folder: int, name: str, *, make: bool) -> int:
    """The handle of a folder in a folder, whose own handle is closed."""
    try:
        inside = os.open(name, _FOLDER, dir_fd=folder)
    except FileNotFoundError:
        if not make:
            raise
        os.mkdir(name, dir_fd=folder)
        inside = os.open(name, _FOLDER, dir_fd=folder)
    except NotADirectoryError:
        raise RefusedError(
            f"a link or a file stands in the place of the folder '{name}'; remove it"
        ) from None
    os.close(folder)
    return inside


def printable_name(name: str) -> str:
    """A file's name as one line of text: what is no UTF-8 replaced, signs that command a terminal
    spelt out.
    """
    text = os.fsencode(name).decode("utf-8", "replace")
    return _COMMANDS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
