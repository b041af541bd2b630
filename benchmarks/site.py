"""Editions made up from those of the sample corpus to the pages of an archive: CPU seconds, first
and then a day more.

python -m benchmarks site [--editions 1000] [--leads 5]: each edition tells `leads` storylines, half
of which go on.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from briefing.config import Config
from briefing.deliveries.manifest import build_manifest
from briefing.deliveries.share import Share, mark_target
from briefing.model import Rendition
from briefing.service.distribution import share_site

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
    articles = {
        f"{number:08x}{place:08x}": article(day, number, place) for place in range(3 * leads)
    }
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
    return [
        WORDS[(seed * 7 + place * (seed % 11 + 1)) % len(WORDS)] + str(seed % 97)
        for place in range(count)
    ]


def item(number: int, lead: int, articles: list[str]) -> dict[str, Any]:
    storyline = number // LASTS * 100 + lead
    texts = [" ".join(words(number + place, 24)).capitalize() + "." for place in range(4)]
    quotes = [
        {"article": key, "text": text}
        for key, text in zip((*articles, articles[0]), texts, strict=True)
    ]
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


def published(target: Path, days: Sequence[date], leads: int) -> None:
    """Editions as they lie on a share: edition.json, its manifest, and two files by name."""
    for number, day in enumerate(days):
        folder = target / f"{day.year}" / f"{day}-daily"
        if folder.exists():
            continue
        folder.mkdir(parents=True)
        content = json.dumps(record(day, number, leads)).encode()
        files = [
            Rendition("edition.json", "application/json", content),
            Rendition("edition.html", "text/html", b""),
            Rendition("edition.pdf", "application/pdf", b""),
        ]
        (folder / "edition.json").write_bytes(content)
        (folder / "manifest.json").write_bytes(build_manifest(folder.name, files))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks site", description=__doc__)
    parser.add_argument("--editions", type=int, default=1000)
    parser.add_argument("--leads", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        target, state = Path(folder, "share"), Path(folder, "state")
        target.mkdir()
        mark_target(target)
        for name, editions in (("first", 0), ("the same again", 0), ("one edition more", 1)):
            days = [FIRST + timedelta(days=number) for number in range(options.editions + editions)]
            published(target, days, options.leads)
            measured(name, Config(state=str(state)), Share(target), len(days), options.leads)
    return 0


def measured(name: str, config: Config, share: Share, editions: int, leads: int) -> None:
    """As `briefing publish` does once the edition lies there."""
    start = time.process_time()
    written = share_site.renew_pages({}, config, share)
    spent = time.process_time() - start
    print(
        f"{name}: {editions:,} editions, {editions * leads:,} storyline days: "
        f"{spent:.1f} CPU seconds; "
        f"{written.written:,} pages written, {written.kept:,} kept"
    )
