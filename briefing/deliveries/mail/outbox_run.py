"""An edition's outbox and an open way to a mail system to sent messages, each accounted for."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from briefing.archive.database.connection import transaction
from briefing.archive.store import outbox, recipients
from briefing.archive.store.outbox import Message, Outcome
from briefing.deliveries.mail.refusals import answer_shape, names_dead_mailbox
from briefing.deliveries.mail.session import Answer, Outgoing, Session
from briefing.deliveries.mail.smtp import ServerError

# Answers in a row about us or the connection, none about a recipient, that end a run; those about
# us or the message from one domain end it for that domain.
STRIKES = 3


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
    put_off: tuple[str, ...] = ()  # a sentence for each domain that refuses us or the message

    @property
    def complete(self) -> bool:
        return (
            not self.failed
            and self.states.keys() <= {"sent", "suppressed"}
            and not self.reaches_nobody
        )

    @property
    def reaches_nobody(self) -> bool:
        """Whether there are readers and all of them are suppressed."""
        return set(self.states) == {"suppressed"}

    @property
    def mostly_failed(self) -> bool:
        """Whether more readers than half, and three at least, were refused it."""
        wanted = sum(count for state, count in self.states.items() if state != "suppressed")
        return len(self.failed) >= STRIKES and len(self.failed) * 2 > wanted


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
    if not due:
        return _build_account(db, edition)
    wavering = recipients.refused_addresses(db, profile)
    run = _Run(db, profile, connect, compose, sender, policy, clock, sleep, wavering)
    try:
        run.everyone(_alternate_domains(due))
    finally:
        run.hang_up()
    return _build_account(db, edition, run.put_off)


def _alternate_domains(due: Iterable[Message]) -> tuple[Message, ...]:
    """First attempts first, and among them the first of each domain: no domain holds up others."""
    seen: Counter[tuple[bool, str]] = Counter()
    turns: list[tuple[bool, int, Message]] = []
    for one in due:
        later = one.attempts > 0
        turns.append((later, seen[later, _domain(one)], one))
        seen[later, _domain(one)] += 1
    return tuple(one for *_, one in sorted(turns, key=lambda turn: turn[:2]))


def _domain(message: Message) -> str:
    return message.address.rpartition("@")[2].casefold()


def _build_account(db: sqlite3.Connection, edition: str, put_off: Iterable[str] = ()) -> Account:
    failed = outbox.load_messages(db, edition, states=["failed"])
    return Account(
        edition,
        outbox.count_by_state(db, edition),
        tuple(message.address for message in outbox.doubtful_messages(db, edition)),
        tuple(
            " ".join([f"{one.address}:", *map(str, filter(None, (one.code, one.text)))])
            for one in failed
        ),
        tuple(put_off),
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
    earliest: float = 0.0  # when the rate limit allows the next message
    strikes: list[tuple[str, str]] = field(default_factory=list)  # in a row: domain, about
    struck: Counter[str] = field(default_factory=Counter)  # domain -> strikes in a row
    accepted: set[str] = field(default_factory=set)  # domains at which somebody has the edition
    refused: list[tuple[Message, Answer]] = field(default_factory=list)  # for good, in this run
    put_off: list[str] = field(default_factory=list)

    def everyone(self, due: tuple[Message, ...]) -> None:
        """Each row once; one whose connection was lost before its end goes again at once, over a
        new one.
        """
        self.accepted |= outbox.accepted_domains(self.db, due[0].edition)
        try:
            for message in due:
                again = None if self.struck[_domain(message)] >= STRIKES else message
                while again:
                    again = self._turn(again)
            self._end_if_nobody_could()
        finally:
            self._store()
            self._count_refusals()

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
        self._count(message, answer)
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

    def _count(self, message: Message, answer: Answer) -> None:
        """Three answers in a row that are no recipient's fault end the run, or only a domain."""
        domain = _domain(message)
        if 200 <= answer.code < 300 and answer.about != "doubt":
            self.accepted.add(domain)
        elif answer.about == "recipient" and answer.code >= 500:
            self.refused.append((message, answer))
        if self._is_sound(message, answer):
            self.strikes, self.struck[domain] = [], 0
            return
        self.strikes.append((domain, answer.about))
        if answer.about not in {"lost", "doubt"}:
            self.struck[domain] += 1
        if self._is_hopeless():
            raise self._server_error(answer)
        if self.struck[domain] == STRIKES:
            said = f"{answer.code} {answer.text}"
            self.put_off.append(f"{domain}: {STRIKES} refused, the others wait a run: {said}")

    def _is_sound(self, message: Message, answer: Answer) -> bool:
        """Whether an answer shows that we are heard: it took the message, or judged a mailbox.

        A refusal that tells nothing of a mailbox, and that all at its domain got so far, is no
        sign of that.
        """
        if answer.about != "recipient":
            return 200 <= answer.code < 300 and answer.about != "doubt"
        if answer.code < 500 or names_dead_mailbox(answer.code, answer.text):
            return True
        domain, shape = _domain(message), answer_shape(answer.code, answer.text)
        met = [one for at, one in self.refused if _domain(at) == domain]
        return domain in self.accepted or any(
            answer_shape(one.code, one.text) != shape for one in met
        )

    def _is_hopeless(self) -> bool:
        last = self.strikes[-STRIKES:]
        if len(last) < STRIKES:
            return False
        connection = all(about in {"lost", "doubt"} for _, about in last)
        ours = not self.accepted and all(about == "us" for _, about in last)
        return connection or ours or len({domain for domain, _ in self.strikes}) >= STRIKES

    def _end_if_nobody_could(self) -> None:
        """A run in which domains were put off and nobody got anything is the server's failure."""
        if self.put_off and not self.accepted:
            raise ServerError(
                f"the mail server cannot be used: {self.put_off[-1]}; nobody was marked as failed, "
                "the next run goes on"
            )

    def _server_error(self, answer: Answer) -> ServerError:
        return ServerError(
            f"the mail server cannot be used, {STRIKES} times in a row: "
            f"{answer.code or 'no answer'} "
            f"{answer.text}; nobody was marked as failed, the next run goes on"
        )

    def _store(self) -> None:
        """The last row's outcome, and that its recipient can be reached again."""
        if not self.finished:
            return
        message, outcome = self.finished
        with transaction(self.db):
            outbox.settle_message(self.db, message, outcome, now=self.clock())
            if outcome.state == "sent" and message.address.casefold() in self.wavering:
                recipients.reset_refusals(self.db, self.profile, message.address)
        self.finished = None

    def _count_refusals(self) -> None:
        """What the run's refusals say of their recipients, once all answers are in: one that
        everybody got alike is nobody's fault and is tried again.
        """
        if not self.refused:
            return
        with transaction(self.db):
            for message, answer in self.refused:
                if self._is_shared(message, answer):
                    self._put_off(message, answer)
                elif names_dead_mailbox(answer.code, answer.text):
                    self._count_refusal(message, answer)

    def _is_shared(self, message: Message, answer: Answer) -> bool:
        """Whether three at least, and everyone (or, unless it names the mailbox, everyone at the
        domain), got this answer.
        """
        shape, domain = answer_shape(answer.code, answer.text), _domain(message)
        shapes = [answer_shape(one.code, one.text) for _, one in self.refused]
        if not self.accepted and len(shapes) >= STRIKES and set(shapes) == {shape}:
            return True
        near = [
            answer_shape(one.code, one.text) for at, one in self.refused if _domain(at) == domain
        ]
        alike = domain not in self.accepted and len(near) >= STRIKES and set(near) == {shape}
        return alike and not names_dead_mailbox(answer.code, answer.text)

    def _put_off(self, message: Message, answer: Answer) -> None:
        later = self.clock() + outbox.retry_delay(message)
        outcome = Outcome("retry", answer.code, answer.text, later)
        outbox.settle_message(self.db, message, outcome, now=self.clock())
        said = f"all were refused alike, as nobody's own fault: {answer.code} {answer.text}"
        if not any(line.startswith(f"{_domain(message)}: ") for line in self.put_off):
            self.put_off.append(f"{_domain(message)}: {said}")

    def _count_refusal(self, message: Message, answer: Answer) -> None:
        recipients.count_refusal(
            self.db,
            self.profile,
            message.address,
            text=f"{answer.code} {answer.text}",
            most=self.policy.suppress_after,
            now=self.clock(),
        )

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
