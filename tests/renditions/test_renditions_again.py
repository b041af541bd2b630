"""`briefing render`: an edition of any day again, from its record and its texts of record alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from rendition_samples import sample

from briefing.archive.edition_files.edition_json import edition_articles
from briefing.archive.edition_files.texts_of_record import TEXTS, dump_texts
from briefing.cli import run_command
from briefing.errors import BriefingError, UsageError
from briefing.renditions import FORMATS, render
from briefing.service.on_demand.rerender import render_again


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "2026-03-05-morning"
    folder.mkdir()
    for rendition in render(sample(), ["json"]):
        (folder / rendition.name).write_bytes(rendition.content)
    (folder / TEXTS).write_bytes(dump_texts(edition_articles(sample())))
    return folder


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "pdf"])
def test_a_format_made_again_is_byte_for_byte_the_first(
    published: Path, tmp_path: Path, name: str
) -> None:
    made = render_again(published / "edition.json", [name], output=tmp_path / "again")

    first = {rendition.name: rendition.content for rendition in render(sample(), [name])}
    assert {delivery.rendition: Path(delivery.address).read_bytes() for delivery in made} == first


def test_the_folder_of_the_edition_itself_is_left_alone(published: Path) -> None:
    with pytest.raises(UsageError, match="name another folder with --output"):
        render_again(published, ["markdown"], output=published)


def test_ones_own_templates_go_first(published: Path, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "edition.md").write_text("Only {{ edition.title }}.", encoding="utf-8")

    made = render_again(published, ["markdown"], output=tmp_path / "again", templates=folder)

    assert Path(made[0].address).read_text(encoding="utf-8") == "Only Morning briefing."


def test_without_its_texts_of_record_nothing_is_rendered(published: Path, tmp_path: Path) -> None:
    (published / TEXTS).unlink()

    with pytest.raises(BriefingError, match=r"texts\.jsonl: it cannot be opened"):
        render_again(published, ["markdown"], output=tmp_path / "again")


def test_the_command_prints_the_files_made(
    published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run_command(["render", str(published / "edition.json"), "-f", "page", "-f", "text"]) == 0
    assert capsys.readouterr().out.split() == ["rendered/page.html", "rendered/edition.txt"]


def test_formats_may_stand_in_one_word_with_commas(
    published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run_command(["render", str(published), "--format", "page,text, feed", "-f", "page"]) == 0
    assert capsys.readouterr().out.split() == [
        "rendered/page.html",
        "rendered/edition.txt",
        "rendered/feed.xml",
    ]


def test_a_format_nobody_knows_is_named_out_of_its_commas(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run_command(
            ["render", str(published), "--format", "page,paper", "--output", str(tmp_path / "x")]
        )
        == 64
    )
    assert "no format is called 'paper'; there are json, markdown, email" in capsys.readouterr().err
