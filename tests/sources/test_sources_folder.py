"""A watched folder: what is new, what is unfinished, what stands beside a document, what is moved
away.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.model import Document, Source
from briefing.sources import Memory, visit_sources

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)


class Desk:
    """Visits one folder again and again."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.source = Source("folder", str(folder), settings=settings)
        self.store = Memory()
        self.notes: tuple[str, ...] = ()

    def write(self, name: str, text: str, *, ago: float = 60) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, ((NOW - timedelta(seconds=ago)).timestamp(),) * 2)
        return path

    def visit(self, **settings: Any) -> list[str]:
        return [document.origin for document in self.documents(**settings)]

    def documents(self, **settings: Any) -> list[Document]:
        found: list[Document] = []
        (report,) = visit_sources(
            [self.source],
            keep=lambda _, things: found.extend(things),
            store=self.store,
            now=NOW,
            **settings,
        )
        self.notes = report.notes
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk")


def test_a_file_comes_once_and_again_when_its_content_changes(desk: Desk) -> None:
    desk.write("a.txt", "one")
    desk.write("b.txt", "two")

    visits = [desk.visit(), desk.visit()]
    desk.write("a.txt", "one, corrected", ago=30)
    visits += [desk.visit(), desk.visit()]

    assert visits == [["desk/a.txt", "desk/b.txt"], [], ["desk/a.txt"], []]


def test_a_file_that_was_only_touched_or_copied_over_itself_is_no_news(desk: Desk) -> None:
    desk.write("a.txt", "one")
    desk.visit()

    desk.write("a.txt", "one", ago=5)

    assert desk.visit() == []


def test_a_file_is_left_alone_until_it_has_settled(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", settled=10)
    desk.write("done.txt", "done", ago=11)
    desk.write("growing.txt", "grow", ago=2)

    first = desk.visit()
    desk.write("growing.txt", "grown", ago=15)

    assert (first, desk.visit()) == (["desk/done.txt"], ["desk/growing.txt"])


def test_what_other_programs_have_not_finished_is_not_taken(desk: Desk) -> None:
    for name in ("a.part", "b.crdownload", "c.tmp", "d.txt~", "e.filepart", "f.txt"):
        desk.write(name, "x")

    assert desk.visit() == ["desk/f.txt"]


def test_a_file_that_is_written_while_it_is_read_waits_for_the_next_visit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.write("a.txt", "half")
    module = importlib.import_module("briefing.sources.folder")
    whole = module.read_file

    def meanwhile(place: Path, **named: Any) -> bytes:
        if place == path:
            os.utime(path, (1, 1))
        return whole(place, **named)

    with monkeypatch.context() as patch:
        patch.setattr(module, "read_file", meanwhile)
        first = desk.visit()
    assert (first, desk.notes) == (
        [],
        ("desk/a.txt: it is still being written; the next visit takes it",),
    )
    assert desk.visit() == ["desk/a.txt"]


def test_only_names_that_are_asked_for_are_taken(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", include=("*.txt", "letter-*"))
    for name in ("a.txt", "deep/b.txt", "c.pdf", "letter-1.eml"):
        desk.write(name, name)

    assert desk.visit() == ["desk/a.txt", "desk/deep/b.txt", "desk/letter-1.eml"]


def test_a_sidecar_states_facts_and_is_no_document(desk: Desk) -> None:
    desk.write("a.txt", "one")
    desk.write(
        "a.txt.toml",
        'outlet = "The Courier"\nheadline = "Harbour reopens"\npublished = '
        "2026-03-05T10:00:00+01:00\n"
        'licence = "CC BY"\nlanguage = "de"\nurl = "https://courier.example/1"\n',
    )
    desk.write("alone.toml", "x = 1")

    document, alone = desk.documents()

    assert document.stated == {
        "outlet": "The Courier",
        "headline": "Harbour reopens",
        "published": "2026-03-05T10:00:00+01:00",
        "licence": "CC BY",
        "language": "de",
        "url": "https://courier.example/1",
    }
    assert document.source
    assert (document.source.name, document.source.licence, document.source.language) == (
        "The Courier",
        "CC BY",
        "de",
    )
    assert (alone.origin, alone.stated) == ("desk/alone.toml", {})


def test_what_a_sidecar_states_goes_before_what_the_document_says(desk: Desk) -> None:
    from briefing.articles import extract_articles

    body = (
        "The harbour of Grünau reopened on Thursday after eleven days. Ships had "
        "waited outside since the storm. "
    )
    desk.write("a.txt", f"Harbour open\n\nThe Post\n4 March 2026\n\n{body * 3}\n\n{body * 2}")
    desk.write(
        "a.txt.toml",
        'outlet = "The Courier"\npublished = 2026-03-05T10:00:00+01:00\nheadline = "It reopens"',
    )

    (article,) = extract_articles(desk.documents()[0])

    assert (article.outlet, article.headline) == ("The Courier", "It reopens")
    assert article.published
    assert article.published.isoformat() == "2026-03-05T10:00+01:00"
    assert article.found["outlet"] == "stated beside the document"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ('healdine = "x"', "nothing is called 'healdine'; there are outlet, headline"),
        ("outlet = ", "this is not TOML"),
        ("\udcff", "this is not TOML"),
    ],
)
def test_a_wrong_sidecar_is_told_and_the_document_taken(desk: Desk, text: str, note: str) -> None:
    desk.write("a.txt", "one")
    (desk.folder / "a.txt.toml").write_bytes(text.encode("utf-8", "surrogateescape"))

    assert desk.visit() == ["desk/a.txt"]
    assert note in desk.notes[0]


def test_files_are_moved_once_they_are_stored_with_what_stands_beside_them(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", move_to="done")
    desk.write("deep/a.txt", "one")
    desk.write("deep/a.txt.toml", 'outlet = "A"')

    first = desk.visit()
    desk.write("deep/a.txt", "two")
    second = desk.visit()

    assert (first, second, desk.visit()) == (["desk/deep/a.txt"], ["desk/deep/a.txt"], [])
    moved = sorted(
        path.relative_to(desk.folder).as_posix()
        for path in desk.folder.rglob("*")
        if path.is_file()
    )
    assert moved == ["done/deep/a-2.txt", "done/deep/a.txt", "done/deep/a.txt.toml"]


def test_a_sidecar_may_come_after_its_document(desk: Desk) -> None:
    desk.write("a.txt", "one")
    first = desk.documents()
    desk.write("a.txt.toml", 'outlet = "The Courier"')
    late = desk.documents()
    desk.write("a.txt.toml", 'outlet = "The Courier"\n', ago=50)
    touched = desk.documents()
    desk.write("a.txt.toml", 'outlet = "The Herald"', ago=40)
    mended = desk.documents()

    assert [[document.stated for document in visit] for visit in (first, late, touched, mended)] == [
        [{}], [{"outlet": "The Courier"}], [], [{"outlet": "The Herald"}],
    ]  # fmt: skip
    assert first[0].origin == late[0].origin
    assert first[0].sha256 == late[0].sha256


def test_a_sidecar_that_comes_before_its_document_waits_for_it(desk: Desk) -> None:
    desk.write("a.txt.toml", 'outlet = "The Courier"')
    alone = desk.documents()
    desk.write("a.txt", "one")

    assert alone == []
    assert [document.stated for document in desk.documents()] == [{"outlet": "The Courier"}]


def test_a_sidecar_finds_its_document_where_that_was_moved(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", move_to="done")
    for text, ago in (("one", 60), ("two", 50)):
        desk.write("deep/a.txt", text, ago=ago)
        desk.visit()
    desk.write("deep/a.txt.toml", 'outlet = "The Courier"')

    (late,) = desk.documents()

    assert (late.origin, late.content, late.stated) == (
        "desk/deep/a.txt",
        b"two",
        {"outlet": "The Courier"},
    )
    assert (desk.folder / "done" / "deep" / "a-2.txt.toml").is_file()
    assert desk.documents() == []


def test_nothing_is_moved_that_could_not_be_stored(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", move_to=str(tmp_path / "done"))
    path = desk.write("a.txt", "one")

    def full(_source: Source, _documents: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        visit_sources([desk.source], keep=full, store=desk.store, now=NOW)

    assert path.exists()
    assert desk.visit() == ["desk/a.txt"]


def test_a_writer_that_never_stops_never_has_half_a_file_taken(tmp_path: Path) -> None:
    """Another process writes files in pieces; every file that is taken is whole."""
    folder = tmp_path / "desk"
    folder.mkdir()
    writer = (
        "import sys, time, pathlib\n"
        "for n in range(30):\n"
        "    with open(pathlib.Path(sys.argv[1]) / f'{n}.txt', 'w') as file:\n"
        "        for _ in range(4): file.write('a piece '); file.flush(); time.sleep(0.005)\n"
        "        file.write('END')\n"
    )
    process = subprocess.Popen([sys.executable, "-c", writer, str(folder)])
    source, store, found = Source("folder", str(folder), settings={"settled": 10.0}), Memory(), []

    while process.poll() is None:
        visit_sources([source], keep=lambda _, things: found.extend(things), store=store)
        time.sleep(0.03)
    later = datetime.now(UTC) + timedelta(seconds=20)
    visit_sources([source], keep=lambda _, things: found.extend(things), store=store, now=later)

    assert len(found) == 30
    assert all(document.content.endswith(b"END") for document in found)
