"""Deliveries: a file is there whole, or the old one still is."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.deliveries import deliver_to_folder, deliver_to_stdout
from briefing.errors import BriefingError
from briefing.model import Rendition

PAGE = Rendition("edition.md", "text/markdown", b"# News\n")


def test_a_rendition_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    delivery = deliver_to_folder(PAGE, folder=str(tmp_path / "new" / "folder"))

    assert Path(delivery.address).read_bytes() == PAGE.content
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["edition.md"]


def test_an_earlier_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "edition.md").write_text("old")

    deliver_to_folder(PAGE, folder=str(tmp_path))

    assert (tmp_path / "edition.md").read_bytes() == PAGE.content


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(BriefingError, match="it cannot be written"):
        deliver_to_folder(PAGE, folder=str(tmp_path / "file" / "output"))


def test_a_full_disk_leaves_the_old_edition_and_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "edition.md").write_text("old")
    monkeypatch.setattr(
        "os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )

    with pytest.raises(BriefingError, match="No space left on device"):
        deliver_to_folder(PAGE, folder=str(tmp_path))

    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_standard_output_gets_the_bytes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    deliver_to_stdout(PAGE)

    assert capfdbinary.readouterr().out == PAGE.content
