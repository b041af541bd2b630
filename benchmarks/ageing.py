"""A desk's days in, what a day costs by the age of the archive out: CPU seconds, what is
remembered, megabytes.

python -m benchmarks ageing [--days 365] [--every 30]

Each day brings an export of some two hundred invented reports: the sample corpus retold, as news of
other countries, each of which lasts for three days. It is collected, read, grouped with what is
remembered, made an edition of and indexed, as `briefing run --due` does it; the exports of the last
week stay in the folder. Each line holds the mean of three days.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import briefing.storylines
from benchmarks.invented import Vocabulary, retold
from benchmarks.readership import CORPUS, quiet
from briefing import pipeline
from briefing.archive import search
from briefing.archive.database.connection import FILE, open_archive
from briefing.archive.store import editions, storylines
from briefing.config import Config, SourceSettings
from briefing.model import Article
from briefing.pipeline import gather_collection
from briefing.service.morning import followed_storylines
from briefing.service.morning.due import run_due_editions
from briefing.service.morning.make import Maker

FIRST = date(2026, 3, 3)
MEASURED = 3  # days whose mean a line holds: one may have more news than another
TURNS = 1.5  # countries whose news begins on a day: two hundred reports
STAY = 7  # days that an export stays in its folder
COUNTED = ("article", "storyline_record", "told")
PARTS: Sequence[tuple[str, Any, str]] = (
    ("collect", Maker, "_collected"),
    ("read", Maker, "_told"),
    ("remember", followed_storylines, "load_remembered"),
    ("group", briefing.storylines, "group_articles"),
    ("earlier", followed_storylines, "complete_storylines"),
    ("silent", followed_storylines, "silent_storylines"),
    ("sent", Maker, "_sent"),
    ("keep", storylines, "store_storylines"),
    ("keep", followed_storylines, "store_remembered"),
    ("index", search, "refresh_index"),
    ("render", pipeline, "render_edition"),
    ("store", editions, "store_edition"),
)


@dataclass(slots=True)
class Clock:
    """CPU seconds by part, each without the parts inside it."""

    took: Counter[str] = field(default_factory=Counter)
    inside: list[float] = field(default_factory=lambda: [0.0])

    def __call__(self, name: str, work: Callable[[], Any]) -> Any:
        started = time.process_time()
        self.inside.append(0.0)
        try:
            return work()
        finally:
            seconds = time.process_time() - started
            self.took[name] += seconds - self.inside.pop()  # type: ignore[assignment]  # a Counter of seconds
            self.inside[-1] += seconds

    def watching(self, work: Callable[..., Any], name: str) -> Callable[..., Any]:
        return lambda *given, **named: self(name, partial(work, *given, **named))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks ageing", description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--every", type=int, default=30, help="days between two lines")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for line in aged(Path(folder), asked.days, asked.every):
            print(line, flush=True)
    return 0


def aged(folder: Path, days: int, every: int) -> Iterator[str]:
    """A line every so many days."""
    desk = Config(
        output=str(folder / "output"), state=str(folder / "state"), formats=("markdown",),
        sources=(SourceSettings(str(folder / "in")),), storylines=str(folder / "storylines.toml"),
    )  # fmt: skip
    (folder / "in").mkdir()
    spent: list[Counter[str]] = []
    for age, reports in enumerate(exports(days), start=1):
        day = FIRST + timedelta(age - 1)
        kept = folder / "in" / f"{day}.jsonl"
        kept.write_text("".join(f"{json.dumps(row)}\n" for row in reports), encoding="utf-8")
        (folder / "in" / f"{day - timedelta(STAY)}.jsonl").unlink(missing_ok=True)
        spent.append(made(desk, day))
        if age % every == 0 or age == days:
            yield line(folder / "state" / FILE, age, len(reports), spent[-MEASURED:])


def exports(days: int) -> Iterator[list[Mapping[str, object]]]:
    """Each day's rows."""
    corpus = gather_collection(
        Config(timezone="Europe/Berlin", sources=(SourceSettings(str(CORPUS)),)), step=quiet
    )
    dated = [one.published.day for one in corpus.articles if one.published]
    begins = min(day for day, many in Counter(dated).items() if many >= len(dated) / 10)
    vocabulary = Vocabulary([article for one in corpus.storylines for article in one.articles])
    waiting: dict[int, list[Mapping[str, object]]] = defaultdict(list)
    turn = 0
    for today in range(days):
        while turn < today * TURNS + 1:
            for article in (
                article for one in corpus.storylines for article in retold(vocabulary, one, turn)
            ):
                later = today + (
                    max(0, (article.published.day - begins).days) if article.published else 0
                )
                waiting[later].append(row(article, FIRST + timedelta(later)))
            turn += 1
        yield waiting.pop(today)


def row(article: Article, day: date) -> Mapping[str, object]:
    published = (
        f"{day}T{article.published.at:%H:%M:%S}Z" if article.published else f"{day}T00:00:00Z"
    )
    return {
        "headline": article.headline,
        "outlet": article.outlet,
        "published": published,
        "text": article.text,
        "language": article.language,
    }


def made(desk: Config, day: date) -> Counter[str]:
    """What the edition of the morning after takes, by part."""
    after = day + timedelta(1)
    clock, watch = partial(datetime, after.year, after.month, after.day, 6, 30, tzinfo=UTC), Clock()
    with ExitStack() as stack:
        for name, place, function in PARTS:
            stack.enter_context(
                mock.patch.object(place, function, watch.watching(getattr(place, function), name))
            )
        report = watch(
            "rest",
            lambda: run_due_editions(desk, clock=clock, make=Maker(desk, clock, quiet), catch_up=0),
        )
    if not report.editions:
        raise SystemExit(f"{day}: no edition: {report.troubles}")
    return watch.took


def line(file: Path, age: int, reports: int, spent: Sequence[Counter[str]]) -> str:
    total: Counter[str] = sum(spent, Counter())
    parts = ", ".join(
        f"{name} {total[name] / len(spent):.2f}"
        for name in dict.fromkeys(name for name, *_ in PARTS)
    )
    with open_archive(file) as db:
        counts = ", ".join(
            f"{count(db, table)} {table}s".replace("tolds", "told") for table in COUNTED
        )
        size, index = file.stat().st_size / 1e6, indexed(db) / 1e6
    seconds = total.total() / len(spent)
    return (
        f"day {age}, {reports} reports: {seconds:.2f} CPU s ({parts}, rest "
        f"{total['rest'] / len(spent):.2f}); "
        f"{counts}; {size:.0f} MB, index {index:.0f} MB"
    )


def count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def indexed(db: sqlite3.Connection) -> int:
    """Bytes of the full-text index."""
    return int(
        db.execute("SELECT coalesce(sum(length(block)), 0) FROM article_index_data").fetchone()[0]
    )
