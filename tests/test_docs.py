"""What the documentation says is what the program does."""

from __future__ import annotations

import dataclasses
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from briefing.cli import COMMANDS, cli, run_command
from briefing.cli.init import commented_settings, format_toml
from briefing.config import Config, SourceSettings, describe_settings, load_config


@pytest.fixture
def page(request: pytest.FixtureRequest, root: Path) -> Callable[[str, str], None]:
    """`page(name, text)` compares docs/name with what the program says of itself; --update writes
    it anew.
    """

    def compare(name: str, text: str) -> None:
        path = root / "docs" / name
        if request.config.getoption("--update"):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, (
            f"docs/{name} is behind the program: pytest --update"
        )

    return compare


def test_the_page_of_settings_is_made_of_their_help_lines(page: Callable[[str, str], None]) -> None:
    rows = [
        f"| `{name}` | `{format_toml(default)}` | {help_line} |"
        for name, default, help_line in describe_settings()
    ]

    page(
        "configuration.md",
        "# Settings\n\n"
        "`briefing.toml` lies in the workspace that `briefing init` makes. Every "
        "setting has a default; a wrong name\n"
        "or value is refused with the near miss, all of them at once. Settings named "
        "`sources.…` stand in\n"
        "`[[sources]]` tables, one a source, those of `retention.…` likewise; "
        "`mail.…`, `share.…` and `schedule.…` in\n"
        "one table each. Places are relative to briefing.toml.\n\n"
        "| setting | default | what it is |\n|---|---|---|\n" + "\n".join(rows) + "\n",
    )


def test_the_page_of_commands_is_made_of_their_help(page: Callable[[str, str], None]) -> None:
    parts = ["# Commands\n"]
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        # The names of the help option as `cli` has them: click keeps what a command was first
        # called with.
        names = cli.context_settings["help_option_names"]
        command._help_option = (
            None  # that of a test which called the command by itself, if one ran before
        )
        context = click.Context(
            command,
            info_name=f"briefing {name}",
            max_content_width=100,
            terminal_width=100,
            help_option_names=names,
        )
        parts.append(f"## briefing {name}\n\n```\n{command.get_help(context)}\n```\n")

    page("commands.md", "\n".join(parts))


def test_the_commented_configuration_of_init_is_valid_and_all_defaults(tmp_path: Path) -> None:
    path = tmp_path / "briefing.toml"
    path.write_text(commented_settings(), encoding="utf-8")

    assert load_config(path) == dataclasses.replace(
        Config(),
        output=str(tmp_path / "output"),
        state=str(tmp_path / "state"),
        storylines=str(tmp_path / "storylines.toml"),
        sources=(SourceSettings(str(tmp_path / "corpus")),),
    )


def test_every_setting_of_init_is_right_when_its_hash_is_deleted(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^# (\w+ = |\[\[)", r"\1", commented_settings())
    (tmp_path / "briefing.toml").write_text(text, encoding="utf-8")

    assert load_config(tmp_path / "briefing.toml").title == Config().title


def examples(root: Path) -> list[str]:
    """Every briefing command in a shell block of the README."""
    blocks = re.findall(
        r"```sh\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    return [
        line.split("#")[0].strip()
        for block in blocks
        for line in block.splitlines()
        if line.startswith("briefing ")
    ]


def test_the_readmes_commands_work(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "clippings").mkdir()
    story = (root / "corpus" / "2026-03-03" / "wire-dockers-walk-out.txt").read_text(
        encoding="utf-8"
    )
    (tmp_path / "clippings" / "strike.txt").write_text(story, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run_command(["demo"]) == 0

    assert [(line, run_command(shlex.split(line)[1:])) for line in examples(root)] == [
        (line, 0) for line in examples(root)
    ]
    assert "sentences found word for word" in capsys.readouterr().out


def test_every_command_is_in_the_readme(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")

    assert [name for name in COMMANDS if f"briefing {name}" not in text] == []


def test_links_between_pages_lead_somewhere(root: Path) -> None:
    pages = [*root.glob("*.md"), *root.glob("docs/*.md"), root / "corpus" / "README.md"]
    dead = [
        (page.name, target)
        for page in pages
        for target in re.findall(
            r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")
        )
        if not (page.parent / target).exists()
    ]

    assert dead == []
