"""The archive under kills and power cuts."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_slow_share import cut, image

from briefing.archive import maintenance
from briefing.archive.database.connection import connect

pytestmark = pytest.mark.slow

KILLS = 60
CUTS = 12
ROOT = str(Path(__file__).parents[2])


def told(line: str) -> None:
    sys.stdout.write(f"\n{line}\n")


# Writes batches of articles and ledger rows, for ever or one for every line it is given; says how
# far it is.
WRITER = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from benchmarks.archive import NOW, article
from briefing.archive import search
from briefing.archive.database.connection import connect
from briefing.archive.store import articles, editions, recipients
from briefing.archive.store.recipients import Recipient
from briefing.model import Rendition
db = connect(Path({path!r}), durable=True)
record = b'{{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}}'
editions.store_edition(db, [Rendition("edition.json", "application/json", record)], now=NOW)
number = {start}
while not {led} or sys.stdin.readline():
    number += 1
    articles.store_articles(db, [article(number * 20 + n) for n in range(20)], now=NOW)
    search.refresh_index(db)
    recipients.add_recipients(db, "daily", [Recipient(f"r{{number}}@example.org")], now=NOW)
    print(number, flush=True)
"""


@contextmanager
def writing(path: Path, start: int, *, led: bool) -> Iterator[subprocess.Popen[str]]:
    """The writer, ended with the block whatever happens in it."""
    code = WRITER.format(root=ROOT, path=str(path), start=start, led=led)
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def rows(db: sqlite3.Connection) -> set[int]:
    found = db.execute("SELECT address FROM recipient")
    return {int(row["address"].partition("@")[0][1:]) for row in found}


def test_a_writer_killed_at_random_moments_damages_nothing_and_loses_no_committed_row(
    tmp_path: Path,
) -> None:
    path = tmp_path / "archive.sqlite"
    rng = random.Random(5)
    committed: set[int] = set()
    partial = 0
    # seconds of one round here: a kill is timed in rounds, so that it hits one on any machine
    usual = 0.0
    for _ in range(KILLS):
        with writing(path, max(committed, default=0), led=False) as child:
            assert child.stdout
            committed.add(int(child.stdout.readline()))
            started = time.monotonic()
            if not usual:
                committed |= {int(child.stdout.readline()) for _ in range(5)}
                usual = (time.monotonic() - started) / 5
            time.sleep(rng.uniform(0, 3) * usual)
            child.kill()
            committed |= {int(line) for line in child.stdout}
        db = connect(path)
        assert committed <= rows(db)
        partial += db.execute("SELECT count(*) % 20 FROM article").fetchone()[0]
        db.close()
    db = connect(path)
    faults = maintenance.check_integrity(db)
    db.close()

    told(
        f"{KILLS} kills, {len(committed)} commits reported: {len(faults)} faults, 0 "
        f"lost, {partial} partial batches"
    )
    assert faults == ()
    assert partial == 0
    assert committed


def test_committed_ledger_rows_outlive_a_power_cut() -> None:
    lost = faults = checked = 0
    rng = random.Random(7)
    with image(60) as (disk, target), writing(target / "archive.sqlite", 0, led=True) as child:
        assert child.stdin
        assert child.stdout
        for _ in range(CUTS):
            started, rounds = time.monotonic(), rng.randint(2, 8)
            child.stdin.write(
                "\n" * (rounds + 1)
            )  # one more than is waited for; without end it would fill the disk
            child.stdin.flush()
            for _ in range(rounds):
                last = int(child.stdout.readline())
            time.sleep(
                rng.random() * (time.monotonic() - started)
            )  # into the middle of a later round
            child.send_signal(signal.SIGSTOP)

            def look(after: Path, last: int = last) -> None:
                nonlocal lost, faults, checked
                db = connect(after / "archive.sqlite")
                lost += len(set(range(1, last + 1)) - rows(db))
                faults += len(maintenance.check_integrity(db))
                checked += last
                db.close()

            cut(disk, look)
            child.send_signal(signal.SIGCONT)

    told(f"{CUTS} power cuts: {faults} faults, {lost} of {checked} committed ledger rows lost")
    assert (lost, faults) == (0, 0)
