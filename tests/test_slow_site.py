"""The archive's pages in Chromium: what axe-core finds, what a search finds, from file:// and without a server."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from proof_tools import node, program, run
from test_site import FLOOD, STRIKE, record, sentence

from briefing.deliveries.share import Share, mark, pages, verify
from briefing.model import Rendition
from briefing.renditions.site import chapter
from briefing.renditions.site import pages as made

pytestmark = pytest.mark.slow

KILLS = 30
GRAVE = ("serious", "critical")  # of axe's four grades


def told(day: date, number: int) -> dict[str, Any]:
    return record(day, (STRIKE, sentence(number)), (FLOOD, f"The Orla rose to {number} metres."), number=number)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months of editions, one of two profiles on the last day, on a share."""
    target = tmp_path_factory.mktemp("share")
    mark(target)
    days = [date(2026, 2, 1) + timedelta(days=number) for number in range(40)]
    chapters = [
        chapter(f"{day}-daily", told(day, number), ["edition.html", "edition.pdf"])
        for number, day in enumerate(days, 1)
    ]
    last = record(days[-1], (STRIKE, "“Ça suffit,” said Zoë Brandt <b>."), profile="minister")
    chapters.append(chapter(f"{days[-1]}-minister", last, []))
    pages.put(made(chapters, version="1"), Share(target))
    return target


@pytest.mark.parametrize(
    "name",
    [
        "index.html", "storylines.html", "search.html", "months/2026-03.html", "editions/2026-03-01-daily.html",
        f"storylines/{STRIKE}.html",
    ],
)  # fmt: skip
def test_axe_finds_nothing_serious_in_any_width_light_or_dark(site: Path, name: str) -> None:
    results = node("axe.mjs", str(site / name), program("chromium"))

    grave = [(one["width"], one["scheme"], v) for one in results for v in one["violations"] if v[1] in GRAVE]
    sys.stdout.write(f"\n{name}: axe in {len(results)} settings, serious or critical: {len(grave)}\n")
    assert len(results) == 6
    assert grave == []
    assert [one for one in results if one["overflow"] > 0] == []


@pytest.mark.parametrize(
    ("query", "first", "marked"),
    [
        ("walked 7", f"storylines/{STRIKE}.html#d-2026-02-07", ["walked", "7"]),
        ("zoe brandt", f"storylines/{STRIKE}.html#d-2026-03-12", ["Zoë", "Brandt"]),
        ("orla", f"storylines/{FLOOD}.html#d-2026-03-12", ["orla", "Orla"]),
        ("nowhere", None, []),
        ("<img src=x onerror=alert(1)>", None, []),
    ],
)
def test_a_search_finds_and_marks_plain_words(site: Path, query: str, first: str | None, marked: list[str]) -> None:
    (found,) = node("search.mjs", str(site / "search.html"), program("chromium"), query)

    assert found["errors"] == []
    assert (found["links"][:1] or [None])[0] == first
    assert found["marked"][: len(marked)] == marked
    assert found["elements"] in ([], ["A", "LI", "MARK", "P"])


def test_without_javascript_everything_but_the_search_is_there(site: Path) -> None:
    text = run(program("w3m"), "-dump", str(site / "search.html")).stdout

    assert "Searching needs JavaScript" in text
    assert "walked out for day 7" in run(program("w3m"), "-dump", str(site / "storylines" / f"{STRIKE}.html")).stdout
    assert json.loads((site / "site.json").read_text())["schema"] == "briefing-site/1"


WRITER = """
import sys
sys.path.insert(0, {tests!r})
from test_slow_site import pages, set_of, Path, Share
for number in range({first}, {first} + 50):
    sets = set_of(number)
    print(number, flush=True)
    pages.put(sets, Share(Path({target!r})))
"""
LINKED = 30  # pages that the first page names


def set_of(number: int) -> list[Rendition]:
    """Pages that tell by themselves whether they are whole; each round has one page more and changes them all."""
    names = [f"storylines/line-{place}.html" for place in range(LINKED + number % 50)]
    texts = {name: f"{number} {name} " * 2_000 for name in names} | {"index.html": "\n".join(names)}
    return [Rendition(name, "text/html", f"{text}\n{digest(text)}".encode()) for name, text in texts.items()]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_pages_are_whole_and_their_links_lead_somewhere_wherever_the_writer_was_killed(tmp_path: Path) -> None:
    mark(tmp_path)
    pages.put(set_of(0), Share(tmp_path))
    rng = random.Random(3)
    started = time.monotonic()
    pages.put(set_of(1), Share(tmp_path))
    usual = time.monotonic() - started
    mixed = 0
    for number in range(KILLS):
        code = WRITER.format(tests=str(Path(__file__).parent), first=2 + 50 * number, target=str(tmp_path))
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(rng.uniform(0, 2) * usual)
            child.kill()
        read = {path: path.read_text().rpartition("\n") for path in tmp_path.rglob("[a-z]*.html")}
        assert all(digest(text) == told for text, _, told in read.values())
        linked = read[tmp_path / "index.html"][0].splitlines()
        assert all((tmp_path / name).exists() for name in linked)
        mixed += len({text.split()[0] for path, (text, _, _) in read.items() if path.name != "index.html"}) > 1

    pages.put(set_of(0), Share(tmp_path))
    sys.stdout.write(f"\n{KILLS} kills, {mixed} between two pages: every page whole, no link into nothing\n")
    assert mixed
    assert verify(tmp_path) == ()
    assert len(list((tmp_path / "storylines").glob("[a-z]*.html"))) == LINKED
