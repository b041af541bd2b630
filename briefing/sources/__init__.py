"""1. sources > documents: bytes as they were received, with where they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefing.errors import BriefingError
from briefing.model import Document, Fate, Source
from briefing.registry import find_function
from briefing.sources.feed import collect_feed, rebuild_documents
from briefing.sources.folder import collect_folder
from briefing.sources.gathering import PARALLEL, Keep, Report, run_visits
from briefing.sources.mail import collect_mail
from briefing.sources.pages import collect_pages
from briefing.sources.scheduling import is_due
from briefing.sources.states import Memory, SourceState, StateFolder, StateStore, state_key
from briefing.sources.stdin import collect_stdin
from briefing.sources.visits import Visit, plain_client, share_client

if TYPE_CHECKING:
    from briefing.sources.web import Client

__all__ = [
    "SOURCES",
    "Collected",
    "Memory",
    "Report",
    "SourceState",
    "StateFolder",
    "StateStore",
    "Visit",
    "collect_documents",
    "collect_feed",
    "collect_folder",
    "collect_mail",
    "collect_pages",
    "collect_stdin",
    "rebuild_documents",
    "visit_sources",
]

SOURCES: dict[str, Callable[..., Iterable[Document | Fate]]] = {
    "feed": collect_feed,
    "folder": collect_folder,
    "mail": collect_mail,
    "pages": collect_pages,
    "stdin": collect_stdin,
}


@dataclass(frozen=True, slots=True)
class Collected:
    """What came in: documents by origin, and what could not be had, with why."""

    documents: tuple[Document, ...]
    failed: tuple[Fate, ...]


def collect_documents(
    sources: Sequence[Source],
    *,
    now: datetime | None = None,
    parallel: int = PARALLEL,
    clients: Callable[[], Client] = plain_client,
) -> Collected:
    """Everything the sources hold, sorted by origin and digest, so that the order of the sources
    changes nothing.

    Nothing is remembered. Raises BriefingError when no source at all is there; one that fails
    beside others becomes a line of `failed`.
    """
    documents: dict[tuple[str, str], Document] = {}

    def keep(_source: Source, things: Sequence[Document]) -> None:
        # Nothing is kept here, and a feed would go along with each of its entries to whoever reads
        # them elsewhere.
        documents.update(
            {(thing.origin, thing.sha256): replace(thing, fetch=None) for thing in things}
        )

    reports = visit_sources(
        sources, keep=keep, store=Memory(), now=now, parallel=parallel, clients=clients
    )
    faults = [report.fault for report in reports if report.fault]
    if faults and len(faults) == len(reports):
        raise BriefingError("\n".join(dict.fromkeys(map(str, faults))))
    failed = {fate.id: fate for report in reports for fate in report.fates}
    return Collected(
        tuple(documents[name] for name in sorted(documents)),
        tuple(failed[name] for name in sorted(failed)),
    )


def visit_sources(
    sources: Sequence[Source],
    *,
    keep: Keep,
    store: StateStore,
    now: datetime | None = None,
    since: datetime | None = None,
    early: bool = False,
    parallel: int = PARALLEL,
    clients: Callable[[], Client] = plain_client,
    report: Callable[[Report], None] = lambda _report: None,
) -> tuple[Report, ...]:
    """Visit every source that is due (all of them when `early`), each from where its last visit
    left it.

    `keep` stores documents as they come, in the calling thread; the same document may come again
    after a crash. `since` takes what is newer even if it is known. Raises ConfigError for a kind
    that means nothing.
    """
    clients = share_client(clients)
    visits = []
    for source in sources:
        state = SourceState.from_table(store.load(state_key(source)))
        if early or since or is_due(state, now or datetime.now(UTC)):
            visit = Visit(
                replace(state, seen={}), now or datetime.now(UTC), since, clients
            )  # taken up when it begins
            visits.append((source, find_function(source.kind, SOURCES, kind="source"), visit))
    return run_visits(visits, keep=keep, store=store, parallel=parallel, report=report)
