"""Copies are found whatever was done to them; a form filled in twice is no copy."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.copies import ADDED, CHANGES
from briefing.articles import fold_reprints, read_documents
from briefing.articles.deduplication.edits import find_edits
from briefing.articles.deduplication.near_duplicates import is_copy
from briefing.articles.deduplication.shingles import similar_pairs
from briefing.cli.read import read as command
from briefing.model import Article, Document, Moment

TEMPLATED = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "templated.jsonl")
    .read_text(encoding="utf-8")
    .split("\n")
    if line
]


def article(name: str, text: str) -> Article:
    return Article(id=name, text=text, document=name)


@pytest.fixture(scope="module")
def reports(corpus: Path) -> list[Article]:
    """Six reports of the sample corpus, each long enough to be cut."""
    paths = sorted(path for path in corpus.glob("2026-03-0*/*.txt") if path.stat().st_size < 6_000)
    found = read_documents([Document(path.name, path.read_bytes()) for path in paths[:30]]).articles
    kept = fold_reprints(each for each in found if len(each.text.split()) > 150).articles
    return list(kept[:6])


@pytest.mark.parametrize(
    "pair", TEMPLATED, ids=[f"{pair['kind']} {i}" for i, pair in enumerate(TEMPLATED)]
)
def test_a_form_filled_in_twice_is_no_copy(pair: dict[str, str]) -> None:
    folding = fold_reprints([article("one", pair["one"]), article("other", pair["other"])])

    assert len(folding.articles) == 2
    assert not is_copy(
        pair["one"], pair["other"], 0.99
    )  # however much of their wording they shared


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_found(change: Callable[[str], str], reports: list[Article]) -> None:
    for each in reports:
        folding = fold_reprints([article("one", each.text), article("other", change(each.text))])

        assert [len(kept.copies) for kept in folding.articles] == [1], each.headline


def test_no_two_of_the_different_reports_are_copies(reports: list[Article]) -> None:
    assert [
        pair
        for pair in similar_pairs([each.text for each in reports])
        if is_copy(*_texts(reports, pair))
    ] == []


def _texts(reports: list[Article], pair: tuple[int, int, float]) -> tuple[str, str, float]:
    return reports[pair[0]].text, reports[pair[1]].text, pair[2]


BRIDGE = (
    (
        "The harbour board of Korsvik voted on Tuesday to close the old swing bridge for "
        "eleven weeks of repairs."
    ),
    (
        "Its chairman, Ove Hallström, said that the steel had rusted through in three "
        "places and could not wait."
    ),
    "Ferries will run every twelve minutes until the bridge opens again in June, the board said.",
)


def test_what_an_edited_copy_adds_and_leaves_out_is_told_by_place() -> None:
    original, copy = (
        article("one", "\n".join(BRIDGE)),
        article("other", "\n".join((*BRIDGE[:2], ADDED))),
    )

    found = find_edits(original, copy)

    assert " ".join(map(str, found.added)) == ADDED
    assert [str(quote) for quote in found.left_out] == [BRIDGE[2]]
    assert str(found) == "adds 2 sentences and leaves out 1 sentence"


def test_a_word_changed_in_a_copy_adds_no_sentence() -> None:
    original = article("one", "\n".join(BRIDGE))
    copy = article(
        "other", "\n".join(BRIDGE).replace("eleven", "twelve").replace("Hallström", "Hallstroem")
    )

    assert str(find_edits(original, copy)) == "the same sentences"
    assert str(find_edits(original, original)) == "the same sentences"


def test_of_a_chain_of_copies_all_lie_under_the_earliest() -> None:
    texts = (
        "\n".join(BRIDGE),
        "\n".join((*BRIDGE, ADDED)),
        "\n".join((*BRIDGE, ADDED, *TEMPLATED[0]["one"].split(". "))),
    )
    chain = [
        replace(article(f"{n}", text), published=Moment.on(date(2026, 3, n)))
        for n, text in enumerate(texts, start=1)
    ]

    for order in (chain, chain[::-1]):
        (kept,) = fold_reprints(order).articles
        assert kept.id == "1"
        assert [copy.id for copy in kept.copies] == ["2", "3"]


WORKS = (
    (
        "Divers had looked at the piers of the bridge in January, after a barge touched "
        "the northern one in fog."
    ),
    (
        "They found rust on four of the nine girders and a crack as long as a hand in "
        "the housing of the bearing."
    ),
    (
        "The town pays for a third of the work, which the board puts at 4.2 million "
        "crowns, and the county for the rest."
    ),
    (
        "Shopkeepers on the northern quay fear for their spring, and want the ferries to "
        "run until midnight at least."
    ),
)


def test_briefing_read_tells_who_reprints_whom(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Bridge closes\n\nBy Nora Feld, Marrow Wire | 3 March 2026\n\n"
        + "\n".join((*BRIDGE, *WORKS))
    )
    (tmp_path / "b.txt").write_text(
        "Shut!\n\nThe Korsvik Post | 4 March 2026\n\n" + "\n".join((*BRIDGE[:2], *WORKS, ADDED))
    )

    printed = CliRunner().invoke(command, ["--copies", str(tmp_path)], standalone_mode=False).stdout

    said = printed.splitlines()
    assert said[:2] == [
        "Bridge closes",
        f"  first       Marrow Wire, 2026-03-03 ({tmp_path.name}/a.txt)",
    ]
    assert said[2].startswith(
        f"  reprinted   The Korsvik Post, 2026-03-04 ({tmp_path.name}/b.txt): adds 2 sentences"
    )
    assert said[4].strip() == f"- {BRIDGE[2]}"


def test_briefing_read_says_that_there_are_no_copies(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(BRIDGE))

    printed = CliRunner().invoke(command, ["--copies", str(tmp_path)], standalone_mode=False).stdout

    assert printed == "no copies among 1 article\n"
