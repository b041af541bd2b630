"""Quotations and days of the sample corpus, labelled by reading: who speaks, which day is meant."""

from __future__ import annotations

import json
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
# Floors: they only go up. Statements are quotations of seven content words or more, the only ones
# that are printed.
RECALL = {"speakers": 0.72, "statements": 0.05, "days": 0.6}
Label = dict[str, Any]


def labels(name: str) -> list[Label]:
    return [
        json.loads(line)
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def article(label: Label, before: str = "") -> Article:
    """The sentence as an article, behind what makes its names known as names."""
    german = "tagblatt-hochwasser" in label["document"]
    text = f"{before}\n{label['sentence']}" if before else label["sentence"]
    return Article("x", text, language="de" if german else "en", analysis=analyse(text))


def of_document(all_labels: list[Label], label: Label) -> str:
    """The other quotations of its document: names are found by how the whole document
    writes them.
    """
    here = (one for one in all_labels if one["document"] == label["document"] and one is not label)
    return "\n".join(f"They met {one['speaker']} there." for one in here if one["speaker"])


def judged(found: list[tuple[object, object]]) -> tuple[float, float]:
    """Precision and recall of pairs (found, true), None for nothing."""
    right = sum(one is not None and one == true for one, true in found)
    return right / max(1, sum(one is not None for one, _ in found)), right / sum(
        true is not None for _, true in found
    )


@pytest.mark.parametrize(("name", "fewest"), [("speakers", 1), ("statements", 7)])
def test_the_speaker_of_a_quotation_is_right_or_not_given(name: str, fewest: int) -> None:
    all_labels, found = labels("quotations"), list[tuple[object, object]]()

    for label in all_labels:
        given = article(label, of_document(all_labels, label))
        one = attribute_quotation(given, given.sentences[-1], fewest=fewest)
        speaker = str(one) if one else None
        true = label["speaker"]
        found.append((true if speaker and true and true in speaker else speaker, true))

    precision, recall = judged(found)
    print(f"{name}: {len(found)} quotations, precision {precision:.3f}, recall {recall:.3f}")
    assert len(found) >= 150
    assert precision >= PRECISION
    assert recall >= RECALL[name]


def test_a_day_is_the_one_that_is_meant_or_not_given() -> None:
    found = list[tuple[object, object]]()

    for label in labels("dates"):
        language = "de" if "tagblatt-hochwasser" in label["document"] else "en"
        text, (start, stop) = label["sentence"], label["at"]
        named = extract_days(
            text, Span(0, len(text)), date.fromisoformat(label["published"]), language=language
        )
        here = [
            day.date.isoformat() for day in named if day.span.start < stop and start < day.span.stop
        ]
        found.append((here[0] if here else None, label["date"]))

    precision, recall = judged(found)
    print(f"days: {len(found)} mentions, precision {precision:.3f}, recall {recall:.3f}")
    assert len(found) >= 150
    assert precision >= PRECISION
    assert recall >= RECALL["days"]


def test_labels_point_at_what_they_name() -> None:
    for label in labels("quotations") + labels("dates"):
        if label["at"]:
            start, stop = label["at"]
            assert label["sentence"][start:stop] == label.get("speaker", label.get("words"))
