"""Articles with their analysis to rows and back, so that an edition can be built without reading
them again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from briefing.archive.database.columns import canonical_json, format_timestamp, pack_json
from briefing.archive.database.connection import transaction
from briefing.archive.store import article_columns
from briefing.errors import VerificationError
from briefing.model import Article, Document, Fate, Moment

COLUMNS = (
    "id, headline, outlet, published, day, language, url, licence, text, "
    "sha256, stored, data, embargo"
)
INSERT = (
    f"INSERT INTO article ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET headline = excluded.headline, outlet = excluded.outlet, "
    "published = excluded.published, day = excluded.day, language = "
    "excluded.language, url = excluded.url, "
    "licence = excluded.licence, data = excluded.data, embargo = excluded.embargo, "
    "superseded = NULL WHERE sha256 = excluded.sha256"
)
SUPERSEDE = (
    "UPDATE article SET superseded = ? WHERE id = ? AND superseded IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM found_in WHERE article = ?)"
)


def store_articles(db: sqlite3.Connection, articles: Iterable[Article], *, now: datetime) -> None:
    """Store articles and the copies folded into them, each as it was read; one transaction.

    An article that is there gets what was found anew, its text stays. Which copies belong to which
    article is not kept: folding depends on what else an edition covers, and is done again. Call
    `search.refresh` after the last one. Raises VerificationError when a known id comes with another
    text. 4,000 articles a second on one core.
    """
    with transaction(db):
        for article in articles:
            _store_article(db, article, format_timestamp(now))


def _store_article(db: sqlite3.Connection, article: Article, stored: str) -> None:
    for one in (article, *article.copies):
        if not db.execute(INSERT, _article_row(one, stored)).rowcount:
            raise VerificationError(
                f"article {one.id} ({one.document}): the archive has another text under this id; "
                f"look with: briefing archive check"
            )


def _article_row(article: Article, stored: str) -> tuple[str | bytes | None, ...]:
    published = article.published
    return (
        article.id,
        article.headline,
        article.outlet,
        published.isoformat() if published else None,
        published.day.isoformat() if published else None,
        article.language,
        article.url,
        article.licence,
        article.text,
        article.sha256,
        stored,
        pack_json(article_columns.serialise_article(article)),
        _ending(article.embargo),
    )


def _ending(embargo: Moment | None) -> str | None:
    noon = timedelta(hours=12) if embargo and embargo.precision == "day" else timedelta()
    return format_timestamp(embargo.at + noon) if embargo else None


def store_reading(
    db: sqlite3.Connection,
    document: Document,
    result: Sequence[Article] | Fate,
    *,
    version: str,
    now: datetime,
) -> None:
    """Store what reading `document`, already stored, gave: its articles, or why it was set aside;
    one transaction.

    What an earlier reading found and this one does not is superseded: kept, and listed no more.
    """
    articles = () if isinstance(result, Fate) else result
    key = (document.origin, document.sha256)
    reading = {"version": version, "fate": asdict(result) if isinstance(result, Fate) else None}
    with transaction(db):
        supersede_articles(db, document, now=now)
        store_articles(db, articles, now=now)  # what is found again stands again
        rows = [(*key, place, article.id) for place, article in enumerate(articles)]
        db.executemany("INSERT INTO found_in VALUES (?, ?, ?, ?)", rows)
        db.execute(
            "UPDATE receipt SET reading = ? WHERE origin = ? AND sha256 = ?",
            (canonical_json(reading), *key),
        )


def supersede_articles(db: sqlite3.Connection, document: Document, *, now: datetime) -> None:
    """What a document gave is superseded, as far as no other gives it: another was made anew in its
    place.
    """
    key = (document.origin, document.sha256)
    with transaction(db):
        before = db.execute(
            "SELECT article FROM found_in WHERE origin = ? AND sha256 = ?", key
        ).fetchall()
        db.execute("DELETE FROM found_in WHERE origin = ? AND sha256 = ?", key)
        db.executemany(
            SUPERSEDE, [(format_timestamp(now), row["article"], row["article"]) for row in before]
        )


def load_reading(
    db: sqlite3.Connection, document: Document, *, version: str
) -> tuple[Article, ...] | Fate | None:
    """What this version found in the document before; None when it must be read."""
    key = (document.origin, document.sha256)
    row = db.execute("SELECT reading FROM receipt WHERE origin = ? AND sha256 = ?", key).fetchone()
    reading = json.loads(row["reading"]) if row and row["reading"] else None
    if reading is None or reading["version"] != version:
        return None
    if reading["fate"]:
        return Fate(**reading["fate"])
    articles = _load_document_articles(db, document)
    if any(not article.text for article in articles):
        return None  # its text was removed; the document is there again, so it may be read again
    return articles


def load_latest_reading(db: sqlite3.Connection, document: Document) -> tuple[Article, ...] | None:
    """What any version found in the document last, removed texts empty; None when it was never
    read.
    """
    key = (document.origin, document.sha256)
    row = db.execute("SELECT reading FROM receipt WHERE origin = ? AND sha256 = ?", key).fetchone()
    return _load_document_articles(db, document) if row and row["reading"] else None


def _load_document_articles(db: sqlite3.Connection, document: Document) -> tuple[Article, ...]:
    query = (
        "SELECT article.* FROM found_in JOIN article ON article.id = found_in.article "
        "WHERE origin = ? AND found_in.sha256 = ? ORDER BY place"
    )
    rows = db.execute(query, (document.origin, document.sha256)).fetchall()
    return tuple(
        replace(article_columns.restore_article(row), document=document.origin) for row in rows
    )


def load_articles(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Article]:
    """Articles by id, in the order asked for; unknown ones are absent."""
    rows = (
        (key, db.execute("SELECT * FROM article WHERE id = ?", (key,)).fetchone()) for key in ids
    )
    return {key: article_columns.restore_article(row) for key, row in rows if row}


def load_article_texts(db: sqlite3.Connection, ids: Iterable[str]) -> Mapping[str, str]:
    """Texts of record by article id, as an edition's proof asks for them; those removed are
    absent.
    """
    rows = (
        (key, db.execute("SELECT text FROM article WHERE id = ?", (key,)).fetchone()) for key in ids
    )
    return {key: row["text"] for key, row in rows if row and row["text"]}


def articles_between(db: sqlite3.Connection, first: date, last: date) -> Iterator[Article]:
    """Articles published from `first` to `last`, both included, by day and id; removed texts are
    left out, and what is superseded.
    """
    query = (
        "SELECT * FROM article WHERE day BETWEEN ? AND ? AND text <> '' AND superseded IS NULL "
        "AND withdrawn IS NULL ORDER BY day, id"
    )
    for row in db.execute(query, (first.isoformat(), last.isoformat())):
        yield article_columns.restore_article(row)
