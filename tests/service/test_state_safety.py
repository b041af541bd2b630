"""The state folder: its owner's alone, and never begun anew by mistake."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from briefing.archive.database.connection import open_archive
from briefing.archive.database.schema import back_up_database
from briefing.archive.store.outbox import derive_message_id
from briefing.cli import run_command
from briefing.errors import BriefingError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_an_archive_makes_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "archive.sqlite"

    with open_archive(path) as db:
        back_up_database(db, path.with_name("backup.sqlite"))
        modes = {each.name: mode(each) for each in (path.parent, *path.parent.iterdir())}

    assert modes.pop("state") == 0o700
    assert set(modes.values()) == {0o600}
    assert {"archive.sqlite", "backup.sqlite", "archive.sqlite-wal"} <= modes.keys()


@pytest.mark.parametrize("lose", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
@pytest.mark.parametrize("sign", ["archive.made", "unsubscribe.key"])
def test_an_archive_that_is_gone_is_no_new_beginning(
    tmp_path: Path, lose: object, sign: str
) -> None:
    path = tmp_path / "archive.sqlite"
    with open_archive(path):
        pass
    (tmp_path / "archive.made").unlink()
    (tmp_path / sign).touch()
    lose(path)  # type: ignore[operator]

    with (
        pytest.raises(BriefingError, match=f"the archive is gone or empty, and {sign} beside it"),
        open_archive(path),
    ):
        pass

    assert not path.exists() or not path.stat().st_size


def test_one_that_was_put_back_is_taken(tmp_path: Path) -> None:
    path, kept = tmp_path / "archive.sqlite", tmp_path / "backup.sqlite"
    with open_archive(path) as db:
        back_up_database(db, kept)
    path.unlink()
    kept.rename(path)

    with open_archive(path) as db:
        assert db.execute("SELECT count(*) FROM recipient").fetchone()[0] == 0


def test_the_doctor_closes_what_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    with open_archive(state / "archive.sqlite"):
        pass
    state.chmod(0o755)
    (state / "archive.sqlite").chmod(0o644)
    monkeypatch.chdir(tmp_path)

    run_command(["doctor"])

    assert "2 were open to others, and are no more" in capsys.readouterr().out
    assert (mode(state), mode(state / "archive.sqlite")) == (0o700, 0o600)


def test_a_message_id_is_made_with_the_key() -> None:
    one, other = (
        derive_message_id("2026-03-05-daily", "ada@example.org", "example.org", key)
        for key in (b"a", b"b")
    )

    assert one != other
    assert one == derive_message_id("2026-03-05-daily", "ADA@example.org", "example.org", b"a")
