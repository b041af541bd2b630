"""Articles in, the same without copies out: a reprint is folded into its original, never a second
source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.articles.deduplication import form_texts, shingles
from briefing.articles.lines import comparison_key
from briefing.model import Article, Fate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COPY = 0.8  # containment; sampled pairs at and above it are true copies
# containment from which equal figures make a copy; without them it may be a template filled in anew
EDITED = 0.5
# of the figures of the text with fewer that must agree: an edited copy cuts, a template swaps them
FIGURES = 0.75
ENOUGH = 3  # figures that must agree before their agreement says anything
LEAST_WORDS = 20  # with fewer, only the same text is a copy
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Folding:
    """Articles that stand for themselves (each with its copies), earliest first; what became of the
    others.
    """

    articles: tuple[Article, ...]
    fates: tuple[Fate, ...]


def fold_reprints(articles: Iterable[Article]) -> Folding:
    """Each copy under the earliest article it copies; the same whatever the order of the input.

    An agency's own text goes before the texts that credit the agency, dated before undated, then
    the earlier, the longer, the one from the cleaner document, the smaller id.
    """
    ranked = sorted(_drop_repeats(articles), key=_rank_key)
    ranked = _sort_originals_first(ranked)
    owner, reasons = _assign_owners(ranked)
    folded_in: dict[int, list[Article]] = {}
    for i, each in enumerate(ranked):
        folded_in.setdefault(owner[i], []).extend([each] if owner[i] != i else [])
    kept = tuple(
        replace(ranked[i], copies=_gather_copies(ranked[i], folded_in[i]))
        for i in sorted(folded_in)
    )
    fates = tuple(
        _copy_fate(each, ranked[owner[i]], reasons[i])
        for i, each in enumerate(ranked)
        if owner[i] != i
    )
    return Folding(kept, fates)


def _assign_owners(ranked: list[Article]) -> tuple[list[int], dict[int, str]]:
    """Of each position the first it is a copy of that is no copy itself, or its own; of copies, the
    reason.

    A report that a hundred print is compared with the first of them only.
    """
    sets = [shingles.hash_shingles(each.text) for each in ranked]
    same = _identical_texts(ranked, sets)
    earlier: dict[int, set[int]] = {i: {first} for i, first in same.items()}
    for j, i in shingles.candidate_pairs(sets):
        earlier.setdefault(i, set()).add(j)
    owner: list[int] = []
    reasons: dict[int, str] = {}
    for i in range(len(ranked)):
        owner.append(i)
        for j in sorted(earlier.get(i, ())):
            reason = (
                _copy_reason(ranked, sets, j, i, same=same.get(i) == j) if owner[j] == j else None
            )
            if reason:
                owner[i], reasons[i] = j, reason
                break
    return owner, reasons


def _copy_reason(
    ranked: list[Article], sets: list[NDArray[np.uint64]], first: int, other: int, *, same: bool
) -> str | None:
    """Why one is a copy of the other; None when it is none."""
    if same:
        return "the same text as"
    share = shingles.containment(sets[first], sets[other])
    if share < EDITED or not is_copy(ranked[first].text, ranked[other].text, share):
        return None
    return f"{share:.0%} of the wording of"


def _identical_texts(ranked: list[Article], sets: list[NDArray[np.uint64]]) -> dict[int, int]:
    """Of positions whose words another has, all and in that order, the first that has them."""
    alike: dict[bytes, list[int]] = {}
    for i, own in enumerate(sets):
        alike.setdefault(own.tobytes() or _named(ranked[i]), []).append(i)
    found: dict[int, int] = {}
    for members in alike.values():  # the same words have the same shingles
        places: dict[str, int] = {}
        for i in members if len(members) > 1 else ():
            said = " ".join(_WORD.findall(ranked[i].text.casefold()))
            if (first := places.setdefault(said, i)) != i:
                found[i] = first
    return found


def _named(article: Article) -> bytes:
    """What a report without a text is known by: its headline."""
    return (article.headline or article.id).casefold().encode("utf-8", "replace")


def _drop_repeats(articles: Iterable[Article]) -> list[Article]:
    """The same article read twice (same id, same place) counts once; of two documents, both
    count.
    """
    found: dict[tuple[str, str, int], Article] = {}
    for each in articles:
        found.setdefault((each.id, each.document, each.place), each)
    return list(found.values())


def _rank_key(article: Article) -> tuple[bool, str, str, int, int, str, str, int]:
    when = article.published
    day = when.day.isoformat() if when else ""
    clock = (
        when.at.isoformat() if when and when.precision == "minute" else "~"
    )  # a day alone may be any time of it
    return (
        when is None,
        day,
        clock,
        -len(article.text),
        len(article.removals),
        article.id,
        article.document,
        article.place,
    )


def _sort_originals_first(ranked: list[Article]) -> list[Article]:
    """Texts that credit somebody else in this list as their author come after the others, otherwise
    in order.
    """
    outlets = {comparison_key(each.outlet) for each in ranked if each.outlet}
    credited = [
        each.byline is not None
        and comparison_key(each.byline) in outlets
        and comparison_key(each.byline) != comparison_key(each.outlet or "")
        for each in ranked
    ]
    return [each for each, late in zip(ranked, credited, strict=True) if not late] + [
        each for each, late in zip(ranked, credited, strict=True) if late
    ]


def is_copy(one: str, other: str, share: float) -> bool:
    """Whether two texts that share so much of their wording are one report, not one template with
    other figures.
    """
    if min(len(text.split(None, LEAST_WORDS)) for text in (one, other)) < LEAST_WORDS:
        return False
    if one == other:
        return True
    fewer, more = sorted((_figure_set(one), _figure_set(other)), key=len)
    if share >= COPY:
        alike = not fewer or len(fewer & more) >= FIGURES * len(fewer)
    else:
        alike = share >= EDITED and len(fewer) >= ENOUGH and fewer <= more
    return alike and not form_texts.is_refilled_form(one, other)


@lru_cache(maxsize=1024)  # a report that many print is compared with each
def _figure_set(text: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(text))


def _gather_copies(article: Article, folded_in: list[Article]) -> tuple[Article, ...]:
    """Those it had, those folded in, and theirs; none has copies of its own."""
    every = [
        *article.copies,
        *(each for copy in folded_in for each in (replace(copy, copies=()), *copy.copies)),
    ]
    return tuple(sorted(every, key=_rank_key))


def _copy_fate(article: Article, original: Article, reason: str) -> Fate:
    of = original.outlet or original.document
    return Fate(
        "article",
        article.id,
        "folded",
        f"{reason} {original.id} ({of})",
        article.document,
        article.outlet,
        article.headline,
    )
