"""Remote places: an edition is whole once its manifest is there; what was cut off is resumed; names
never change.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from test_site import STRIKE, record, sentence

from briefing.archive.database.connection import connect
from briefing.archive.store import editions, publications
from briefing.cli import run_command
from briefing.config import load_config
from briefing.deliveries import remote
from briefing.deliveries.remote import responses
from briefing.deliveries.remote.s3 import Bucket
from briefing.deliveries.remote.sftp import _quote_path
from briefing.errors import BriefingError, ConfigError
from briefing.model import Rendition
from briefing.secret import Secret
from briefing.service.distribution import publish

EDITION = "2026-03-05-daily"
RECORD = b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}'


@dataclass
class Memory:
    """A place in memory that breaks off after a number of writes, as a lost connection does."""

    place: str = "memory://here"
    whole: bool = True
    files: dict[str, bytes] = field(default_factory=dict)
    left: int = 10_000
    order: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes | None:
        return self.files.get(name)

    def create(self, name: str, content: bytes, media_type: str) -> bool:
        return name not in self.files and self._write(name, content)

    def replace(self, name: str, content: bytes, media_type: str) -> None:
        self._write(name, content)

    def remove(self, names: Sequence[str]) -> None:
        for name in names:
            self.files.pop(name, None)

    def _write(self, name: str, content: bytes) -> bool:
        if not self.left:
            raise BriefingError(f"{self.place}/{name}: the connection is lost")
        self.left -= 1
        self.order.append(name)
        self.files[name] = content
        return True


def files(text: str = "News") -> tuple[Rendition, ...]:
    return (
        Rendition("edition.json", "application/json", RECORD),
        Rendition("edition.md", "text/markdown", f"# {text}\n".encode()),
        Rendition("edition.pdf", "application/pdf", b"%PDF-" + text.encode() * 9),
    )


@pytest.fixture
def store() -> Memory:
    made = Memory()
    remote.mark_target(made)
    return made


def test_files_come_first_then_the_manifest_then_the_pointer(store: Memory) -> None:
    published = remote.publish(EDITION, files(), store)

    assert (published.place, published.new) == (f"2026/{EDITION}", True)
    assert store.order[-2:] == [f"2026/{EDITION}/manifest.json", "latest.json"]
    latest = json.loads(store.files["latest.json"])
    assert store.files[latest["files"]["edition.md"]] == b"# News\n"
    assert remote.verify_editions(store, [published.place]) == ()


def test_the_same_edition_again_writes_nothing_and_another_content_is_a_revision(
    store: Memory,
) -> None:
    places = [
        remote.publish(EDITION, files(text), store).place for text in ("one", "two", "two", "one")
    ]
    before = len(store.order)

    assert places == [
        f"2026/{EDITION}",
        f"2026/{EDITION}-r2",
        f"2026/{EDITION}-r2",
        f"2026/{EDITION}",
    ]
    assert not remote.publish(EDITION, files("two"), store).new
    assert len(store.order) == before
    assert json.loads(store.files["latest.json"])["edition"] == f"{EDITION}-r2"


def test_an_older_edition_does_not_become_the_newest(store: Memory) -> None:
    remote.publish(EDITION, files(), store)
    remote.publish("2026-03-04-daily", files("before"), store)

    assert json.loads(store.files["latest.json"])["edition"] == EDITION


@pytest.mark.parametrize("writes", range(7))
def test_cut_off_after_any_write_nobody_is_pointed_to_it_and_the_next_attempt_ends_it(
    writes: int,
) -> None:
    store = Memory()
    remote.mark_target(store)
    remote.publish("2026-03-04-daily", files("before"), store)
    store.left = writes

    try:
        remote.publish(EDITION, files(), store)
    except BriefingError:
        assert json.loads(store.files["latest.json"])["edition"] == "2026-03-04-daily"
    else:
        assert writes == 6  # three files, their sums, the manifest, the pointer
    store.left = 10_000
    published = remote.publish(EDITION, files(), store)

    assert published.place == f"2026/{EDITION}"
    assert json.loads(store.files["latest.json"])["edition"] == EDITION
    assert remote.verify_editions(store, [published.place]) == ()


def test_another_publishers_half_edition_is_not_mixed_with_ours(store: Memory) -> None:
    store.files[f"2026/{EDITION}/edition.md"] = b"# Theirs\n"

    assert remote.publish(EDITION, files(), store).place == f"2026/{EDITION}-r2"
    assert store.files[f"2026/{EDITION}/edition.md"] == b"# Theirs\n"


def test_nothing_is_written_where_the_mark_is_missing_or_another(store: Memory) -> None:
    empty = Memory()

    with pytest.raises(BriefingError, match="is not marked; nothing was written"):
        remote.publish(EDITION, files(), empty)
    with pytest.raises(BriefingError, match="another place than before"):
        remote.publish(EDITION, files(), store, known="0" * 32)
    assert empty.files == {}
    assert list(store.files) == [".briefing-target"]
    assert remote.mark_target(store) == remote.mark_target(store)


def test_what_changed_or_is_missing_is_named(store: Memory) -> None:
    place = remote.publish(EDITION, files(), store).place
    store.files[f"{place}/edition.md"] = b"forged"
    del store.files[f"{place}/edition.pdf"]

    assert [fault.rpartition(": ")[2] for fault in remote.verify_editions(store, [place, "2026/none"])] == [
        "it was changed", "it is missing", "it cannot be read; publish the edition again",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("sftp://news:secret@host/x", "ends up in logs"),
        ("s3://", "is no place"),
        ("sftp:///x", "is no place"),
        ("webdavs://host/x?y", "is no place"),
        ("ftp://host/x", "there are s3, sftp"),
    ],
)
def test_an_address_that_is_none_is_refused(target: str, message: str) -> None:
    with pytest.raises((ConfigError, BriefingError), match=message):
        remote.open_target(target)


def test_a_bucket_asks_for_keys_and_for_a_server_that_is_not_overheard() -> None:
    with pytest.raises(ConfigError, match="no keys were found"):
        Bucket("s3://news", "news", "", environment={})
    with pytest.raises(ConfigError, match="clear text"):
        Bucket(
            "s3://x",
            "x",
            "",
            user="a",
            password=Secret("b"),
            environment={"AWS_ENDPOINT_URL": "http://s3.example"},
        )


def test_a_password_is_not_sent_in_clear_text() -> None:
    with pytest.raises(BriefingError, match="not sent in clear text"):
        remote.open_target("webdav://files.example/x", user="news", password=Secret("x"))


def test_a_name_cannot_end_a_command_of_sftp() -> None:
    assert _quote_path(Path('a "b" \\ *?[c')) == '"a \\"b\\" \\\\ \\*\\?\\[c"'
    with pytest.raises(BriefingError, match="no line break"):
        _quote_path(Path("a\nrm b"))


class Flood(BaseHTTPRequestHandler):
    """Sends without an end, packed so that little becomes much; elsewhere it sends somebody on."""

    def do_GET(self) -> None:
        self.send_response(302 if "moved" in self.path else 200)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(gzip.compress(bytes(3_000_000)))

    def log_message(self, *_: object) -> None:
        """Silent."""


def test_an_answer_that_is_too_large_or_leads_elsewhere_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(responses.send_request, "__kwdefaults__", {"most": 1_000_000})
    http = HTTPServer(("127.0.0.1", 0), Flood)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    store = remote.open_target(f"webdav://127.0.0.1:{http.server_port}/x")
    try:
        with pytest.raises(BriefingError, match="sends more than 1 MB"):
            store.read("edition.md")
        monkeypatch.undo()
        with pytest.raises(BriefingError, match="the server answers 302"):
            store.read("moved")
    finally:
        http.shutdown()
        http.server_close()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Memory:
    """A workspace whose share is a place in memory; the process with the deadline is this one, for
    memory to last.
    """
    store = Memory(place="sftp://host/x")
    (tmp_path / "briefing.toml").write_text('[share]\ntarget = "sftp://host/x"\n')
    db = connect(tmp_path / "state" / "archive.sqlite")
    editions.store_edition(db, files(), now=datetime(2026, 3, 5, tzinfo=UTC))
    db.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(publish, "_open_store", lambda config, target: store)
    monkeypatch.setattr(
        "briefing.deliveries.deadline.run_within", lambda seconds, work, *, what: work()
    )
    return store


def test_the_command_publishes_to_an_address_and_resumes_what_was_cut_off(
    desk: Memory, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["publish", "--init", "sftp://host/x"]) == 0
    desk.left = 2
    assert run_command(["publish"]) == 1
    assert "the connection is lost" in capfd.readouterr().err
    db = connect(Path("state/archive.sqlite"))
    (waiting,) = publications.pending_publications(db)
    assert (waiting.target, waiting.attempts) == ("sftp://host/x", 1)

    desk.left = 100
    assert run_command(["publish"]) == 0
    assert capfd.readouterr().out == f"sftp://host/x/2026/{EDITION}\n"
    assert run_command(["publish", "--verify"]) == 0
    assert publications.pending_publications(db) == ()
    desk.files[f"2026/{EDITION}/edition.md"] = b"forged"
    assert run_command(["publish", "--verify"]) == 1
    db.close()


def publish_days(count: int, first: int = 1) -> list[publish.Published]:
    """An edition a day, each telling the strike, published to the place."""
    config, done = load_config(Path("briefing.toml")), []
    db = connect(Path("state/archive.sqlite"))
    for number in range(first, first + count):
        day = datetime(2026, 4, number, 6, tzinfo=UTC)
        content = json.dumps(record(day.date(), (STRIKE, sentence(number)), number=number)).encode()
        made = [Rendition("edition.json", "application/json", content), *files(f"day {number}")[1:]]
        done.append(
            publish.publish_edition(
                db, config, editions.store_edition(db, made, now=day).id, now=day
            )
        )
    db.close()
    return done


def settings(desk: Memory, more: str) -> None:
    Path("briefing.toml").write_text(f'[share]\ntarget = "{desk.place}"\n{more}\n')
    run_command(["publish", "--init", desk.place])


def test_pages_and_copies_of_the_newest_lie_beside_the_editions(desk: Memory) -> None:
    settings(desk, "")

    done = publish_days(2)

    assert [one.warnings for one in done] == [(), ()]
    assert desk.files["latest.md"] == b"# day 2\n"
    story = desk.files[f"storylines/{STRIKE}.html"].decode()
    assert sentence(1) in story
    assert sentence(2) in story
    listed = json.loads(desk.files["site.json"])["pages"]
    assert listed == {name: hashlib.sha256(desk.files[name]).hexdigest() for name in listed}
    assert set(listed) >= {
        "index.html",
        "search.html",
        "feed.xml",
        "editions/2026-04-01-daily.html",
    }
    before = len(desk.order)
    assert publish_days(1, first=2)[0].warnings == ()
    assert len(desk.order) == before


def test_editions_too_many_go_with_their_pages_and_nothing_else_does(desk: Memory) -> None:
    settings(desk, "keep = 2")
    desk.files["2026/2026-04-01-daily/theirs.txt"] = b"not ours"

    publish_days(3)

    places = {name.split("/")[1] for name in desk.files if name.startswith("2026/")}
    assert places == {"2026-04-01-daily", "2026-04-02-daily", "2026-04-03-daily"}
    assert [name for name in desk.files if "04-01" in name] == ["2026/2026-04-01-daily/theirs.txt"]
    assert run_command(["publish", "--verify"]) == 0


@pytest.mark.parametrize("left", range(6, 24, 2))
def test_pages_that_are_cut_off_cost_the_edition_nothing_and_are_mended_by_the_next(
    desk: Memory, left: int
) -> None:
    settings(desk, "keep = 2")
    publish_days(2)
    desk.left = left  # files, sums, manifest and pointer are six; then copies, and pages one by one

    (cut,) = publish_days(1, first=3)
    desk.left = 10_000
    (mended,) = publish_days(1, first=4)

    assert (cut.new, mended.warnings) == (True, ())
    assert all(
        "the connection is lost; the next publication mends it" in warning
        for warning in cut.warnings
    )
    listed = json.loads(desk.files["site.json"])["pages"]
    assert listed == {name: hashlib.sha256(desk.files[name]).hexdigest() for name in listed}
    assert {
        name for name in desk.files if name.endswith((".html", ".xml")) and "edition" not in name
    } <= set(listed)
    assert desk.files["latest.md"] == b"# day 4\n"
    assert not [name for name in desk.files if "04-02" in name]


def test_a_place_that_may_show_halves_gets_no_file_that_is_replaced_but_the_pointer(
    desk: Memory,
) -> None:
    desk.whole = False
    settings(desk, "keep = 1")

    publish_days(2)

    assert sorted(name for name in desk.files if "/" not in name) == [
        ".briefing-target",
        "latest.json",
    ]
    assert not [name for name in desk.files if "04-01" in name]


def test_an_address_stays_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[share]\ntarget = "s3://bucket/news"\n')

    assert load_config(tmp_path / "briefing.toml").share.target == "s3://bucket/news"
