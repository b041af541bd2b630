"""What an edition costs: documents in, CPU seconds from a cold start to edition.json and Markdown
out.

python -m benchmarks editions [--articles N] [--runs N] [--only files|archive]

Each run is a process of its own, imports included. "files" reads everything; "archive" takes the
articles as they were analysed and kept. Best of the runs. What many readers of one collection cost:
`benchmarks readership`.
"""

from __future__ import annotations

# ruff: noqa: ARG001 - a child imports what it measures; children have one signature
import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.pipeline import Collection

CORPUS = Path(__file__).parent.parent / "corpus"
DAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 6, tzinfo=UTC)
HEAVY = ("spacy", "sumy", "sklearn", "weasyprint")


def main(arguments: list[str]) -> int:
    asked = parsed(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if asked.child:
            return CHILDREN[asked.child](Path(asked.place), asked)
        filled(place / "documents", asked.articles)
        for child in ("store", *((asked.only,) if asked.only else ("files", "archive"))):
            best = min(
                (spent(child, place, asked) for _ in range(1 if child == "store" else asked.runs)),
                key=seconds,
            )
            print(best[1] if child != "store" else f"store: {best[1]}")
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks editions")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", choices=("files", "archive"))
    parser.add_argument("--child", default="")
    parser.add_argument("--place", default="")
    return parser.parse_args(arguments)


def seconds(result: tuple[float, str]) -> float:
    return result[0]


def filled(folder: Path, articles: int) -> None:
    """Documents that hold about so many articles: the sample corpus, and again under changed names
    and figures.
    """
    documents = [path for path in sorted(CORPUS.glob("2026-*/**/*")) if path.is_file()]
    needed = round(articles * len(documents) / 143)  # the sample corpus holds 143 articles
    for number in range(needed):
        source, turn = documents[number % len(documents)], number // len(documents)
        content = source.read_bytes()
        target = folder / str(turn) / source.relative_to(CORPUS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(changed(content, turn) if turn and source.suffix != ".pdf" else content)


def changed(content: bytes, turn: int) -> bytes:
    """The same report of another country: every word of six letters and more ends differently."""
    ending = bytes((97 + turn % 26, 97 + turn // 26 % 26))
    return re.sub(rb"\b([A-Za-z][a-z]{5,})\b", lambda match: match[1][:-2] + ending, content)


def spent(child: str, place: Path, asked: argparse.Namespace) -> tuple[float, str]:
    command = [
        sys.executable,
        "-m",
        "benchmarks",
        "editions",
        "--child",
        child,
        "--place",
        str(place),
    ]
    before, began = cpu(), time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    used = cpu() - before
    elapsed = time.perf_counter() - began
    return used, f"{child:8} {used:6.2f} CPU s {elapsed:6.2f} s  {done.stdout.strip()}"


def cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def files(place: Path, asked: argparse.Namespace) -> int:
    from briefing.pipeline import prepare_publication

    made = prepare_publication(settings(place), now=NOW, day=DAY, step=quiet)
    print(f"{made.edition.counts['articles']} articles, {made.edition.words} words")
    return 0


def store(place: Path, asked: argparse.Namespace) -> int:
    from briefing.archive.database.connection import open_archive
    from briefing.archive.store import articles
    from briefing.pipeline import gather_collection

    found = gather_collection(settings(place), step=quiet).articles
    with open_archive(place / "archive.db") as db:
        articles.store_articles(db, found, now=NOW)
    print(f"{len(found)} articles")
    return 0


def archive(place: Path, asked: argparse.Namespace) -> int:
    from briefing.pipeline import edit_collection

    made = edit_collection(kept(place), settings(place), now=NOW, day=DAY, step=quiet)
    print(f"{made.edition.counts['articles']} articles, {made.edition.words} words{imported()}")
    return 0


def kept(place: Path) -> Collection:
    from briefing.archive.database.connection import open_archive
    from briefing.archive.store import articles
    from briefing.articles import fold_reprints
    from briefing.pipeline import Collection as Found
    from briefing.storylines import group_articles

    with open_archive(place / "archive.db") as db:
        ids = [row["id"] for row in db.execute("SELECT id FROM article ORDER BY id")]
        folding = fold_reprints(articles.load_articles(db, ids).values())
    return Found(folding.articles, group_articles(folding.articles), folding.fates)


def settings(place: Path) -> Config:
    from briefing.config import Config as All
    from briefing.config import SourceSettings

    return All(
        timezone="Europe/Berlin",
        formats=("json", "markdown"),
        sources=(SourceSettings(str(place / "documents")),),
    )


def imported() -> str:
    found = [name for name in HEAVY if name in sys.modules]
    return f", imported {', '.join(found)}" if found else ", no heavy import"


def quiet(line: str) -> None:
    """Nothing is printed while it is measured."""


CHILDREN = {"files": files, "store": store, "archive": archive}
