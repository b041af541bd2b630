"""What an archive remembers of storylines in, whole ones for today's edition out; what is new, back
to be remembered.

Grouping is given light records, whose number decides what a day costs; articles are fetched of
those storylines alone that the edition tells of.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from briefing.archive.store import storylines
from briefing.model import Headline, Quote, Storyline
from briefing.storylines import (
    Remembered,
    prepend_earlier_articles,
    remember_storyline,
    select_headline,
)
from briefing.storylines.tracking.recognition import TOLD

FOLLOWED = timedelta(days=21)  # a single report is forgotten when nothing joined it for so long …
SLEPT = timedelta(days=366)  # … and a storyline of several reports after a year
TOLD_AGAIN = timedelta(days=30)  # whose articles an edition may still quote, count and compare with
LATELY = timedelta(days=3)  # before the day: storylines that may be missed when they have no news


def load_remembered(db: sqlite3.Connection, profile: str, day: date) -> tuple[Remembered, ...]:
    """What is known on a day, by id. Of an archive that has no records yet, they are made of its
    storylines.
    """
    found = storylines.load_records(
        db, profile=profile, since=day - FOLLOWED, told=TOLD, at_all=day - SLEPT
    )
    if found:
        return tuple(Remembered.from_json(one, profiles) for one, profiles in found)
    return tuple(
        remember_storyline(one, day)
        for one in storylines.known_storylines(db, profile=profile, since=day - FOLLOWED)
    )


def complete_storylines(
    db: sqlite3.Connection, profile: str, lines: Sequence[Storyline], day: date
) -> tuple[Storyline, ...]:
    """Today's storylines, each with its articles of the last month."""
    since = day - TOLD_AGAIN
    found = (
        (one, storylines.recent_members(db, profile=profile, storyline=one.id, since=since))
        for one in lines
    )
    return tuple(
        prepend_earlier_articles(one, earlier) if set(earlier) - set(one.articles) else one
        for one, earlier in found
    )


def silent_storylines(  # noqa: PLR0917 each is a plain value of one caller
    db: sqlite3.Connection, profile: str, known: Iterable[Remembered], told: Iterable[Storyline], day: date,
    follows: Sequence[str],
) -> tuple[Storyline, ...]:  # fmt: skip
    """Storylines that today tells nothing of and a reader may ask after: followed by name, or told
    shortly before.
    """
    now = {one.id for one in told}
    asked = [
        one
        for one in known
        if one.id not in now
        and (
            (one.last_seen >= day - LATELY and len(one.articles) >= TOLD)
            or _is_followed(one, follows)
        )
    ]
    return tuple(found for one in asked if (found := _restore_storyline(db, profile, one, day)))


def store_remembered(
    db: sqlite3.Connection,
    profile: str,
    lines: Iterable[Storyline],
    known: Iterable[Remembered],
    day: date,
) -> None:
    """Remember what today's storylines gained; what gained nothing stays as it is remembered."""
    before = {one.id: one for one in known}
    after = (remember_storyline(one, day, before=before.get(one.id)) for one in lines)
    storylines.store_records(
        db, (one.to_json() for one in after if one != before.get(one.id)), profile=profile
    )


def _is_followed(record: Remembered, follows: Sequence[str]) -> bool:
    return any(
        word == record.id or word.casefold() in record.headline.casefold() for word in follows
    )


def _restore_storyline(
    db: sqlite3.Connection, profile: str, record: Remembered, day: date
) -> Storyline | None:
    articles = storylines.recent_members(
        db, profile=profile, storyline=record.id, since=day - FOLLOWED
    )
    headline: Headline | Quote | None = select_headline(articles) if articles else None
    return Storyline(record.id, articles, headline, record.first_seen) if headline else None
