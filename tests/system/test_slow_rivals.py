"""Two designs of other senders under the same kills: what is lost and doubled when state is kept by
batches.

Rebuilt here in a few lines each (they are designs, not the products): `fetched` moves its mark when
a batch is taken from the database, `after` marks a batch as sent once it was sent.
"""

from __future__ import annotations

import random
import smtplib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mortal import mortal
from postfix import Postfix, postfix
from test_slow_mail import EML, KILLS, READERS, killed_until_done, readers, told

pytestmark = pytest.mark.slow

BATCH = 100


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    running = postfix()
    running.start()
    yield running
    running.stop()


def sent(port: int, day: int, batch: list[str]) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as smtp:
        for address in batch:
            head = f"Message-ID: <{day}.{address}>\r\nTo: {address}\r\n".encode()
            smtp.sendmail("desk@example.org", [address], head + EML)


def position(mark: Path) -> int:
    return int(mark.read_text()) if mark.exists() else 0


def moved(mark: Path, to: int) -> None:
    """In one step: that a kill may leave half a mark is not what is compared here."""
    part = mark.with_suffix(".part")
    part.write_text(str(to))
    part.replace(mark)


def fetched(path: str, port: int, day: int) -> None:
    mark = Path(path)
    while (start := position(mark)) < READERS:
        moved(mark, start + BATCH)
        sent(port, day, readers()[start : start + BATCH])


def after(path: str, port: int, day: int) -> None:
    mark = Path(path)
    while (start := position(mark)) < READERS:
        sent(port, day, readers()[start : start + BATCH])
        moved(mark, start + BATCH)


@pytest.mark.parametrize("design", ["fetched", "after"])
def test_what_designs_by_batches_lose_or_double(
    server: Postfix, tmp_path: Path, design: str
) -> None:
    rng = random.Random(20260305)
    kills = lost = copies = day = steps = 0
    server.clear()
    with mortal("test_slow_rivals", design) as work:
        while kills < KILLS // 4:
            day += 1
            arguments = (str(tmp_path / str(day)), server.port, day)
            if steps:
                kills += killed_until_done(work, rng, 4, int(0.6 * steps), *arguments)
            else:
                steps = work.steps(*arguments)
            arrived = server.arrived()
            lost += READERS - len(arrived)
            copies += sum(arrived.values()) - len(arrived)
            server.clear()

    told(
        f"\n{design}: {kills} kills, {day * READERS} messages: {lost} lost, {copies} second copies"
    )
    sys.stdout.flush()
    assert (lost if design == "fetched" else copies) > kills  # what the outbox is there for
