"""docs/edition.schema.json describes every record that is made, and refuses what is none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsroom import FLOOD, STRIKE, TRIAL
from test_editions_compose import affair, collection, edition

from briefing.archive.edition_files.edition_json import SCHEMA, serialise_edition
from briefing.editions import Audience

KINDS: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}
KNOWN = {
    *(
        "$schema",
        "$defs",
        "$ref",
        "title",
        "description",
        "format",
        "type",
        "const",
        "enum",
        "oneOf",
    ),
    *("required", "properties", "additionalProperties", "items", "minimum", "minLength", "pattern"),
}


@pytest.fixture(scope="module")
def schema(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (root / "docs" / "edition.schema.json").read_text(encoding="utf-8")
    )
    return found


def faults(
    value: Any, rule: dict[str, Any], root: dict[str, Any], where: str = "$"
) -> Iterator[str]:
    """What a value breaks of the keywords that the schema uses."""
    assert set(rule) <= KNOWN
    if "$ref" in rule:
        rule = root["$defs"][rule["$ref"].rpartition("/")[2]]
    kinds = rule.get("type", [])
    if kinds and not isinstance(
        value, tuple(KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))
    ):
        yield f"{where}: {value!r} is no {kinds}"
        return
    if "oneOf" in rule and sum(not list(faults(value, one, root)) for one in rule["oneOf"]) != 1:
        yield f"{where}: not one of the forms"
    if ("const" in rule and value != rule["const"]) or (
        "enum" in rule and value not in rule["enum"]
    ):
        yield f"{where}: {value!r}"
    if "minimum" in rule and value < rule["minimum"]:
        yield f"{where}: {value} is too small"
    if isinstance(value, str) and (
        len(value) < rule.get("minLength", 0) or not re.search(rule.get("pattern", ""), value)
    ):
        yield f"{where}: {value!r}"
    yield from parts(value, rule, root, where)


def parts(value: Any, rule: dict[str, Any], root: dict[str, Any], where: str) -> Iterator[str]:
    if isinstance(value, list) and "items" in rule:
        for number, entry in enumerate(value):
            yield from faults(entry, rule["items"], root, f"{where}[{number}]")
    if isinstance(value, dict):
        yield from (
            f"{where}: {name} is missing" for name in rule.get("required", []) if name not in value
        )
        for name, entry in value.items():
            inner = rule.get("properties", {}).get(name, rule.get("additionalProperties", {}))
            if inner is False:
                yield f"{where}: {name} is unknown"
            else:
                yield from faults(entry, inner, root, f"{where}.{name}")


@pytest.mark.parametrize("seed", range(12))
def test_records_of_any_collection_fit(seed: int, schema: dict[str, Any]) -> None:
    record = json.loads(
        json.dumps(
            serialise_edition(edition(collection(seed), audience=Audience(follows=("the",))))
        )
    )

    assert list(faults(record, schema, schema)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "briefing-edition/0"),
        (("leads", 0, "quotes", 0, "sha256"), "0"),
        (("leads", 0, "quotes", 0, "start"), -1),
        (("leads", 0, "quotes", 0, "text"), ""),
        (("ledger", 0, "kind"), "thing"),
        (("minutes",), 0),
        (("counts", "documents"), "many"),
        (("leads", 0, "verdict"), "true"),
    ],
    ids=str,
)
def test_what_is_no_record_is_refused(
    path: tuple[str | int, ...], value: object, schema: dict[str, Any]
) -> None:
    lines = [
        affair(story, ("Courier", "Post"), name)
        for story, name in ((STRIKE, "a"), (FLOOD, "b"), (TRIAL, "c"))
    ]
    record = json.loads(json.dumps(serialise_edition(edition(lines))))
    place: Any = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert list(faults(record, schema, schema))


def test_it_is_of_the_version_that_is_written(schema: dict[str, Any]) -> None:
    assert schema["properties"]["schema"]["const"] == SCHEMA
