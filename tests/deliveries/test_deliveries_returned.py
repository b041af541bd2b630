"""Check what is made of returned mail in the forms of many programs and languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.archive.database.connection import connect
from briefing.archive.store import editions, outbox, recipients
from briefing.archive.store.outbox import Outcome
from briefing.archive.store.recipients import Recipient
from briefing.config import Config
from briefing.deliveries.mail import bounces, unsubscribe_tokens
from briefing.deliveries.mail.returned_mail import parse_returned
from briefing.model import Rendition
from briefing.service.distribution.bounces import collect_returned

NOW = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
KEY = b"k" * 32
RECORD = '{{"profile": "daily", "date": "{day}", "briefs": [], "leads": []}}'
ADA = "ada@example.org"

STATUS = """Content-Type: message/delivery-status

Reporting-MTA: dns; mx.remote.example

Final-Recipient: rfc822; ada@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
"""
REPORT = f"""Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: text/plain

It could not be delivered.

--B
{STATUS}
--B
Content-Type: message/rfc822

From: The Desk <desk@example.org>
To: ada@example.org
Message-ID: @ID@
Subject: 5 March

body

--B--
"""
HEAD = "From: MAILER-DAEMON@remote.example\nTo: desk@example.org\nSubject: Undeliverable\n"
TEXT = "From: {sender}\nTo: desk@example.org\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{said}\n"
COPY = "\n--- Below this line is a copy of the message.\n\nMessage-ID: @ID@\nSubject: 5 March\n"


def words(sender: str, subject: str, said: str) -> str:
    return TEXT.format(sender=sender, subject=subject, said=said)


WITHOUT = REPORT.replace("Message-ID: @ID@\n", "Message-ID: <rewritten.1@relay.example>\n")
COUNTED = {
    "RFC 3464": HEAD + REPORT,
    "wrapped by a gateway": f"{HEAD}Content-Type: multipart/mixed; boundary=A\n\n--A\n{REPORT}\n--A--\n",
    "Message-ID in In-Reply-To": f"{HEAD}In-Reply-To: @ID@\n{WITHOUT}",
    "Message-ID in References": f"{HEAD}References: <x@y>\n @ID@\n{WITHOUT}",
    "X-Original-Message-ID": HEAD
    + WITHOUT.replace("Reporting-MTA", "X-Original-Message-ID: @ID@\nReporting-MTA"),
    "SMTPUTF8": HEAD
    + REPORT.replace("message/delivery-status", "message/global-delivery-status")
    .replace("message/rfc822", "message/global")
    .replace("rfc822; ada", "utf-8; ada"),
    "heads in UTF-8": HEAD + REPORT.replace("message/rfc822", "message/global-headers"),
    "a token of ours": HEAD
    + WITHOUT.replace("Subject: 5 March", "List-Unsubscribe: <https://e.example/u?t=@TOKEN@>"),
    "a token on two lines": HEAD
    + WITHOUT.replace(
        "Subject: 5 March", "List-Unsubscribe: <https://e.example/a>,\n <https://e.example/@TOKEN@>"
    ),
    "qmail": words(
        "MAILER-DAEMON@mx.example",
        "failure notice",
        "Hi. This is the qmail-send program at mx.example.\n\n<ada@example.org>:\n"
        "Sorry, no mailbox here by that name. (#5.1.1)\n" + COPY,
    ),
    "Exim": words(
        "Mail Delivery System <Mailer-Daemon@mx.example>",
        "Mail delivery failed: returning message to sender",
        "A message that you sent could not be delivered.\n\n  ada@example.org\n"
        "    Unrouteable address\n\n------ This is a copy of the message ------\n\nMessage-ID: @ID@\n",
    ),
    "German": words(
        "postmaster@mx.example",
        "Unzustellbar: 5 March",
        "Ihre Nachricht hat nicht alle Empfänger erreicht:\n ada@example.org\n"
        "Empfänger unbekannt\n" + COPY,
    ),
    "French": words(
        "postmaster@mx.example", "Non remis", "ada@example.org: destinataire inconnu\n" + COPY
    ),
    "Spanish": words(
        "postmaster@mx.example", "No entregado", "ada@example.org: usuario desconocido\n" + COPY
    ),
    "Italian": words(
        "postmaster@mx.example", "Non recapitabile", "ada@example.org: utente sconosciuto\n" + COPY
    ),
    "Dutch": words(
        "postmaster@mx.example", "Onbestelbaar", "ada@example.org: ontvanger onbekend\n" + COPY
    ),
    "a code and no words": words(
        "Mail System <x@mx.example>", "Returned mail", "ada@example.org 550 5.1.1\n" + COPY
    ),
}
NAMED = {  # by address and day, or for another reason than the mailbox: marked and not counted
    "rewritten by a relay": HEAD + WITHOUT,
    "German, without the message": words(
        "postmaster@mx.example", "Unzustellbar", "ada@example.org, 550 5.1.1 RecipNotFound"
    ),
    "full": HEAD + REPORT.replace("5.1.1", "5.2.2").replace("no such user", "mailbox full"),
    "a blocklist": HEAD + REPORT.replace("5.1.1", "5.7.1").replace("no such user", "blocked"),
    "too late": HEAD + REPORT.replace("5.1.1", "4.4.7").replace("no such user", "expired"),
}
UNCLEAR = {
    "no reason": words("postmaster@mx.example", "Hello", "Something happened to your message."),
    "Greek": words("MAILER-DAEMON@mx.example", "Αποτυχία", "Το μήνυμα δεν παραδόθηκε."),
    "a status without a fate": f"{HEAD}{REPORT.replace('Action: failed', 'Action: odd')}",
}
NOTHING = {
    "a delay": HEAD + REPORT.replace("Action: failed", "Action: delayed"),
    "a delay in words": words(
        "MAILER-DAEMON@mx.example", "Warning: message delayed", "ada@example.org\n4.4.1" + COPY
    ),
    "a holiday": words(
        f"Ada <{ADA}>\nAuto-Submitted: auto-replied\nReturn-Path: <>",
        "Re: 5 March",
        "I am away. 5.1.1 @ID@",
    ),
    "a letter": words(f"Ada <{ADA}>\nIn-Reply-To: @ID@", "Re: 5 March", "User unknown? Thanks!"),
    "a letter that quotes the way out": words(
        f"Ada <{ADA}>", "Re: 5 March", "Do not unsubscribe me!\n> " + "news " * 300 + "@TOKEN@"
    ),
    "a forged Message-ID": HEAD
    + REPORT.replace("@ID@", "<2026-03-05-daily." + "0" * 32 + "@example.org>").replace(
        "ada@", "nobody@"
    ),
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "archive.sqlite", durable=True)
    recipients.add_recipients(connection, "daily", [Recipient(ADA)], now=NOW)
    yield connection
    connection.close()


def send_edition(db: sqlite3.Connection, day: int = 5) -> str:
    """The day's edition as sent; the Message-ID of Ada's."""
    record = RECORD.format(day=f"2026-03-{day:02}").encode()
    at = NOW + timedelta(days=day - 5)
    editions.store_edition(db, [Rendition("edition.json", "application/json", record)], now=at)
    edition = f"2026-03-{day:02}-daily"
    outbox.freeze_audience(db, edition, "daily", domain="example.org", key=KEY, now=at, hours=24)
    (message,) = outbox.load_messages(db, edition)
    if message.state == "queued":
        outbox.settle_message(db, message, Outcome("sent", 250), now=at)
    return message.message_id


def apply(db: sqlite3.Connection, text: str, identity: str, most: int = 1) -> tuple[str, ...]:
    token = unsubscribe_tokens.sign_token(KEY, "daily", ADA)
    content = text.replace("@ID@", identity).replace("@TOKEN@", token).encode()
    at = NOW + timedelta(hours=1)
    found = parse_returned(content)
    return bounces.apply_returned(db, found, key=KEY, suppress_after=most, now=at)


def is_suppressed(db: sqlite3.Connection) -> bool:
    return bool(recipients.load_recipients(db, "daily")[0].suppressed)


@pytest.mark.parametrize("form", COUNTED)
def test_a_report_of_any_form_is_found_by_what_only_we_can_write(
    db: sqlite3.Connection, form: str
) -> None:
    identity = send_edition(db)

    assert apply(db, COUNTED[form], identity) == (ADA,)
    assert is_suppressed(db)
    assert apply(db, COUNTED[form], identity) == ()


@pytest.mark.parametrize("form", NAMED)
def test_what_is_not_proved_or_not_the_mailboxs_fault_is_named_and_not_counted(
    db: sqlite3.Connection, form: str
) -> None:
    assert apply(db, NAMED[form], send_edition(db)) == (ADA,)
    assert outbox.count_by_state(db, "2026-03-05-daily") == {"failed": 1}
    assert not is_suppressed(db)


@pytest.mark.parametrize("form", NOTHING)
def test_delays_holidays_letters_and_forgeries_count_for_nothing(
    db: sqlite3.Connection, form: str
) -> None:
    assert apply(db, NOTHING[form], send_edition(db)) == ()
    assert outbox.count_by_state(db, "2026-03-05-daily") == {"sent": 1}
    assert not is_suppressed(db)


def test_what_is_not_understood_is_counted_and_kept(db: sqlite3.Connection, tmp_path: Path) -> None:
    send_edition(db)
    folder = tmp_path / "mails"
    folder.mkdir()
    for number, text in enumerate((*UNCLEAR.values(), NOTHING["a letter"])):
        (folder / f"{number}.eml").write_text(text, encoding="utf-8")
    config = Config(state=str(tmp_path / "state"))

    found = collect_returned(db, config, str(folder), now=NOW)
    collect_returned(db, config, str(folder), now=NOW)

    assert (found.addresses, found.unclear) == ((), len(UNCLEAR))
    assert len(list((tmp_path / "state" / "returned").iterdir())) == len(UNCLEAR)


def test_a_complaint_suppresses_at_once_also_after_many_are_needed(db: sqlite3.Connection) -> None:
    arf = HEAD + REPORT.replace("delivery-status", "feedback-report", 1).replace(
        STATUS, "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"
    )
    identity = send_edition(db)

    assert apply(db, arf.replace("@ID@", "<other@relay.example>"), identity, most=9) == ()
    assert apply(db, arf, identity, most=9) == (f"{ADA}: complained",)
    assert is_suppressed(db)


@pytest.mark.parametrize(
    "mail",
    [
        words(f"Ada <{ADA}>", "unsubscribe @TOKEN@", ""),
        words("someone@else.example", "=?utf-8?q?unsubscribe_?= @TOKEN@", "please"),
        words(f"Ada <{ADA}>", "unsubscribe", "@TOKEN@"),
        words(f"Ada <{ADA}>\nDelivered-To: leave+@TOKEN@@example.org", "", ""),
    ],
)
def test_a_mail_to_our_own_way_out_suppresses(db: sqlite3.Connection, mail: str) -> None:
    assert apply(db, mail, send_edition(db)) == (f"{ADA}: unsubscribed",)
    assert apply(db, mail.replace("@TOKEN@", "x" * 20 + "." + "y" * 22), "") == ()


def test_a_dead_mailbox_behind_a_relay_is_found_after_as_many_days(db: sqlite3.Connection) -> None:
    for day in (5, 6, 7):
        assert not is_suppressed(db)
        apply(db, HEAD + REPORT, send_edition(db, day), most=3)

    assert recipients.load_recipients(db, "daily")[0].reason.startswith("refused 3 times: returned")  # type: ignore[union-attr]


def test_returns_with_a_delivery_between_are_not_in_a_row(db: sqlite3.Connection) -> None:
    first, _, third = (send_edition(db, day) for day in (5, 6, 7))
    for identity in (third, first):
        apply(db, HEAD + REPORT, identity, most=2)

    assert not is_suppressed(db)


def test_late_reports_of_several_days_add_up_in_any_order(db: sqlite3.Connection) -> None:
    for identity in reversed([send_edition(db, day) for day in (5, 6, 7)]):
        apply(db, HEAD + REPORT, identity, most=3)

    assert is_suppressed(db)
