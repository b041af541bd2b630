"""A query, an outlet, days to the archive's articles that they name, whole, by day."""

from __future__ import annotations

import sqlite3
from datetime import date

from briefing.archive.search import match_expression
from briefing.archive.store.article_columns import restore_article
from briefing.model import Article


def select_articles(
    db: sqlite3.Connection,
    *,
    query: str = "",
    outlet: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Article, ...]:
    """Articles with all the words of `query` (as `search.search` reads them), by day and id;
    undated ones first.

    An empty query leaves the words open; undated articles lie in no days. Texts that were removed
    are left out, and articles that a second reading of their document superseded.
    """
    rows = db.execute(
        "SELECT * FROM article WHERE text <> '' AND superseded IS NULL AND withdrawn IS NULL "
        "AND (:outlet IS NULL OR outlet = :outlet) "
        "AND (:since IS NULL OR day >= :since) AND (:until IS NULL OR day <= :until) "
        "AND (:words IS NULL OR number IN (SELECT rowid FROM article_index WHERE "
        "article_index MATCH :words)) "
        "ORDER BY day, id",
        {
            "outlet": outlet,
            "since": since.isoformat() if since else None,
            "until": until.isoformat() if until else None,
            "words": match_expression(query) if query.strip() else None,
        },
    )
    return tuple(restore_article(row) for row in rows)


def archive_extent(db: sqlite3.Connection) -> tuple[int, str, str, tuple[str, ...]]:
    """How many articles there are to choose from, their first and last day ("" where none is
    dated), their outlets.
    """
    there = "FROM article WHERE text <> '' AND superseded IS NULL AND withdrawn IS NULL"
    count, first, last = db.execute(
        f"SELECT count(*), coalesce(min(day), ''), coalesce(max(day), '') {there}"
    ).fetchone()
    outlets = db.execute(f"SELECT DISTINCT outlet {there} AND outlet IS NOT NULL ORDER BY outlet")
    return count, first, last, tuple(name for (name,) in outlets)
