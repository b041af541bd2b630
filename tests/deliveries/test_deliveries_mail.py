"""Mail: every recipient once, whatever the server does; nobody lost, nothing in clear text, no
password anywhere.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import email
import mailbox
import pickle
import socket
import sqlite3
import sys
import traceback
import types
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.policy import SMTP, default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from mailserver import DROP, SILENT, MailServer, Script, certificates, server_context

from briefing.archive.database.connection import connect
from briefing.archive.store import editions, outbox, recipients
from briefing.archive.store.outbox import Message
from briefing.archive.store.recipients import Recipient, parse_recipient
from briefing.deliveries.mail import bounces, envelope, outbox_run, unsubscribe_tokens
from briefing.deliveries.mail.envelope import Letterhead
from briefing.deliveries.mail.outbox_run import Account, Policy
from briefing.deliveries.mail.sendmail import SendmailSession
from briefing.deliveries.mail.session import Outgoing, stuff_dots
from briefing.deliveries.mail.smtp import Server, ServerError
from briefing.deliveries.mail.smtp import connect as dial
from briefing.errors import BriefingError, ConfigError
from briefing.model import Rendition
from briefing.secret import Secret, load_secret

NOW = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)
RECORD = b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}'
EDITION = "2026-03-05-daily"
EML = (
    b"From: someone@else\r\nTo: nobody\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n "
    b"folded\r\nMessage-ID: <x@y>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello.\r\n.\r\n..dots\r\n"
)
HEAD = Letterhead(
    "Désk <desk@example.org>",
    "briefing.example.org",
    ("https://example.org/u?t={token}",),
    b"k" * 32,
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "archive.sqlite", durable=True)
    editions.store_edition(
        connection, [Rendition("edition.json", "application/json", RECORD)], now=NOW
    )
    yield connection
    connection.close()


def audience(db: sqlite3.Connection, count: int) -> list[str]:
    addresses = [f"r{number:03}@example.org" for number in range(count)]
    recipients.add_recipients(db, "daily", [Recipient(address) for address in addresses], now=NOW)
    outbox.freeze_audience(db, EDITION, "daily", domain="example.org", key=b"k", now=NOW, hours=24)
    return addresses


def compose(message: Message) -> Outgoing:
    return envelope.address_letter(
        envelope.parse_letter(EML), message, HEAD, profile="daily", date=NOW
    )


def plain(server: MailServer, **changes: object) -> Server:
    values: dict[str, object] = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "timeout": 60.0,
    }
    return Server(**{**values, **changes})  # type: ignore[arg-type]


def post(
    db: sqlite3.Connection, server: Server, *, at: datetime = NOW, **policy: object
) -> Account:
    return outbox_run.send_due(
        db,
        EDITION,
        "daily",
        connect=lambda: dial(server),
        compose=compose,
        sender="desk@example.org",
        policy=Policy(**policy),  # type: ignore[arg-type]
        clock=lambda: at,
    )


def test_everyone_gets_the_edition_once_over_one_connection(db: sqlite3.Connection) -> None:
    addresses = audience(db, 20)
    with MailServer() as server:
        account = post(db, plain(server))
        again = post(db, plain(server))

    assert [address for address, _ in server.taken] == addresses
    assert account.states == again.states == {"sent": 20}
    assert account.complete
    assert server.connections == 1


def test_nothing_of_a_message_is_sent_before_its_row_says_so(db: sqlite3.Connection) -> None:
    """At each message the server gets, its own row and no other is on its way."""
    audience(db, 8)
    states: list[dict[str, int]] = []
    path = db.execute("PRAGMA database_list").fetchone()["file"]

    def script(verb: str, argument: str, number: int) -> str | None:
        if verb == "END":
            with contextlib.closing(sqlite3.connect(path)) as other:
                rows = other.execute("SELECT state, count(*) FROM outbox GROUP BY state")
                states.append(dict(rows.fetchall()))
                (sending,) = other.execute(
                    "SELECT address FROM outbox WHERE state = 'sending'"
                ).fetchone()
                assert sending == argument
        return None

    with MailServer(script=script) as server:
        post(db, plain(server))

    assert len(server.taken) == 8
    assert states == [
        {key: count for key, count in (("queued", 7 - n), ("sending", 1), ("sent", n)) if count}
        for n in range(8)
    ]


def test_the_audience_is_frozen_before_the_first_message(db: sqlite3.Connection) -> None:
    audience(db, 2)
    recipients.add_recipients(db, "daily", [Recipient("late@example.org")], now=NOW)
    frozen = outbox.freeze_audience(
        db, EDITION, "daily", domain="example.org", key=b"k", now=NOW + timedelta(hours=1), hours=24
    )
    with MailServer() as server:
        assert post(db, plain(server)).states == {"sent": 2}
    assert frozen == NOW


# Fault -> what the server does, the states after one run, whether the run is ended, the states
# after a second run on a sound server (two hours later), how many messages arrive in all of 30.
def refusing(count: int, reply: str) -> Script:
    return lambda verb, argument, number: (
        reply
        if verb == "RCPT" and int(argument[5:8]) < count and argument.startswith("TO:<r")
        else None
    )


def once(verb_: str, reply: str, at: int = 5) -> Script:
    """The reply at the n-th use of the verb alone."""
    uses: Counter[str] = Counter()

    def script(verb: str, argument: str, number: int) -> str | None:
        uses[verb] += 1
        return reply if verb == verb_ and uses[verb] == at else None

    return script


def dropping_after_refusals() -> Script:
    """As Postfix: 421 and gone after 20 refusals on one connection."""
    errors: Counter[int] = Counter()

    def script(verb: str, argument: str, number: int) -> str | None:
        if verb == "RCPT" and int(argument[5:8]) < 25:
            errors[number] += 1
            return (
                "421 4.7.0 Error: too many errors" if errors[number] > 20 else "550 5.1.1 unknown"
            )
        return None

    return script


def always(verb_: str, reply: str) -> Script:
    return lambda verb, argument, number: reply if verb == verb_ else None


def faults() -> dict[str, tuple[Script, dict[str, int], bool, dict[str, int], int]]:
    """Made anew for each test: a script remembers what was asked."""
    return {
        "gone after the message, before its receipt": (
            once("END", DROP), {"sent": 29, "doubt": 1}, False, {"sent": 30}, 30),
        "silent after the message": (once("END", SILENT), {"sent": 29, "doubt": 1}, False, {"sent": 30}, 30),
        "421 in the middle": (once("RCPT", "421 4.3.2 shutting down"), {"sent": 30}, False, {"sent": 30}, 30),
        "gone at the sender": (once("MAIL", DROP), {"sent": 30}, False, {"sent": 30}, 30),
        "gone at DATA": (once("DATA", DROP), {"sent": 30}, False, {"sent": 30}, 30),
        "one put off": (once("RCPT", "450 4.2.0 greylisted"), {"sent": 29, "retry": 1}, False, {"sent": 30}, 30),
        "one refused": (
            once("RCPT", "550 5.1.1 unknown"), {"sent": 29, "failed": 1}, False, {"sent": 29, "failed": 1}, 29),
        "25 refused and gone": (
            dropping_after_refusals(), {"sent": 5, "failed": 25}, False, {"sent": 5, "failed": 25}, 5),
        "message put off": (once("END", "451 4.3.0 later"), {"sent": 29, "retry": 1}, False, {"sent": 30}, 30),
        "message refused for all": (
            always("END", "554 5.7.1 spam"), {"queued": 27, "retry": 3}, True, {"sent": 30}, 30),
        "no relaying": (
            always("RCPT", "554 5.7.1 <x>: Relay access denied"), {"queued": 27, "retry": 3}, True, {"sent": 30}, 30),
        "logging in is asked for": (
            always("MAIL", "530 5.7.0 Authentication required"), {"queued": 27, "retry": 3}, True, {"sent": 30}, 30),
        "gone at every sender": (always("MAIL", DROP), {"queued": 29, "retry": 1}, True, {"sent": 30}, 30),
        "no room": (always("MAIL", "452 4.3.1 no space"), {"queued": 27, "retry": 3}, True, {"sent": 30}, 30),
    }  # fmt: skip


@pytest.mark.parametrize("fault", faults())
def test_a_fault_of_the_server_costs_nobody_else_their_edition(
    db: sqlite3.Connection, fault: str
) -> None:
    script, first, ended, second, arrived = faults()[fault]
    patience = 1.0 if "silent" in fault else 60.0
    audience(db, 30)
    with MailServer(script=script) as faulty, MailServer() as sound:
        if ended:
            with pytest.raises(ServerError, match="nobody was marked as failed"):
                post(db, plain(faulty, timeout=patience))
        else:
            post(db, plain(faulty, timeout=patience))
        assert outbox.count_by_state(db, EDITION) == first
        account = post(db, plain(sound), at=NOW + timedelta(hours=2))

    delivered = Counter(address for address, _ in faulty.taken + sound.taken)
    assert account.states == second
    assert (len(delivered), max(delivered.values())) == (arrived, 1)
    assert len(account.doubtful) == first.get("doubt", 0)


def test_a_message_in_doubt_is_held_when_asked_and_named(db: sqlite3.Connection) -> None:
    audience(db, 10)
    with MailServer(script=once("END", DROP)) as faulty, MailServer() as sound:
        post(db, plain(faulty), resend=False)
        account = post(db, plain(sound), resend=False, at=NOW + timedelta(hours=2))

    assert account.states == {"sent": 9, "doubt": 1}
    assert account.doubtful == ("r004@example.org",)
    assert sound.taken == []


def test_a_second_copy_has_the_same_message_id(db: sqlite3.Connection) -> None:
    audience(db, 1)
    with MailServer() as server:
        post(db, plain(server))
        db.execute("UPDATE outbox SET state = 'sending'")
        post(db, plain(server))

    identities = {email.message_from_bytes(content)["Message-ID"] for _, content in server.taken}
    assert (len(server.taken), len(identities)) == (2, 1)


def test_an_edition_that_ran_out_is_not_tried_any_more(db: sqlite3.Connection) -> None:
    audience(db, 2)
    with MailServer(script=refusing(1, "450 4.2.0 later")) as server:
        post(db, plain(server))
        account = post(db, plain(server), at=NOW + timedelta(hours=25))

    assert account.states == {"sent": 1, "failed": 1}
    assert account.failed == ("r000@example.org: 450 expired; the last answer was: 4.2.0 later",)


def test_retries_wait_longer_each_time_and_not_all_at_once(db: sqlite3.Connection) -> None:
    audience(db, 50)
    rows = outbox.due_messages(db, EDITION, resend=True, now=NOW)

    first = {outbox.retry_delay(row) for row in rows}
    third = [outbox.retry_delay(dataclasses.replace(row, attempts=2)) for row in rows]

    assert len(first) == 50
    assert all(timedelta(seconds=60) <= delay <= timedelta(seconds=75) for delay in first)
    assert all(timedelta(seconds=240) <= delay <= timedelta(seconds=300) for delay in third)
    assert outbox.retry_delay(dataclasses.replace(rows[0], attempts=99)) <= timedelta(seconds=4500)


def test_three_refusals_in_a_row_suppress_an_address_and_adding_it_lifts_that(
    db: sqlite3.Connection,
) -> None:
    for number, day in enumerate((5, 6, 7)):
        record = RECORD.replace(b"05", b"%02d" % day)
        editions.store_edition(db, [Rendition("edition.json", "application/json", record)], now=NOW)
        recipients.add_recipients(
            db, "daily", [Recipient("gone@example.org")], now=NOW
        ) if number == 0 else None
        outbox.freeze_audience(
            db, f"2026-03-0{day}-daily", "daily", domain="example.org", key=b"k", now=NOW, hours=24
        )
        with MailServer(script=always("RCPT", "550 5.1.1 unknown")) as server:
            outbox_run.send_due(
                db, f"2026-03-0{day}-daily", "daily", connect=lambda: dial(plain(server)), compose=compose,
                sender="desk@example.org", clock=lambda: NOW,
            )  # fmt: skip

    (one,) = recipients.load_recipients(db, "daily")
    assert one.suppressed
    assert one.reason == "refused 3 times: 550 5.1.1 unknown"
    assert recipients.add_recipients(db, "daily", [Recipient("gone@example.org")], now=NOW) == 1
    assert not recipients.load_recipients(db, "daily")[0].suppressed


def test_the_suppressed_are_part_of_the_account_and_get_nothing(db: sqlite3.Connection) -> None:
    recipients.add_recipients(
        db, "daily", [Recipient("a@example.org"), Recipient("b@example.org")], now=NOW
    )
    recipients.suppress_recipient(db, "daily", "A@example.org", reason="asked for", now=NOW)
    outbox.freeze_audience(db, EDITION, "daily", domain="example.org", key=b"k", now=NOW, hours=24)
    with MailServer() as server:
        account = post(db, plain(server))

    assert account.states == {"sent": 1, "suppressed": 1}
    assert [address for address, _ in server.taken] == ["b@example.org"]


def test_rates_and_connections_are_limited(db: sqlite3.Connection) -> None:
    audience(db, 6)
    pauses: list[float] = []
    with MailServer() as server:
        outbox_run.send_due(
            db, EDITION, "daily", connect=lambda: dial(plain(server)), compose=compose, sender="desk@example.org",
            policy=Policy(per_minute=120, per_connection=2), clock=lambda: NOW, sleep=pauses.append,
        )  # fmt: skip

    assert server.connections == 3
    assert len(pauses) == 5
    assert sum(pauses) == pytest.approx(
        0.5 * sum(range(1, 6)), rel=0.1
    )  # not really slept: the waits add up


# The connection: what cannot be used is said, and nothing is ever sent in clear text.


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificates(tmp_path_factory.mktemp("tls"))


def test_mail_goes_over_verified_tls(db: sqlite3.Connection, pem: tuple[Path, Path]) -> None:
    audience(db, 3)
    ca, both = pem
    for security, at_once in (("starttls", False), ("smtps", True)):
        with MailServer(context=server_context(both), tls_at_once=at_once) as server:
            target = plain(
                server,
                host="localhost",
                security=security,
                ca_file=str(ca),
                user="u",
                password=Secret("p"),
            )
            session = dial(target)
            assert session._smtp.sock is not None
            assert session._smtp.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
            assert session.send("desk@example.org", "a@example.org", Outgoing(b"", EML)).code == 250
            session.close()
        assert len(server.taken) == 1


REFUSALS: dict[str, tuple[Script, dict[str, object], str]] = {
    "no TLS offered": (lambda v, a, n: "250 test" if v == "EHLO" else None, {}, "offers no STARTTLS"),
    "TLS refused": (lambda v, a, n: "454 4.7.0 not now" if v == "STARTTLS" else None, {}, "refuses TLS"),
    "unknown CA": (lambda v, a, n: None, {"ca_file": None}, "certificate is not trusted"),
    "other host": (lambda v, a, n: None, {"host": "127.0.0.1"}, "certificate is not trusted"),
    "wrong password": (
        lambda v, a, n: "535 5.7.8 authentication failed" if v == "AUTH" else None, {}, "refuses user 'desk'"),
    "no logging in": (lambda v, a, n: "250-test\r\n250 STARTTLS" if v == "EHLO" else None, {}, "lets nobody log in"),
    "silent": (lambda v, a, n: SILENT if v == "GREETING" else None, {}, "cannot be reached"),
    "busy": (lambda v, a, n: "421 4.3.2 busy" if v == "GREETING" else None, {}, "421 4.3.2 busy"),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSALS)
def test_a_server_that_cannot_be_trusted_gets_nothing_and_nobody_fails(
    db: sqlite3.Connection, pem: tuple[Path, Path], fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    script, changes, message = REFUSALS[fault]
    audience(db, 3)
    with MailServer(script=script, context=server_context(pem[1])) as server:
        values: dict[str, object] = {
            "host": "localhost", "security": "starttls", "ca_file": str(pem[0]),
            "user": "desk", "password": Secret("Pa55-w0rd"), "timeout": 1.0 if fault == "silent" else 60.0,
        }  # fmt: skip
        with pytest.raises(ServerError, match=message) as refusal:
            post(db, plain(server, **{**values, **changes}))

    assert outbox.count_by_state(db, EDITION) == {"queued": 3}
    assert server.taken == []
    assert "Pa55-w0rd" not in "".join(traceback.format_exception(refusal.value)) + caplog.text
    clear = [line for line in server.seen if line[0] in {"MAIL", "DATA"}]
    assert clear == []


def test_a_password_in_any_alphabet_logs_in_or_is_refused_without_being_told(
    db: sqlite3.Connection, pem: tuple[Path, Path]
) -> None:
    audience(db, 1)
    with MailServer(context=server_context(pem[1])) as server:
        target = plain(
            server,
            host="localhost",
            security="starttls",
            ca_file=str(pem[0]),
            user="desk",
            password=Secret("Pässwörd"),
        )
        server.script = lambda verb, argument, number: "535 5.7.8 no" if verb == "AUTH" else None
        with pytest.raises(ServerError, match="refuses user 'desk'") as refusal:
            post(db, target)
        server.script = lambda verb, argument, number: None
        post(db, target)

    assert "Pässwörd" not in "".join(traceback.format_exception(refusal.value))
    told = [argument.split()[1] for verb, argument in server.seen if verb == "AUTH"]
    assert [base64.b64decode(word).decode() for word in told] == ["\0desk\0Pässwörd"] * 2
    assert len(server.taken) == 1


def test_a_server_that_is_not_there_is_named(db: sqlite3.Connection) -> None:
    audience(db, 1)
    with (
        socket.socket() as taken
    ):  # bound and deaf: nobody else gets the port, and nobody answers at it
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(
            ServerError, match=f"127.0.0.1:{port}: the mail server cannot be reached"
        ):
            post(db, Server(host="127.0.0.1", port=port, security="none", timeout=1.0))


def test_clear_text_goes_to_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.deliveries.mail.smtp._is_local", lambda smtp: False)
    with (
        MailServer() as server,
        pytest.raises(ServerError, match="another machine and the connection is not encrypted"),
    ):
        dial(plain(server))
    with MailServer() as server:
        dial(plain(server, security="none-anywhere")).close()


# Messages


def test_a_message_is_the_rendition_with_the_recipients_own_head() -> None:
    row = Message(
        EDITION, "ada@example.org", "Ada Bérg", "<1@example.org>", "queued", 0, 0, None, None
    )

    mail = email.message_from_bytes(bytes(compose(row)), policy=default)

    assert mail["To"] == "Ada Bérg <ada@example.org>"
    assert mail["From"] == "Désk <desk@example.org>"
    assert mail["Subject"] == "Café folded"
    assert mail.get_all("Message-ID") == ["<1@example.org>"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<briefing.example.org>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = mail["List-Unsubscribe"].partition("t=")[2].rstrip(">")
    assert unsubscribe_tokens.verify_token(HEAD.key, token) == ("daily", "ada@example.org")
    assert mail.get_content() == "Hello.\r\n.\r\n..dots\r\n"


def test_the_text_arrives_with_its_dots(db: sqlite3.Connection) -> None:
    audience(db, 1)
    with MailServer() as server:
        post(db, plain(server))

    assert server.taken[0][1].partition(b"\r\n\r\n")[2] == b"Hello.\r\n.\r\n..dots\r\n"


@given(body=some.binary(max_size=60) | some.text("\r\n.x", max_size=20).map(str.encode))
def test_no_text_ends_a_message_early(body: bytes) -> None:
    sent = stuff_dots(b"Subject: x\r\n\r\n") + stuff_dots(body) + b".\r\n"

    assert sent.endswith(b"\r\n.\r\n")
    assert b"\r\n.\r\n" not in sent[:-3]
    assert b"\n" not in sent.replace(b"\r\n", b"")


def test_a_pdf_is_attached_beside_the_message() -> None:
    letter = envelope.parse_letter(EML, attachment=("edition.pdf", b"%PDF-" + bytes(range(256))))
    row = Message(EDITION, "ada@example.org", None, "<1@example.org>", "queued", 0, 0, None, None)

    content = bytes(envelope.address_letter(letter, row, HEAD, profile="daily", date=NOW))
    mail = email.message_from_bytes(content, policy=SMTP)

    assert mail.get_content_type() == "multipart/mixed"
    first, second = mail.iter_parts()
    assert first.get_content() == "Hello.\r\n.\r\n..dots\r\n"
    assert (second.get_content(), second.get_filename()) == (
        b"%PDF-" + bytes(range(256)),
        "edition.pdf",
    )
    assert mail["Subject"] == "Café folded"


@pytest.mark.parametrize(
    "text",
    ["", "ada", "ada@", "@example.org", "a b@example.org", "ada@example.org\r\nBcc: x@y.z", "ä@example.org", "a@b@c.d",
     "a" * 65 + "@example.org", "ada@exam ple.org", "ada@example.org, ben@example.org",
     "Ada <ada@example.org>, ben@example.org", "Ada\u202e <ada@example.org>", "Ada\u2028 <ada@example.org>"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BriefingError, match="no address mail can be sent to"):
        parse_recipient(text)


def test_a_forged_token_leaves_nobody_out(tmp_path: Path) -> None:
    key = unsubscribe_tokens.load_key(tmp_path)
    token = unsubscribe_tokens.sign_token(key, "daily", "Ada@example.org")

    assert unsubscribe_tokens.load_key(tmp_path) == key
    assert (tmp_path / unsubscribe_tokens.KEY).stat().st_mode & 0o777 == 0o600
    assert unsubscribe_tokens.verify_token(key, token) == ("daily", "ada@example.org")
    for forged in (
        "",
        "x",
        token[:-1],
        token[1:],
        unsubscribe_tokens.sign_token(b"other", "daily", "ada@example.org"),
        "ä.ö",
    ):
        with pytest.raises(BriefingError, match="no token of ours"):
            unsubscribe_tokens.verify_token(key, forged)


# Passwords


def test_a_secret_shows_itself_nowhere() -> None:
    one = Secret("Pa55-w0rd")

    assert f"{one} {one!r} {one!s} {[one]} {one:>9}" == "*** *** *** [***] ***"
    assert "Pa55-w0rd" not in repr(Server("mail.example.org", password=one))
    with pytest.raises(TypeError, match="not written anywhere"):
        pickle.dumps(one)
    assert one.reveal() == "Pa55-w0rd"


def test_a_password_is_found_where_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "smtp").write_text("from file\n")
    environment = {"SMTP": "from env", "CREDENTIALS_DIRECTORY": str(tmp_path)}
    keyring = types.SimpleNamespace(get_password=lambda service, user: f"from {service} of {user}")
    monkeypatch.setitem(sys.modules, "keyring", keyring)

    found = [
        load_secret(place, whose="mail: password", environment=environment).reveal()
        for place in ("env:SMTP", f"file:{tmp_path}/smtp", "credential:smtp", "keyring:ring")
    ]

    assert found == ["from env", "from file", "from file", "from ring of briefing"]
    for place in ("env:NONE", "file:/nonexistent", "credential:none", "Pa55-w0rd"):
        with pytest.raises(ConfigError, match="name where it is kept") as refusal:
            load_secret(place, whose="mail: password", environment=environment)
        assert "Pa55-w0rd" not in str(refusal.value)


# Other ways out


def test_the_local_sendmail_takes_messages_and_its_exit_codes_count(tmp_path: Path) -> None:
    program = tmp_path / "sendmail"
    program.write_text(
        f'#!/bin/sh\ncat > {tmp_path}/mail; echo "$@" > {tmp_path}/arguments; exit '
        f"$(cat {tmp_path}/code)\n"
    )
    program.chmod(0o755)
    answers = []
    for code in (0, 67, 75, 70):
        (tmp_path / "code").write_text(str(code))
        answers.append(
            SendmailSession(str(program)).send(
                "desk@example.org", "ada@example.org", Outgoing(b"", EML)
            )
        )

    assert [(answer.code, answer.about) for answer in answers] == [
        (250, "message"), (550, "recipient"), (450, "us"), (550, "us"),
    ]  # fmt: skip
    assert (tmp_path / "arguments").read_text() == "-i -f desk@example.org -- ada@example.org\n"
    assert (tmp_path / "mail").read_bytes() == EML.replace(b"\r\n", b"\n")
    with pytest.raises(ServerError, match="cannot be started"):
        SendmailSession(str(tmp_path / "none")).send("a@b", "c@d", Outgoing(b"", EML))


def test_lmtp_delivers_to_a_mailbox_server(db: sqlite3.Connection) -> None:
    audience(db, 2)
    with MailServer() as server:
        account = post(db, plain(server, transport="lmtp"))

    assert account.states == {"sent": 2}
    assert server.seen[0][0] == "LHLO"


# Bounces

DSN = """From: MAILER-DAEMON@mx.example.org
To: desk@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; r000@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: {kind}

From: desk@example.org
Message-ID: {message_id}
Subject: News

--b--
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_returned_message_marks_its_row_and_counts_as_a_refusal(
    db: sqlite3.Connection, kind: str
) -> None:
    audience(db, 2)
    with MailServer() as server:
        post(db, plain(server))
    identity = outbox.load_messages(db, EDITION)[0].message_id
    report = DSN.format(action="failed", status="5.1.1", kind=kind, message_id=identity).encode()

    found = bounces.parse_bounces(report)
    addresses = bounces.apply_bounces(db, found, suppress_after=1, now=NOW)
    again = bounces.apply_bounces(db, found, suppress_after=1, now=NOW)

    assert (addresses, again) == (("r000@example.org",), ())
    assert outbox.count_by_state(db, EDITION) == {"sent": 1, "failed": 1}
    assert recipients.load_recipients(db, "daily")[0].suppressed


@pytest.mark.parametrize(
    "content",
    [
        DSN.format(
            action="delayed", status="4.4.1", kind="message/rfc822", message_id="<x@y>"
        ).encode(),
        b"Subject: I am on holiday\r\nAuto-Submitted: auto-replied\r\n\r\n5.1.1 failed <x@y>",
        b"",
        b"\xff\x00" * 99,
        DSN.partition("--b\nContent-Type: {kind}")[0]
        .format(action="failed", status="5.1.1")
        .encode(),
        b'Content-Type: multipart/report; boundary="b"\n\n--b\n'
        + b"Content-Type: message/rfc822\n\n" * 9_000,
        b'Content-Type: multipart/report; boundary="b0"\n\n'
        + b"".join(
            b'--b%d\nContent-Type: multipart/mixed; boundary="b%d"\n\n' % (n, n + 1)
            for n in range(3_000)
        ),
    ],
    ids=[
        "a delay",
        "a holiday",
        "nothing",
        "noise",
        "no message",
        "messages in each other",
        "parts in each other",
    ],
)
def test_other_mail_is_no_bounce(content: bytes) -> None:
    assert bounces.parse_bounces(content) == ()


@given(content=some.binary(max_size=300).map(lambda noise: DSN.encode()[:400] + noise))
def test_no_report_however_broken_is_an_error(content: bytes) -> None:
    bounces.parse_bounces(content)


def test_reports_are_read_from_a_maildir_an_mbox_a_folder_and_a_file(tmp_path: Path) -> None:
    report = DSN.format(action="failed", status="5.1.1", kind="message/rfc822", message_id="<x@y>")
    mailbox.Maildir(tmp_path / "maildir").add(report.encode())
    with_from = mailbox.mbox(tmp_path / "mbox")
    with_from.add(report.encode())
    with_from.close()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "1.eml").write_text(report)

    for place in ("maildir", "mbox", "folder", "folder/1.eml"):
        assert [
            bool(bounces.parse_bounces(content))
            for content in bounces.load_messages(tmp_path / place)
        ] == [True], place
    with pytest.raises(BriefingError, match="no such file"):
        list(bounces.load_messages(tmp_path / "none"))
