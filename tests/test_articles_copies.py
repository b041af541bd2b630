"""Copies are found whatever was done to them; a form filled in twice is no copy."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.articles import fold, read_all
from briefing.articles.copies import is_copy
from briefing.articles.shingles import pairs
from briefing.model import Article, Document

TEMPLATED = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "templated.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]
ADDED = (
    "The council meets again next week and has put the matter first on its list, a spokeswoman told this newspaper. "
    "Readers will remember that a similar plan was dropped two winters ago after weeks of argument about its cost."
)


def article(name: str, text: str) -> Article:
    return Article(id=name, text=text, document=name)


def cut(text: str) -> str:
    return text[: text.rfind(". ", 0, len(text) * 2 // 3) + 1] or text


def padded(text: str) -> str:
    return f"{text}\n{ADDED}"


def datelined(text: str) -> str:
    return f"HALDEN (Marrow Wire) - {text}"


def reworded(text: str) -> str:
    """One word in fifty replaced."""
    dice = random.Random(len(text))
    words = text.split(" ")
    plain = [i for i, word in enumerate(words) if word.isalpha() and word.islower()]
    for i in dice.sample(plain, max(1, len(words) // 50)):
        words[i] = "otherwise"
    return " ".join(words)


def respelt(text: str) -> str:
    """In another house's style."""
    return text.replace(" per cent", " percent").replace("“", '"').replace("”", '"').replace("’", "'")


CHANGES = [cut, padded, datelined, reworded, respelt]


@pytest.fixture(scope="module")
def reports(corpus: Path) -> list[Article]:
    """Six reports of the sample corpus, each long enough to be cut."""
    paths = sorted(path for path in corpus.glob("2026-03-0*/*.txt") if path.stat().st_size < 6_000)
    found = read_all([Document(path.name, path.read_bytes()) for path in paths[:30]]).articles
    kept = fold(each for each in found if len(each.text.split()) > 150).articles
    return list(kept[:6])


@pytest.mark.parametrize("pair", TEMPLATED, ids=[f"{pair['kind']} {i}" for i, pair in enumerate(TEMPLATED)])
def test_a_form_filled_in_twice_is_no_copy(pair: dict[str, str]) -> None:
    folding = fold([article("one", pair["one"]), article("other", pair["other"])])

    assert len(folding.articles) == 2
    assert not is_copy(pair["one"], pair["other"], 0.99)  # however much of their wording they shared


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_found(change: Callable[[str], str], reports: list[Article]) -> None:
    for each in reports:
        folding = fold([article("one", each.text), article("other", change(each.text))])

        assert [len(kept.copies) for kept in folding.articles] == [1], each.headline


def test_no_two_of_the_different_reports_are_copies(reports: list[Article]) -> None:
    assert [pair for pair in pairs([each.text for each in reports]) if is_copy(*_texts(reports, pair))] == []


def _texts(reports: list[Article], pair: tuple[int, int, float]) -> tuple[str, str, float]:
    return reports[pair[0]].text, reports[pair[1]].text, pair[2]
