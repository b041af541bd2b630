"""An edition's outbox and an open way to a mail system to sent messages, each accounted for."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from briefing.archive.database.connection import transaction
from briefing.archive.store import outbox, recipients
from briefing.archive.store.outbox import Message, Outcome
from briefing.deliveries.mail.session import Answer, Outgoing, Session
from briefing.deliveries.mail.smtp import ServerError

STRIKES = 3  # answers in a row about us or the connection, none about a recipient, that end a run


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient, how fast, and what is done about messages in doubt."""

    resend: bool = True  # at least once; False: at most once
    suppress_after: int = 3
    per_minute: int = 0
    per_connection: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """What became of everyone an edition is for; the counts add up to its frozen audience."""

    edition: str
    states: dict[str, int]
    doubtful: tuple[str, ...]  # addresses that may have two copies, or none when doubts are held
    failed: tuple[str, ...]  # "address: answer"

    @property
    def complete(self) -> bool:
        return not self.failed and self.states.keys() <= {"sent", "suppressed"}


def _current_time() -> datetime:
    return datetime.now(UTC)


def send_due(
    db: sqlite3.Connection,
    edition: str,
    profile: str,
    *,
    connect: Callable[[], Session],
    compose: Callable[[Message], Outgoing],
    sender: str,
    policy: Policy = Policy(),
    clock: Callable[[], datetime] = _current_time,
    sleep: Callable[[float], None] = time.sleep,
) -> Account:
    """Send what is due of a frozen edition, once each, and account for everyone.

    `db` is a durable connection; the caller holds the profile's lock. Before a message is handed
    over its row is committed as `sending`; the answer to one and the beginning of the next are one
    commit. Raises ServerError when the server cannot be used: no recipient is marked as failed for
    that, the next call goes on.
    """
    outbox.recover_interrupted_messages(db)
    outbox.expire_messages(db, now=clock())
    outbox.withdraw_messages(db, edition, profile)
    due = outbox.due_messages(db, edition, resend=policy.resend, now=clock())
    if due:
        wavering = recipients.refused_addresses(db, profile)
        run = _Run(db, profile, connect, compose, sender, policy, clock, sleep, wavering)
        try:
            run.everyone(due)
        finally:
            run.hang_up()
    return _build_account(db, edition)


def _build_account(db: sqlite3.Connection, edition: str) -> Account:
    failed = outbox.load_messages(db, edition, states=["failed"])
    return Account(
        edition,
        outbox.count_by_state(db, edition),
        tuple(message.address for message in outbox.doubtful_messages(db, edition)),
        tuple(
            " ".join([f"{one.address}:", *map(str, filter(None, (one.code, one.text)))])
            for one in failed
        ),
    )


@dataclass(slots=True)
class _Run:
    """One pass over what is due: a connection that is renewed when it breaks or is worn out."""

    db: sqlite3.Connection
    profile: str
    connect: Callable[[], Session]
    compose: Callable[[Message], Outgoing]
    sender: str
    policy: Policy
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    wavering: frozenset[
        str
    ]  # who was refused the last time: nobody else is asked about after each message
    session: Session | None = None
    finished: tuple[Message, Outcome] | None = None  # answered, and not stored yet
    over_this: int = 0  # messages over this connection
    strikes: int = 0
    earliest: float = 0.0  # when the rate limit allows the next message

    def everyone(self, due: tuple[Message, ...]) -> None:
        """Each row once; one whose connection was lost before its end goes again at once, over a
        new one.
        """
        try:
            for message in due:
                again: Message | None = message
                while again:
                    again = self._turn(again)
        finally:
            self._store()

    def _turn(self, message: Message) -> Message | None:
        """Hand over one message; the row to try again when the connection was lost under it."""
        self._wait()
        session = self._connected()
        content = self.compose(message)
        with transaction(
            self.db
        ):  # one commit for the last answer and this beginning: half the fsyncs
            self._store()
            outbox.claim_message(self.db, message, server=session.name, now=self.clock())
        self.over_this += 1
        answer = session.send(self.sender, message.address, content)
        self.finished = message, self._judged(message, answer)
        if answer.about in {"lost", "doubt"}:
            self.hang_up()
        self._count(answer)
        return (
            replace(message, state="retry", attempts=message.attempts + 1)
            if answer.about == "lost"
            else None
        )

    def _connected(self) -> Session:
        """The connection, a new one where needed; what is known is stored before that may fail."""
        if self.session and self.over_this == self.policy.per_connection > 0:
            self.hang_up()
        if self.session is None:
            self._store()
            self.session, self.over_this = self.connect(), 0
        return self.session

    def _judged(self, message: Message, answer: Answer) -> Outcome:
        """What an answer makes of its row. Only a refusal for good that concerns the recipient is a
        failure.
        """
        if answer.about != "doubt" and 200 <= answer.code < 300:
            return Outcome("sent", answer.code, answer.text)
        later = self.clock() + outbox.retry_delay(message)
        if answer.about == "doubt":
            return Outcome("doubt", None, answer.text, later)
        if answer.about == "recipient" and answer.code >= 500:
            return Outcome("failed", answer.code, answer.text)
        return Outcome("retry", answer.code, answer.text, None if answer.about == "lost" else later)

    def _count(self, answer: Answer) -> None:
        """Three answers in a row that are no recipient's fault end the run."""
        sound = 200 <= answer.code < 300 or answer.about == "recipient"
        self.strikes = 0 if sound else self.strikes + 1
        if self.strikes == STRIKES:
            raise ServerError(
                f"the mail server cannot be used, {STRIKES} times in a row: "
                f"{answer.code or 'no answer'} "
                f"{answer.text}; nobody was marked as failed, the next run goes on"
            )

    def _store(self) -> None:
        """The last row's outcome, and what it says of its recipient."""
        if not self.finished:
            return
        message, outcome = self.finished
        with transaction(self.db):
            outbox.settle_message(self.db, message, outcome, now=self.clock())
            if outcome.state == "sent" and message.address.casefold() in self.wavering:
                recipients.reset_refusals(self.db, self.profile, message.address)
            elif outcome.state == "failed":
                text, at = f"{outcome.code} {outcome.text}", self.clock()
                most = self.policy.suppress_after
                recipients.count_refusal(
                    self.db, self.profile, message.address, text=text, most=most, now=at
                )
        self.finished = None

    def _wait(self) -> None:
        """Keep to the rate; outside of any transaction."""
        if self.policy.per_minute:
            pause = self.earliest - time.monotonic()
            if pause > 0:
                self.sleep(pause)
            self.earliest = max(time.monotonic(), self.earliest) + 60.0 / self.policy.per_minute

    def hang_up(self) -> None:
        if self.session:
            self.session.close()
            self.session = None
