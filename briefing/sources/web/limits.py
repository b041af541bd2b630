"""What a fetch may cost, in seconds and bytes, and the one error it may end in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from briefing.errors import BriefingError

Kind = Literal["gone", "later", "refused", "failed"]


class FetchError(BriefingError):
    """A fetch that gave nothing, as a sentence. `kind` says what the next visit should make of it:

    "gone" (410: never ask again), "later" (429, 503: not before `retry_after` seconds), "refused" (an address, scheme
    or robots.txt that forbids it), "failed" (all else: try again, less and less often).
    """

    def __init__(
        self,
        message: str,
        *,
        kind: Kind = "failed",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.status = status  # of the server's answer, when there was one
        self.retry_after = retry_after

    def at(self, place: str) -> FetchError:
        """The same, its sentence beginning with where."""
        return FetchError(f"{place}: {self}", kind=self.kind, status=self.status, retry_after=self.retry_after)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes of one fetch, its redirects included."""

    connect: float = 10.0
    read: float = 20.0  # of silence between two packets
    whole: float = 45.0  # whatever the server does
    wire: int = 5_000_000  # as received, headers included
    size: int = 10_000_000  # after decompression
    redirects: int = 5


class Deadline:
    """The whole time of a fetch: every wait inside it asks how much is left. It begins with the first such question."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end: float | None = None

    def left(self, most: float | None = None) -> float:
        """Seconds a wait may take. Raises FetchError when there are none."""
        now = self._clock()
        self._end = now + self._seconds if self._end is None else self._end
        remaining = self._end - now
        if remaining <= 0:
            raise FetchError(f"the whole answer did not come within {self._seconds:g} seconds; it is tried again later")
        return remaining if most is None else min(most, remaining)
