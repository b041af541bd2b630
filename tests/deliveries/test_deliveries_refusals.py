"""Check whom refusals concern, in the words of many servers, and what a run makes of them."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mailserver import MailServer, Script

from briefing.archive.database.connection import connect
from briefing.archive.store import editions, outbox, recipients
from briefing.archive.store.recipients import Recipient
from briefing.deliveries.mail import outbox_run, smtp
from briefing.deliveries.mail.outbox_run import Account
from briefing.deliveries.mail.refusals import classify_refusal, names_dead_mailbox
from briefing.deliveries.mail.session import Outgoing
from briefing.deliveries.mail.smtp import Server, ServerError
from briefing.model import Rendition

NOW = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
RECORD = b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}'
EDITION = "2026-03-05-daily"

# What servers say after RCPT: us, a mailbox that is not there, a recipient for another reason.
US = """
550 relay not permitted
550 5.7.1 Unable to relay
550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain
554 5.7.1 <ada@a.example>: Relay access denied
550 5.7.1 <ada@a.example>... Relaying denied
550 5.7.1 Relaying to <ada@a.example> prohibited by administrator
553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)
504 5.5.2 <desk>: Helo command rejected: need fully-qualified hostname
501 5.5.4 Invalid domain name
503 5.5.1 Bad sequence of commands
554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.example
550 rejected because 192.0.2.7 is in a black list at list.example
554 Your IP (192.0.2.7) has a poor reputation
550 5.7.606 Access denied, banned sending IP [192.0.2.7]
550 5.7.1 [192.0.2.7] Our system has detected that this message is likely unsolicited mail
550 5.4.5 Daily user sending limit exceeded
550 5.7.1 Daily message quota exceeded
451 4.7.1 Client host rejected: cannot find your hostname
550 5.1.7 <desk@example.org>: invalid sender
550 5.1.8 Access denied, bad outbound sender
550 5.1.0 <desk@example.org>: Sender address rejected: Domain not found
550 Sender verify failed
550 5.7.23 The message was rejected because of Sender Policy Framework violation
550 5.7.26 This mail is unauthenticated; the domain's DMARC policy rejects it
550 5.7.25 The sending IP does not have a PTR record
550 5.7.10 Encryption needed
550 5.7.57 Client not authenticated to send mail
535 5.7.8 Error: authentication failed
530 5.7.0 Must issue a STARTTLS command first
538 5.7.11 Encryption required for requested authentication mechanism
550 5.3.2 System not accepting network messages
550 authentication required
550 Your host is not allowed to connect
550 too many messages from you in the last hour
""".strip().splitlines()
MAILBOX = """
550 5.1.1 <ada@a.example>: Recipient address rejected: User unknown in local recipient table
550 5.1.1 The email account that you tried to reach does not exist
550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
550 5.1.1 <ada@a.example>... User unknown
550 5.1.1 <ada@a.example> User doesn't exist: ada@a.example
550 sorry, no mailbox here by that name. (#5.1.1)
550 No such user here
550 No Such User Here"
550 Unrouteable address
550 Unknown user
550 Invalid recipient
550 Requested action not taken: mailbox unavailable
550 5.5.0 Requested action not taken: mailbox unavailable
550 mailbox not found
550 <ada@a.example>: Addressee unknown
550 Account has been disabled: account inactive
550 5.1.2 Host unknown
550 5.1.6 Recipient no longer on server
554 5.1.4 Recipient ambiguous
556 5.1.10 The domain takes no mail
550 Empfänger unbekannt
550 Postfach existiert nicht
550 Benutzer nicht gefunden
550 Destinataire inconnu
550 Adresse inexistante
550 Usuario desconocido
550 El buzón no existe
550 Casella inesistente
550 Gebruiker onbekend
""".strip().splitlines()
OTHER = """
550 5.2.1 The mailbox is disabled
552 5.2.2 Mailbox full
552 Mailbox is full
552 Quota exceeded
550 5.4.1 Recipient address rejected: Access denied
550 5.4.4 Unable to route
450 4.2.0 <ada@a.example>: Recipient address rejected: Greylisted
451 4.7.1 Greylisting in action, please come back later
550 go away
""".strip().splitlines()


def split_reply(reply: str) -> tuple[int, str]:
    code, _, text = reply.partition(" ")
    return int(code), text


@pytest.mark.parametrize(
    ("reply", "concern", "dead"),
    [
        *((reply, "us", False) for reply in US),
        *((reply, "recipient", True) for reply in MAILBOX),
        *((reply, "recipient", False) for reply in OTHER),
    ],
)
def test_a_refusal_concerns_whom_its_code_says_and_its_words_where_it_has_none(
    reply: str, concern: str, dead: bool
) -> None:
    code, text = split_reply(reply)

    assert classify_refusal(code, text, "recipient") == concern
    assert names_dead_mailbox(code, text) is dead


@pytest.mark.parametrize(
    ("reply", "concern"),
    [
        ("550 5.7.1 message content rejected", "message"),
        ("554 5.7.1 spam", "message"),
        ("552 5.3.4 Message size exceeds fixed limit", "message"),
        ("550 5.6.0 Lone CR or LF in body", "message"),
        ("554 Transaction failed", "message"),
        ("550 5.7.26 fails DMARC", "us"),
        ("550 5.1.1 no such user", "recipient"),
        ("552 5.2.2 over quota", "recipient"),
    ],
)
def test_a_refusal_after_the_message_is_its_own_unless_it_names_another(
    reply: str, concern: str
) -> None:
    assert classify_refusal(*split_reply(reply), "message") == concern


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "archive.sqlite", durable=True)
    editions.store_edition(
        connection, [Rendition("edition.json", "application/json", RECORD)], now=NOW
    )
    yield connection
    connection.close()


def freeze(db: sqlite3.Connection, *addresses: str) -> None:
    recipients.add_recipients(db, "daily", [Recipient(address) for address in addresses], now=NOW)
    outbox.freeze_audience(db, EDITION, "daily", domain="example.org", key=b"k", now=NOW, hours=24)


def post(db: sqlite3.Connection, server: MailServer, at: datetime = NOW) -> Account:
    return outbox_run.send_due(
        db, EDITION, "daily",
        connect=lambda: smtp.connect(Server("127.0.0.1", server.port, security="none")),
        compose=lambda message: Outgoing(b"Subject: x\r\n\r\n", b"news\r\n"),
        sender="desk@example.org",
        policy=outbox_run.Policy(suppress_after=1),
        clock=lambda: at,
    )  # fmt: skip


def answering(verb_: str, reply: str, where: str = "") -> Script:
    """The reply to the verb for every recipient whose address holds `where`."""
    last = ""

    def script(verb: str, argument: str, number: int) -> str | None:
        nonlocal last
        last = argument if verb == "RCPT" else last
        return reply if verb == verb_ and where in last else None

    return script


FIVE = tuple(f"r{number}@{domain}.example" for number, domain in enumerate("aabbc"))


@pytest.mark.parametrize("reply", [*US, "550 weather is bad", "550 5.1.1 nobody is known here"])
@pytest.mark.parametrize("place", ["one domain", "several"])
def test_an_answer_that_everybody_gets_is_no_readers_fault(
    db: sqlite3.Connection, reply: str, place: str
) -> None:
    freeze(db, *(f"r{n}@a.example" for n in range(5)) if place == "one domain" else FIVE)
    with MailServer(script=answering("RCPT", reply)) as server, contextlib.suppress(ServerError):
        assert post(db, server).put_off

    assert outbox.count_by_state(db, EDITION).keys() <= {"queued", "retry"}
    assert not any(one.suppressed for one in recipients.load_recipients(db, "daily"))


def test_refusals_at_one_domain_delay_nobody_else(db: sqlite3.Connection) -> None:
    strict = [f"a{number:02}@strict.example" for number in range(12)]
    freeze(db, *strict, "zoe@kind.example", "yan@kind.example")
    for reply in ("550 5.7.1 message content rejected", "550 5.7.26 fails DMARC"):
        with MailServer(script=answering("END", reply, "strict")) as server:
            account = post(db, server)

    assert account.states["sent"] == 2
    assert account.states["queued"] + account.states["retry"] == 12
    assert "failed" not in account.states


def test_a_domain_that_refuses_in_unknown_words_fails_nobody(db: sqlite3.Connection) -> None:
    freeze(db, *(f"a{number}@strict.example" for number in range(5)), "zoe@kind.example")
    with MailServer(script=answering("RCPT", "550 not today", "strict")) as server:
        account = post(db, server)

    assert account.states == {"queued": 2, "sent": 1, "retry": 3}
    assert account.put_off[0].startswith("strict.example: ")


def test_a_dead_mailbox_among_living_ones_is_counted(db: sqlite3.Connection) -> None:
    freeze(db, *(f"r{number}@a.example" for number in range(5)))
    with MailServer(script=answering("RCPT", "550 5.1.1 unknown", "r0@")) as server:
        account = post(db, server)

    assert account.states == {"sent": 4, "failed": 1}
    assert [bool(one.suppressed) for one in recipients.load_recipients(db, "daily")] == [
        True, False, False, False, False,
    ]  # fmt: skip


def test_a_refusal_that_names_no_mailbox_fails_and_is_not_counted(db: sqlite3.Connection) -> None:
    freeze(db, "ada@a.example", "ben@a.example")
    with MailServer(script=answering("RCPT", "552 5.2.2 full", "ada")) as server:
        account = post(db, server, NOW + timedelta(minutes=1))

    assert account.states == {"sent": 1, "failed": 1}
    assert not recipients.load_recipients(db, "daily")[0].suppressed


def test_an_edition_that_reaches_nobody_is_not_complete(db: sqlite3.Connection) -> None:
    recipients.add_recipients(db, "daily", [Recipient("ada@a.example")], now=NOW)
    recipients.suppress_recipient(db, "daily", "ada@a.example", reason="refused", now=NOW)
    freeze(db, "ada@a.example")
    recipients.suppress_recipient(db, "daily", "ada@a.example", reason="refused", now=NOW)
    outbox.withdraw_messages(db, EDITION, "daily")
    with MailServer() as server:
        account = post(db, server)

    assert account.reaches_nobody
    assert not account.complete
