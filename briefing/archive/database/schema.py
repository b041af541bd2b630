"""A database of any earlier schema to the present one: numbered migrations, in one transaction,
after a backup.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefing.errors import BriefingError

FOLDER = (
    Path(__file__).parent / "migrations"
)  # 0001_archive.sql, 0002_…: never changed once released


def load_migrations() -> dict[int, str]:
    """Number to statements, in order."""
    return {
        int(path.name[:4]): path.read_text(encoding="utf-8")
        for path in sorted(FOLDER.glob("[0-9]*.sql"))
    }


def user_version(db: sqlite3.Connection) -> int:
    number: int = db.execute("PRAGMA user_version").fetchone()[0]
    return number


def migrate_database(
    db: sqlite3.Connection, path: Path, *, application: int, steps: Mapping[int, str] | None = None
) -> None:
    """Apply what is missing, all of it or nothing. Raises BriefingError for a newer schema and for
    a failed step.

    A database that holds something is first copied to `<name>.before-<version>` beside it.
    """
    steps = load_migrations() if steps is None else steps
    latest = max(steps)
    before = user_version(db)
    if before > latest:
        raise BriefingError(
            f"{path}: the archive has schema {before}, this program knows {latest}; "
            "install the newer briefing again"
        )
    if before == latest:
        return
    if before:
        back_up_database(db, path.with_name(f"{path.name}.before-{latest}"))
    db.execute(
        "PRAGMA foreign_keys = OFF"
    )  # a rebuilt table is dropped and renamed; checked as a whole below
    db.execute("BEGIN EXCLUSIVE")
    try:
        _apply_migrations(db, path, steps)
        db.execute(f"PRAGMA application_id = {application}")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _apply_migrations(db: sqlite3.Connection, path: Path, steps: Mapping[int, str]) -> None:
    before = user_version(
        db
    )  # read again: another process may have migrated while we waited for the lock
    for number, script in steps.items():
        if number <= before:
            continue
        for statement in _split_statements(script):
            try:
                db.execute(statement)
            except sqlite3.Error as error:
                raise BriefingError(
                    f"{path}: migration {number} failed ({error}); nothing was "
                    "changed, the archive is as it was"
                ) from error
        db.execute(f"PRAGMA user_version = {number}")
    orphans = db.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise BriefingError(
            f"{path}: a migration would leave {len(orphans)} rows without parents; "
            "nothing was changed"
        )


def _split_statements(script: str) -> Iterator[str]:
    """The statements of a script one by one; `executescript` would commit the transaction that they
    belong to.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def back_up_database(db: sqlite3.Connection, target: Path) -> None:
    """A consistent copy while others read and write: whole under its name, or not there. Two
    seconds for 600 MB.
    """
    part = target.with_name(f".{target.name}.part")
    with contextlib.suppress(FileNotFoundError):
        part.unlink()
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    copy = sqlite3.connect(part, isolation_level=None)
    try:
        copy.execute("PRAGMA synchronous = FULL")
        db.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal and -shm beside it
    finally:
        copy.close()
    part.replace(target)
