"""docs/sources.md: its examples are read and run."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.config import configured_sources as configured
from briefing.config import load_config
from briefing.model import Document
from briefing.sources import SOURCES, Memory, visit_sources
from briefing.sources.sidecar import FACTS

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)


@pytest.fixture
def text(root: Path) -> str:
    return (root / "docs" / "sources.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_every_example_of_settings_is_valid(text: str, tmp_path: Path) -> None:
    examples = [each for each in blocks(text, "toml") if not each.startswith("# report.txt.toml")]

    for example in examples:
        (tmp_path / "briefing.toml").write_text(example, encoding="utf-8")
        load_config(tmp_path / "briefing.toml")

    assert len(examples) == 6


def test_the_sidecar_states_what_sidecars_can_state(text: str) -> None:
    (sidecar,) = (each for each in blocks(text, "toml") if each.startswith("# report.txt.toml"))

    assert set(tomllib.loads(sidecar)) <= set(FACTS)


def test_every_kind_of_source_is_described(text: str) -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(SOURCES)


def test_the_source_of_ones_own_works_as_it_stands_there(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program,) = blocks(text, "python")
    (tmp_path / "desk_wire.py").write_text(program, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "desk_wire", raising=False)
    drop = tmp_path / "drop.jsonl"
    reports = [
        {"id": str(n), "channel": ("politics", "sport")[n % 2], "text": "News."} for n in range(4)
    ]
    drop.write_text("".join(json.dumps(report) + "\n" for report in reports))
    (example,) = (each for each in blocks(text, "toml") if "desk_wire" in each)
    (tmp_path / "briefing.toml").write_text(example.replace("/mnt/wire/drop.jsonl", str(drop)))
    kept: list[Document] = []
    store = Memory()

    for _ in range(2):
        (report,) = visit_sources(
            configured(load_config(tmp_path / "briefing.toml")),
            keep=lambda _source, documents: kept.extend(documents),
            store=store,
            now=NOW,
        )

    assert len(program.splitlines()) <= 23
    assert [document.origin for document in kept] == ["wire/0", "wire/2"]
    assert report.fault is None
    drop.unlink()
    (report,) = visit_sources([report.source], keep=lambda *_: None, store=store, now=NOW)
    assert "is the share mounted?" in report.fates[0].reason


def test_the_commands_of_the_newcomers_path_exist(text: str) -> None:
    import click

    from briefing.cli import COMMANDS, cli

    named = re.findall(r"briefing ([a-z]+)(?: ([a-z]+))?", "\n".join(blocks(text, "sh")))
    group = cli.get_command(click.Context(cli), "sources")

    assert {command for command, _ in named} <= set(COMMANDS)
    assert isinstance(group, click.Group)
    assert {inner for command, inner in named if command == "sources"} <= set(group.commands)
