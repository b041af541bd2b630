"""What was read to what of it may be printed: embargoes kept, withdrawals carried out and
remembered, each told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from briefing.archive.store import articles, withdrawals
from briefing.editions.ledger import article_fate
from briefing.editions.withheld import REACH, WITHDRAWN, takes_back, withhold
from briefing.model import Article, Fate

Documents = Mapping[tuple[str, str], tuple[Article, ...]]


@dataclass(frozen=True, slots=True)
class Printable:
    """What each document still gives, a line for all the rest, and sentences for the operator."""

    documents: Documents
    fates: tuple[Fate, ...]
    troubles: tuple[str, ...]


def printable(
    db: sqlite3.Connection, documents: Documents, *, now: datetime, timezone: str
) -> Printable:
    """Withdrawals that are new are kept in the archive: no later edition prints what they take
    back.
    """
    given = {one.id: one for found in documents.values() for one in found}
    result = withhold(list(given.values()), now, timezone, _earlier(db, given.values(), now))
    new = [
        one for one in result.withdrawals if withdrawals.withdraw(db, one.article.id, one.reason)
    ]
    before = withdrawals.reasons(db, given)
    kept = {one.id for one in result.articles} - before.keys()
    told = {fate.id for fate in result.fates}
    known = [
        article_fate(given[key], WITHDRAWN, why) for key, why in before.items() if key not in told
    ]
    left = {
        name: tuple(one for one in found if one.id in kept) for name, found in documents.items()
    }
    lines = _documents(
        {name: found for name, found in documents.items() if found and not left[name]}
    )
    troubles = [_told(db, one.article, one.reason) for one in new] + [
        _aimless(one) for one in result.aimless
    ]
    return Printable(left, (*result.fates, *known, *lines), tuple(troubles))


def _earlier(db: sqlite3.Connection, given: Iterable[Article], now: datetime) -> Iterator[Article]:
    """Other articles of late, if there is a notice that may be about them."""
    if any(takes_back(one) for one in given):
        yield from articles.articles_between(db, (now - REACH).date(), now.date())


def _documents(documents: Documents) -> Iterator[Fate]:
    for (origin, _digest), found in documents.items():
        yield Fate(
            "document",
            origin,
            "read",
            f"{len(found)} article{'s' if len(found) > 1 else ''}",
            origin,
        )


def _told(db: sqlite3.Connection, article: Article, reason: str) -> str:
    name = article.headline or article.id
    held = ", ".join(map(str, withdrawals.holders(db, article.id)))
    where = f"it stands in {held}" if held else "it was in no edition"
    return f"'{name}' ({article.outlet or article.document}) is {reason}; {where}"


def _aimless(notice: Article) -> str:
    return (
        f"{notice.document}: it takes a report back that is not known here: "
        f"'{notice.headline or notice.id}'; "
        f"if it was printed, take it out with: briefing archive remove"
    )
