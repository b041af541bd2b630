"""Run a step within limits of time and memory, and leave out those of its inputs that make
it fail.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from briefing.errors import BriefingError

SECONDS = 20.0  # of one document; the worst text within the bounds of reading takes two
# bytes of address space beyond what the process has; the worst document takes a quarter
MEMORY = 2_000_000_000
MOST = 50  # inputs left out of one step; where more make it fail, the step is at fault
LONGEST = 160  # characters of a reason

T = TypeVar("T")
R = TypeVar("R")


class OverrunError(BaseException):
    """Work took longer than it may. No Exception, so that no library takes it for a fault of its
    own.
    """


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """What was left out of a step, and why."""

    thing: T
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T, R]):
    """What a step made of all that did not make it fail."""

    result: R
    kept: tuple[T, ...]
    held: tuple[Held[T], ...] = ()


@contextlib.contextmanager
def bounded(seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[None]:
    """Raise OverrunError in the block when its time is over, and MemoryError when its memory is.

    Python's own code and its patterns are interrupted; what C does in one call is not. In a thread
    that is not the first, or where the machine knows no such limits, there are none.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise_overrun)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    try:
        _limit_memory(memory, soft, hard)
        signal.setitimer(
            signal.ITIMER_REAL, seconds, 1.0
        )  # again each second: a library may swallow the first
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _raise_overrun(_signal: int, _frame: Any) -> None:
    raise OverrunError


def _limit_memory(memory: int, soft: int, hard: int) -> None:
    _reserve()
    with contextlib.suppress(ValueError, OSError):  # another limit is there that may not be raised
        most = (
            int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            * resource.getpagesize()
            + memory
        )
        tighter = soft != resource.RLIM_INFINITY and soft < most
        resource.setrlimit(resource.RLIMIT_AS, (soft if tighter else most, hard))


@cache
def _reserve() -> None:
    """Have numpy take the buffers of its threads first: on a machine of many cores they alone pass
    any limit.
    """
    import numpy as np

    np.dot(np.ones((2, 2)), np.ones((2, 2)))


def isolated(step: Callable[[Sequence[T]], R], things: Sequence[T]) -> Outcome[T, R]:
    """The step over all things, or over all but the fewest found that make it fail.

    A BriefingError passes, and so does what the step raises of nothing at all: that is no input's
    fault. Costs nothing where nothing fails, else the step some twenty times for each thing that is
    left out.
    """
    kept, held = list(things), list[Held[T]]()
    while True:
        error = _failure(step, kept)
        if not isinstance(error, BaseException):
            return Outcome(error[0], tuple(kept), tuple(held))
        if len(held) == MOST or not kept or isinstance(_failure(step, []), BaseException):
            raise error
        thing = _culprit(step, kept)
        kept.remove(thing)
        held.append(Held(thing, reason(error)))


def reason(error: BaseException) -> str:
    """Why something is held, in words."""
    if isinstance(error, OverrunError):
        return "it took too long"
    if isinstance(error, MemoryError):
        return "it took too much memory"
    said = " ".join(
        f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode().split()
    )
    return f"the program failed at it ({said[:LONGEST]})"


def _failure(step: Callable[[Sequence[T]], R], things: Sequence[T]) -> BaseException | tuple[R]:
    """What the step raised, or its result in a tuple."""
    try:
        return (step(things),)
    except BriefingError:
        raise
    except (Exception, OverrunError) as error:  # noqa: BLE001  whatever an input does is its own
        return error


def _culprit(step: Callable[[Sequence[T]], R], things: Sequence[T]) -> T:
    """The last of a smallest set that makes the step fail: parts are taken away for as long as it
    still does.
    """
    rest, size = list(things), max(1, len(things) // 2)
    while len(rest) > 1:
        fewer = _failing_without(step, rest, size)
        if fewer is not None:
            rest = fewer
        elif size == 1:
            break
        else:
            size //= 2
        size = max(1, min(size, len(rest) // 2))
    return rest[-1]


def _failing_without(
    step: Callable[[Sequence[T]], R], rest: Sequence[T], size: int
) -> list[T] | None:
    """The first of the sets without `size` neighbours at which the step still fails."""
    for start in range(0, len(rest), size):
        fewer = [*rest[:start], *rest[start + size :]]
        if fewer and isinstance(_failure(step, fewer), BaseException):
            return fewer
    return None
