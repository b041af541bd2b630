"""Sources against a real Dovecot, and killed at work: nothing lost, doubled or marked. Run by `make
test-slow`.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import loopback
import pytest
from collector import NOW, origins, stored
from dovecot import PASSWORD, Dovecot, dovecot
from loopback import Site
from mortal import mortal

from briefing.archive.database.connection import connect, open_archive
from briefing.archive.store import editions, outbox, recipients
from briefing.archive.store.outbox import Outcome
from briefing.archive.store.recipients import Recipient
from briefing.config import Config
from briefing.errors import BriefingError
from briefing.model import Document, Rendition
from briefing.service.distribution.bounces import collect_returned
from briefing.settings import MailSettings
from briefing.sources import SourceState, Visit, collect_mail

pytestmark = pytest.mark.slow

LETTERS = 500
KILLS = 30
LETTER = """From: Letter <letter@example.org>\r
To: desk@example.org\r
Subject: Morning letter {0}\r
Message-ID: <letter.{0}@example.org>\r
Date: Thu, 05 Mar 2026 06:00:00 +0100\r
\r
The harbour reopened on Thursday. {0}.\r
"""


def letter(number: int) -> bytes:
    return LETTER.format(number).encode()


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    """500 newsletters that nobody has read."""
    with dovecot([letter(number) for number in range(LETTERS)]) as running:
        yield running
        assert len(list(running.box.rglob("*.host*"))) == LETTERS


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOX", PASSWORD)


def read(
    server: Dovecot, state: SourceState, location: str | None = None, **settings: object
) -> tuple[list[Document], SourceState]:
    visit = Visit(state, NOW)
    asked = {"password": "env:BOX", "ca_file": server.ca, "backfill": 20_000, **settings}
    found = [
        thing
        for thing in collect_mail(location or server.location, visit=visit, **asked)
        if isinstance(thing, Document)
    ]
    return found, visit.state


def test_every_one_of_500_letters_is_read_once_over_tls_and_none_is_marked(
    server: Dovecot, password: None
) -> None:
    state, found = SourceState(), []

    for _ in range(6):
        some, state = read(server, state, items=120)
        found += some

    assert [document.origin for document in found] == [
        f"localhost/INBOX#letter.{number}@example.org" for number in range(LETTERS)
    ]
    assert all(document.content == letter(number) for number, document in enumerate(found))
    assert server.unseen() == LETTERS


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"password": "env:HOME"}, "AUTHENTICATIONFAILED"),
        ({"location": "Nowhere"}, "there is no folder 'Nowhere'"),
        ({"ca_file": None}, "certificate verify failed"),
        ({"location": "127.0.0.1"}, "certificate verify failed"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_read(
    server: Dovecot, password: None, changes: dict[str, str | None], message: str
) -> None:
    place = changes.pop("location", None)
    location = (
        server.location.replace("localhost" if place == "127.0.0.1" else "INBOX", place)
        if place
        else None
    )

    with pytest.raises(BriefingError, match=message) as refusal:
        read(server, SourceState(), location, **changes)

    assert PASSWORD not in str(refusal.value)


def test_a_visit_that_is_killed_between_letters_again_and_again_resumes(
    server: Dovecot, tmp_path: Path, password: None
) -> None:
    settings = {"password": "env:BOX", "ca_file": server.ca, "backfill": 20_000, "items": 1000}
    sources = [["mail", server.location, settings]]
    killed, left = 0, []
    with mortal("collector", "collect") as work:
        steps = work.steps(str(tmp_path / "once"), sources)
        for part in (0.7, 0.2, 0.15, 0.1, 0.1, 0.05):  # of all there was to do
            killed += work.dies(max(1, int(part * steps)), str(tmp_path), sources)
            left.append(stored(tmp_path))
        work.steps(str(tmp_path), sources)

    assert killed
    assert 0 < left[0] < LETTERS  # it came in the middle of the letters
    assert origins(tmp_path) == {
        f"localhost/INBOX#letter.{number}@example.org": 1 for number in range(LETTERS)
    }
    assert server.unseen() == LETTERS


def test_a_collection_that_is_killed_thirty_times_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Two visits of twelve feeds at a time: the states are forgotten, the documents are there."""
    rng = random.Random(11)
    kills = unfinished = 0
    with Site() as site, mortal("collector", "collect") as work:
        site.pages |= {
            f"/feed/{n}": loopback.conditional(loopback.rss(60, f"F{n}")) for n in range(12)
        }
        sources = [["feed", f"{site.url}/feed/{n}", {"private": True}] for n in range(12)]
        steps = work.steps(str(tmp_path / "once"), sources)
        while kills < KILLS:
            if (
                stored(tmp_path) >= 12 * 60
            ):  # through: the states are forgotten, so that there is work to kill
                forget(tmp_path, documents=kills % 2 == 0)
            after = rng.choice((0.0, rng.uniform(0.0001, 0.01)))
            if work.dies(rng.randint(1, int(0.9 * steps)), str(tmp_path), sources, after=after):
                kills += 1
                unfinished += stored(tmp_path) < 12 * 60
        work.steps(str(tmp_path), sources)

    found = origins(tmp_path)
    assert set(found.values()) == {1}
    assert len(found) == 12 * 60
    assert unfinished  # kills came in the middle of it
    with open_archive(tmp_path / "archive.sqlite") as db:
        assert db.execute("SELECT count(*) FROM receipt WHERE fetch IS NULL").fetchone()[0] == 0


def forget(folder: Path, *, documents: bool) -> None:
    """The states of the sources; and what they gave, so that it has to come again."""
    with open_archive(folder / "archive.sqlite") as db:
        db.execute("DELETE FROM source_state")
        if documents:
            for table in ("receipt", "fetch", "document"):
                db.execute(f"DELETE FROM {table}")


REPORT = """From: MAILER-DAEMON@example.org\r
Message-ID: <report.{0}@mx.example.org>\r
Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.example.org\r
\r
Final-Recipient: rfc822; {1}\r
Action: failed\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 5.1.1 no such user\r
\r
--b\r
Content-Type: text/rfc822-headers\r
\r
Message-ID: {2}\r
\r
--b--\r
"""


def test_returned_mail_is_read_from_a_folder_of_a_mail_server_and_not_again(
    tmp_path: Path, password: None
) -> None:
    now = datetime.now(UTC)
    db = connect(tmp_path / "archive.sqlite", durable=True)
    ids = [an_edition(db, reader, now) for reader in ("daily", "sport")]
    rows = [outbox.load_messages(db, id_)[0] for id_ in ids]
    reports = [REPORT.format(n, row.address, row.message_id).encode() for n, row in enumerate(rows)]
    with dovecot([letter(0), *reports, letter(1)]) as server:
        stamp_now(server)
        settings = MailSettings(
            returned=server.location,
            returned_password="env:BOX",
            ca_file=server.ca,
            suppress_after=1,
        )
        first = collect_returned(db, Config(mail=settings), None, now=now)
        second = collect_returned(db, Config(mail=settings), None, now=now)
        unseen = server.unseen()

    assert first.addresses == ("gone@example.org", "gone@example.org")
    assert (second.addresses, unseen) == ((), 4)
    assert [outbox.count_by_state(db, id_) for id_ in ids] == [{"failed": 1}, {"failed": 1}]
    assert [
        bool(recipients.load_recipients(db, reader)[0].suppressed) for reader in ("daily", "sport")
    ] == [True, True]
    db.close()


def stamp_now(server: Dovecot) -> None:
    """Delivered just now: a first look does not go back for years."""
    for path in (server.box / "new").iterdir():
        path.touch()


def an_edition(db: sqlite3.Connection, reader: str, now: datetime) -> str:
    """Sent to one address: what never left cannot come back."""
    record = b'{"profile": "%s", "date": "2026-03-05", "briefs": [], "leads": []}' % reader.encode()
    stored_ = editions.store_edition(
        db, [Rendition("edition.json", "application/json", record)], now=now
    )
    recipients.add_recipients(db, reader, [Recipient("gone@example.org")], now=now)
    outbox.freeze_audience(
        db, stored_.id, reader, domain="example.org", key=b"k", now=now, hours=24
    )
    for message in outbox.load_messages(db, stored_.id):
        outbox.settle_message(db, message, Outcome("sent", 250, "queued"), now=now)
    return stored_.id
