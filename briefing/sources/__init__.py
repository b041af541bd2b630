"""1. sources > documents: bytes as they were received, with where they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from briefing.model import Document, Fate, Source
from briefing.registry import find
from briefing.sources.folder import folder
from briefing.sources.stdin import stdin

__all__ = ["SOURCES", "Collected", "collect", "folder", "stdin"]

SOURCES: dict[str, Callable[..., Iterable[Document | Fate]]] = {"folder": folder, "stdin": stdin}


@dataclass(frozen=True, slots=True)
class Collected:
    """What came in: documents by origin, and what could not be had, with why."""

    documents: tuple[Document, ...]
    failed: tuple[Fate, ...]


def collect(sources: Sequence[Source]) -> Collected:
    """Everything the sources hold, sorted by origin and digest, so that the order of the sources changes nothing.

    Raises BriefingError when a source as a whole is not there.
    """
    found = [
        thing
        for source in sources
        for thing in find(source.kind, SOURCES, kind="source")(source.location, source=source)
    ]
    documents = {(thing.origin, thing.sha256): thing for thing in found if isinstance(thing, Document)}
    failed = {thing.id: thing for thing in found if isinstance(thing, Fate)}
    return Collected(
        tuple(documents[key] for key in sorted(documents)),
        tuple(failed[key] for key in sorted(failed)),
    )
