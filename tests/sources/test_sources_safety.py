"""A folder that others write to: links, pipes, sidecars and names in it reach nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.articles import read_documents
from briefing.model import Document, Fate, Source
from briefing.sources import Memory, collect_folder, visit_sources
from briefing.sources.safe_files import open_folder, printable_name

TEXT = (
    "Ferry sinks at Skarne\nThe Courier\n5 March 2026\n\nA ferry sank at Skarne, "
    "the coast guard said. Nobody was hurt."
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "good.txt").write_text(TEXT)
    (tmp_path / "secret.toml").write_text('outlet = "Secret"\nheadline = "From elsewhere"\n')
    return tmp_path / "inbox"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def collected(
    inbox: Path, **settings: object
) -> tuple[dict[str, Document], list[Fate], tuple[str, ...]]:
    found: list[Document] = []
    source = Source("folder", str(inbox), settings=settings)
    (report,) = visit_sources([source], keep=lambda _, things: found.extend(things), store=Memory())
    return {one.origin: one for one in found}, list(report.fates), report.notes


@pytest.mark.parametrize("name", ["a.txt", "link.txt", "good.txt.toml", ".briefingignore"])
def test_a_pipe_is_set_aside_at_once(inbox: Path, name: str) -> None:
    pipe(inbox / ".pipe")
    if name == "link.txt":
        (inbox / name).symlink_to(".pipe")
    else:
        pipe(inbox / name)

    found, fates, notes = collected(inbox)

    assert "inbox/good.txt" in found
    told = [fate.reason for fate in fates] + [*notes]
    assert all("no regular file" in one for one in told)
    assert bool(told) == (name != ".briefingignore")


def test_a_device_that_never_ends_is_no_list_of_patterns(inbox: Path) -> None:
    (inbox / ".briefingignore").symlink_to("/dev/zero")

    assert "inbox/good.txt" in collected(inbox)[0]


def test_a_sidecar_that_leads_out_of_the_folder_states_nothing(inbox: Path, tmp_path: Path) -> None:
    (inbox / "good.txt.toml").symlink_to(tmp_path / "secret.toml")

    found, _, notes = collected(inbox)

    assert found["inbox/good.txt"].stated == {}
    assert "leads out of its folder" in notes[0]


@pytest.mark.parametrize(
    "content",
    ["a = " + "[" * 60_000, "a = " + "9" * 10_000, "a = 0000-00-00", "\ufffe\0", "x" * 99],
)
def test_a_sidecar_that_is_no_toml_loses_itself_alone(inbox: Path, content: str) -> None:
    (inbox / "good.txt.toml").write_text(content)

    found, _, notes = collected(inbox)

    assert found["inbox/good.txt"].stated == {}
    assert "this is not TOML" in notes[0]


def test_a_folder_in_the_place_of_another_is_not_entered_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "fake").symlink_to("real")

    with pytest.raises(OSError, match="stands in the place of the folder 'fake'"):
        open_folder(tmp_path, ("fake",))


@pytest.mark.parametrize("aim", ["done", "done/deeper"])
def test_nothing_is_moved_through_a_link(inbox: Path, tmp_path: Path, aim: str) -> None:
    (tmp_path / "victim").mkdir()
    (inbox / "done").symlink_to(tmp_path / "victim")

    _, _, notes = collected(inbox, move_to=aim)

    assert list((tmp_path / "victim").iterdir()) == []
    assert (inbox / "good.txt").exists()
    assert "stands in the place of the folder 'done'" in notes[0]


def test_what_is_moved_writes_over_nothing(inbox: Path) -> None:
    (inbox / "done").mkdir()
    (inbox / "done" / "good.txt").symlink_to("/nowhere")

    collected(inbox, move_to="done")

    assert sorted(path.name for path in (inbox / "done").iterdir()) == ["good-2.txt", "good.txt"]
    assert (inbox / "done" / "good-2.txt").read_text() == TEXT


def test_across_file_systems_a_file_keeps_its_time(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object, **_named: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refused)
    before = (inbox / "good.txt").stat().st_mtime_ns

    collected(inbox, move_to=str(tmp_path / "elsewhere"))

    assert (tmp_path / "elsewhere" / "good.txt").stat().st_mtime_ns == before
    assert not (inbox / "good.txt").exists()


def test_a_folder_that_nobody_may_enter_and_one_too_deep_lose_themselves_alone(inbox: Path) -> None:
    deep = inbox.joinpath(*(["d"] * 100))
    deep.mkdir(parents=True)
    (deep / "lost.txt").write_text(TEXT)
    (inbox / "shut").mkdir(mode=0)

    assert list(collected(inbox)[0]) == ["inbox/good.txt"]


def test_names_are_one_line_of_text(inbox: Path) -> None:
    name = "n\n2026: mailed to nobody\r\x1b]0;x\x07\u202e.txt"
    (inbox / name).write_text("x")

    given = [
        one
        for one in collect_folder(str(inbox))
        if isinstance(one, Document) and one.origin != "inbox/good.txt"
    ]
    (fate,) = read_documents(given).set_aside

    assert fate.id == "inbox/n\\x0a2026: mailed to nobody\\x0d\\x1b]0;x\\x07\\x202e.txt"
    assert printable_name("ø \udcff.txt") == "ø \ufffd.txt"
