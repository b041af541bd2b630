"""An edition made again and what was published of its day in, the same or its next revision out, with what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefing.archive.comparison import differences
from briefing.archive.record import to_record
from briefing.model import Edition

Record = Mapping[str, Any]

OWN = ("schema", "version", "revision", "changes")  # differ from one making to the next without any news
NAMED = 12  # changes that a revision names; more are counted


def revised(edition: Edition, earlier: Sequence[Record]) -> Edition:
    """The edition as it follows from the records of its earlier revisions, the latest last.

    With the same news it is the latest again, to the byte; with other news it is the next revision and says what is
    other, a line each. Without `earlier` it is the first.
    """
    if not earlier:
        return edition
    latest, record = earlier[-1], to_record(edition)
    if all(latest.get(name) == record[name] for name in record if name not in OWN):
        changes = tuple(latest.get("changes", ()))
        return replace(edition, version=latest["version"], revision=latest.get("revision", 1), changes=changes)
    lines = list(_changes(latest, record))
    more = [f"and {len(lines) - NAMED} changes more"] if len(lines) > NAMED else []
    return replace(edition, revision=latest.get("revision", 1) + 1, changes=(*lines[:NAMED], *more))


def _changes(old: Record, new: Record) -> Iterator[str]:
    yield from differences(old, new)
    before, after = _documents(old), _documents(new)
    yield from (f"document added: {name}" for name in after if name not in before)
    yield from (f"document gone: {name}" for name in before if name not in after)
    yield from (f"document read anew: {name}" for name in after if before.get(name, after[name]) != after[name])
    texts, again = _texts(old), _texts(new)
    yield from (f"text changed: {key}" for key in again if texts.get(key, again[key]) != again[key])
    for name in ("title", "window", "limit", "timezone", "language", "note", "licences", "late"):
        if old.get(name) != new.get(name):
            yield f"other {name}"


def _documents(record: Record) -> dict[str, str]:
    return {fate["id"]: fate["reason"] for fate in record["ledger"] if fate["kind"] == "document"}


def _texts(record: Record) -> dict[str, str]:
    return {key: article["sha256"] for key, article in record["articles"].items()}
