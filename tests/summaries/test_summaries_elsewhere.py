"""Speakers and days in other people's news, labelled by reading: places and digests only; the texts
lie elsewhere.

The rules were mended on the half called "rules" and never on the half called "held out", which was
scored once they stood. `pytest -s tests/summaries/test_summaries_elsewhere.py` prints both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing.language import analyse
from briefing.model import Article, Span
from briefing.summaries.facets.quotations import attribute_quotation
from briefing.summaries.facets.relative_dates import extract_days

DATA = Path(__file__).parents[1] / "data"
PRECISION = 0.97
RECALL = {"quotations": 0.6, "dates": 0.65}  # floors: they only go up
Label = dict[str, Any]


def labels(name: str) -> list[Label]:
    return [
        json.loads(line)
        for line in (DATA / f"{name}_elsewhere.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def texts(wanted: list[Label], corpora: Path) -> dict[tuple[str, str], str]:
    """The labelled texts by set and id; each must be the one that was labelled."""
    found: dict[tuple[str, str], str] = {}
    for name in sorted({label["set"] for label in wanted}):
        with (corpora / "storylines" / name / "dev.jsonl").open(encoding="utf-8") as lines:
            rows = {row["id"]: row["text"] for row in map(json.loads, lines)}
        found |= {
            (name, label["id"]): rows[label["id"]] for label in wanted if label["set"] == name
        }
    for label in wanted:
        text = found[label["set"], label["id"]]
        assert hashlib.sha256(text.encode()).hexdigest()[:16] == label["digest"], (
            "the data have changed"
        )
    return found


def spoken_by(label: Label, text: str) -> tuple[str | None, str | None]:
    """(found, true) speaker; the found one counts as true when it holds the true name."""
    article = Article("x", text, language="en", analysis=analyse(text))
    one = attribute_quotation(article, Span(*label["sentence"]), fewest=1)
    true = text[slice(*label["speaker"])] if label["speaker"] else None
    found = str(one) if one else None
    return (true if found and true and (true in found or found in true) else found), true


def meant(label: Label, text: str) -> tuple[str | None, str | None]:
    """(found, true) day."""
    start, stop = label["at"]
    named = extract_days(text, Span(*label["sentence"]), date.fromisoformat(label["published"]))
    here = [
        day.date.isoformat() for day in named if day.span.start < stop and start < day.span.stop
    ]
    return (here[0] if here else None), label["date"]


JUDGES = {"quotations": spoken_by, "dates": meant}


def pairs(name: str, half: str, corpora: Path) -> Iterator[tuple[str | None, str | None]]:
    given = [label for label in labels(name) if label["half"] == half]
    read = texts(given, corpora)
    for label in given:
        yield JUDGES[name](label, read[label["set"], label["id"]])


@pytest.mark.parametrize("half", ["rules", "held out"])
@pytest.mark.parametrize("name", list(JUDGES))
def test_what_is_given_is_right_in_other_peoples_news(name: str, half: str, corpora: Path) -> None:
    found = list(pairs(name, half, corpora))

    given, named = (
        sum(one is not None for one, _ in found),
        sum(true is not None for _, true in found),
    )
    right = sum(one is not None and one == true for one, true in found)
    print(
        f"{name}, {half}: {len(found)}, precision {right / given:.3f}, recall {right / named:.3f}"
    )
    assert right >= PRECISION * given
    assert right >= RECALL[name] * named


@pytest.mark.parametrize("name", list(JUDGES))
def test_there_are_enough_labels_in_two_halves_and_no_text_in_them(name: str) -> None:
    found = labels(name)

    assert len(found) >= 150
    assert {label["half"] for label in found} == {"rules", "held out"}
    words = [
        value
        for label in found
        for key, value in label.items()
        if key != "id" and isinstance(value, str)
    ]
    assert max(map(len, words)) <= 20
