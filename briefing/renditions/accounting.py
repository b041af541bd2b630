"""An edition's ledger in, its account to the reader out: what was read, what became of it, what was set aside."""

from __future__ import annotations

import hashlib
from collections import Counter

from briefing.model import Edition, Fate
from briefing.renditions import escape, wording
from briefing.renditions.view import Imprint, LedgerLine

OUTLET_UNKNOWN = "outlet not stated"
_FATES = {"read": "read", "lead": "in leads", "brief": "in briefs", "over the limit": "over the limit"}  # said first
NAMED = 10  # documents set aside that the imprint names; the ledger names all


def line(fate: Fate) -> LedgerLine:
    see = escape.visible
    what = see(fate.headline or "") or see(fate.origin) or see(fate.id)
    origin = see(fate.origin or (fate.id if fate.kind == "document" else ""))
    return LedgerLine(see(fate.fate), what, see(fate.outlet or ""), see(fate.reason), origin)


def imprint(edition: Edition, record: bytes) -> Imprint:
    known = [name for name in wording.MAIN_COUNTS if name in edition.counts]
    names = known + sorted(set(edition.counts) - set(known))
    aside = [fate for fate in edition.ledger if fate.kind == "document" and fate.fate != "read"]
    return Imprint(
        counts=tuple(wording.counted(edition.counts[name], name) for name in names if edition.counts[name]),
        documents=_fates(edition, "document"),
        articles=_fates(edition, "article"),
        set_aside=tuple(map(line, aside[:NAMED])),
        set_aside_more=len(aside[NAMED:]),
        licences=_licences(edition),
        limit=wording.count(edition.limit, "word"),
        version=escape.visible(edition.version),
        digest=hashlib.sha256(record).hexdigest(),
    )


def _fates(edition: Edition, kind: str) -> tuple[str, ...]:
    """`61 read`, `2 set aside`: what is printed first, then the rest by name."""
    counts = Counter(fate.fate for fate in edition.ledger if fate.kind == kind)
    order = [fate for fate in _FATES if fate in counts] + sorted(set(counts) - set(_FATES))
    return tuple(f"{counts[fate]:,} {escape.visible(_FATES.get(fate, fate))}" for fate in order)


def _licences(edition: Edition) -> tuple[str, ...]:
    stated = {(q.article.outlet or OUTLET_UNKNOWN, q.article.licence) for q in edition.quotes if q.article.licence}
    return tuple(f"{escape.visible(outlet)}: {escape.visible(licence or '')}" for outlet, licence in sorted(stated))
