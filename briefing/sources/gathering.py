"""Sources to what became of each visit, side by side: one that hangs or lies delays nobody.

Every source runs in a thread of its own and hands its documents over one by one; only the thread
that called stores anything. A source that is slow stops counting among those that run at once, and
one that is late is left behind: its thread is a daemon and holds nothing that others need.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from briefing.errors import BriefingError, ConfigError
from briefing.model import Document, Fate, Source
from briefing.sources.scheduling import state_after_failure, state_after_success
from briefing.sources.states import SourceState, StateStore, state_key
from briefing.sources.visits import Visit

PARALLEL = 8  # sources that run at once
SLOW = 3.0  # seconds after which a source no longer counts among them …
MOST = 64  # … up to so many threads
SECONDS = 120.0  # of one source, unless it says otherwise
BATCH = 50  # documents stored together with the state that covers them
AHEAD = (
    256  # documents that may wait to be stored: what is fetched faster waits, and memory stays flat
)
WAIT = 0.05  # seconds between two looks at who is late

Keep = Callable[[Source, Sequence[Document]], None]
Reading = Callable[..., Iterable[Document | Fate]]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one visit."""

    source: Source
    state: SourceState  # without what was seen: of a thousand sources that would fill the memory
    documents: int = 0
    fates: tuple[Fate, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    fault: BriefingError | None = None


@dataclass(eq=False)
class _Run:
    """One source while it is being visited; touched by the calling thread only, but for `visit`."""

    source: Source
    read: Reading
    visit: Visit
    started: float = 0.0
    pending: list[Document] = field(default_factory=list)
    covering: SourceState = field(default_factory=SourceState)
    documents: int = 0
    fates: list[Fate] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)  # nobody listens to it any more

    @cached_property
    def host(self) -> str:
        """Of a source on the web; any other is a host of its own."""
        return urlsplit(self.source.location).netloc.rpartition("@")[2].lower() or f"{id(self)}"

    @property
    def limit(self) -> float:
        return float(self.source.settings.get("seconds", SECONDS))

    def remember(self, store: StateStore) -> None:
        """Take up the stored state, now that the visit begins."""
        table = store.load(state_key(self.source))
        if table is not None:
            self.visit.state = SourceState.from_table(table)
        self.covering = self.visit.state

    def forget(self) -> None:
        """Let go of what was seen, now that it is stored."""
        self.visit.state = self.covering = SourceState()


def run_visits(
    visits: Sequence[tuple[Source, Reading, Visit]],
    *,
    keep: Keep,
    store: StateStore,
    parallel: int = PARALLEL,
    report: Callable[[Report], None] = lambda _report: None,
    clock: Callable[[], float] = time.monotonic,
) -> tuple[Report, ...]:
    """A report for each visit, in the order of the visits; `report` hears of each as it ends.

    A visit goes on from the state in `store`, if there is one, else from its own.
    `keep` is called with documents before the state that covers them is saved, both in the calling
    thread: whoever is killed between the two keeps the documents again, so `keep` must store the
    same document once.
    """
    runs = [_Run(source, read, visit, covering=visit.state) for source, read, visit in visits]
    return _Gathering(runs, keep, store, parallel, report, clock).reports()


@dataclass
class _Gathering:
    """All runs of one collection, from waiting over running to reported."""

    runs: list[_Run]
    keep: Keep
    store: StateStore
    parallel: int
    report: Callable[[Report], None]
    clock: Callable[[], float]
    channel: queue.Queue[tuple[_Run, object, SourceState]] = field(
        default_factory=lambda: queue.Queue(AHEAD)
    )
    running: list[_Run] = field(default_factory=list)
    done: dict[int, Report] = field(default_factory=dict)

    def reports(self) -> tuple[Report, ...]:
        waiting = self.runs[::-1]
        while waiting or self.running:
            self._start(waiting)
            for run in [run for run in self.running if self.clock() - run.started > run.limit]:
                self._end(run, _late_error(run))
            with contextlib.suppress(queue.Empty):
                self._hear(*self.channel.get(timeout=WAIT))
        return tuple(self.done[id(run)] for run in self.runs)

    def _start(self, waiting: list[_Run]) -> None:
        """As many as may run at once; the slow ones run on beside them."""
        now = self.clock()
        brisk = sum(now - run.started < SLOW for run in self.running)
        while brisk < self.parallel and len(self.running) < MOST and (run := self._next(waiting)):
            brisk += 1
            run.remember(self.store)
            self.running.append(_start_run(run, self.channel, now))

    def _next(self, waiting: list[_Run]) -> _Run | None:
        """The first in line whose host nobody is visiting: a host is asked by one at a time, and
        waiting costs time.
        """
        busy = {run.host for run in self.running}
        for place in range(len(waiting) - 1, -1, -1):
            if waiting[place].host not in busy:
                return waiting.pop(place)
        return None

    def _hear(self, run: _Run, thing: object, state: SourceState) -> None:
        if run.left.is_set():
            return  # it was late, and has been reported
        if thing is None or isinstance(thing, BaseException):
            run.covering = state
            self._end(run, thing)
        else:
            _record_arrival(run, thing, state, self.keep, self.store)

    def _end(self, run: _Run, error: BaseException | None) -> None:
        self.running.remove(run)
        run.left.set()
        self.done[id(run)] = _finish_run(
            run, error, self.keep, self.store, self.clock() - run.started
        )
        run.forget()
        self.report(self.done[id(run)])


def _start_run(run: _Run, channel: queue.Queue[Any], now: float) -> _Run:
    def work() -> None:
        """Hands over things with the state that covers them, then None or what went wrong."""
        try:
            for thing in run.read(
                run.source.location, source=run.source, visit=run.visit, **run.source.settings
            ):
                if run.left.is_set():
                    return
                channel.put((run, thing, run.visit.state))
        except BriefingError as error:
            channel.put((run, error, run.visit.state))
        except Exception as error:
            logging.getLogger("briefing").exception("%s %s", run.source.kind, run.source.location)
            channel.put((run, error, run.visit.state))
        else:
            channel.put((run, None, run.visit.state))

    run.started = now
    threading.Thread(
        target=work, daemon=True, name=f"{run.source.kind} {run.source.location}"[:80]
    ).start()
    return run


def _record_arrival(
    run: _Run, thing: object, state: SourceState, keep: Keep, store: StateStore
) -> None:
    if isinstance(thing, Fate):
        run.fates.append(thing)
    elif isinstance(thing, Document):
        run.pending.append(thing)
        run.covering = state
    if len(run.pending) >= BATCH:
        _flush_pending(run, keep)
        store.save(state_key(run.source), run.covering.to_table())


def _flush_pending(run: _Run, keep: Keep) -> None:
    if run.pending:
        keep(run.source, run.pending)
    run.documents += len(run.pending)
    run.pending = []


class _LateError(BriefingError):
    """A source that is not done when its time is over."""


def _late_error(run: _Run) -> BriefingError:
    return _LateError(
        f"{run.source.location}: it was not done after {run.limit:g} seconds; what "
        "came until then is kept, "
        f"and the rest tried again later"
    )


def _finish_run(
    run: _Run, error: BaseException | None, keep: Keep, store: StateStore, seconds: float
) -> Report:
    """Store what is left, then the state, then let the source tidy up. One that was late but gave
    something is well: its next visit goes on from there.
    """
    _flush_pending(run, keep)
    if isinstance(error, _LateError) and run.documents:
        run.visit.notes.append(str(error))
        error = None
    fault = (
        error if isinstance(error, BriefingError) or error is None else _plugin_fault(run, error)
    )
    if isinstance(fault, ConfigError):  # it knows the setting and not whose it is
        fault = ConfigError(f"{run.source.location}: {fault}")
    if fault is None:
        visit = run.visit
        state = state_after_success(
            run.covering, now=visit.now, given=run.documents, rest=visit.rest, asked=visit.asked
        )
    else:
        state = state_after_failure(
            run.covering, now=run.visit.now, error=fault, seed=state_key(run.source)
        )
        run.fates.append(
            Fate("document", run.source.location, "failed", str(fault), outlet=run.source.name)
        )
    store.save(state_key(run.source), state.to_table())
    if fault is None:
        for act in run.visit.afterwards:
            act()
    state = dataclasses.replace(state, seen={})
    return Report(
        run.source, state, run.documents, tuple(run.fates), tuple(run.visit.notes), seconds, fault
    )


def _plugin_fault(run: _Run, error: BaseException) -> BriefingError:
    return BriefingError(
        f"{run.source.location}: the source '{run.source.kind}' has a fault of its own "
        f"({type(error).__name__}: {error}); tell its author"
    )
