"""`briefing send` and `briefing recipients`, as a user calls them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mailserver import MailServer

from briefing.archive.database.connection import connect
from briefing.archive.store import editions
from briefing.cli import run_command
from briefing.deliveries.mail import unsubscribe_tokens
from briefing.model import Rendition
from briefing.schedule.lock import hold_lock

RECORD = b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}'
EML = b"Subject: News\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello.\r\n"
NOW = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: MailServer) -> Path:
    (tmp_path / "briefing.toml").write_text(
        f'[mail]\nserver = "127.0.0.1"\nport = {server.port}\nsecurity = '
        '"none"\nsender = "Desk <desk@example.org>"\n'
    )
    db = connect(tmp_path / "state" / "archive.sqlite")
    files = [
        Rendition("edition.json", "application/json", RECORD),
        Rendition("edition.eml", "message/rfc822", EML),
    ]
    editions.store_edition(db, files, now=NOW)
    db.close()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_edition_is_sent_once_however_often_it_is_asked_for(
    desk: Path, server: MailServer, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["recipients", "add", "Ada Berg <ada@example.org>", "ben@example.org"]) == 0
    assert run_command(["send"]) == 0
    assert run_command(["send", "--date", "2026-03-05"]) == 0

    assert [address for address, _ in server.taken] == ["ada@example.org", "ben@example.org"]
    out, err = capfd.readouterr()
    assert out == "added 2\n2026-03-05-daily: 2 sent\n2026-03-05-daily: 2 sent\n"
    assert err == ""


def test_somebody_refused_is_named_with_exit_code_3(
    desk: Path, server: MailServer, capfd: pytest.CaptureFixture[str]
) -> None:
    server.script = lambda verb, argument, number: (
        "550 5.1.1 gone" if verb == "RCPT" and "ada" in argument else None
    )
    run_command(["recipients", "add", "ada@example.org", "ben@example.org"])

    assert run_command(["send"]) == 3

    out, err = capfd.readouterr()
    assert out.endswith("2026-03-05-daily: 1 sent, 1 failed\n")
    assert err == "failed: ada@example.org: 550 5.1.1 gone\n"


def test_a_trial_goes_to_one_address_and_is_not_in_the_outbox(
    desk: Path, server: MailServer
) -> None:
    run_command(["recipients", "add", "ada@example.org"])

    assert run_command(["send", "--test", "me@example.org"]) == 0
    assert run_command(["send"]) == 0

    assert [address for address, _ in server.taken] == ["me@example.org", "ada@example.org"]


def test_a_dry_run_writes_every_message_and_sends_none(
    desk: Path, server: MailServer, capfd: pytest.CaptureFixture[str]
) -> None:
    run_command(["recipients", "add", "ada@example.org", "ben@example.org"])
    run_command(["recipients", "suppress", "ben@example.org"])
    capfd.readouterr()

    assert run_command(["send", "--dry-run", "mails"]) == 0

    (path,) = capfd.readouterr().out.splitlines()
    assert b"To: ada@example.org\r\n" in Path(path).read_bytes()
    assert server.connections == 0


def test_a_second_sender_leaves_at_once_with_75(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with hold_lock(desk / "state" / "daily.lock", what="daily"):
        assert run_command(["send"]) == 75
    assert "another run is at work" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("config", "code", "message"),
    [
        ('[mail]\nserver = "127.0.0.1"\n', 78, "mail: sender: nothing is set"),
        ('[mail]\nsender = "desk@example.org"\n', 78, "mail: server: nothing is set"),
        ('[mail]\nsender = "desk"\n', 78, "'desk' is no address"),
        ('[mail]\npassword = "hunter2"\n', 78, "the password itself must not stand here"),
        (
            '[mail]\nsender = "d@e.org"\nserver = "x"\npassword = "env:NOT_SET"\n',
            78,
            "nothing is found at 'env:NOT_SET'",
        ),
        (
            '[mail]\nsender = "d@e.org"\nserver = "127.0.0.1"\nport = 1\nsecurity = "none"\n',
            1,
            "cannot be reached",
        ),
    ],
)
def test_what_is_missing_is_said(
    desk: Path, config: str, code: int, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    run_command(["recipients", "add", "ada@example.org"])
    (desk / "briefing.toml").write_text(config)

    assert run_command(["send"]) == code
    assert message in capfd.readouterr().err


def test_recipients_come_and_go(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "readers.csv").write_text("name,address\nAda Berg,ada@example.org\n,ben@example.org\n")
    token = unsubscribe_tokens.sign_token(
        unsubscribe_tokens.load_key(desk / "state"), "daily", "ben@example.org"
    )

    assert run_command(["recipients", "import", "readers.csv"]) == 0
    assert run_command(["recipients", "import", "readers.csv"]) == 0
    assert run_command(["recipients", "unsubscribe", token]) == 0
    assert (
        run_command(["recipients", "import", "readers.csv"]) == 0
    )  # a list knows nothing of who left
    assert run_command(["recipients", "remove", "ada@example.org"]) == 0
    assert run_command(["recipients", "remove", "ada@example.org"]) == 1
    assert run_command(["recipients", "add", "nobody"]) == 1
    capfd.readouterr()
    assert run_command(["recipients", "list"]) == 0

    assert capfd.readouterr().out.startswith("ben@example.org  (suppressed 2")


def test_returned_mail_is_read_from_a_file(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "holiday.eml").write_text("Subject: I am away\n\nSee you.\n")

    assert run_command(["recipients", "bounces", "holiday.eml"]) == 0
    assert run_command(["recipients", "bounces", "nowhere"]) == 1
    assert capfd.readouterr().out == ""


def test_an_edition_made_by_hand_is_not_mistaken_for_the_one_to_be_sent(
    desk: Path, capfd: pytest.CaptureFixture[str], server: MailServer
) -> None:
    run_command(["recipients", "add", "ada@example.org"])
    for number, name in enumerate(("2026-03-05-daily", "2026-03-05-daily-extra")):
        folder = desk / "output" / name
        folder.mkdir(parents=True)
        (folder / "edition.json").write_text("{}")
        os.utime(folder / "edition.json", (number, number))

    refused = [run_command([command]) for command in ("send", "publish")]
    told = capfd.readouterr().err
    sent = run_command(["send", "--date", "2026-03-05"])

    assert 0 not in refused
    assert "2026-03-05-daily-extra: it is newer and was made by hand" in told
    assert sent == 0
    assert server.taken
