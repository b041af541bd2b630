"""A reader's words to the archive's articles: ranked, or newest first, each with the place where
the words stand.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import date

from briefing.archive.database.connection import transaction
from briefing.errors import UsageError
from briefing.model import Moment

EXCERPT = 28  # words around the best match; three lines of a terminal
HEADLINE = (
    4.0  # how much more a word in the headline counts than one in the text (bm25 column weight)
)
PARTS = re.compile(r'(-?)"([^"]+)"(\*?)|(-?)([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Found:
    article: str
    headline: str | None
    outlet: str | None
    published: Moment | None
    url: str | None
    excerpt: str  # words of the article around the best match, the matching ones between `marks`


def refresh_index(db: sqlite3.Connection) -> int:
    """Index the articles stored since the last time; how many. Once after a run: triggers cost 2.7
    times as much.
    """
    with transaction(db):
        last = db.execute("SELECT coalesce(max(id), 0) FROM article_index_docsize").fetchone()[0]
        return db.execute(
            "INSERT INTO article_index (rowid, headline, text) "
            "SELECT number, headline, text FROM readable WHERE number > ?",
            (last,),
        ).rowcount


def search_articles(
    db: sqlite3.Connection,
    query: str,
    *,
    newest: bool = False,
    outlet: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int = 20,
    marks: tuple[str, str] = ("[", "]"),
) -> tuple[Found, ...]:
    """Articles with all the words: best first (bm25, then newest), or newest first.

    In `query` quotation marks hold words together, a minus excludes, a star completes: `"budget
    vote" -strike rat*`. Raises UsageError when it holds no word to look for. Common words cost 0.4
    s among 100,000 articles, others 12 ms.
    """
    order = (
        "published DESC, article.id"
        if newest
        else f"bm25(article_index, {HEADLINE}, 1.0), published DESC, article.id"
    )
    matched = match_expression(query)
    rows = db.execute(
        "SELECT number FROM article_index JOIN article ON article.number = article_index.rowid "
        "WHERE article_index MATCH ? AND superseded IS NULL AND article.withdrawn IS NULL "
        "AND (? IS NULL OR outlet = ?) AND (? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?) "
        f"ORDER BY {order} LIMIT ?",
        (
            matched,
            *_repeat_parameter(outlet),
            *_repeat_parameter(since),
            *_repeat_parameter(until),
            limit,
        ),
    ).fetchall()
    return tuple(_load_hit(db, matched, row["number"], marks) for row in rows)


def _repeat_parameter(value: str | date | None) -> tuple[str | None, str | None]:
    text = value.isoformat() if isinstance(value, date) else value
    return text, text


def match_expression(query: str) -> str:
    """The query in FTS5's language, every word quoted, so that none of it is taken for an
    operator.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for parts in PARTS.finditer(query):
        words = " ".join(re.findall(r"\w+", parts[2] or parts[5].rstrip("*")))
        if words:
            star = "*" if parts[3] or (parts[5] or "").endswith("*") else ""
            (unwanted if parts[1] or parts[4] else wanted).append(f'"{words}"{star}')
    if not wanted:
        raise UsageError(f"there is no word to look for in '{query}'; name at least one")
    return " ".join(wanted) + "".join(f" NOT {words}" for words in unwanted)


def _load_hit(db: sqlite3.Connection, matched: str, number: int, marks: tuple[str, str]) -> Found:
    """One hit with its excerpt, cut for those shown alone: an excerpt costs more than the rest of
    the search.
    """
    row = db.execute(
        "SELECT article.*, snippet(article_index, 1, ?, ?, '…', ?) AS excerpt FROM article_index "
        "JOIN article ON article.number = article_index.rowid WHERE article_index "
        "MATCH ? AND article_index.rowid = ?",
        (*marks, EXCERPT, matched, number),
    ).fetchone()
    published = Moment.fromisoformat(row["published"]) if row["published"] else None
    excerpt = " ".join(row["excerpt"].split())
    return Found(row["id"], row["headline"], row["outlet"], published, row["url"], excerpt)
