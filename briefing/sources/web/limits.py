"""What a fetch may cost, in seconds and bytes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from briefing.sources.faults import FetchError


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
    """The whole time of a fetch: every wait inside it asks how much is left. It begins with the
    first such question.
    """

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
            raise FetchError(
                f"the whole answer did not come within {self._seconds:g} seconds; it "
                "is tried again later"
            )
        return remaining if most is None else min(most, remaining)
