"""An edition made again and what was published of its day in, the same or its next revision out,
with what changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefing.archive.edition_files.diff import describe_differences
from briefing.archive.edition_files.edition_json import (
    deserialise_edition,
    edition_articles,
    serialise_edition,
)
from briefing.model import Edition

Record = Mapping[str, Any]

OWN = (
    "schema",
    "version",
    "parsed_by",
    "revision",
    "changes",
    "words",
    "minutes",
)  # may differ without any news
CLOCK = (
    "timezone",
    "window",
)  # in which zone hours are told is no news, nor how an edition is called
WEIGHED = ("score", "volume")  # of an item: reckoned in hours and days of the zone
NAMED = 12  # changes that a revision names; more are counted


def revise_edition(edition: Edition, earlier: Sequence[Record]) -> Edition:
    """The edition as it follows from the records of its earlier revisions, the latest last.

    With the same news it is the latest again, to the byte, whatever it would be called now and in
    whatever zone: what was published stays. With other news it is the next revision and says what
    is other, a line each. Without `earlier` it is the first.
    """
    if not earlier:
        return edition
    latest, record = earlier[-1], serialise_edition(edition)
    if _has_same_news(latest, record):
        return deserialise_edition(
            latest, {article.id: article.text for article in edition_articles(edition)}
        )
    lines = list(_describe_changes(latest, record))
    more = [f"and {len(lines) - NAMED} changes more"] if len(lines) > NAMED else []
    return replace(edition, revision=latest.get("revision", 1) + 1, changes=(*lines[:NAMED], *more))


def _has_same_news(record: Record, made: Record) -> bool:
    """Whether a published record says what one made now says; in another time zone: but for what
    hangs on the clock.
    """
    if record.get("timezone") == made["timezone"]:
        return all(record.get(name) == made[name] for name in made if name not in (*OWN, "title"))
    return _timeless_record(record, made) == _timeless_record(made, made)


def _timeless_record(record: Record, made: Record) -> Record:
    items = {
        part: [_omit_keys(item, WEIGHED) for item in record[part]] for part in ("leads", "briefs")
    }
    ledger = [_omit_keys(fate, ("reason",)) for fate in record["ledger"]]  # it states points
    named = {name: record.get(name) for name in made if name not in (*OWN, "title", *CLOCK)}
    return {**named, **items, "ledger": ledger}


def _omit_keys(table: Record, names: Sequence[str]) -> Record:
    return {name: value for name, value in table.items() if name not in names}


def _describe_changes(old: Record, new: Record) -> Iterator[str]:
    yield from describe_differences(old, new)
    before, after = _document_reasons(old), _document_reasons(new)
    yield from (f"document added: {name}" for name in after if name not in before)
    yield from (f"document gone: {name}" for name in before if name not in after)
    yield from (
        f"document read anew: {name}"
        for name in after
        if before.get(name, after[name]) != after[name]
    )
    texts, again = _text_digests(old), _text_digests(new)
    yield from (f"text changed: {key}" for key in again if texts.get(key, again[key]) != again[key])
    for name in ("title", "window", "limit", "timezone", "language", "note", "licences", "late"):
        if old.get(name) != new.get(name):
            yield f"other {name}"


def _document_reasons(record: Record) -> dict[str, str]:
    return {fate["id"]: fate["reason"] for fate in record["ledger"] if fate["kind"] == "document"}


def _text_digests(record: Record) -> dict[str, str]:
    return {key: article["sha256"] for key, article in record["articles"].items()}
