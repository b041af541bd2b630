"""Passwords of a whole morning (feed, mailbox, mail server) are in no file, database, log, message
or traceback.
"""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import loopback
import pytest
from loopback import Site
from mailserver import MailServer, certificates, server_context

from briefing.cli import run_command

SECRETS = {"FEED": "Feed-Pa55w0rd-1x", "BOX": "Box-Pa55w0rd-2y", "SMTP": "Smtp-Pa55w0rd-3z"}
COMMANDS = (
    ["collect"], ["run", "--due"], ["send"], ["send", "--test", "me@example.org"], ["send", "--dry-run", "mails"],
    ["status"], ["config"], ["doctor"], ["sources", "list"], ["sources", "health"], ["sources", "export"],
    ["recipients", "list"], ["recipients", "bounces"], ["archive", "export"], ["archive", "reread"],
    ["schedule", "show"],
)  # fmt: skip
CONFIGURATION = """
[[sources]]
kind = "feed"
location = "http://ann@127.0.0.1:{site}/feed"
password = "env:FEED"
private = true
[[sources]]
kind = "mail"
location = "imap://ann@127.0.0.1:{dead}/INBOX"
password = "env:BOX"
[mail]
server = "localhost"
port = {smtp}
ca_file = "{ca}"
user = "desk"
password = "env:SMTP"
sender = "desk@example.org"
returned = "imap://ann@127.0.0.1:{dead}/INBOX"
[schedule]
due = "00:00"
operator = "ops@example.org"
log = "log.jsonl"
metrics = "metrics.prom"
[collect]
pause = 0
"""


def spellings(secret: str) -> set[bytes]:
    """The password, and as servers are told it."""
    raw = secret.encode()
    said = [raw, b"ann:" + raw, b"\0desk\0" + raw, b"\0ann\0" + raw]
    return {raw} | {base64.b64encode(each).rstrip(b"=") for each in said}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A workspace whose feed and mail server ask for passwords, and whose mailbox is not there."""
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    ca, both = certificates(tmp_path)
    yesterday = f"{datetime.now(UTC) - timedelta(days=1):%a, %d %b %Y}".encode()
    feed = loopback.text(
        loopback.rss(4).replace(b"Thu, 05 Mar 2026", yesterday), "application/rss+xml"
    )
    right = "Basic " + base64.b64encode(f"ann:{SECRETS['FEED']}".encode()).decode()

    def asking(handler: object) -> None:
        answer = feed if handler.headers.get("Authorization") == right else loopback.status(401)  # type: ignore[attr-defined]
        answer(handler)  # type: ignore[arg-type]

    with Site() as site, MailServer(context=server_context(both)) as smtp, socket.socket() as dead:
        dead.bind(("127.0.0.1", 0))  # bound and deaf
        site.pages["/feed"] = asking
        (folder / "briefing.toml").write_text(
            CONFIGURATION.format(site=site.port, smtp=smtp.port, ca=ca, dead=dead.getsockname()[1])
        )
        yield folder
        assert smtp.taken


def test_no_password_is_anywhere_after_a_whole_morning(
    desk: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_command(["recipients", "add", "ada@example.org"])
    codes = [run_command(command) for command in COMMANDS]
    monkeypatch.setenv("FEED", SECRETS["FEED"] + "-wrong")
    monkeypatch.setenv("SMTP", SECRETS["SMTP"] + "-wrong")
    codes += [
        run_command(command)
        for command in (
            ["collect", "--early"],
            ["run", "--due"],
            ["send", "--test", "x@example.org"],
        )
    ]

    said = capfd.readouterr()
    everything = {str(path): path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    everything |= {
        "stdout": said.out.encode(),
        "stderr": said.err.encode(),
        "log": caplog.text.encode(),
    }
    found = [
        (place, secret)
        for place, content in everything.items()
        for secret in SECRETS.values()
        if any(spelling in content for spelling in spellings(secret))
    ]

    assert found == []
    assert codes[2] == 0, said.err  # the edition was made and sent, with the right passwords
    assert any(path.endswith(".sqlite") for path in everything)
