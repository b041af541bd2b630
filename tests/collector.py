"""A program for the tests to kill: visits the sources it is given and stores what they give in a real archive.

Arguments: the folder of the archive, and the sources as a JSON list of [kind, location, settings].
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from briefing.archive import documents, upkeep
from briefing.archive.database import FILE, opened
from briefing.model import Source
from briefing.service.collecting import ArchiveStates
from briefing.sources import visit_all
from briefing.sources.web import Client

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)


def main(folder: Path, sources: list[tuple[str, str, dict[str, object]]]) -> None:
    with opened(folder / FILE) as db:
        visit_all(
            [Source(kind, location, settings=settings) for kind, location, settings in sources],
            keep=lambda _source, things: documents.put(db, things, now=NOW),
            store=ArchiveStates(db, NOW),
            now=NOW,
            early=True,
            clients=lambda: Client(pause=0, now=lambda: NOW),
        )


def command(folder: Path, sources: list[list[object]]) -> list[str]:
    return [sys.executable, __file__, str(folder), json.dumps(sources)]


def stored(folder: Path) -> int:
    """How many documents are committed; 0 while there is no archive."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(_read_only(folder), uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM receipt").fetchone()[0])
    return 0


def _read_only(folder: Path) -> str:
    return f"file:{folder / FILE}?mode=ro"


def origins(folder: Path) -> Counter[str]:
    """How often each origin was stored; the archive must be sound."""
    with opened(folder / FILE) as db:
        assert upkeep.check(db) == ()
        return Counter(row["origin"] for row in db.execute("SELECT origin FROM receipt"))


def run_until(
    what: list[str], folder: Path, rng: random.Random, *, more: int, pace: float, env: dict[str, str] | None = None
) -> bool:
    """Run and kill -9 once `more` documents were added and a random part of `pace` seconds passed; whether it came to
    that. The sign is what it did, not the time it took: it is hit at work on any machine.
    """
    aim = stored(folder) + more
    process = subprocess.Popen(what, env={**os.environ, **(env or {})})
    while process.poll() is None:
        if stored(folder) >= aim:
            time.sleep(rng.random() * pace)
            process.kill()
            return process.wait() != 0
        time.sleep(0.002)
    assert process.returncode == 0
    return False


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
