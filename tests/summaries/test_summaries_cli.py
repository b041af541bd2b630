"""`briefing summarise`: lines of texts in, their best sentences out, word for word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from briefing.cli.summarise import summarise

TEXT = """Dockers at the Port of Halden walked out on Tuesday over pay.
Read more: the strike in pictures
The harbour union said 3,200 workers had joined the strike.
It wants a rise of 9 per cent this year.
Port chief Calder Voss said the walkout had cost 18 million crowns on Monday.
Talks between the port and the harbour union collapsed on Wednesday night, officials said."""
OTHER = """A strike has closed the Port of Halden, where 41 ships wait for dockers.
Farmers fear for their seed, the chamber of agriculture said on Tuesday."""
ARTICLE = {"id": "a1", "title": "Dockers walk out", "text": TEXT}
CLUSTER = {
    "id": "c1",
    "documents": [{"title": "Walkout", "text": TEXT}, {"title": "Port shut", "text": OTHER}],
}


def run(tmp_path: Path, records: list[dict[str, Any]], *options: str) -> Result:
    file = tmp_path / "given.jsonl"
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return CliRunner().invoke(summarise, [str(file), *options], standalone_mode=False)


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exception is None, result.exception
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--sentences", "1"),
        ("--words", "30"),
        ("--json",),
        ("--method", "lead"),
        ("--method", "sumy-luhn"),
    ],
)
def test_every_sentence_printed_stands_word_for_word_in_its_text(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    rows = lines(run(tmp_path, [ARTICLE, CLUSTER], *options))

    assert [row["id"] for row in rows] == ["a1", "c1"]
    for row, texts in zip(rows, [[TEXT], [TEXT, OTHER]], strict=True):
        assert row["summary"]
        assert [texts[number][start:stop] for number, start, stop in row["spans"]] == row["summary"]
        assert not any("Read more" in sentence for sentence in row["summary"])


def test_limits_are_kept(tmp_path: Path) -> None:
    assert [
        len(row["summary"]) for row in lines(run(tmp_path, [ARTICLE, CLUSTER], "--sentences", "2"))
    ] == [2, 2]
    for row in lines(run(tmp_path, [ARTICLE, CLUSTER], "--words", "25")):
        assert len(" ".join(row["summary"]).split()) <= 25


def test_explaining_gives_every_sentence_its_points_or_its_refusal(tmp_path: Path) -> None:
    rows = lines(run(tmp_path, [ARTICLE], "--explain", "--sentences", "2"))

    assert [row["sentence"] for row in rows] == TEXT.splitlines()
    assert sorted(row["rank"] for row in rows if row["rank"]) == [1, 2]
    assert "boilerplate" in rows[1]["refused"]
    assert all(set(row["parts"]) == {"position", "centrality"} for row in rows)


def test_explaining_without_constraints_says_what_would_have_refused_what_is_taken(
    tmp_path: Path,
) -> None:
    record = {"id": "b", "text": f"But he left at once for the harbour.\n{TEXT}"}

    free = lines(run(tmp_path, [record], "--explain", "--sentences", "1", "--no-constraints"))
    held = lines(run(tmp_path, [record], "--explain", "--sentences", "1"))

    assert (free[0]["rank"], free[0]["refused"]) == (
        1,
        [],
    )  # how an article begins is its writer's choice
    assert [row["rank"] for row in held if row["rank"]] == [1]
    assert any(row["refused"] for row in free)


@pytest.mark.parametrize(("level", "most"), [("sentence", 1), ("short", 3), ("long", 9)])
def test_a_level_says_how_much_is_printed(tmp_path: Path, level: str, most: int) -> None:
    for row in lines(run(tmp_path, [ARTICLE, CLUSTER], "--level", level)):
        assert 0 < len(row["summary"]) <= most


def test_the_headline_level_prints_a_headline_and_whose_it_is_else_the_best_sentence(
    tmp_path: Path,
) -> None:
    bare = {"id": "b", "text": TEXT}

    rows = lines(run(tmp_path, [ARTICLE, CLUSTER, bare], "--level", "headline"))

    assert rows[0] == {"id": "a1", "headline": "Dockers walk out", "document": 0}
    assert rows[1]["headline"] == CLUSTER["documents"][rows[1]["document"]]["title"]  # type: ignore[index]
    assert rows[2]["summary"] == TEXT.splitlines()[:1]


def test_a_level_and_a_limit_are_not_asked_for_together(tmp_path: Path) -> None:
    assert "--level" in str(run(tmp_path, [ARTICLE], "--level", "short", "--words", "30").exception)


def test_a_document_is_printed_for_people_unless_json_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(
        f"Dockers walk out\n\nHalden Courier, 3 March 2026\n\n{TEXT}\n", encoding="utf-8"
    )

    plain = CliRunner().invoke(summarise, [str(file)], standalone_mode=False).stdout.splitlines()
    record = lines(CliRunner().invoke(summarise, [str(file), "--json"], standalone_mode=False))[0]

    assert [line.strip() for line in plain[1:]] == record["summary"]
    assert all(sentence in TEXT for sentence in record["summary"])


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"documents": [{"title": "x"}]}'])
def test_a_line_that_holds_no_text_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "given.jsonl"
    file.write_text(f"{json.dumps(ARTICLE)}\n{line}\n", encoding="utf-8")

    result = CliRunner().invoke(summarise, [str(file)], standalone_mode=False)

    assert "given.jsonl: line 2: " in str(result.exception)
