"""Invented articles into an archive, their index and searches in it: rates in CPU time, beside
plain sqlite3.

python -m benchmarks archive [--articles 100000]: an article has 400 words, as often used as in a
language.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from briefing.archive import maintenance, search
from briefing.archive.database.connection import connect
from briefing.archive.store import articles
from briefing.model import Analysis, Article, Moment, Span

BATCH = 2_000
READ = 10_000  # articles read back, at most
REPEATS = 5  # of each search; the median is printed
INSERT = "INSERT INTO article (id, headline, text) VALUES (?, ?, ?)"
RANKED = (
    "SELECT id, snippet(found, 1, '[', ']', '…', 28) FROM found JOIN article ON "
    "number = found.rowid "
    "WHERE found MATCH ? ORDER BY rank LIMIT 20"
)
NOW = datetime(2026, 3, 5, tzinfo=UTC)


def article(number: int, words: int = 400) -> Article:
    """A report of invented words (Zipf), with the analysis that a reader finds."""
    rng = random.Random(number)
    sentences, terms, text, place = [], [], [], 0
    for _ in range(words // 20):
        chosen = [f"w{int(rng.paretovariate(0.9)) % 40_000}" for _ in range(20)]
        sentence = " ".join(chosen) + "."
        sentences.append(Span(place, place + len(sentence)))
        terms.append(tuple(chosen[::2]))
        text.append(sentence)
        place += len(sentence) + 1
    return Article(
        f"{number:016x}",
        " ".join(text),
        headline=" ".join(terms[0][:8]),
        outlet="Halden Post",
        published=Moment.on(date(2025, 1, 1) + timedelta(days=number % 400)),
        analysis=Analysis(tuple(sentences), tuple(terms), (), tuple(range(len(sentences)))),
    )


def batches(count: int) -> Iterator[list[Article]]:
    return (
        [article(n) for n in range(start, min(count, start + BATCH))]
        for start in range(0, count, BATCH)
    )


def measured(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks archive", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    count = parser.parse_args(arguments).articles
    with tempfile.TemporaryDirectory() as folder:
        ours, plain = Path(folder, "archive.sqlite"), Path(folder, "plain.sqlite")
        db, other = connect(ours), beside(plain)
        for name, seconds in spent(db, other, count).items():
            print(f"{name:<34} {count / seconds:>9,.0f} articles a CPU second")
        for query in (
            "w30001",
            "w77 w95",
            f'"{" ".join(article(5).text.split()[:3])}"',
            article(1).text.split()[0],
        ):
            searched(db, other, query)
        print(f"{ours.stat().st_size / 1e6:.0f} MB, plain {plain.stat().st_size / 1e6:.0f} MB")
        db.close()
        other.close()
    return 0


def beside(path: Path) -> sqlite3.Connection:
    """What somebody would write in ten lines: a table, a full-text index, no analysis, no
    compression.
    """
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(
        "CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT UNIQUE, headline "
        "TEXT, text TEXT)"
    )
    db.execute(
        "CREATE VIRTUAL TABLE found USING fts5(headline, text, content='article', "
        "content_rowid='number')"
    )
    return db


def spent(db: sqlite3.Connection, other: sqlite3.Connection, count: int) -> dict[str, float]:
    """CPU seconds by what was done, for all the articles."""
    times = {"stored": 0.0, "stored, plain sqlite3": 0.0}
    for batch in batches(count):
        times["stored"] += measured(lambda batch=batch: articles.store_articles(db, batch, now=NOW))  # type: ignore[misc]
        values = [(one.id, one.headline, one.text) for one in batch]
        other.execute("BEGIN")
        times["stored, plain sqlite3"] += measured(
            lambda values=values: other.executemany(INSERT, values)
        )  # type: ignore[misc]
        other.execute("COMMIT")
    times["indexed"] = measured(lambda: search.refresh_index(db))
    rebuild = "INSERT INTO found(found) VALUES ('rebuild')"
    times["indexed, plain sqlite3 (FTS5)"] = measured(lambda: other.execute(rebuild))
    share = min(READ, count)
    ids = [f"{number:016x}" for number in range(share)]
    times["read back with their analysis"] = (
        measured(lambda: articles.load_articles(db, ids)) * count / share
    )
    times["checked, every byte"] = measured(lambda: maintenance.check_integrity(db))
    return times


def searched(db: sqlite3.Connection, other: sqlite3.Connection, query: str) -> None:
    ways: dict[str, Callable[[], object]] = {
        "best first": lambda: search.search_articles(db, query),
        "newest first": lambda: search.search_articles(db, query, newest=True),
        "plain": lambda: other.execute(RANKED, (query,)).fetchall(),
    }
    took = {
        name: sorted(measured(way) for _ in range(REPEATS))[REPEATS // 2] * 1000
        for name, way in ways.items()
    }
    print(
        f"search {query!r}: "
        + ", ".join(f"{milliseconds:.1f} ms {name}" for name, milliseconds in took.items())
    )
