"""The structure that the code promises: a chain of stages, one door to each heavy library, commands
as listed.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from briefing.cli import COMMANDS, cli

STAGES = ["sources", "articles", "summaries", "storylines", "editions", "renditions", "deliveries"]
CHAIN = [
    ("sources", "documents"),
    ("documents", "articles"),
    ("articles", "summaries"),
    ("summaries", "storylines"),
    ("storylines", "edition"),
    ("edition", "renditions"),
    ("renditions", "deliveries"),
]
DOORS = {  # library -> the only package of ours that may import it
    "spacy": "language",
    "py3langid": "language",
    "sumy": "summaries",
    "jinja2": "renditions",
    "weasyprint": "renditions",
    "markdown": "renditions",
    "css_inline": "renditions",
    "nh3": "renditions",
    "click": "cli",
    "docx": "articles",
}
LATE = {"spacy", "sumy", "weasyprint", "sklearn", "py3langid", "docx", "css_inline"}


def modules(root: Path) -> list[Path]:
    return sorted((root / "briefing").rglob("*.py"))


def imports(path: Path, *, top_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_only else list(ast.walk(tree))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {
        node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level
    }
    return {name.partition(".")[0] for name in names}


def test_the_first_lines_of_the_stages_are_one_chain(root: Path) -> None:
    first = [
        (root / "briefing" / stage / "__init__.py").read_text(encoding="utf-8").splitlines()[0]
        for stage in STAGES
    ]

    found = [
        re.match(rf'"""{number}\. (\w+) > (\w+): \S', line)
        for number, line in enumerate(first, start=1)
    ]

    assert [match.groups() if match else None for match in found] == CHAIN


def test_every_module_says_in_its_first_line_what_it_is_for(root: Path) -> None:
    mute = [
        path.relative_to(root)
        for path in modules(root)
        if path.stat().st_size and not re.match(r'r?"""\S', path.read_text(encoding="utf-8"))
    ]

    assert mute == []


@pytest.mark.parametrize(("library", "door"), DOORS.items())
def test_a_heavy_library_has_one_door(root: Path, library: str, door: str) -> None:
    users = {
        path.relative_to(root / "briefing").parts[0].removesuffix(".py")
        for path in modules(root)
        if library in imports(path)
    }

    assert users <= {door}


def test_slow_libraries_are_imported_where_they_are_used(root: Path) -> None:
    early = [
        (str(path.relative_to(root)), sorted(found))
        for path in modules(root)
        if (found := imports(path, top_only=True) & LATE)
    ]

    assert early == []


def test_help_imports_no_stage() -> None:
    code = (
        "import sys; from briefing.cli import run_command; run_command(['--help']); "
        "print(sorted(sys.modules), file=sys.stderr)"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stderr

    assert "'briefing.cli'" in loaded
    for name in (*STAGES, "pipeline"):
        assert f"'briefing.{name}'" not in loaded
    assert "numpy" not in loaded


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_line_in_the_list_is_the_first_of_its_help(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)

    assert command is not None
    assert (command.help or "").splitlines()[0] == COMMANDS[name]
