"""The archive's pages in Chromium: what axe-core finds, what a search finds, from file:// and without a server."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from proof_tools import node, program, run
from test_site import FLOOD, STRIKE, record, sentence

from briefing.deliveries.share import Share, mark, pages
from briefing.renditions.site import chapter
from briefing.renditions.site import pages as made

pytestmark = pytest.mark.slow

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
