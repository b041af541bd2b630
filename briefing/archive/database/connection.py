"""A path to an open archive of the present schema, and blocks of statements to transactions."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from briefing.archive.database import schema
from briefing.errors import BriefingError

FILE = "archive.sqlite"
MADE = ".made"  # ending of an empty file beside an archive, from when it was made
SIGNS = ("unsubscribe.key",)  # what is made after an archive only; of before there were such marks
APPLICATION = 0x42524946  # "BRIF"; `file archive.sqlite` shows it
# seconds for another process's transaction; the longest of ours, one run's articles, takes a few
WAIT = 30.0
DAMAGED = "look with: briefing archive check, or put a backup in its place"
HINTS = {  # SQLite's code -> what to do about it
    sqlite3.SQLITE_FULL: "make room on its disk",
    sqlite3.SQLITE_IOERR: "see whether its disk is full or failing",
    sqlite3.SQLITE_READONLY: "see who may write it, and whether its disk is read-only",
    sqlite3.SQLITE_CANTOPEN: "see who may write its folder, and whether the disk is full",
    sqlite3.SQLITE_BUSY: "another program has held it for too long; try again when it is done",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}


def _error_code(error: sqlite3.Error) -> int:
    """The kind of error; what SQLite adds about it stands in the higher bits. -1 for an error of
    Python's.
    """
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else -1


def connect(path: Path, *, durable: bool = False) -> sqlite3.Connection:
    """The archive at `path`, made or migrated where needed; close it when done.

    `durable` is for the connection that keeps the ledgers of sending and publishing: what it
    commits outlives a power cut (WAL with synchronous FULL kept 12 of 12 commits, NORMAL none;
    neither was ever damaged). It costs one fsync a transaction. Raises BriefingError for a file
    that is no archive, is damaged, or was made by a newer program.
    """
    try:
        _make_room(path)
        db = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise BriefingError(
            f"{path}: the archive cannot be opened ({error}); check the folder and its owner"
        ) from error
    try:
        _prepare_database(db, path, durable=durable)
        _leave_mark(path)
    except sqlite3.Error as error:
        db.close()
        raise BriefingError(
            f"{path}: the archive cannot be used ({error}); "
            f"{HINTS.get(_error_code(error), DAMAGED)}"
        ) from error
    except BriefingError:
        db.close()
        raise
    return db


def _make_room(path: Path) -> None:
    """A new archive's folder and file, for their owner's eyes alone: they hold readers' names and
    addresses.

    Raises BriefingError where an archive was and is gone: a new one would know no readers, and send
    editions twice.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size:
        return
    signs = (path.with_suffix(MADE).name, *(SIGNS if path.name == FILE else ()))
    if there := [name for name in signs if (path.parent / name).exists()]:
        raise BriefingError(
            f"{path}: the archive is gone or empty, and {' and '.join(there)} beside "
            "it say that there was one; "
            "put a backup in its place (briefing archive backup makes them), or move "
            "these away to begin anew "
            f"without its readers and editions"
        )
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _leave_mark(path: Path) -> None:
    """Say beside the archive that there is one."""
    with contextlib.suppress(OSError):
        os.close(
            os.open(
                path.with_suffix(MADE), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600
            )
        )


def _prepare_database(db: sqlite3.Connection, path: Path, *, durable: bool) -> None:
    db.row_factory = sqlite3.Row
    owner = db.execute("PRAGMA application_id").fetchone()[0]
    empty = not db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    if owner != APPLICATION and not empty:
        raise BriefingError(
            f"{path}: this is a database of another program; name another file, or move it away"
        )
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    schema.migrate_database(db, path, application=APPLICATION)
    db.execute("PRAGMA foreign_keys = ON")


@contextlib.contextmanager
def open_archive(path: Path, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
    """`connect`, closed at the end of the block.

    Raises BriefingError for what the block meets that is the disk's or another program's doing, not
    the program's.
    """
    db = connect(path, durable=durable)
    try:
        yield db
    except sqlite3.Error as error:
        if _error_code(error) not in HINTS:
            raise
        raise BriefingError(
            f"{path}: the archive cannot be used ({error}); "
            f"{HINTS[_error_code(error)]}; what was stored before is kept"
        ) from error
    finally:
        with contextlib.suppress(sqlite3.Error):
            db.execute("PRAGMA optimize")
        db.close()


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All statements of the block or none; inside another transaction the block is a part of that
    one.
    """
    if db.in_transaction:
        yield db
        return
    db.execute(
        "BEGIN IMMEDIATE"
    )  # takes the write lock now: a later upgrade from a read could be refused
    try:
        yield db
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
