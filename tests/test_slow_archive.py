"""The archive under kills and power cuts, and its rates beside plain sqlite3."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from test_slow_share import cut, image

from briefing.archive import articles, search, upkeep
from briefing.archive.database import connect
from briefing.model import Analysis, Article, Moment, Span

pytestmark = pytest.mark.slow

KILLS = 60
CUTS = 12
ARTICLES = 100_000
BATCH = 2_000
NOW = datetime(2026, 3, 5, tzinfo=UTC)


def told(line: str) -> None:
    sys.stdout.write(f"\n{line}\n")


def article(number: int, words: int = 400) -> Article:
    """A report of invented words, as often used as in a language (Zipf), with the analysis that a reader finds."""
    rng = random.Random(number)
    sentences, terms, place = [], [], 0
    text = []
    for _ in range(words // 20):
        chosen = [f"w{int(rng.paretovariate(0.9)) % 40_000}" for _ in range(20)]
        sentence = " ".join(chosen) + "."
        sentences.append(Span(place, place + len(sentence)))
        terms.append(tuple(chosen[::2]))
        text.append(sentence)
        place += len(sentence) + 1
    return Article(
        f"{number:016x}", " ".join(text), headline=" ".join(terms[0][:8]), outlet="Halden Post",
        published=Moment.on(date(2025, 1, 1) + timedelta(days=number % 400)),
        analysis=Analysis(tuple(sentences), tuple(terms), (), tuple(range(len(sentences)))),
    )  # fmt: skip


# Writes batches of articles and ledger rows for ever, and says after each commit how far it is.
WRITER = """
import sys
sys.path.insert(0, {tests!r})
from test_slow_archive import *
from briefing.archive import documents, outbox, recipients, editions, search
from briefing.archive.recipients import Recipient
from briefing.model import Rendition
db = connect(Path({path!r}), durable=True)
record = b'{{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}}'
editions.put(db, [Rendition("edition.json", "application/json", record)], now=NOW)
number = {start}
while True:
    number += 1
    articles.put(db, [article(number * 20 + n) for n in range(20)], now=NOW)
    search.refresh(db)
    recipients.add(db, "daily", [Recipient(f"r{{number}}@example.org")], now=NOW)
    print(number, flush=True)
"""


def rows(db: sqlite3.Connection) -> set[int]:
    found = db.execute("SELECT address FROM recipient")
    return {int(row["address"].partition("@")[0][1:]) for row in found}


def test_a_writer_killed_at_random_moments_damages_nothing_and_loses_no_committed_row(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    rng = random.Random(5)
    committed: set[int] = set()
    partial = 0
    for _ in range(KILLS):
        code = WRITER.format(tests=str(Path(__file__).parent), path=str(path), start=max(committed, default=0))
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        time.sleep(rng.uniform(0.4, 0.9))
        child.send_signal(signal.SIGKILL)
        out, _ = child.communicate()
        committed |= {int(line) for line in out.split()}
        db = connect(path)
        assert committed <= rows(db)
        partial += db.execute("SELECT count(*) % 20 FROM article").fetchone()[0]
        db.close()
    db = connect(path)
    faults = upkeep.check(db)
    db.close()

    told(f"{KILLS} kills, {len(committed)} commits reported: {len(faults)} faults, 0 lost, {partial} partial batches")
    assert faults == ()
    assert partial == 0
    assert committed


def test_committed_ledger_rows_outlive_a_power_cut() -> None:
    with image(60) as (disk, target):
        code = WRITER.format(tests=str(Path(__file__).parent), path=str(target / "archive.sqlite"), start=0)
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert child.stdout
        lost = faults = checked = 0
        rng = random.Random(7)
        for _ in range(CUTS):
            last = int(child.stdout.readline())
            deadline = time.monotonic() + rng.uniform(0, 0.3)
            while time.monotonic() < deadline:
                last = int(child.stdout.readline())
            child.send_signal(signal.SIGSTOP)

            def look(after: Path, last: int = last) -> None:
                nonlocal lost, faults, checked
                db = connect(after / "archive.sqlite")
                lost += len(set(range(1, last + 1)) - rows(db))
                faults += len(upkeep.check(db))
                checked += last
                db.close()

            cut(disk, look)
            child.send_signal(signal.SIGCONT)
        child.kill()
        child.communicate()

    told(f"{CUTS} power cuts: {faults} faults, {lost} of {checked} committed ledger rows lost")
    assert (lost, faults) == (0, 0)


def batches() -> Iterator[list[Article]]:
    return ([article(number) for number in range(start, start + BATCH)] for start in range(0, ARTICLES, BATCH))


def measured(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def test_the_rates_of_a_hundred_thousand_articles_beside_plain_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    db = connect(path)
    plain = sqlite3.connect(tmp_path / "plain.sqlite", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("CREATE TABLE article (id TEXT PRIMARY KEY, headline TEXT, text TEXT)")
    spent = {"put": 0.0, "plain": 0.0}
    for batch in batches():
        spent["put"] += measured(lambda batch=batch: articles.put(db, batch, now=NOW))  # type: ignore[misc]
        values = [(one.id, one.headline, one.text) for one in batch]
        plain.execute("BEGIN")
        spent["plain"] += measured(
            lambda values=values: plain.executemany("INSERT INTO article VALUES (?, ?, ?)", values)
        )  # type: ignore[misc]
        plain.execute("COMMIT")
    spent["index"] = measured(lambda: search.refresh(db))
    spent["read"] = measured(lambda: articles.get(db, [f"{number:016x}" for number in range(10_000)])) * 10
    spent["check"] = measured(lambda: upkeep.check(db))
    for name, seconds in spent.items():
        told(f"{name:<6} {ARTICLES / seconds:>9,.0f} articles a CPU second")
    common = article(1).text.split()[0]
    for query in ("w30001", "w77 w95", f'"{" ".join(article(5).text.split()[:3])}"', common):
        times = []
        for newest in (False, True):
            started = time.monotonic()
            found = search.search(db, query, newest=newest)
            times.append((time.monotonic() - started) * 1000)
        told(f"search {query!r}: {len(found)} shown, {times[0]:.1f} ms best first, {times[1]:.1f} ms newest first")
    told(f"{path.stat().st_size / 1e6:.0f} MB, plain {Path(tmp_path / 'plain.sqlite').stat().st_size / 1e6:.0f} MB")
    db.close()
    plain.close()
    shutil.rmtree(tmp_path)

    assert ARTICLES / spent["put"] > 1_000
    assert ARTICLES / spent["index"] > 500
