"""Mail against a real Postfix: kills, faults, returned mail, speed. Run by `make test-slow`."""

from __future__ import annotations

import random
import smtplib
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mailserver import MailServer
from mortal import Mortal, mortal
from postfix import PASSWORD, Postfix, postfix

from briefing.archive.database.connection import connect
from briefing.archive.store import editions, outbox, recipients
from briefing.archive.store.outbox import Message
from briefing.archive.store.recipients import Recipient
from briefing.deliveries.mail import bounces, envelope, outbox_run
from briefing.deliveries.mail.envelope import Letterhead
from briefing.deliveries.mail.outbox_run import Account, Policy
from briefing.deliveries.mail.session import Outgoing
from briefing.deliveries.mail.smtp import Server, ServerError
from briefing.deliveries.mail.smtp import connect as dial
from briefing.model import Rendition
from briefing.secret import Secret

pytestmark = pytest.mark.slow

HEAD = Letterhead(
    "desk@example.org", "briefing.example.org", ("https://example.org/u?t={token}",), b"k" * 32
)
LINES = b"".join(
    b"The harbour closed at noon on day %d, and the dockers went home.\r\n" % n for n in range(640)
)
EML = (
    b"Subject: News\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n" + LINES
)  # 42 kB, as an edition
KILLS = 100
AN_EDITION = (
    8  # kills of one: spread over it, as each comes after an eighth of its steps on average
)
READERS = 300


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    running = postfix()
    running.start()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def emptied(server: Postfix) -> None:
    server.access("")
    server.clear()


def particulars(server: Postfix, **changes: object) -> Server:
    values: dict[str, object] = {
        "host": "localhost", "port": server.port, "ca_file": str(server.home / "ca.pem"), "user": "desk",
        "password": Secret(PASSWORD),
    }  # fmt: skip
    return Server(**{**values, **changes})  # type: ignore[arg-type]


def told(line: str) -> None:
    """Figures for whoever runs the tests with -s; docs/reliability.md keeps the last ones."""
    sys.stdout.write(line + "\n")


def edition(db: sqlite3.Connection, day: int, addresses: list[str]) -> str:
    record = b'{"profile": "daily", "date": "2026-03-%02d", "briefs": [], "leads": []}' % day
    stored = editions.store_edition(
        db, [Rendition("edition.json", "application/json", record)], now=datetime.now(UTC)
    )
    recipients.add_recipients(
        db, "daily", [Recipient(address) for address in addresses], now=datetime.now(UTC)
    )
    outbox.freeze_audience(
        db, stored.id, "daily", domain="example.org", key=b"k", now=datetime.now(UTC), hours=24
    )
    return stored.id


def readers(count: int = READERS) -> list[str]:
    return [f"r{number:03}@example.org" for number in range(count)]


def post(
    db: sqlite3.Connection, edition_: str, server: Server, policy: Policy = Policy(), ahead: int = 0
) -> Account:
    letter = envelope.parse_letter(EML)

    def compose(message: Message) -> Outgoing:
        return envelope.address_letter(
            letter, message, HEAD, profile="daily", date=datetime(2026, 3, 5, tzinfo=UTC)
        )

    return outbox_run.send_due(
        db, edition_, "daily", connect=lambda: dial(server), compose=compose, sender=HEAD.address, policy=policy,
        clock=lambda: datetime.now(UTC) + timedelta(hours=ahead),
    )  # fmt: skip


def sender(home: str, port: int, path: str, edition_: str, resend: bool) -> None:
    """What is killed: `post` as a run calls it."""
    db = connect(Path(path), durable=True)
    post(db, edition_, particulars(Postfix(Path(home), port)), Policy(resend=resend))


def killed_until_done(
    work: Mortal, rng: random.Random, most: int, steps: int, *arguments: object
) -> int:
    """Start the work again and again, kill it `most` times, at one of the first `steps` or a moment
    after, and let it end; how often it was killed.
    """
    kills = 0
    for _ in range(most):
        after = rng.choice((0.0, rng.uniform(0.0001, 0.005)))
        kills += work.dies(rng.randint(1, steps), *arguments, after=after)
    work.steps(*arguments)
    return kills


@pytest.mark.parametrize("resend", [True, False])
def test_a_sender_killed_at_random_moments_loses_nobody(
    server: Postfix, tmp_path: Path, resend: bool
) -> None:
    rng = random.Random(20260305)  # a seed, so that a failure can be looked at again
    kills = lost = copies = unnamed = held = begun = steps = day = 0
    with mortal("test_slow_mail", "sender") as work:
        while kills < (KILLS if resend else KILLS // 4):
            day += 1
            path = tmp_path / f"{day}.sqlite"
            db = connect(path, durable=True)
            id_ = edition(db, 1, readers())
            arguments = (str(server.home), server.port, str(path), id_, resend)
            if steps:
                kills += killed_until_done(
                    work, rng, AN_EDITION, 2 * steps // AN_EDITION, *arguments
                )
            else:
                steps = work.steps(*arguments)
            arrived = server.arrived()
            doubtful = outbox.doubtful_messages(db, id_)
            named = {message.message_id for message in doubtful}
            begun += len(doubtful)
            account = outbox.count_by_state(db, id_)
            rows = {message.message_id for message in outbox.load_messages(db, id_)}
            assert arrived.keys() <= rows
            held += account.get("doubt", 0)
            lost += len(rows - arrived.keys() - (named if not resend else set()))
            copies += sum(arrived.values()) - len(arrived)
            unnamed += len(
                [key for key, count in arrived.items() if count > 1 and key not in named]
            )
            db.close()
            server.clear()

    told(
        f"\nresend={resend}: {kills} kills, {day * READERS} messages: {lost} lost, "
        f"{copies} second copies, {held} held"
    )
    assert (lost, unnamed) == (0, 0)
    assert copies <= (kills if resend else 0)
    assert begun  # kills came while messages were on their way


def test_refusals_of_postfix_cost_no_good_reader_their_edition(
    server: Postfix, tmp_path: Path
) -> None:
    """30 refused in a row: Postfix hangs up after 20; some put off; three answers in a row that
    speak of us let the rest of their domain wait a run; later all that can arrive has arrived.
    """
    server.access(
        "/^r0[012][0-9]@/ 550 5.1.1 no such user\n/^r03[0-4]@/ 450 4.2.0 greylisted\n"
        "/^r04[0-2]@/ 554 5.7.1 rejected by the reader's rule\n"
    )
    db = connect(tmp_path / "archive.sqlite", durable=True)
    id_ = edition(db, 1, readers(120))

    first = post(db, id_, particulars(server))
    server.access(
        "/^r0[012][0-9]@/ 550 5.1.1 no such user\n/^r04[0-2]@/ 554 5.7.1 rejected by "
        "the reader's rule\n"
    )
    second = post(db, id_, particulars(server), ahead=2)

    assert first.states == {"queued": 77, "sent": 5, "retry": 8, "failed": 30}
    assert second.states == {"sent": 87, "retry": 3, "failed": 30}
    assert len(server.arrived()) == 87
    db.close()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"password": Secret("wrong")}, "refuses user 'desk'"),
        ({"ca_file": None}, "certificate is not trusted"),
        ({"host": "127.0.0.1"}, "certificate is not trusted"),
        ({"user": None}, "Relay access denied|nobody was marked"),
        ({"security": "none"}, "lets nobody log in"),
    ],
)
def test_postfix_that_cannot_be_used_marks_nobody(
    server: Postfix, tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    db = connect(tmp_path / "archive.sqlite", durable=True)
    id_ = edition(db, 1, [f"r{number}@elsewhere.example" for number in range(5)])

    with pytest.raises(ServerError, match=message):
        post(db, id_, particulars(server, **changes))

    assert "failed" not in outbox.count_by_state(db, id_)
    assert not server.arrived()
    db.close()


def test_mail_that_postfix_returns_finds_its_row(server: Postfix, tmp_path: Path) -> None:
    db = connect(tmp_path / "archive.sqlite", durable=True)
    id_ = edition(db, 1, [*readers(5), *(f"r{number}@gone.example" for number in range(20))])
    with MailServer(
        script=lambda verb, argument, number: "550 5.1.1 no such user" if verb == "RCPT" else None
    ) as hop:
        server.access("", f"/@gone\\.example$/ smtp:[127.0.0.1]:{hop.port}\n")
        assert post(db, id_, particulars(server)).states == {"sent": 25}
        for _ in range(1800):
            reports = [bounce for mail in server.mails() for bounce in bounces.parse_bounces(mail)]
            if len(reports) == 20:
                break
            time.sleep(0.1)
    found = bounces.apply_bounces(db, reports, suppress_after=1, now=datetime.now(UTC))

    assert sorted(found) == sorted(f"r{number}@gone.example" for number in range(20))
    assert outbox.count_by_state(db, id_) == {"sent": 5, "failed": 20}
    assert sum(bool(one.suppressed) for one in recipients.load_recipients(db, "daily")) == 20
    db.close()


def rate(server: Postfix, path: Path, count: int, *, durable: bool) -> float:
    db = connect(path, durable=durable)
    id_ = edition(db, 1, readers(count))
    started = time.monotonic()
    assert post(db, id_, particulars(server)).states == {"sent": count}
    db.close()
    return count / (time.monotonic() - started)


def test_everybody_is_sent_to_with_either_ledger_and_the_speed_is_told(
    server: Postfix, tmp_path: Path
) -> None:
    """Beside smtplib, which waits for the server at each of its steps. Figures: python -m
    benchmarks mail.
    """
    relaxed = rate(server, tmp_path / "relaxed.sqlite", 300, durable=False)
    full = rate(server, tmp_path / "full.sqlite", 300, durable=True)
    context = ssl.create_default_context(cafile=str(server.home / "ca.pem"))
    with smtplib.SMTP("localhost", server.port, timeout=60) as smtp:
        smtp.starttls(context=context)
        smtp.login("desk", PASSWORD)
        started = time.monotonic()
        for number in range(30):
            smtp.sendmail("desk@example.org", [f"r{number}@example.org"], EML)
        bare = 30 / (time.monotonic() - started)

    told(
        f"\nmessages a second: {relaxed:.0f} ledger NORMAL, {full:.0f} ledger FULL, "
        f"{bare:.0f} smtplib by itself"
    )
    assert sum(server.arrived().values()) == 630


def test_the_password_is_in_no_file_of_a_run(server: Postfix, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD)
    (tmp_path / "password").chmod(0o600)
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "briefing.toml").write_text(
        f'[mail]\nserver = "localhost"\nport = {server.port}\nca_file = '
        f'"{server.home}/ca.pem"\nuser = "desk"\n'
        f'password = "file:{tmp_path}/password"\nsender = "desk@example.org"\n'
    )
    db = connect(desk / "state" / "archive.sqlite")
    record = b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}'
    files = [
        Rendition("edition.json", "application/json", record),
        Rendition("edition.eml", "message/rfc822", EML),
    ]
    editions.store_edition(db, files, now=datetime.now(UTC))
    db.close()
    said = b""
    for command in (["recipients", "add", *readers(3)], ["send"], ["send", "--test", "me@example.org"],
                    ["send", "--dry-run", "mails"], ["archive", "export"]):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "briefing", *command], cwd=desk, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()
        said += done.stdout + done.stderr
    (tmp_path / "password").write_text("wrong")
    config = (desk / "briefing.toml").read_text().replace('user = "desk"', 'user = "nobody"')
    (desk / "briefing.toml").write_text(config)
    (tmp_path / "password").write_text(PASSWORD)
    done = subprocess.run([sys.executable, "-X", "dev", "-m", "briefing", "send", "--test", "x@example.org"], cwd=desk,
                          capture_output=True)  # fmt: skip

    assert done.returncode == 1
    said += (
        done.stdout
        + done.stderr
        + b"".join(path.read_bytes() for path in desk.rglob("*") if path.is_file())
    )
    assert PASSWORD.encode() not in said
    assert len(server.arrived()) == 4
