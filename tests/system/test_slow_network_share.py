"""The shared folder over real networks: readers, two publishers, files held open, a server that
hangs.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mounts import KINDS, Mounts, smbclient, wait_for
from test_slow_share import READS, files, name, readings_during, told, whole

from briefing.archive.database.connection import connect
from briefing.archive.store import editions, publications
from briefing.cli import run_command as briefing
from briefing.config import load_config
from briefing.deliveries.share import Share, mark_target, publish, verify_target
from briefing.errors import BriefingError
from briefing.model import Rendition
from briefing.service.distribution import publish as publishing

pytestmark = pytest.mark.slow

ROUNDS = 10


@pytest.fixture(params=KINDS)
def mounts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Mounts]:
    with KINDS[request.param](tmp_path) as made:
        yield made


@pytest.mark.parametrize(("kind", "writer"), [("sshfs", "one"), ("smb", "exported")])
def test_a_reader_on_another_machine_never_sees_a_torn_or_missing_edition(
    tmp_path: Path, kind: str, writer: str
) -> None:
    """Over SFTP both are clients; over SMB the reader is, and the publisher works on the server's
    own disk.

    rclone looks at a name, opens it and reads it in three requests: where the name moved on between
    them it may answer with an error, or with what is no file's content. Over SMB names that move
    are printed, editions asserted.
    """
    with KINDS[kind](tmp_path) as mounts:
        writing = getattr(mounts, writer)
        mark_target(writing)

        seen, published = readings_during(writing, mounts.two)

        how = (
            f"{mounts.server}, publishing into the "
            f"{'mount' if writer == 'one' else 'exported folder'}"
        )
        told(f"{how}: {seen.good} reads during {published} publications: {seen.torn} "
f"torn, {seen.missing} missing, "
             f"{seen.refused} refused by the client")  # fmt: skip
        assert seen.lost == 0
        assert seen.good
        if kind == "sshfs":
            assert (seen.torn, seen.missing) == (0, 0)


def test_a_client_of_smb_that_replaces_by_deleting_leaves_gaps_in_pointers_and_none_in_editions(
    tmp_path: Path,
) -> None:
    """rclone's mount deletes what a renamed file is to replace, so for some milliseconds a pointer
    may not be there.
    """
    with KINDS["smb"](tmp_path) as mounts:
        mark_target(mounts.one)
        publish(name(0), files(0), Share(mounts.one))
        kept: list[str] = [name(0)]
        gone, torn, reads, over = [0], [0], [0], threading.Event()

        def read() -> None:
            while not over.is_set() and (len(kept) < ROUNDS or reads[0] < READS):
                for path in (
                    mounts.exported / "2026" / kept[-1] / "edition.pdf",
                    mounts.exported / "latest.pdf",
                ):
                    reads[0] += 1
                    try:
                        torn[0] += not whole(path.read_bytes())
                    except FileNotFoundError:
                        assert (
                            path.name == "latest.pdf"
                        )  # an edition that was published is always there
                        gone[0] += 1

        with ThreadPoolExecutor(1) as pool:
            reader = pool.submit(read)
            try:
                while not reader.done() and len(kept) < 10 * ROUNDS:
                    publish(name(len(kept)), files(len(kept)), Share(mounts.one))
                    kept.append(name(len(kept)))
                reader.result()
            finally:
                over.set()

        told(f"{mounts.server}, publishing into the mount: {reads[0]} reads, 0 "
f"editions missing, {torn[0]} torn, "
             f"{gone[0]} times a pointer was not there")  # fmt: skip
        assert torn == [0]
        assert verify_target(mounts.exported) == ()


FOLDERS = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "support")]
PUBLISHER = """
import sys
import threading
sys.path[:0] = {tests!r}
from test_slow_share import Path, Share, files, name, publish
print("ready", flush=True)
sys.stdin.readline()
for number in range({rounds}):
    publish(name(number), files({content}), Share(Path({target!r}), copies=False))
"""


@pytest.mark.parametrize("same", [True, False])
def test_two_machines_that_publish_at_once_make_no_mixture(mounts: Mounts, same: bool) -> None:
    mark_target(mounts.one)
    children = []
    for place, target in enumerate((mounts.one, mounts.two)):
        content = "number" if same else f"number + 1000 * {place}"
        code = PUBLISHER.format(tests=FOLDERS, rounds=ROUNDS, content=content, target=str(target))
        children.append(
            subprocess.Popen(
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        )
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
    for child in children:
        assert child.stdin
        child.stdin.write(b"go\n")
        child.stdin.close()
    assert [child.wait() for child in children] == [0, 0]

    assert verify_target(mounts.exported) == ()
    found = sorted(
        path.name for path in (mounts.exported / "2026").iterdir() if not path.name.startswith(".")
    )
    told(
        f"{mounts.server}: two publishers of {'one' if same else 'another'} content: "
        f"{len(found)} editions, none mixed"
    )
    contents = {(mounts.exported / "2026" / one / "edition.pdf").read_bytes() for one in found}
    assert len(contents) == (ROUNDS if same else 2 * ROUNDS)
    assert len(found) >= len(contents)


def test_a_pdf_that_a_client_holds_open_is_a_note_and_its_pointer_moves_later(
    tmp_path: Path,
) -> None:
    """A client's download is held up by a pipe that nobody empties, so the server holds the file
    open for it.
    """
    with KINDS["smb"](tmp_path) as mounts:
        (port,) = [
            int(line.split()[-1])
            for line in (tmp_path / "smb.conf").read_text().splitlines()
            if "ports" in line
        ]
        mark_target(mounts.one)
        publish(name(0), files(0, 30_000_000), Share(mounts.one))
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        words = [
            "smbclient",
            "--no-pass",
            f"--port={port}",
            "//127.0.0.1/news",
            "--command",
            f"get latest.pdf {pipe}",
        ]
        with subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as client:
            with pipe.open("rb") as other_end:
                assert other_end.read(1)
                held = publish(name(1), files(1), Share(mounts.one))
                assert held.new
                assert (mounts.exported / held.place / "edition.pdf").read_bytes() == files(1)[
                    2
                ].content
                assert [note.partition(":")[0] for note in held.warnings] == [
                    str(mounts.one / "latest.pdf")
                ]
                assert json.loads((mounts.exported / "latest.json").read_bytes())[
                    "edition"
                ] == name(1)
            client.wait()

        assert publish(name(1), files(1), Share(mounts.one)).warnings == ()
        assert (mounts.exported / "latest.pdf").read_bytes() == files(1)[2].content
        told(
            f"{mounts.server}: latest.pdf held open: published, {len(held.warnings)} "
            "note, moved the next time"
        )
        assert smbclient(port, "ls latest.pdf").returncode == 0


@pytest.fixture
def desk(tmp_path: Path, mounts: Mounts, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one edition in its archive, and the mount as its share."""
    workspace = tmp_path / "desk"
    workspace.mkdir()
    (workspace / "briefing.toml").write_text(f'[share]\ntarget = "{mounts.one}"\ndeadline = 5.0\n')
    monkeypatch.chdir(workspace)
    db = connect(workspace / "state" / "archive.sqlite")
    record = b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}'
    made = [Rendition("edition.json", "application/json", record), *files(5)[1:]]
    editions.store_edition(db, made, now=datetime(2026, 3, 5, tzinfo=UTC))
    db.close()
    assert briefing(["publish", "--init", str(mounts.one)]) == 0
    return workspace


def test_a_server_that_hangs_is_given_up_and_the_next_run_publishes(
    desk: Path, mounts: Mounts
) -> None:
    config = load_config(desk / "briefing.toml")
    db = connect(desk / "state" / "archive.sqlite")
    now = datetime(2026, 3, 5, 6, tzinfo=UTC)
    (edition,) = (one.id for one in editions.latest_editions(db, profile="daily"))
    for pid in mounts.pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(BriefingError, match="does it hang"):
            publishing.publish_edition(db, config, edition, now=now)
        (waiting,) = publications.pending_publications(db)
        assert (waiting.edition, waiting.attempts) == (edition, 1)
    finally:
        for pid in mounts.pids:
            os.kill(pid, signal.SIGCONT)
    wait_for((mounts.one / ".briefing-target").exists, "the mount does not come back")

    patient = replace(config, share=replace(config.share, deadline=300.0, site=False))
    publishing.publish_edition(db, patient, edition, now=now)

    assert publications.pending_publications(db) == ()
    assert verify_target(mounts.exported) == ()
    db.close()
    told(f"{mounts.server}: hung, given up after 5 seconds, published by the next run")
    assert (mounts.two / "latest.json").exists()
