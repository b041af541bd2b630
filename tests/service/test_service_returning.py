"""Returned mail in a run of the day: read before anything is mailed, named, and never in the way of
an edition.
"""

from __future__ import annotations

import json
import mailbox
import socket
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from mailserver import MailServer

from briefing.archive.database.connection import connect
from briefing.archive.store import outbox, recipients, source_states
from briefing.archive.store.recipients import Recipient
from briefing.config import Config
from briefing.model import Rendition, Window
from briefing.service.distribution import bounces
from briefing.service.morning.due import Made, run_due_editions
from briefing.service.report import Report
from briefing.settings import MailSettings

NOON = datetime.now(UTC).replace(
    hour=12, minute=0, second=0, microsecond=0
)  # a mailbox is read 30 days back
DAY = timedelta(days=1)
EML = b"Subject: News\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello.\r\n"
REPORT = """From: MAILER-DAEMON@mx.example.org
Subject: Returned ({number})
Message-ID: <report.{number}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ada@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--b--
"""


def edition(db: sqlite3.Connection, day: date, window_: Window) -> Made:
    record = json.dumps(
        {"profile": "daily", "date": day.isoformat(), "briefs": [], "leads": []}
    ).encode()
    files = (
        Rendition("edition.json", "application/json", record),
        Rendition("edition.eml", "message/rfc822", EML),
    )
    return Made(files)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def config(tmp_path: Path, server: MailServer) -> Config:
    """Two readers; returned mail lies in a maildir, and one report is enough."""
    mail = MailSettings(
        server="127.0.0.1", port=server.port, security="none", sender="desk@example.org", timeout=30.0,
        returned=str(tmp_path / "returned"), suppress_after=1,
    )  # fmt: skip
    mailbox.Maildir(tmp_path / "returned", create=True)
    found = Config(output=str(tmp_path / "output"), state=str(tmp_path / "state"), mail=mail)
    db = archive(found)
    recipients.add_recipients(
        db, "daily", [Recipient("ada@example.org"), Recipient("ben@example.org")], now=NOON
    )
    db.close()
    return found


def archive(config: Config) -> sqlite3.Connection:
    return connect(Path(config.state) / "archive.sqlite")


def wake(config: Config, now: datetime = NOON) -> Report:
    return run_due_editions(config, clock=lambda: now, make=edition)


def returns(config: Config, number: int = 0) -> None:
    """The last message to Ada comes back."""
    db = archive(config)
    newest = db.execute(
        "SELECT message_id FROM outbox WHERE address = 'ada@example.org' ORDER BY edition DESC"
    ).fetchone()
    db.close()
    report = REPORT.format(number=number, message_id=newest["message_id"])
    mailbox.Maildir(config.mail.returned or "").add(report.encode())


def test_what_came_back_is_named_once_and_costs_only_its_reader_the_next_edition(
    config: Config, server: MailServer
) -> None:
    wake(config)
    returns(config)
    second, third = wake(config, NOON + DAY), wake(config, NOON + 2 * DAY)

    assert (second.troubles, second.exit) == (["returned by a mail system: ada@example.org"], 3)
    assert second.sent == {"sent": 1, "suppressed": 1}
    assert (third.troubles, third.exit) == ([], 0)
    assert [address for address, _ in server.taken] == ["ada@example.org", *["ben@example.org"] * 3]


@pytest.mark.parametrize(
    ("returned", "fault"),
    [
        ("/nowhere/returned", "no such mailbox"),
        ("imap://desk@127.0.0.1:1/INBOX", "Connection refused"),
        ("imaps://desk@127.0.0.1:1/Zurückgesandt", "Connection refused"),
    ],
)
def test_a_mailbox_that_cannot_be_read_spoils_no_run_and_is_told_once(
    config: Config, server: MailServer, returned: str, fault: str
) -> None:
    broken = replace(config, mail=replace(config.mail, returned=returned, returned_password=None))

    first, second = wake(broken), wake(broken, NOON + DAY)

    db = archive(config)
    state = source_states.load_state(db, f"returned {returned}") or {}
    db.close()
    assert first.sent == second.sent == {"sent": 2}
    assert len(first.troubles) == 1
    assert first.troubles[0].startswith("returned mail: ")
    assert fault in first.troubles[0]
    assert (first.exit, second.fresh, state["failures"]) == (3, [], 2)


def test_a_mailbox_that_hangs_costs_a_run_its_time_alone(
    config: Config, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounces, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"imap://desk@127.0.0.1:{silent.getsockname()[1]}/INBOX"
        report = wake(replace(config, mail=replace(config.mail, returned=place)))

    assert report.sent == {"sent": 2}
    assert (
        [trouble for trouble in report.troubles if "no end after 0.5 seconds" in trouble]
        == report.troubles
        != []
    )


def test_runs_of_one_hour_look_once(config: Config, server: MailServer) -> None:
    server.script = lambda verb, argument, number: (
        "450 later" if verb == "RCPT" and "ben" in argument else None
    )
    wake(config)
    returns(config)

    soon, later = (
        wake(config, NOON + timedelta(minutes=30)),
        wake(config, NOON + timedelta(minutes=61)),
    )

    assert soon.troubles == []
    assert later.troubles == [
        "returned by a mail system: ada@example.org",
        f"{NOON.date()}-daily: not sent to ada@example.org: returned: 5.1.1 550 5.1.1 no such user",
    ]


def test_a_report_about_a_message_that_never_left_is_not_believed(
    config: Config, server: MailServer
) -> None:
    server.script = lambda verb, argument, number: "450 later" if verb == "RCPT" else None
    wake(config)
    returns(config)

    report = wake(config, NOON + timedelta(hours=2))

    db = archive(config)
    states_ = outbox.count_by_state(
        db, report.editions[0] if report.editions else f"{NOON.date()}-daily"
    )
    db.close()
    assert (report.troubles, states_) == ([], {"retry": 2})


def test_who_leaves_while_a_message_is_put_off_does_not_get_it(
    config: Config, server: MailServer
) -> None:
    server.script = lambda verb, argument, number: (
        "450 later" if verb == "RCPT" and "ben" in argument else None
    )
    wake(config)
    db = archive(config)
    recipients.suppress_recipient(db, "daily", "Ben@example.org", reason="unsubscribed", now=NOON)
    db.close()
    server.script = lambda verb, argument, number: None

    later, after = wake(config, NOON + timedelta(hours=2)), wake(config, NOON + timedelta(hours=3))

    assert (later.sent, later.exit) == ({"sent": 1, "suppressed": 1}, 0)
    assert [address for address, _ in server.taken] == ["ada@example.org"]
    assert after.idle
