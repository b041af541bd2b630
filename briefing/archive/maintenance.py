"""An archive to its faults, its figures, and less of it where licences ask for that."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from briefing.archive import search
from briefing.archive.database import schema
from briefing.archive.database.columns import decompress, format_timestamp
from briefing.archive.database.connection import transaction
from briefing.errors import BriefingError

TABLES = (  # parents first
    "document",
    "fetch",
    "receipt",
    "article",
    "found_in",
    "storyline",
    "storyline_day",
    "storyline_record",
    "edition",
    "rendition",
    "told",
    "source_state",
    "run",
    "recipient",
    "mailing",
    "outbox",
    "publication",
    "alert",
)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long sources of a licence may be kept, in days after they were collected; None:
    for ever.
    """

    # as in the source's settings; `*` and `?` stand for any letters; "" for sources without one
    licence: str = "*"
    documents: int | None = None  # the bytes as received, servers' answers included
    texts: int | None = None  # the texts of record and their place in the index


@dataclass(frozen=True, slots=True)
class Pruned:
    documents: int
    texts: int


def check_integrity(db: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong, one sentence each; nothing when all is well. Reads every byte: 2 s for
    600 MB.
    """
    return tuple(_integrity_faults(db))


def _integrity_faults(db: sqlite3.Connection) -> Iterator[str]:
    for (found,) in db.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield f"the file is damaged: {found}"
    for row in db.execute("PRAGMA foreign_key_check"):
        yield f"table {row[0]}, row {row[1]}: its parent in {row[2]} is missing"
    search.refresh_index(db)
    try:  # 1: compared with the articles, not only with itself
        db.execute("INSERT INTO article_index (article_index, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        yield f"the search index is damaged ({error}); mend it with: briefing archive check --mend"
    yield from _digest_faults(
        db,
        "SELECT sha256 AS name, sha256, content FROM document WHERE content IS NOT NULL",
        "document",
    )
    yield from _digest_faults(
        db, "SELECT edition || '/' || name AS name, sha256, content FROM rendition", "rendition"
    )
    for row in db.execute("SELECT id, sha256, text FROM article WHERE text <> ''"):
        if hashlib.sha256(row["text"].encode()).hexdigest() != row["sha256"]:
            yield f"article {row['id']}: its text is not the one its digest was made from"


def _digest_faults(db: sqlite3.Connection, query: str, kind: str) -> Iterator[str]:
    for row in db.execute(query):
        try:
            sound = hashlib.sha256(decompress(row["content"])).hexdigest() == row["sha256"]
        except zlib.error:
            sound = False
        if not sound:
            yield f"{kind} {row['name']}: its bytes have changed"


def rebuild_search_index(db: sqlite3.Connection) -> None:
    """The search index made anew from the articles."""
    with transaction(db):
        db.execute("INSERT INTO article_index (article_index) VALUES ('rebuild')")


def archive_statistics(db: sqlite3.Connection, path: Path) -> dict[str, int]:
    """Rows of each table, and bytes of the file."""
    names = [
        row[0]
        for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    ]
    own = [name for name in names if not name.startswith(("article_index", "sqlite_"))]
    rows = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in own}
    return {**rows, "bytes": path.stat().st_size}


def article_day_range(db: sqlite3.Connection) -> tuple[date, date] | None:
    """The days of the oldest and the newest article."""
    first, last = db.execute("SELECT min(day), max(day) FROM article").fetchone()
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None


def prune(db: sqlite3.Connection, rules: Iterable[Retention], *, now: datetime) -> Pruned:
    """Remove what the rules no longer allow to be kept; digests, headlines, days and editions stay.

    The first rule whose licence fits decides. One transaction; the freed space is given back by
    `VACUUM`, run here.
    """
    rules = tuple(rules)
    with transaction(db):
        documents = sum(
            _prune_documents(db, rule, _earlier_licences(rules, index), now)
            for index, rule in enumerate(rules)
        )
        texts = sum(
            _prune_texts(db, rule, _earlier_licences(rules, index), now)
            for index, rule in enumerate(rules)
        )
    if documents or texts:
        db.execute("VACUUM")
    return Pruned(documents, texts)


def _earlier_licences(rules: tuple[Retention, ...], index: int) -> tuple[str, ...]:
    return tuple(rule.licence for rule in rules[:index])


def _licence_condition(rule: Retention, before: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A condition on the column `licence`: this rule's, and none of those before it."""
    others = " AND coalesce(licence, '') NOT GLOB ?" * len(before)
    return f"coalesce(licence, '') GLOB ?{others}", (rule.licence, *before)


def _prune_documents(
    db: sqlite3.Connection, rule: Retention, before: tuple[str, ...], now: datetime
) -> int:
    """Bytes that came in several times, or in an answer, are kept as long as any of those receipts
    allows.
    """
    if rule.documents is None:
        return 0
    fits, values = _licence_condition(rule, before)
    bound = (*values, format_timestamp(now - timedelta(days=rule.documents)))
    return db.execute(
        "UPDATE document SET content = NULL WHERE content IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM receipt "
        f"WHERE receipt.sha256 = document.sha256 AND NOT ({fits} AND collected < ?)) "
        "AND NOT EXISTS "
        f"(SELECT 1 FROM fetch WHERE fetch.sha256 = document.sha256 AND NOT ({fits} AND at < ?))",
        (*bound, *bound),
    ).rowcount


def _prune_texts(
    db: sqlite3.Connection, rule: Retention, before: tuple[str, ...], now: datetime
) -> int:
    if rule.texts is None:
        return 0
    fits, values = _licence_condition(rule, before)
    due = f"text <> '' AND {fits} AND stored < ?"
    bound = (*values, format_timestamp(now - timedelta(days=rule.texts)))
    indexed = "number IN (SELECT id FROM article_index_docsize)"
    db.execute(
        "INSERT INTO article_index (article_index, rowid, headline, text) "
        f"SELECT 'delete', number, headline, text FROM article WHERE {due} AND {indexed}",
        bound,
    )
    return db.execute(f"UPDATE article SET text = '' WHERE {due}", bound).rowcount


def back_up_archive(db: sqlite3.Connection, target: Path) -> None:
    """A backup at `target`, whole or not there. Raises BriefingError where it exists or cannot be
    written.
    """
    if target.exists():
        raise BriefingError(
            f"{target}: there is a file already; name another one, backups are never overwritten"
        )
    try:
        schema.back_up_database(db, target)
    except (OSError, sqlite3.Error) as error:
        raise BriefingError(
            f"{target}: the backup cannot be written ({error}); choose another place"
        ) from error
