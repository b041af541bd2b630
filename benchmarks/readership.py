"""One collection of articles and many readers in, the CPU seconds of all their editions out, each
reader's told apart.

python -m benchmarks readership [--articles 10000] [--profiles 50] [--one-day] [--keep FOLDER]

Articles are made up from the sample corpus and analysed before the clock starts; what counts begins
with them in the archive: reading them, folding copies, grouping, and for each reader an edition to
edition.json, texts and Markdown. The digest is that of all the files: what changes a byte of one of
them changes it.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

from benchmarks.invented import SYLLABLES, told
from briefing.archive.database.connection import open_archive
from briefing.archive.store import articles
from briefing.articles import fold_reprints
from briefing.config import Config, SourceSettings
from briefing.pipeline import Collection, edit_collection, gather_collection
from briefing.profiles import InterestSettings, MuteSettings, ProfileSettings, SectionSettings
from briefing.storylines import group_articles
from briefing.wiring import reader_config

CORPUS = Path(__file__).parent.parent / "corpus"
DAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 6, tzinfo=UTC)
SECTIONS = (
    ("Politics", "election", "minister"),
    ("Money", "bank", "price"),
    ("Courts", "judge", "police"),
)
WISHES = (
    "strike",
    "flood",
    "budget",
    "trial",
    "reactor",
    "dyke",
    "ferry",
    "union",
    "treaty",
    "harbour",
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks readership", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--profiles", type=int, default=50)
    parser.add_argument(
        "--one-day",
        action="store_true",
        help="all articles of the edition's day, not a third of them",
    )
    parser.add_argument(
        "--keep",
        default="",
        metavar="FOLDER",
        help="where made-up articles are kept for the next run",
    )
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        file = stored(Path(asked.keep or folder), asked.articles, one_day=asked.one_day)
        for line in measured(file, asked.profiles):
            print(line, flush=True)
    return 0


def stored(folder: Path, count: int, *, one_day: bool) -> Path:
    """An archive with so many articles, made where it is not there yet."""
    file = folder / f"{count}{'-one-day' if one_day else ''}.db"
    if not file.exists():
        found = gather_collection(
            Config(timezone="Europe/Berlin", sources=(SourceSettings(str(CORPUS)),)), step=quiet
        )
        with open_archive(file) as db:
            articles.store_articles(
                db, told(found.storylines, count, day=DAY if one_day else None), now=NOW
            )
    return file


def measured(file: Path, count: int) -> Iterator[str]:
    started = time.process_time()
    collection = kept(file)
    largest = max(len(one.articles) for one in collection.storylines)
    for_all = time.process_time() - started
    yield (
        f"{len(collection.articles)} articles in {len(collection.storylines)} "
        f"storylines, the largest of {largest}"
    )
    yield f"for all readers: {for_all:.1f} CPU s"
    digest, spent = hashlib.sha256(), [time.process_time()]
    for number in range(count):
        made = edit_collection(collection, readers(number), now=NOW, day=DAY, step=quiet)
        spent.append(time.process_time())
        for rendition in made.renditions:
            digest.update(rendition.content)
    each = [after - before for before, after in pairwise(spent)]
    yield (
        f"each reader: {sum(each) / max(1, count):.2f} CPU s; the first "
        f"{each[0]:.2f}, the dearest {max(each):.2f}"
    )
    yield f"all, with {count} readers: {time.process_time() - started:.1f} CPU s"
    yield f"SHA-256 of all files: {digest.hexdigest()[:16]}"


def kept(file: Path) -> Collection:
    with open_archive(file) as db:
        ids = [row["id"] for row in db.execute("SELECT id FROM article ORDER BY id")]
        folding = fold_reprints(articles.load_articles(db, ids).values())
    return Collection(folding.articles, group_articles(folding.articles), folding.fates)


def readers(number: int) -> Config:
    """One of many readers: lengths in turn, each with sections, interests, a mute and a name of its
    own to follow.
    """
    own = ProfileSettings(
        f"p{number}",
        length=("flash", "standard", "long")[number % 3],
        sections=tuple(
            SectionSettings(name, words=tuple(words)) for name, *words in SECTIONS[: number % 4]
        ),
        interests=(
            InterestSettings(words=(WISHES[number % len(WISHES)], f"wish{number}"), weight=2.0),
        ),
        mutes=(MuteSettings(words=(f"{SYLLABLES[number]}{SYLLABLES[-number]}".capitalize(),)),),
    )
    everyone = Config(timezone="Europe/Berlin", formats=("json", "markdown"), profiles=(own,))
    return reader_config(replace(everyone), own.name)


def quiet(line: str) -> None:
    """Nothing is printed while it is measured."""
