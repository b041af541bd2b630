"""The shared folder: an edition is there whole under a lasting name, or everything is as it was."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.archive.database.connection import connect
from briefing.archive.store import editions, publications
from briefing.cli import run_command
from briefing.deliveries import deadline
from briefing.deliveries.share import Share, atomic_files, mark_target, publish, verify_target
from briefing.deliveries.share.inventory import list_editions
from briefing.errors import BriefingError
from briefing.model import Rendition

EDITION = "2026-03-05-daily"


def files(text: str = "News") -> tuple[Rendition, ...]:
    return (
        Rendition("edition.json", "application/json", b"{}"),
        Rendition("edition.md", "text/markdown", f"# {text}\n".encode()),
        Rendition("edition.html", "text/html", f"<h1>{text}</h1>".encode()),
        Rendition("edition.pdf", "application/pdf", b"%PDF-" + text.encode() * 9),
    )


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    mark_target(folder)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_an_edition_lies_in_its_own_folder_with_its_digests(target: Path) -> None:
    published = publish(EDITION, files(), Share(target))

    folder = target / "2026" / EDITION
    assert (published.place, published.new, published.warnings) == (f"2026/{EDITION}", True, ())
    assert {path.name for path in folder.iterdir()} == {
        "edition.json", "edition.md", "edition.html", "edition.pdf", "manifest.json", "SHA256SUMS",
    }  # fmt: skip
    assert (
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder).returncode
        == 0
    )
    assert [path for path in target.rglob(".t*") if path.name != ".briefing-target"] == []


def test_an_editions_own_list_of_digests_is_made_anew(target: Path) -> None:
    publish(EDITION, [*files(), Rendition("SHA256SUMS", "text/plain", b"old")], Share(target))

    assert verify_target(target) == ()


def test_latest_points_at_the_newest_day_whatever_the_order_of_publishing(target: Path) -> None:
    for day in ("05", "03", "04"):
        publish(f"2026-03-{day}-daily", files(day), Share(target))

    latest = json.loads((target / "latest.json").read_text())
    assert latest["edition"] == EDITION
    assert (target / latest["files"]["edition.md"]).read_text() == "# 05\n"
    assert (target / "latest.md").read_text() == "# 05\n"
    assert (target / "latest.pdf").read_bytes() == b"%PDF-" + b"05" * 9


def test_the_same_edition_again_changes_nothing(target: Path) -> None:
    publish(EDITION, files(), Share(target))
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*")}

    again = publish(EDITION, files(), Share(target))

    assert (again.place, again.new) == (f"2026/{EDITION}", False)
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == before


def test_another_content_under_the_same_name_is_a_revision(target: Path) -> None:
    places = [
        publish(EDITION, files(text), Share(target)).place
        for text in ("one", "two", "three", "two")
    ]

    assert places == [f"2026/{EDITION}{end}" for end in ("", "-r2", "-r3", "-r2")]
    assert (target / "2026" / EDITION / "edition.md").read_text() == "# one\n"
    assert json.loads((target / "latest.json").read_text())["edition"] == f"{EDITION}-r3"


def test_two_publishers_of_one_edition_write_the_same_bytes(tmp_path: Path) -> None:
    trees = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        mark_target(tmp_path / name)
        publish(EDITION, files(), Share(tmp_path / name))
        trees.append(
            {
                key: value
                for key, value in tree(tmp_path / name).items()
                if key != ".briefing-target"
            }
        )

    assert trees[0] == trees[1]


def test_nothing_is_written_where_the_mark_is_missing_or_another(
    tmp_path: Path, target: Path
) -> None:
    empty = tmp_path / "mount-point"
    empty.mkdir()

    with pytest.raises(BriefingError, match="is the share mounted"):
        publish(EDITION, files(), Share(empty))
    with pytest.raises(BriefingError, match="another share than before"):
        publish(EDITION, files(), Share(target, known="0" * 32))
    with pytest.raises(BriefingError, match="is the share mounted"):
        publish(EDITION, files(), Share(tmp_path / "nowhere"))
    with pytest.raises(BriefingError, match="no such folder"):
        mark_target(tmp_path / "nowhere")

    assert list(empty.iterdir()) == []
    assert list(tree(target)) == [".briefing-target"]
    assert mark_target(target) == mark_target(target)


@pytest.mark.parametrize("when", ["posix_fallocate", "fsync"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT])
def test_a_fault_of_the_disk_leaves_everything_as_it_was(
    target: Path, monkeypatch: pytest.MonkeyPatch, when: str, fault: int
) -> None:
    publish("2026-03-04-daily", files("old"), Share(target))
    before = tree(target)

    def broken(*_: object) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, when, broken)
    with pytest.raises(BriefingError, match="what was there is as it was"):
        publish(EDITION, files("new" * 10_000), Share(target))

    assert tree(target) == before


def test_too_little_room_is_noticed_before_anything_is_written(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 10}))

    with pytest.raises(BriefingError, match="bytes free"):
        publish(EDITION, files(), Share(target))


def test_a_file_that_reads_back_otherwise_is_no_edition(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_files, "digest_file", lambda path: "0" * 64)

    with pytest.raises(BriefingError, match="reads back otherwise"):
        publish(EDITION, files(), Share(target))

    assert not (target / "2026" / EDITION).exists()


def test_a_pointer_that_somebody_holds_is_a_warning_and_moves_the_next_time(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("2026-03-04-daily", files("old"), Share(target))
    replace = Path.replace

    def held(self: Path, to: Path) -> Path:
        if to.name == "latest.pdf":
            raise PermissionError(errno.EACCES, "held open")
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(atomic_files, "PAUSE", 0.0)
    published = publish(EDITION, files("new"), Share(target))

    assert published.new
    assert [warning.partition(":")[0] for warning in published.warnings] == [
        str(target / "latest.pdf")
    ]
    assert (target / "latest.md").read_text() == "# new\n"
    assert [path for path in target.iterdir() if path.name.startswith(".tmp")] == []
    monkeypatch.undo()
    assert publish(EDITION, files("new"), Share(target)).warnings == ()
    assert (target / "latest.pdf").read_bytes() == b"%PDF-" + b"new" * 9


def test_permissions_are_as_configured_whatever_the_umask(target: Path) -> None:
    target.chmod(0o2775)
    before = os.umask(0o077)
    try:
        publish(
            EDITION,
            files(),
            Share(target, mode=0o640, group="daemon" if os.geteuid() == 0 else None),
        )
    finally:
        os.umask(before)

    folder = target / "2026" / EDITION
    assert stat.S_IMODE((folder / "edition.md").stat().st_mode) == 0o640
    assert stat.S_IMODE(folder.stat().st_mode) == 0o2750
    assert stat.S_IMODE((target / "latest.md").stat().st_mode) == 0o640
    if os.geteuid() == 0:
        assert folder.group() == (folder / "edition.md").group() == "daemon"
    with pytest.raises(BriefingError, match="no group 'nobodys'"):
        publish("2026-03-06-daily", files(), Share(target, group="nobodys"))


def test_a_folder_of_somebody_elses_that_looks_like_an_edition_is_left_alone(target: Path) -> None:
    (target / "2026" / "2026-13-45-somebody").mkdir(parents=True)

    assert publish(EDITION, files(), Share(target)).warnings == ()
    assert [one.name for one in list_editions(target)] == [EDITION]


def test_only_the_newest_editions_stay_when_a_number_is_set(target: Path) -> None:
    for day in range(1, 8):
        publish(f"2026-03-{day:02}-daily", files(str(day)), Share(target, keep=3))

    assert sorted(path.name for path in (target / "2026").iterdir()) == [
        f"2026-03-{day:02}-daily" for day in (5, 6, 7)
    ]


def test_what_a_publisher_left_behind_is_swept_the_next_day(target: Path) -> None:
    publish("2026-03-04-daily", files(), Share(target))
    old, fresh = (
        target / "2026" / ".tmp-2026-03-01-daily-aaaa",
        target / "2026" / ".tmp-2026-03-05-daily-bbbb",
    )
    trash, mine = target / "2026" / ".trash-x-cccc", target / ".t-not-ours"
    for folder in (old, fresh, trash, mine):
        folder.mkdir()
        (folder / "edition.md").write_text("half")
    for folder in (old, trash, mine):
        os.utime(folder, (time.time() - 90_000,) * 2)

    (target / "storylines").mkdir()
    page = target / "storylines" / ".tmp-budget.html-dddd"
    page.write_text("half")
    os.utime(page, (time.time() - 90_000,) * 2)

    publish(EDITION, files(), Share(target))

    assert [path.exists() for path in (old, fresh, trash, mine, page)] == [
        False,
        True,
        False,
        True,
        False,
    ]


def test_every_changed_missing_or_rotten_file_is_found(target: Path) -> None:
    for day in ("04", "05"):
        publish(f"2026-03-{day}-daily", files(day), Share(target))
    assert verify_target(target) == ()

    folder = target / "2026" / EDITION
    content = bytearray((folder / "edition.pdf").read_bytes())
    content[7] ^= 1
    (folder / "edition.pdf").write_bytes(content)
    (folder / "edition.md").unlink()
    (target / "2026" / "2026-03-04-daily" / "SHA256SUMS").write_text("nonsense\n")

    assert [fault.partition(": ")[2][:20] for fault in verify_target(target)] == [
        "it cannot be read (N", "it was changed since", "'nonsense' is no lin",
    ]  # fmt: skip


def test_a_share_that_hangs_is_given_up_in_time() -> None:
    started = time.monotonic()

    with pytest.raises(BriefingError, match="does it hang"):
        deadline.run_within(0.3, lambda: time.sleep(60), what="/mnt/news")

    assert time.monotonic() - started < 30  # the share would hang for a minute
    assert deadline.run_within(60, lambda: [1, "two"], what="x") == [1, "two"]
    with pytest.raises(BriefingError, match="the words of the child"):
        deadline.run_within(
            60, lambda: (_ for _ in ()).throw(BriefingError("the words of the child")), what="x"
        )
    with pytest.raises(BriefingError, match="ended without an answer"):
        deadline.run_within(60, lambda: os._exit(1), what="x")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "share").mkdir()
    (tmp_path / "briefing.toml").write_text('[share]\ntarget = "share"\n')
    db = connect(tmp_path / "state" / "archive.sqlite")
    record = b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}'
    editions.store_edition(
        db,
        [Rendition("edition.json", "application/json", record), *files()[1:]],
        now=datetime(2026, 3, 5, tzinfo=UTC),
    )
    db.close()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_publishes_once_the_folder_is_marked(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["publish"]) == 1
    assert "is the share mounted" in capfd.readouterr().err
    db = connect(desk / "state" / "archive.sqlite")
    (waiting,) = publications.pending_publications(db)
    assert (waiting.edition, waiting.attempts) == (EDITION, 1)

    assert run_command(["publish", "--init", "share"]) == 0
    capfd.readouterr()
    assert run_command(["publish"]) == 0
    assert run_command(["publish"]) == 0
    assert run_command(["publish", "--verify"]) == 0

    place = desk / "share" / "2026" / EDITION
    assert capfd.readouterr().out == f"{place}\n{place}\nevery file is as it was published\n"
    assert publications.pending_publications(db) == ()
    db.close()
    (place / "edition.md").write_text("forged")
    assert run_command(["publish", "--verify"]) == 1


def test_another_share_under_the_same_path_gets_nothing(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run_command(["publish", "--init", "share"])
    (desk / "share" / ".briefing-target").write_text('{"id": "another"}')

    assert run_command(["publish"]) == 1
    assert "another share than before" in capfd.readouterr().err


@pytest.mark.parametrize("name", ["Daily", "a/b", "..", "con", "a--b", "é", ""])
def test_a_profile_that_is_no_part_of_a_file_name_is_refused(desk: Path, name: str) -> None:
    (desk / "briefing.toml").write_text(f'profile = "{name}"\n')

    assert run_command(["publish"]) == 78
