"""The archive's pages in Chromium: what axe-core finds, what a search finds, from file:// and
without a server.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from mortal import mortal
from proof_tools import node, program, run
from test_site import FLOOD, STRIKE, record, sentence

from briefing.deliveries.share import Share, mark_target, pages, verify_target
from briefing.model import Rendition
from briefing.renditions.site import parse_chapter
from briefing.renditions.site import render_pages as made

pytestmark = pytest.mark.slow

KILLS = 30
GRAVE = ("serious", "critical")  # of axe's four grades


def told(day: date, number: int) -> dict[str, Any]:
    return record(
        day,
        (STRIKE, sentence(number)),
        (FLOOD, f"The Orla rose to {number} metres."),
        number=number,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months of editions, one of two profiles on the last day, on a share."""
    target = tmp_path_factory.mktemp("share")
    mark_target(target)
    days = [date(2026, 2, 1) + timedelta(days=number) for number in range(40)]
    chapters = [
        parse_chapter(f"{day}-daily", told(day, number), ["edition.html", "edition.pdf"])
        for number, day in enumerate(days, 1)
    ]
    last = record(days[-1], (STRIKE, "“Ça suffit,” said Zoë Brandt <b>."), profile="minister")
    chapters.append(parse_chapter(f"{days[-1]}-minister", last, []))
    pages.update_pages(made(chapters, version="1"), Share(target))
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

    grave = [
        (one["width"], one["scheme"], v)
        for one in results
        for v in one["violations"]
        if v[1] in GRAVE
    ]
    sys.stdout.write(
        f"\n{name}: axe in {len(results)} settings, serious or critical: {len(grave)}\n"
    )
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
def test_a_search_finds_and_marks_plain_words(
    site: Path, query: str, first: str | None, marked: list[str]
) -> None:
    (found,) = node("search.mjs", str(site / "search.html"), program("chromium"), query)

    assert found["errors"] == []
    assert (found["links"][:1] or [None])[0] == first
    assert found["marked"][: len(marked)] == marked
    assert found["elements"] in ([], ["A", "LI", "MARK", "P"])


def test_without_javascript_everything_but_the_search_is_there(site: Path) -> None:
    text = run(program("w3m"), "-dump", str(site / "search.html")).stdout

    assert "Searching needs JavaScript" in text
    assert (
        "walked out for day 7"
        in run(program("w3m"), "-dump", str(site / "storylines" / f"{STRIKE}.html")).stdout
    )
    assert json.loads((site / "site.json").read_text())["schema"] == "briefing-site/1"


LINKED = 12  # pages that the first page names, at least
MORE = 5  # at most: there is one more each round, until there are none more again


def set_of(number: int) -> list[Rendition]:
    """Pages that tell by themselves whether they are whole; each round changes them all."""
    names = [f"storylines/line-{place}.html" for place in range(LINKED + number % (MORE + 1))]
    texts = {name: f"{number} {name} " * 2_000 for name in names} | {"index.html": "\n".join(names)}
    return [
        Rendition(name, "text/html", f"{text}\n{digest(text)}".encode())
        for name, text in texts.items()
    ]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def written(number: int, target: str) -> None:
    pages.update_pages(set_of(number), Share(Path(target)))


def rounds(target: Path) -> set[str]:
    """Of which rounds the pages are, each whole, and every link leads to one of them."""
    read = {path: path.read_text().rpartition("\n") for path in target.rglob("[a-z]*.html")}
    assert all(digest(text) == told for text, _, told in read.values())
    assert all((target / name).exists() for name in read[target / "index.html"][0].splitlines())
    return {text.split()[0] for path, (text, _, _) in read.items() if path.name != "index.html"}


def test_pages_are_whole_and_their_links_lead_somewhere_wherever_the_writer_is_killed(
    tmp_path: Path,
) -> None:
    """At each of its steps, and at moments between them."""
    mark_target(tmp_path)
    rng = random.Random(3)
    kills = mixed = 0
    with mortal("test_slow_site", "written") as writer:
        steps = min(writer.steps(number, str(tmp_path)) for number in range(MORE + 2))
        for number, step in enumerate(
            [*range(1, steps), *rng.sample(range(1, steps), KILLS)], MORE + 2
        ):
            after = 0.0 if number < steps + MORE + 1 else rng.uniform(0.0001, 0.003)
            kills += writer.dies(step, number, str(tmp_path), after=after)
            mixed += len(rounds(tmp_path)) > 1
        writer.steps(0, str(tmp_path))

    sys.stdout.write(
        f"\n{kills} kills, {mixed} between two pages: every page whole, no link into nothing\n"
    )
    assert kills >= steps - 1
    assert mixed
    assert verify_target(tmp_path) == ()
    assert len(list((tmp_path / "storylines").glob("[a-z]*.html"))) == LINKED
