"""Signed mail: what dkimpy and OpenDKIM verify, and what they refuse after a change."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import dkim
import pytest

from briefing.archive.store.outbox import Message
from briefing.config import Config
from briefing.deliveries.mail import envelope
from briefing.deliveries.mail.dkim import Signer, load_signer
from briefing.deliveries.mail.dkim import sign_message as signed_by_all
from briefing.deliveries.mail.envelope import Letterhead
from briefing.errors import ConfigError
from briefing.service.distribution import mail as mailing
from briefing.settings import MailSettings

NOW = datetime(2026, 3, 5, 5, tzinfo=UTC)
EML = (
    b"Subject: News\r\nMIME-Version: 1.0\r\nContent-Type: "
    b"text/plain\r\n\r\nHello.\r\n.\r\n..dots\r\n"
)
HEAD = Letterhead(
    "Desk <desk@example.org>",
    "briefing.example.org",
    ("https://example.org/u?t={token}",),
    b"k" * 32,
)
ROW = Message(
    "2026-03-05-daily", "ada@example.org", "Ada Bérg", "<1@example.org>", "queued", 0, 0, None, None
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dkim") / "key.pem"
    subprocess.run(["openssl", "genrsa", "-out", path, "2048"], check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An Ed25519 key."""
    path = tmp_path_factory.mktemp("dkim") / "short.pem"
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519", "-out", path],
        check=True,
        capture_output=True,
    )
    return path


@pytest.fixture(scope="module")
def short_record(short: Path) -> str:
    command = ["openssl", "pkey", "-in", short, "-pubout", "-outform", "DER"]
    public = subprocess.run(command, check=True, capture_output=True).stdout[-32:]
    return f"v=DKIM1; k=ed25519; p={base64.b64encode(public).decode()}"


@pytest.fixture(scope="module")
def record(key: Path) -> str:
    """What stands in the DNS."""
    shown = subprocess.run(
        ["openssl", "rsa", "-in", key, "-pubout"], check=True, capture_output=True, text=True
    ).stdout
    return "v=DKIM1; k=rsa; p=" + "".join(shown.splitlines()[1:-1])


def signed(key: Path) -> bytes:
    made: Signer = load_signer(str(key), domain="example.org", selector="briefing")
    content = envelope.address_letter(
        envelope.parse_letter(EML), ROW, HEAD, profile="daily", date=NOW
    )
    return bytes(made.sign(content))


def stands(content: bytes, record: str) -> bool:
    def asked(name: bytes, timeout: int = 5) -> bytes | None:
        return record.encode() if name == b"briefing._domainkey.example.org." else None

    return bool(dkim.verify(content, dnsfunc=asked))


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "a word of the body": lambda mail: mail.replace(b"Hello", b"Hallo"),
    "the subject": lambda mail: mail.replace(b"Subject: News", b"Subject: Views"),
    "one-click": lambda mail: mail.replace(
        b"List-Unsubscribe=One-Click", b"List-Unsubscribe=Never"
    ),
    "the way out": lambda mail: mail.replace(b"https://example.org/u", b"https://example.com/u"),
    "the reader": lambda mail: mail.replace(b"ada@example.org", b"eve@example.org"),
    "a second sender": lambda mail: b"From: eve@example.org\r\n" + mail,
}


def test_a_signed_message_is_verified_and_a_changed_one_is_not(key: Path, record: str) -> None:
    content = signed(key)

    assert stands(content, record)
    assert [name for name, change in CHANGES.items() if stands(change(content), record)] == []
    assert all(change(content) != content for change in CHANGES.values())


def _stands(content: bytes, place: int, records: dict[bytes, str]) -> bool:
    """Whether this one of its signatures does."""
    try:
        return bool(
            dkim.DKIM(content).verify(place, dnsfunc=lambda name, timeout=5: records[name].encode())
        )
    except dkim.ValidationError:
        return False


def test_a_message_signed_twice_stands_by_either_signature(
    key: Path, short: Path, record: str, short_record: str
) -> None:
    config = Config(mail=MailSettings(dkim_key=str(key), dkim_ed25519_key=str(short)))
    content = envelope.address_letter(
        envelope.parse_letter(EML), ROW, HEAD, profile="daily", date=NOW
    )
    records = {
        b"briefing._domainkey.example.org.": record,
        b"briefing-ed25519._domainkey.example.org.": short_record,
    }

    mail = bytes(signed_by_all(content, mailing.load_signers(config, HEAD)))

    def verified(changed: bytes) -> list[bool]:
        return [_stands(changed, place, records) for place in range(2)]

    assert verified(mail) == [True, True]
    for name, change in CHANGES.items():
        assert verified(change(mail)) == [False, False], name


def test_a_short_key_is_read_as_dkimpys_own_program_writes_it_too(
    short: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.key"
    pem = "".join(short.read_text().splitlines()[1:-1])
    bare.write_text(base64.b64encode(base64.b64decode(pem)[-32:]).decode() + "\n")
    content = envelope.address_letter(
        envelope.parse_letter(EML), ROW, HEAD, profile="daily", date=NOW
    )

    made = [
        load_signer(str(path), domain="example.org", selector="s", setting="dkim_ed25519_key")
        for path in (short, bare)
    ]

    signatures = [
        bytes(one.sign(content)).partition(b" b=")[2].partition(b"\r\nFrom:")[0] for one in made
    ]
    assert made[0].key.reveal() == made[1].key.reveal()
    assert all(signatures)


@pytest.mark.parametrize("content", [None, "no key at all", "AAAA"])
def test_what_is_no_short_key_is_told_before_anything_is_sent(
    tmp_path: Path, key: Path, content: str | None
) -> None:
    path = tmp_path / "key.pem"
    path.write_text(content or key.read_text())

    with pytest.raises(
        ConfigError, match=r"mail: dkim_ed25519_key: .*key\.pem holds no private Ed25519 key"
    ) as refusal:
        load_signer(str(path), domain="example.org", selector="s", setting="dkim_ed25519_key")

    assert "AAAA" not in str(refusal.value)


BROKEN = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"


@pytest.mark.parametrize("content", [None, "no key at all", BROKEN])
def test_what_cannot_sign_is_told_before_anything_is_sent(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "key.pem"
    if content:
        path.write_text(content)

    with pytest.raises(ConfigError, match=r"mail: dkim_key: .*key\.pem") as refusal:
        load_signer(str(path), domain="example.org", selector="briefing")

    assert "AAAA" not in str(refusal.value)


def opendkim() -> str:
    """The program, installed with apt where it is missing; else the test is left out, saying so."""
    found = shutil.which("opendkim", path="/usr/sbin:/usr/bin")
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "opendkim"]
        subprocess.run(
            ["apt-get", "update", "-qq"], capture_output=True, check=False, env=environment
        )
        subprocess.run(command, capture_output=True, check=False, env=environment)
        found = shutil.which("opendkim", path="/usr/sbin:/usr/bin")
    if not found:
        pytest.skip("left out: opendkim is not installed; on Debian: apt-get install opendkim")
    return found


@pytest.mark.slow
def test_opendkim_verifies_what_we_sign(key: Path, record: str, tmp_path: Path) -> None:
    program = opendkim()
    (tmp_path / "zone").write_text(f"briefing._domainkey.example.org {record}\n")
    (tmp_path / "conf").write_text(
        f"Mode v\nSyslog no\nTestDNSData file:{tmp_path}/zone\nUserID root\n"
    )
    said = []
    for name, content in (
        ("good", signed(key)),
        ("bad", CHANGES["a word of the body"](signed(key))),
    ):
        (tmp_path / name).write_bytes(content)
        done = subprocess.run(
            [program, "-x", tmp_path / "conf", "-vv", "-t", tmp_path / name],
            capture_output=True,
            text=True,
        )
        said.append(done.stdout + done.stderr)

    assert "dkim=pass" in said[0], said[0]
    assert "dkim=fail" in said[1], said[1]
