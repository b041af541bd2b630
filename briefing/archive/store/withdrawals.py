"""Articles and documents that no later edition may print, each with its reason, and which editions
held them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from briefing.archive.database.columns import format_timestamp
from briefing.archive.database.connection import transaction


@dataclass(frozen=True, slots=True)
class Holder:
    """An edition that quotes an article, and where it went."""

    edition: str
    mailed: int  # messages
    published: bool

    def __str__(self) -> str:
        ways = [f"sent to {self.mailed}"] if self.mailed else []
        ways += ["published"] if self.published else []
        return f"{self.edition} ({' and '.join(ways) or 'neither sent nor published'})"


def withdraw(db: sqlite3.Connection, article: str, reason: str | None) -> bool:
    """Have no later edition print the article, or again (None); whether that is new."""
    query = "UPDATE article SET withdrawn = ? WHERE id = ? AND withdrawn IS NOT ?"
    return bool(db.execute(query, (reason, article, reason)).rowcount)


def withdraw_document(db: sqlite3.Connection, origin: str, reason: str | None) -> tuple[str, ...]:
    """The same for a document in all its versions, with every article of it; their ids. Nothing
    where it is unknown.
    """
    with transaction(db):
        db.execute("UPDATE receipt SET withdrawn = ? WHERE origin = ?", (reason, origin))
        found = articles(db, origin)
        for article in found:
            withdraw(db, article, reason)
    return found


def remove(db: sqlite3.Connection, name: str, reason: str | None) -> None:
    """An article by its id, or a document by its origin; back again for None."""
    if is_article(db, name):
        withdraw(db, name, reason)
    else:
        withdraw_document(db, name, reason)


def is_article(db: sqlite3.Connection, name: str) -> bool:
    return db.execute("SELECT 1 FROM article WHERE id = ?", (name,)).fetchone() is not None


def articles(db: sqlite3.Connection, origin: str) -> tuple[str, ...]:
    """Ids of all that a document gave."""
    rows = db.execute(
        "SELECT DISTINCT article FROM found_in WHERE origin = ? ORDER BY article", (origin,)
    )
    return tuple(row["article"] for row in rows)


def reasons(db: sqlite3.Connection, articles: Iterable[str]) -> dict[str, str]:
    """Why each of the articles may not be printed; those that may are absent."""
    query = "SELECT withdrawn FROM article WHERE id = ?"
    rows = ((key, db.execute(query, (key,)).fetchone()) for key in articles)
    return {key: row["withdrawn"] for key, row in rows if row and row["withdrawn"]}


def documents(db: sqlite3.Connection, start: datetime | None, stop: datetime) -> dict[str, str]:
    """Origin to reason of the documents collected in that time that may not be printed."""
    query = (
        "SELECT origin, withdrawn FROM receipt WHERE withdrawn IS NOT NULL AND "
        "collected > ? AND collected <= ? "
        "ORDER BY origin"
    )
    rows = db.execute(query, (format_timestamp(start) if start else "", format_timestamp(stop)))
    return {row["origin"]: row["withdrawn"] for row in rows}


def released(
    db: sqlite3.Connection, start: datetime, stop: datetime
) -> tuple[tuple[str, str], ...]:
    """Origin and digest of the documents whose embargo ended in that time: they may have come in
    long before.
    """
    query = (
        "SELECT DISTINCT receipt.origin, receipt.sha256 FROM article JOIN found_in "
        "ON found_in.article = article.id "
        "JOIN receipt ON receipt.origin = found_in.origin AND receipt.sha256 = found_in.sha256 "
        "WHERE embargo > ? AND embargo <= ? AND successor IS NULL AND "
        "receipt.withdrawn IS NULL ORDER BY 1, 2"
    )
    return tuple(
        (row["origin"], row["sha256"])
        for row in db.execute(query, (format_timestamp(start), format_timestamp(stop)))
    )


def holders(db: sqlite3.Connection, article: str) -> tuple[Holder, ...]:
    """The editions that quote the article, oldest first."""
    query = (
        "SELECT DISTINCT told.edition, "
        "(SELECT count(*) FROM outbox WHERE outbox.edition = told.edition AND state "
        "= 'sent') AS mailed, "
        "EXISTS (SELECT 1 FROM publication WHERE publication.edition = told.edition "
        "AND state = 'published') AS placed "
        "FROM told JOIN edition ON edition.id = told.edition WHERE article = ? ORDER "
        "BY edition.date, told.edition"
    )
    rows = db.execute(query, (article,))
    return tuple(Holder(row["edition"], row["mailed"], bool(row["placed"])) for row in rows)


def known(db: sqlite3.Connection, name: str) -> str | None:
    """The id of the article, or the origin of the document, that a name means; None for neither, or
    for several.

    The end of an origin is enough: `bridge.txt` for `/srv/press/bridge.txt`.
    """
    if db.execute("SELECT 1 FROM article WHERE id = ?", (name,)).fetchone():
        return name
    ending = (
        "SELECT DISTINCT origin FROM receipt WHERE origin = :name OR "
        "substr(origin, -length(:name) - 1) = '/' || :name"
    )
    found = [row["origin"] for row in db.execute(ending, {"name": name})]
    return name if name in found else found[0] if len(found) == 1 else None
