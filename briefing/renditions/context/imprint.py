"""An edition's ledger in, its account to the reader out: what was read, what became of it, what was
set aside.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from briefing.model import Edition, Fate, Licence
from briefing.renditions.context.view import Imprint, LedgerLine
from briefing.renditions.localisation import formatting
from briefing.renditions.localisation.catalogue import Messages
from briefing.renditions.templating import escaping

_FIRST = (
    "read",
    "lead",
    "brief",
    "over the limit",
)  # of the fates: said in this order, then the others by name
NAMED = 10  # documents set aside that the imprint names; the ledger names all


@dataclass(frozen=True, slots=True, eq=False)
class Ledger(Sequence[LedgerLine]):
    """The lines of a ledger, put into words when they are asked for: thousands, which most formats
    do not print.
    """

    fates: Sequence[Fate]
    say: Messages

    def __len__(self) -> int:
        return len(self.fates)

    @overload
    def __getitem__(self, place: int) -> LedgerLine: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[LedgerLine]: ...
    def __getitem__(self, place: int | slice) -> LedgerLine | Sequence[LedgerLine]:
        if isinstance(place, slice):
            return Ledger(self.fates[place], self.say)
        return _ledger_line(self.fates[place], self.say)


def _ledger_line(fate: Fate, say: Messages) -> LedgerLine:
    see = escaping.visible_text
    what = see(fate.headline or "") or see(fate.origin) or see(fate.id)
    origin = see(fate.origin or (fate.id if fate.kind == "document" else ""))
    fated, reason = (say.recorded(see(text)) for text in (fate.fate, fate.reason))
    return LedgerLine(fated, what, see(fate.outlet or ""), reason, origin)


def build_imprint(edition: Edition, record: bytes, say: Messages) -> Imprint:
    known = [name for name in formatting.MAIN_COUNTS if name in edition.counts]
    names = known + sorted(set(edition.counts) - set(known))
    aside = [fate for fate in edition.ledger if fate.kind == "document" and fate.fate != "read"]
    return Imprint(
        counts=tuple(
            say.count(name, edition.counts[name]) for name in names if edition.counts[name]
        ),
        documents=_fate_counts(edition, "document", say),
        articles=_fate_counts(edition, "article", say),
        set_aside=tuple(_ledger_line(fate, say) for fate in aside[:NAMED]),
        set_aside_more=len(aside[NAMED:]),
        licences=_licence_lines(edition, say),
        terms=tuple(_licence_terms(licence, say) for licence in edition.licences),
        late=say("late", articles=say.count("articles", len(edition.late))) if edition.late else "",
        added=bool(edition.insertions),
        limit=say("limit", words=say.count("words", edition.limit)),
        version=escaping.visible_text(edition.version),
        digest=hashlib.sha256(record).hexdigest(),
    )


def _fate_counts(edition: Edition, kind: str, say: Messages) -> tuple[str, ...]:
    """`61 read`, `2 set aside`: what is printed first, then the rest by name."""
    counts = Counter(fate.fate for fate in edition.ledger if fate.kind == kind)
    order = [fate for fate in _FIRST if fate in counts] + sorted(set(counts) - set(_FIRST))
    return tuple(say.fated(escaping.visible_text(fate), counts[fate]) for fate in order)


def _licence_lines(edition: Edition, say: Messages) -> tuple[str, ...]:
    unknown = say("outlet_unknown")
    stated = {
        (q.article.outlet or unknown, q.article.licence)
        for q in edition.quotes
        if q.article.licence
    }
    return tuple(
        f"{escaping.visible_text(outlet)}: {escaping.visible_text(licence or '')}"
        for outlet, licence in sorted(stated)
    )


def _licence_terms(licence: Licence, say: Messages) -> str:
    """`Quoted of an article under 'CC BY': at most 90 words and at most 50 % of it.`"""
    limits = say.listed(_licence_limits(licence, say))
    if licence.name == "*":
        return say("terms_any", limits=limits)
    return say("terms", licence=escaping.visible_text(licence.name), limits=limits)


def _licence_limits(licence: Licence, say: Messages) -> list[str]:
    if licence.text == "headline":
        return [say("terms_headline")]
    excerpt = licence.text == "excerpt"
    limits = (
        [say("terms_words", words=say.count("words", licence.words))]
        if excerpt and licence.words
        else []
    )
    limits += (
        [say("terms_percent", percent=say.number(licence.percent))]
        if excerpt and licence.percent
        else []
    )
    limits += (
        [say("terms_outlet", words=say.count("words", licence.edition))] if licence.edition else []
    )
    return limits or [say("terms_full")]
