"""One visit to one source: what it may use, and what it leaves behind."""

from __future__ import annotations

import dataclasses
import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from briefing.model import Source
from briefing.secret import Secret, load_secret
from briefing.sources.states import SourceState

if TYPE_CHECKING:
    from briefing.sources.web import Answer, Client

REMEMBERED = 5000  # entries of a source that are known again; ten times what a feed lists


def plain_client() -> Client:
    from briefing.sources.web import Client

    return Client()


def share_client(make: Callable[[], Client]) -> Callable[[], Client]:
    """The same client for everybody who asks, made when first asked for: turns at a host are kept
    by one client.
    """
    lock = threading.Lock()
    made: list[Client] = []

    def client() -> Client:
        with lock:
            if not made:
                made.append(make())
            return made[0]

    return client


@dataclass
class Visit:
    """What a source gets beside its settings. It sets `state` to cover a document before it yields
    that document, so that the state and the documents can be stored together at any time.
    """

    state: SourceState = field(default_factory=SourceState)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    since: datetime | None = None  # asked for by the user: take what is newer, known or not
    clients: Callable[[], Client] = field(default_factory=lambda: share_client(plain_client))
    rest: float | None = (
        None  # seconds for which the answer is fresh; None where asking costs nobody anything
    )
    asked: float | None = None  # minutes that the source itself wants between two visits
    notes: list[str] = field(default_factory=list)  # for the user, a sentence each
    afterwards: list[Callable[[], None]] = field(
        default_factory=list
    )  # done once all documents are stored

    @property
    def first(self) -> bool:
        return self.state.last_good is None

    def horizon(self, days: float) -> datetime | None:
        """Before when entries are left alone: `since`, or at the first visit `days` ago, so that it
        floods nothing.
        """
        return self.since or (self.now - timedelta(days=days) if self.first else None)

    def fetch(self, url: str, **settings: Any) -> Answer:
        return self.clients().get(url, **settings)

    def remember(self, seen: Iterable[tuple[str, str]], *, most: int = REMEMBERED) -> None:
        """Known from now on: (key, digest), the oldest forgotten first where there are more than
        `most`.
        """
        merged = {**self.state.seen}
        for name, digest in seen:
            merged.pop(name, None)
            merged[name] = digest
        kept = dict(list(merged.items())[-most:])
        self.state = dataclasses.replace(self.state, seen=kept)


def load_password(password: str | None) -> Secret | None:
    """The password that a source's setting says where to find. Raises ConfigError."""
    return load_secret(password, whose="sources: password") if password else None


def text_digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of some text: enough to know it again."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def add_stated_facts(source: Source | None, **facts: str | None) -> Source | None:
    """The source with what it said of one document beside the bytes; see `Document.stated`."""
    told = {name: fact for name, fact in facts.items() if fact}
    if not source or not told:
        return source
    return dataclasses.replace(
        source,
        settings={**source.settings, "stated": {**source.settings.get("stated", {}), **told}},
    )
