"""Sources: what comes in, under which name, in which order."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from briefing.errors import BriefingError, ConfigError
from briefing.model import Document, Fate, Source
from briefing.sources import collect_documents, collect_folder
from briefing.sources.folder import LARGEST


def origins(path: Path) -> list[str]:
    return [
        thing.origin if isinstance(thing, Document) else thing.id
        for thing in collect_folder(str(path))
    ]


def filled(path: Path, *names: str) -> Path:
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(f"text of {name}", encoding="utf-8")
    return path


def test_a_folder_gives_its_files_by_name_below_its_own_name(tmp_path: Path) -> None:
    desk = filled(tmp_path / "desk", "b.txt", "a/z.txt", "a/Ä ö.txt", "a/🗞.txt")

    assert origins(desk) == ["desk/a/z.txt", "desk/a/Ä ö.txt", "desk/a/🗞.txt", "desk/b.txt"]


def test_hidden_files_and_those_a_briefingignore_names_are_left_alone(tmp_path: Path) -> None:
    desk = filled(
        tmp_path / "desk", "a.txt", ".hidden", ".git/x.txt", "notes.bak", "expected/truth.json"
    )
    (desk / ".briefingignore").write_text(
        "# truth is no news\nexpected/\n*.bak\n", encoding="utf-8"
    )

    assert origins(desk) == ["desk/a.txt"]


def test_a_single_file_is_a_folder_of_one(tmp_path: Path) -> None:
    assert origins(filled(tmp_path, "page.html") / "page.html") == ["page.html"]


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="nowhere: there is no such file or folder"):
        list(collect_folder(str(tmp_path / "nowhere")))


def test_a_link_out_of_the_folder_is_refused_and_one_inside_it_followed(tmp_path: Path) -> None:
    desk = filled(tmp_path / "desk", "a.txt")
    filled(tmp_path, "secret.txt")
    (desk / "out.txt").symlink_to(tmp_path / "secret.txt")
    (desk / "twin.txt").symlink_to(desk / "a.txt")

    found = {getattr(thing, "origin", "") or thing.id: thing for thing in collect_folder(str(desk))}

    assert isinstance(found["desk/out.txt"], Fate)
    assert isinstance(found["desk/twin.txt"], Document)


def test_a_dangling_link_becomes_a_line_in_the_ledger(tmp_path: Path) -> None:
    desk = filled(tmp_path / "desk", "a.txt")
    (desk / "gone.txt").symlink_to(desk / "nothing.txt")

    fates = [thing for thing in collect_folder(str(desk)) if isinstance(thing, Fate)]

    assert [fate.id for fate in fates] == ["desk/gone.txt"]
    assert "cannot be opened" in fates[0].reason


def test_a_name_that_is_not_utf_8_can_still_be_printed(tmp_path: Path) -> None:
    raw = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    raw.write_text("x")

    assert [origin.encode() for origin in origins(tmp_path)]


def test_a_giant_file_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    (tmp_path / "giant.txt").write_bytes(b"x" * (LARGEST + 100))

    (document,) = collect_folder(str(tmp_path))

    assert isinstance(document, Document)
    assert len(document.content) == LARGEST + 1


def test_the_order_of_the_sources_changes_nothing_and_the_same_file_counts_once(
    tmp_path: Path,
) -> None:
    first, second = filled(tmp_path / "one", "a.txt", "b.txt"), filled(tmp_path / "two", "c.txt")
    sources = [
        Source("folder", str(first)),
        Source("folder", str(second)),
        Source("folder", str(first)),
    ]

    there, back = collect_documents(sources), collect_documents(sources[::-1])

    assert [document.origin for document in there.documents] == [
        "one/a.txt",
        "one/b.txt",
        "two/c.txt",
    ]
    assert [document.origin for document in back.documents] == [
        document.origin for document in there.documents
    ]


def test_standard_input_is_one_document_and_nothing_when_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for content, count in ((b"Some news.", 1), (b"", 0)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert len(collect_documents([Source("stdin", "-")]).documents) == count


def test_an_unknown_kind_of_source_lists_those_there_are() -> None:
    with pytest.raises(ConfigError, match="no source is called 'foldre'; did you mean 'folder'"):
        collect_documents([Source("foldre", "x")])
