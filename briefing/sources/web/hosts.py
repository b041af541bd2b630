"""Hosts to turns: one request at a time to each, with a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0  # on the clock


class Hosts:
    """Who may ask whom, when. Safe to share between threads."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, host: str, pause: float) -> Iterator[None]:
        """Hold the only turn at `host`; the next one begins `pause` seconds after this one ends."""
        with self._lock:
            entry = self._hosts.setdefault(host.lower(), _Host())
        with entry.lock:
            wait = entry.free_at - self._clock()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                entry.free_at = self._clock() + pause
