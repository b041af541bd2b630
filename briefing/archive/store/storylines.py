"""Storylines to rows with the day each article joined, and back, for the grouping of the
next day.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from briefing.archive.database.columns import (
    canonical_json,
    pack_json,
    pack_json_pair,
    unpack_first_json,
    unpack_json,
)
from briefing.archive.database.connection import transaction
from briefing.archive.store import articles as articles_
from briefing.model import Article, Headline, Quote, Span, Storyline

STANDING = (  # articles of a storyline that were not taken back
    "SELECT article FROM storyline_day JOIN article AS standing ON standing.id = article "
    "WHERE profile = ? AND storyline = ? AND withdrawn IS NULL"
)
LAST = datetime.max.replace(tzinfo=UTC)  # undated articles come after the dated


@dataclass(frozen=True, slots=True)
class Day:
    """What one day added to a storyline: ids of articles, in the order of their time."""

    day: date
    articles: tuple[str, ...]


def store_storylines(
    db: sqlite3.Connection, storylines: Iterable[Storyline], *, profile: str, day: date
) -> None:
    """Store storylines whose articles are stored; an article that is new to one joins it on `day`.
    One transaction.
    """
    with transaction(db):
        for storyline in storylines:
            _store_storyline(db, storyline, profile, day.isoformat())


def _store_storyline(db: sqlite3.Connection, storyline: Storyline, profile: str, day: str) -> None:
    first_seen = storyline.first_seen.isoformat() if storyline.first_seen else None
    days = [
        article.published.day.isoformat() for article in storyline.articles if article.published
    ]
    db.execute(
        "INSERT INTO storyline VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (profile, id) DO UPDATE SET "
        "first_seen = excluded.first_seen, last_seen = excluded.last_seen, "
        "headline = excluded.headline, related = excluded.related",
        (
            profile,
            storyline.id,
            first_seen,
            max(days, default=day),
            _serialise_headline(storyline),
            canonical_json(storyline.related),
        ),
    )
    db.executemany(
        "INSERT OR IGNORE INTO storyline_day VALUES (?, ?, ?, ?)",
        [(profile, storyline.id, article.id, day) for article in storyline.articles],
    )


def known_storylines(db: sqlite3.Connection, *, profile: str, since: date) -> tuple[Storyline, ...]:
    """Storylines with an article published or joined on `since` or later, by id, with all their
    articles.

    This is what `storylines.group` is told as `known_storylines`. Articles whose text was removed
    are left out.
    """
    query = (
        "SELECT * FROM storyline WHERE profile = :profile AND (last_seen >= :since OR id IN "
        "(SELECT storyline FROM storyline_day WHERE profile = :profile AND day >= "
        ":since)) ORDER BY id"
    )
    rows = db.execute(query, {"profile": profile, "since": since.isoformat()}).fetchall()
    found = (_load_storyline(db, row) for row in rows)
    return tuple(storyline for storyline in found if storyline)


def _load_storyline(db: sqlite3.Connection, row: sqlite3.Row) -> Storyline | None:
    query = f"{STANDING} ORDER BY article"
    ids = [member["article"] for member in db.execute(query, (row["profile"], row["id"]))]
    articles = {
        key: article for key, article in articles_.load_articles(db, ids).items() if article.text
    }
    headline = _restore_headline(row["headline"], articles)
    if not headline:
        return None
    first_seen = date.fromisoformat(row["first_seen"]) if row["first_seen"] else None
    ordered = tuple(sorted(articles.values(), key=_time_key))
    return Storyline(row["id"], ordered, headline, first_seen, tuple(json.loads(row["related"])))


def store_records(
    db: sqlite3.Connection, records: Iterable[Mapping[str, Any]], *, profile: str
) -> None:
    """Store what is remembered of storylines that are stored: plain values with `id`, `last_seen`
    and `articles`.

    Their `profiles` are packed apart: a day looks at those of few.
    """
    rows = [
        (profile, one["id"], one["last_seen"], len(one["articles"]), _pack_record(one))
        for one in records
    ]
    with transaction(db):
        db.executemany(
            "INSERT INTO storyline_record VALUES (?, ?, ?, ?, ?) ON CONFLICT "
            "(profile, id) DO UPDATE SET "
            "last_seen = excluded.last_seen, articles = excluded.articles, record = "
            "excluded.record",
            rows,
        )


def _pack_record(record: Mapping[str, Any]) -> bytes:
    head = {name: value for name, value in record.items() if name != "profiles"}
    return pack_json_pair(head, record["profiles"]) if "profiles" in record else pack_json(head)


def load_records(
    db: sqlite3.Connection, *, profile: str, since: date, told: int, at_all: date
) -> list[tuple[dict[str, Any], Callable[[], list[dict[str, Any]]]]]:
    """What is remembered of storylines seen on `since` or later, and of those of `told` articles
    seen since `at_all`.

    Each as its plain values, and what gives its profiles when they are needed; by id.
    """
    query = (
        "SELECT record FROM storyline_record "
        "WHERE profile = ? AND last_seen >= ? AND (last_seen >= ? OR articles >= ?) ORDER BY id"
    )
    rows = db.execute(query, (profile, at_all.isoformat(), since.isoformat(), told))
    return [_unpack_record(row["record"]) for row in rows]


def _unpack_record(content: bytes) -> tuple[dict[str, Any], Callable[[], list[dict[str, Any]]]]:
    head, rest = unpack_first_json(content)
    return head, (lambda: unpack_json(rest)) if rest else (lambda: list(head["profiles"]))


def recent_members(
    db: sqlite3.Connection, *, profile: str, storyline: str, since: date
) -> tuple[Article, ...]:
    """Articles that joined a storyline on `since` or later, by time; those whose text was removed
    are left out.
    """
    query = f"{STANDING} AND storyline_day.day >= ? ORDER BY article"
    ids = [row["article"] for row in db.execute(query, (profile, storyline, since.isoformat()))]
    return tuple(
        sorted(
            (one for one in articles_.load_articles(db, ids).values() if one.text), key=_time_key
        )
    )


def growth_days(db: sqlite3.Connection, *, profile: str, storyline: str) -> tuple[Day, ...]:
    """The days on which a storyline grew, oldest first."""
    query = (
        "SELECT day, json_group_array(article) AS articles FROM "
        "(SELECT joined.day, joined.article FROM storyline_day AS joined JOIN "
        "article ON article.id = joined.article "
        "WHERE profile = ? AND storyline = ? ORDER BY published, joined.article) "
        "GROUP BY day ORDER BY day"
    )
    rows = db.execute(query, (profile, storyline))
    return tuple(
        Day(date.fromisoformat(row["day"]), tuple(json.loads(row["articles"]))) for row in rows
    )


def _serialise_headline(storyline: Storyline) -> str:
    headline = storyline.headline
    if isinstance(headline, Quote):
        return canonical_json(
            {
                "article": headline.article.id,
                "start": headline.span.start,
                "stop": headline.span.stop,
            }
        )
    return canonical_json({"article": headline.article.id})


def _restore_headline(text: str, articles: Mapping[str, Article]) -> Headline | Quote | None:
    headline = json.loads(text)
    article = articles.get(headline["article"])
    if article and "start" in headline:
        return Quote(article, Span(headline["start"], headline["stop"]))
    if article and article.headline:
        return Headline(article)
    first = next((one for one in articles.values() if one.headline), None)
    return Headline(first) if first else None


def _time_key(article: Article) -> tuple[datetime, str]:
    return article.published.at if article.published else LAST, article.id
