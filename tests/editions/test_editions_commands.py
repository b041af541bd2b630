"""build, explain, diff, editions and config: what they print of a small desk; and the seeds'
edition by its facts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing.cli import run_command
from briefing.cli.terminal import wrap_line
from briefing.config import Config, SourceSettings
from briefing.pipeline import prepare_publication

DESK = """
title = "Desk"
formats = ["markdown"]

[[sources]]
location = "{corpus}"

[[profiles]]
name = "one"
title = "First reader"
length = "flash"

[[profiles]]
name = "two"
words = 500

  [[profiles.mutes]]
  words = ["dockers"]
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "briefing.toml").write_text(
        DESK.format(corpus=corpus / "2026-03-03"), encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def built(desk: Path) -> Path:
    arguments = [
        "build",
        "-c",
        str(desk / "briefing.toml"),
        "--date",
        "2026-03-03",
        "-o",
        str(desk / "output"),
    ]
    assert run_command(arguments) == 3  # one document of the day is empty
    return desk / "output"


def test_build_makes_every_readers_edition_from_one_collection(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == {"2026-03-03-one", "2026-03-03-two"}
    assert "# First reader" in (built / "2026-03-03-one" / "edition.md").read_text(encoding="utf-8")
    assert (
        "dockers"
        not in (built / "2026-03-03-two" / "edition.md").read_text(encoding="utf-8").lower()
    )


def test_build_names_the_profiles_there_are(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["build", "-c", str(desk / "briefing.toml"), "--profile", "three"]) == 78
    assert "no profile is called 'three'; there are one, two" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--date", "2026-03-03", "--since", "2026-03-02"], "--date is a window of its own"),
        (["--since", "yesterday"], "--since: 'yesterday' is no time"),
    ],
)
def test_build_says_what_is_wrong_with_a_window(
    options: list[str], message: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["build", "-c", str(desk / "briefing.toml"), *options]) == 64
    assert message in capsys.readouterr().err


def test_editions_are_listed_newest_first(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["editions", str(built)]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert [line.split()[0].rpartition("-")[2] for line in lines] == ["two", "one"]


def test_explain_gives_scores_in_parts_and_what_was_left_out(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["explain", str(built / "2026-03-03-two")]) == 0
    out = capsys.readouterr().out

    assert "lead 1: " in out
    assert "points: consequence " in out
    assert "outlets " in out
    assert "muted ('dockers' in the text)" in out


def test_explain_of_what_is_not_there_says_so(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["explain", str(built / "2026-03-03-two"), "zeppelin"]) == 1
    assert "nothing is called 'zeppelin'" in capsys.readouterr().err


def test_diff_names_what_came_and_went_and_is_silent_on_the_same(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["diff", str(built / "2026-03-03-one"), str(built / "2026-03-03-two")]) == 0
    assert {"in", "out"} <= {
        line.partition(":")[0] for line in capsys.readouterr().out.splitlines()
    }
    assert run_command(["diff", str(built / "2026-03-03-one"), str(built / "2026-03-03-one")]) == 0
    assert capsys.readouterr().out == ""


def test_config_says_where_each_value_comes_from(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["config", "-c", str(desk / "briefing.toml")]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert f"title = 'Desk'  ({desk / 'briefing.toml'})" in lines
    assert "timezone = 'UTC'  (default)" in lines
    assert f"profiles.2.mutes.1.words = ('dockers',)  ({desk / 'briefing.toml'})" in lines


def test_the_seeds_give_their_leads_and_no_invented_date(seeds: Path) -> None:
    config = Config(sources=(SourceSettings(str(seeds)),), formats=("markdown",))

    edition = prepare_publication(
        config, now=datetime(2026, 3, 6, tzinfo=UTC), step=lambda line: None
    ).edition

    assert edition.date == date(2025, 2, 21)
    outlets = [set(item.storyline.outlets) for item in edition.leads]
    assert any({"Wales Online", "Metro"} <= found for found in outlets)
    assert any("BBC News" in found for found in outlets)
    assert edition.words >= 900
    assert 4 <= len(edition.leads) <= 6
    assert sum(item.storyline.headline.article.kind == "update" for item in edition.items) >= 8
    assert {
        article.published.day
        for item in edition.items
        for article in item.storyline.articles
        if article.published
    } <= {date(2025, 2, day) for day in (20, 21)}


FIRE = """Fire at mill

Marrow Wire, 4 March 2026

A fire destroyed a paper mill in Aarlund on Tuesday night, the fire service said. The mill employed 240 people.
"""
SMALL = """
formats = ["markdown"]
[[sources]]
location = "fire.txt"
[[profiles]]
name = "short"
words = 4
[[profiles]]
name = "muted"
[[profiles.mutes]]
words = ["fire"]
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "fire.txt").write_text(FIRE, encoding="utf-8")
    (tmp_path / "briefing.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_an_edition_without_news_says_what_became_of_the_articles(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run_command(["run", str(small / "fire.txt"), "--date", "2026-03-05", "-o", str(small)]) == 1
    )
    assert (
        "2026-03-05: no news, nothing was written (articles: 1 outside the window)"
        in capsys.readouterr().err
    )

    assert run_command(["build", "--config", str(small / "briefing.toml")]) == 0
    assert "muted: no news, nothing was written (articles: 1 muted)" in capsys.readouterr().err


def test_words_of_a_headline_that_stands_alone_are_counted(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_command(["build", "--config", str(small / "briefing.toml"), "--profile", "short"])
    capsys.readouterr()

    run_command(["editions", str(small / "output")])

    assert "3 words, 0 leads, 1 brief  " in capsys.readouterr().out


def test_a_wrong_setting_names_the_profile_it_stands_in(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "briefing.toml").write_text(
        SMALL.replace("words = 4", "leads_per_section = -1"), encoding="utf-8"
    )

    assert run_command(["build", "--config", str(small / "briefing.toml")]) == 78

    assert "profiles 'short': leads_per_section" in capsys.readouterr().err


def test_lines_of_an_explanation_are_broken_for_a_terminal_and_left_whole_for_a_pipe() -> None:
    line = "  summary: " + "word " * 30

    assert wrap_line(line, 0) == line
    assert all(len(each) <= 40 for each in wrap_line(line, 40).splitlines())
    assert wrap_line(line, 40).splitlines()[1].startswith("      word")
