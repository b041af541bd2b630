"""Editions made up from those of the sample corpus to the pages of an archive: CPU seconds, first and then a day more.

python -m benchmarks site [--editions 1000] [--leads 5]: each edition tells `leads` storylines, half of which go on.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from briefing.deliveries.share import Share, mark, pages
from briefing.model import Rendition
from briefing.renditions.site import Chapter, chapter
from briefing.renditions.site import pages as made

FIRST = date(2023, 1, 1)
OUTLETS = ("The Halden Courier", "Marrow Wire", "Radio Vestra", "Lowland Post")
WORDS = (
    "harbour",
    "levy",
    "ferry",
    "dyke",
    "court",
    "ballot",
    "reactor",
    "crowns",
    "flood",
    "treaty",
    "strike",
    "inquiry",
)
LASTS = 4  # days that a made-up storyline is told


def record(day: date, number: int, leads: int) -> dict[str, Any]:
    """An edition.json of the usual size of its parts: four sentences a lead from three articles."""
    articles = {f"{number:08x}{place:08x}": article(day, number, place) for place in range(3 * leads)}
    items = [item(number, lead, list(articles)[3 * lead : 3 * lead + 3]) for lead in range(leads)]
    return {
        "schema": "briefing-edition/1", "title": "The Halden briefing", "profile": "daily", "date": day.isoformat(),
        "words": 110 * leads, "minutes": 3, "language": "en", "timezone": "UTC", "leads": items, "briefs": [],
        "articles": articles,
    }  # fmt: skip


def article(day: date, number: int, place: int) -> dict[str, Any]:
    return {
        "headline": " ".join(words(number + place, 9)),
        "outlet": OUTLETS[place % len(OUTLETS)],
        "published": f"{day.isoformat()}T0{place % 10}:40+00:00",
        "url": f"https://news.example/{number}/{place}",
        "document": f"{number}/{place}.html",
    }


def words(seed: int, count: int) -> list[str]:
    return [WORDS[(seed * 7 + place * (seed % 11 + 1)) % len(WORDS)] + str(seed % 97) for place in range(count)]


def item(number: int, lead: int, articles: list[str]) -> dict[str, Any]:
    storyline = number // LASTS * 100 + lead
    texts = [" ".join(words(number + place, 24)).capitalize() + "." for place in range(4)]
    quotes = [{"article": key, "text": text} for key, text in zip((*articles, articles[0]), texts, strict=True)]
    return {
        "storyline": {
            "id": f"storyline-{storyline}-{storyline:06x}",
            "headline": {"article": articles[0], "text": " ".join(words(storyline, 9))},
            "articles": articles,
        },
        "section": "World",
        "status": "new",
        "volume": [lead, 3, 1],
        "quotes": quotes[:3],
        "parts": {"numbers": quotes[3:]},
    }


def chapters(editions: int, leads: int) -> list[Chapter]:
    days = [FIRST + timedelta(days=number) for number in range(editions)]
    return [chapter(f"{day}-daily", record(day, number, leads), ["edition.html", "edition.pdf"])
            for number, day in enumerate(days)]  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks site", description=__doc__)
    parser.add_argument("--editions", type=int, default=1000)
    parser.add_argument("--leads", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        mark(Path(folder))
        measured("first", options.editions, options.leads, Path(folder))
        measured("the same again", options.editions, options.leads, Path(folder))
        measured("one edition more", options.editions + 1, options.leads, Path(folder))
    return 0


def measured(name: str, editions: int, leads: int, target: Path) -> None:
    start = time.process_time()
    read = chapters(editions, leads)
    middle = time.process_time()
    files: list[Rendition] = list(made(read, version="benchmark"))
    filled = time.process_time()
    written = pages.put(files, Share(target))
    end = time.process_time()
    size = sum(len(one.content) for one in files)
    spent = f"reading {middle - start:.1f}, pages {filled - middle:.1f}, writing {end - filled:.1f}"
    print(
        f"{name}: {editions:,} editions, {editions * leads:,} storyline days, {len(files):,} pages, "
        f"{size / 1e6:.0f} MB: {end - start:.1f} CPU seconds ({spent}); "
        f"{written.written:,} written, {written.kept:,} kept"
    )
