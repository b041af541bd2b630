"""A pack of the sample corpus as poppler reads it: its index, its contents and its margins name the
right pages.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from accessible_pdf import faults
from proof_tools import program, run

from briefing.cli import run_command as briefing

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pack(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("packed") / "pack.pdf"
    days = [str(path) for path in sorted(corpus.glob("2026-*"))]
    assert (
        briefing(
            ["pack", "port", *days, "--full-text", "--client", "Night desk", "-o", str(target)]
        )
        == 0
    )
    return target


@pytest.fixture(scope="module")
def pages(pack: Path) -> list[str]:
    """Lines as they stand, so that an entry and its pages are on one or on the next."""
    return run(program("pdftotext"), "-raw", str(pack), "-").stdout.split("\f")[:-1]


def spread(told: str) -> list[int]:
    """`5, 7–9` as 5, 7, 8, 9."""
    parts = [part.strip().partition("–") for part in told.split(",") if part.strip()]
    return [page for first, _, last in parts for page in range(int(first), int(last or first) + 1)]


def on(page: str, words: str) -> bool:
    return "".join(words.split()) in "".join(page.split())


def test_every_entry_of_the_index_stands_on_each_page_that_it_names(pages: list[str]) -> None:
    start = next(
        number for number, page in enumerate(pages) if re.search(r"(?m)^Index$\n^Outlets$", page)
    )
    text = (
        "\n".join(pages[start:])
        .partition("\nImprint\n")[0]
        .partition("\nPeople, places and organisations\n")[2]
    )
    entries = re.findall(r"(?m)^(.*[^\d\s,–].*?) (\d+(?:(?:,\s|–)\d+)*)$", text)

    wrong = [
        (name, n) for name, told in entries for n in spread(told) if not on(pages[n - 1], name)
    ]
    alone = [(name, told) for name, told in entries if len(set(spread(told))) != len(spread(told))]
    places = sum(len(spread(told)) for _, told in entries)
    sys.stdout.write(
        f"\n{len(entries)} entries, {places} places, {len(wrong)} under another spelling\n"
    )
    assert len(entries) > 60
    # A name may be printed under the spelling that stands most often and not the one on this page;
    # few are.
    assert len(wrong) <= len(entries) // 20, wrong
    assert alone == []


def test_contents_and_margins_name_the_pages_that_headlines_and_articles_begin_on(
    pack: Path, pages: list[str]
) -> None:
    drawn = run(program("pdftotext"), "-layout", "-l", "3", str(pack), "-").stdout
    contents = re.findall(r"(?m)^ *(\S.+?) ?(?:\. ?){5,} *(\d+)$", drawn)
    noted = [int(n) for page in pages[1:] for n in re.findall(r"(?m), page (\d+)$", page)]

    assert len(contents) >= 5
    assert [(words, n) for words, n in contents if not on(pages[int(n) - 1], words)] == []
    assert len(noted) >= 10
    assert [n for n in noted if "SHA-256" not in pages[n - 1]] == []


def test_nothing_is_in_the_way_of_pdf_ua_in_all_of_it(pack: Path) -> None:
    assert faults(pack.read_bytes()) == []
