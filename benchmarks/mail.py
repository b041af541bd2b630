"""What sending costs: an edition's message to many readers through a real Postfix in, a table of
rates out.

python -m benchmarks mail [--messages N] [--rounds N] [--size BYTES]

STARTTLS, logged in, one connection; messages of 42 kB as an edition's are. Beside ours (with the
ledger synced at each message, FULL, and left to the system, NORMAL): smtplib by itself with the
same message, and smtplib with Nagle's algorithm turned off. Postfix, which delivers each message to
a mailbox on the same machine, is a process of its own: "CPU ms" is the sender's alone, "a second"
counts the waiting for Postfix too, and so depends on what else the machine does: the senders take
turns, and the middle of the rounds is printed. Needs root, as Postfix does.
"""

from __future__ import annotations

import argparse
import contextlib
import smtplib
import socket
import sqlite3
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.archive.database.connection import open_archive
from briefing.archive.store import editions, outbox, recipients
from briefing.archive.store.outbox import Message
from briefing.archive.store.recipients import Recipient
from briefing.deliveries.mail import envelope, outbox_run
from briefing.deliveries.mail.envelope import Letterhead
from briefing.deliveries.mail.smtp import Server, connect
from briefing.model import Rendition

TESTS = Path(__file__).parent.parent / "tests" / "support"
HEAD = Letterhead(
    "desk@example.org", "briefing.example.org", ("https://example.org/u?t={token}",), b"k" * 32
)
LINE = b"The harbour closed at noon on day %d, and the dockers went home.\r\n"
RECORD = b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}'
NOW = datetime(2026, 3, 5, 5, tzinfo=UTC)
SLOW = 60  # messages that plain smtplib sends: at twenty a second that is long enough


def message(size: int) -> bytes:
    head = b"Subject: News\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
    return head + b"".join(LINE % number for number in range(max(1, size // len(LINE))))


def ours(server: Server, eml: bytes, count: int, *, durable: bool) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Path(folder) / "archive.sqlite", durable=durable) as db,
    ):
        edition = frozen(db, count)
        letter = envelope.parse_letter(eml)

        def compose(one: Message) -> bytes:
            return envelope.address_letter(letter, one, HEAD, profile="daily", date=NOW)

        with measured(f"briefing, ledger {'FULL' if durable else 'NORMAL'}", count):
            account = outbox_run.send_due(
                db,
                edition,
                "daily",
                connect=lambda: connect(server),
                compose=compose,
                sender=HEAD.address,
                clock=lambda: NOW + timedelta(minutes=1),
            )
        assert account.states == {"sent": count}, account.states


def frozen(db: sqlite3.Connection, count: int) -> str:
    stored = editions.store_edition(
        db, [Rendition("edition.json", "application/json", RECORD)], now=NOW
    )
    recipients.add_recipients(
        db, "daily", [Recipient(f"r{number:04}@example.org") for number in range(count)], now=NOW
    )
    outbox.freeze_audience(db, stored.id, "daily", domain="example.org", now=NOW, hours=24)
    return stored.id


def library(server: Server, eml: bytes, count: int, *, lively: bool) -> None:
    """smtplib alone, one connection."""
    assert server.password
    with smtplib.SMTP(server.host, server.port, timeout=30) as smtp:
        if lively:
            assert smtp.sock
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.starttls(context=ssl.create_default_context(cafile=server.ca_file))
        smtp.login(server.user or "", server.password.reveal())
        with measured("smtplib with TCP_NODELAY" if lively else "smtplib", count):
            for number in range(count):
                smtp.sendmail("desk@example.org", [f"r{number:04}@example.org"], eml)


ROUNDS: dict[
    str, list[tuple[int, float, float]]
] = {}  # sender -> messages, a second, CPU ms of each round


@contextlib.contextmanager
def measured(name: str, count: int) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    spent, used = time.perf_counter() - wall, time.process_time() - cpu
    ROUNDS.setdefault(name, []).append((count, count / spent, used / count * 1000))


def main(arguments: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks mail")
    options.add_argument("--messages", type=int, default=300, help="a round")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--size", type=int, default=42_000)
    asked = options.parse_args(arguments)
    sys.path.insert(0, str(TESTS))
    from postfix import PASSWORD, postfix

    from briefing.secret import Secret

    running = postfix()
    running.start()
    try:
        server = Server("localhost", running.port, ca_file=f"{running.home}/ca.pem", user="desk",
                        password=Secret(PASSWORD))  # fmt: skip
        eml, count = message(asked.size), asked.messages
        runs: list[Callable[[], None]] = [
            lambda: ours(server, eml, count, durable=False),
            lambda: ours(server, eml, count, durable=True),
            lambda: library(server, eml, count, lively=True),
            lambda: library(server, eml, min(count, SLOW), lively=False),
        ]
        for run in runs * asked.rounds:
            run()
            running.clear()
    finally:
        running.stop()
    print("sender\tmessages\ta second\tCPU ms a message")
    for name, rounds in ROUNDS.items():
        sent, rates, costs = zip(*rounds, strict=True)
        print(
            f"{name}\t{sum(sent)}\t{statistics.median(rates):.0f}\t{statistics.median(costs):.2f}"
        )
    return 0
