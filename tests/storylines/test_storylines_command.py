"""`briefing storylines`: articles as lines or documents in, the storyline of each out, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from newsroom import FLOOD, STRIKE, TRIAL

from briefing.cli.storylines import storylines
from briefing.errors import UsageError

LATER = (
    "Port chief Calder Voss met Marit Osei of the harbour union in Halden, and the "
    "dockers stay out over their pay "
    "while talks go on for a second day without any offer from the port."
)
RISING = (
    "The river Orla still rises in Tessin, and the mayor Roswitha Kjeld asked those "
    "who are left in the lower town "
    "to go to the church on the hill before the dyke gives way."
)

Records = list[dict[str, Any]]


def record(
    name: str, sentences: tuple[str, ...], day: str | None = "2026-03-03", **rest: Any
) -> dict[str, Any]:
    return {
        "id": name,
        "title": sentences[0],
        "text": "\n".join(sentences),
        "date": day,
        "outlet": name.upper(),
        **rest,
    }


NEWS: Records = [
    record("s1", STRIKE),
    record("f1", FLOOD, batch="b"),
    record("s2", (LATER, *STRIKE[1:3]), "2026-03-04T06:30:00+01:00"),
    record("f2", (RISING, *FLOOD[1:3]), None),
    record("t1", TRIAL, "2026-03-04"),
]


def run(tmp_path: Path, records: Records, *options: str) -> Result:
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    return CliRunner().invoke(storylines, [str(file), *options], standalone_mode=False)


def rows(result: Result) -> Records:
    assert result.exception is None, result.exception
    return [json.loads(line) for line in result.stdout.splitlines()]


def partition(found: Records) -> set[frozenset[str]]:
    return {
        frozenset(one["id"] for one in found if one["cluster"] == name)
        for name in {one["cluster"] for one in found}
    }


AFFAIRS = {frozenset({"s1", "s2"}), frozenset({"f1", "f2"}), frozenset({"t1"})}


@pytest.mark.parametrize("options", [(), ("--days",)], ids=["at once", "day by day"])
def test_each_article_gets_a_line_in_the_order_given_with_its_storyline_and_event(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    found = rows(run(tmp_path, NEWS, "--json", *options))

    assert [one["id"] for one in found] == [one["id"] for one in NEWS]
    assert all(set(one) == {"id", "cluster", "event"} for one in found)
    assert all(one["event"].startswith(f"{one['cluster']}/") for one in found)
    assert partition(found) == AFFAIRS


def test_a_storyline_that_is_known_keeps_its_id_the_next_day(tmp_path: Path) -> None:
    known = tmp_path / "known.jsonl"
    first = rows(run(tmp_path, NEWS[:2], "--json", "--known", str(known)))

    then = rows(run(tmp_path, NEWS[2:], "--json", "--known", str(known)))
    again = rows(run(tmp_path, NEWS[2:], "--json", "--known", str(known)))

    assert {one["id"]: one["cluster"] for one in then} | {"t1": ""} == {
        "s2": first[0]["cluster"],
        "f2": first[1]["cluster"],
        "t1": "",
    }
    assert again == then


def test_lines_of_an_earlier_run_are_obeyed_and_left_as_they_are(tmp_path: Path) -> None:
    known = tmp_path / "yesterday.jsonl"
    lines = "".join(
        f'{{"id": "{name}", "cluster": "the-{name[0]}"}}\n' for name in ("s1", "f1", "gone")
    )
    known.write_text(lines, encoding="utf-8")

    found = rows(run(tmp_path, NEWS, "--json", "--known", str(known)))

    assert partition(found) == AFFAIRS
    assert {one["cluster"] for one in found} >= {"the-s", "the-f"}
    assert known.read_text(encoding="utf-8") == lines


def test_batches_are_grouped_by_themselves_and_say_which_they_are(tmp_path: Path) -> None:
    given = [one | {"batch": "a"} for one in NEWS[:2]] + [NEWS[2] | {"batch": "b"}]

    found = rows(run(tmp_path, given, "--json", "--batch-key", "batch"))

    assert [one["batch"] for one in found] == ["a", "a", "b"]
    assert len(partition(found)) == 3


def test_a_reprint_is_carried_along_with_its_original(tmp_path: Path) -> None:
    found = rows(
        run(
            tmp_path,
            [*NEWS, NEWS[0] | {"id": "copy", "outlet": "Other", "title": "Port news"}],
            "--json",
        )
    )

    assert {one["cluster"] for one in found if one["id"] in ("s1", "copy")} == {found[0]["cluster"]}
    assert found[-1]["event"] == found[0]["event"]


def test_bare_headlines_are_grouped_and_said_to_be_less_sure(tmp_path: Path) -> None:
    titles = (
        "Dockers walk out at port of Halden",
        "Halden port shut as dockers strike",
        "Cup final on penalties",
    )
    given = [
        {"id": name, "title": title, "ts": 1772524800 + 60.5 * n}
        for n, (name, title) in enumerate(zip("abc", titles, strict=True))
    ]

    result = run(tmp_path, given, "--json")

    assert partition(rows(result)) == {frozenset("ab"), frozenset("c")}
    assert "3 of 3 articles are bare headlines" in result.stderr


def test_without_json_a_tree_names_storylines_events_and_articles(tmp_path: Path) -> None:
    result = run(tmp_path, NEWS, "--explain", "--pair", "s1", "s2", "--pair", "s1", "f1")

    text = result.stdout
    assert result.exception is None
    assert all(one["title"] in text and one["id"] in text for one in NEWS)
    assert "sure 0." in text
    assert "weakest link" in text
    assert "s1 and s2: together in" in text
    assert "s1 and f1: apart in" in text
    together = text[text.index("s1 and s2") : text.index("s1 and f1")]
    assert "docker" in together
    assert "osei" in together
    assert "days between them" in together


def test_reasons_are_words_that_stand_in_the_articles(tmp_path: Path) -> None:
    pair = rows(run(tmp_path, NEWS, "--json", "--pair", "s1", "s2"))[-1]

    text = " ".join([*STRIKE, LATER]).lower()
    assert all(word in text for word in [*pair["terms"], *pair["only"][0], *pair["only"][1]])


def test_storylines_stand_before_single_reports_and_lines_fit_a_terminal() -> None:
    from briefing.cli import storyline_tree
    from briefing.storylines import group_articles
    from briefing.storylines.explanation import Explainer
    from briefing.storylines.jsonl import parse_article

    found = group_articles(map(parse_article, NEWS))
    whole = [click.unstyle(line) for line in storyline_tree.tree_lines(found)]
    fitted = [
        click.unstyle(line) for line in storyline_tree.tree_lines(found, Explainer(found), width=80)
    ]

    assert whole.index("Reported once") > max(
        n for n, line in enumerate(whole) if line.startswith("  └")
    )
    assert [line for line in whole if "s2" in line] == [f"      s2  S2  {LATER}"]
    assert all(len(line) <= 80 for line in fitted)


def test_no_article_is_said_and_not_passed_over(tmp_path: Path) -> None:
    result = run(tmp_path, [])

    assert result.exception is None
    assert "there is no article to group" in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(storylines, [str(tmp_path / "none.jsonl")], standalone_mode=False)

    assert "none.jsonl: there is no such file" in str(result.exception)


def test_reasons_as_json_name_terms_names_and_dates(tmp_path: Path) -> None:
    found = rows(run(tmp_path, NEWS, "--json", "--explain", "--pair", "s2", "t1"))

    strike, pair = found[0], found[-1]
    assert strike["why"]["inside"]["with"] == ["s1", "s2"]
    assert strike["why"]["inside"]["days"] == pytest.approx(0.73, abs=0.3)
    assert "osei" in strike["why"]["inside"]["names"]
    assert pair["pair"] == ["s2", "t1"]
    assert pair["together"] is False
    assert pair["way"] == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 1: this is not JSON"),
        ("[1]", "line 1: an object is expected"),
        ('{"title": "No id"}', 'line 1: a line must hold an "id"'),
        ('{"id": "a"}\n\n{"id": "a"}', "line 3: id 'a' stands in line 1 already"),
        ('{"id": "a", "date": "yesterday"}', "line 1: date: 'yesterday' is no day"),
        ('{"id": "a", "text": 5}', "line 1: text: text in quotation marks is expected"),
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: str, fault: str) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text(line, encoding="utf-8")

    result = CliRunner().invoke(storylines, [str(file)], standalone_mode=False)

    assert isinstance(result.exception, UsageError)
    assert fault in str(result.exception)


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("--batch-key", "batch"), "it has no 'batch'"),
        (("--batch-key", "batch", "--known", "k.jsonl"), "leave --known out"),
        (("--pair", "s1", "none"), "no article has the id 'none'"),
        (("--known", "articles.jsonl"), "neither what --known wrote"),
    ],
)
def test_options_that_cannot_be_met_are_refused(
    tmp_path: Path, options: tuple[str, ...], fault: str
) -> None:
    there = tuple(str(tmp_path / one) if one.endswith(".jsonl") else one for one in options)

    result = run(tmp_path, NEWS, *there)

    assert isinstance(result.exception, UsageError)
    assert fault in str(result.exception)


def test_documents_are_read_as_for_an_edition(corpus: Path) -> None:
    result = CliRunner().invoke(
        storylines, [str(corpus / "2026-03-03"), "--json"], standalone_mode=False
    )

    assert result.return_value == 3  # one document of the day is empty
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) > len({one["cluster"] for one in found}) > 5
