"""Articles in, the same without copies out: a reprint is folded into its original, never a second source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefing.articles import shingles, templates
from briefing.articles.lines import folded
from briefing.model import Article, Fate

COPY = 0.8  # containment; sampled pairs at and above it are true copies
EDITED = 0.5  # containment from which equal figures make a copy; without them it may be a template filled in anew
FIGURES = 0.75  # of the figures of the text with fewer that must agree: an edited copy cuts, a template swaps them
ENOUGH = 3  # figures that must agree before their agreement says anything
LEAST_WORDS = 20  # with fewer, only the same text is a copy


@dataclass(frozen=True)
class Folding:
    """Articles that stand for themselves (each with its copies), earliest first; what became of the others."""

    articles: tuple[Article, ...]
    fates: tuple[Fate, ...]


def fold(articles: Iterable[Article]) -> Folding:
    """Each copy under the earliest article it copies; the same whatever the order of the input.

    An agency's own text goes before the texts that credit the agency, dated before undated, then the earlier, the
    longer, the one from the cleaner document, the smaller id.
    """
    ranked = sorted(_distinct(articles), key=_rank)
    ranked = _originals_first(ranked)
    reasons = _reasons(ranked)
    owner = _owners(len(ranked), reasons)
    folded_in: dict[int, list[Article]] = {}
    for i, each in enumerate(ranked):
        folded_in.setdefault(owner[i], []).extend([each] if owner[i] != i else [])
    kept = tuple(replace(ranked[i], copies=_copies(ranked[i], folded_in[i])) for i in sorted(folded_in))
    fates = tuple(_fate(each, ranked[owner[i]], reasons[owner[i], i]) for i, each in enumerate(ranked) if owner[i] != i)
    return Folding(kept, fates)


def _owners(articles: int, reasons: Iterable[tuple[int, int]]) -> list[int]:
    """Of each position the first it is a copy of that is no copy itself, or its own."""
    earlier: dict[int, list[int]] = {}
    for j, i in reasons:
        earlier.setdefault(i, []).append(j)
    owner: list[int] = []
    for i in range(articles):
        owner.append(next((j for j in sorted(earlier.get(i, ())) if owner[j] == j), i))
    return owner


def _distinct(articles: Iterable[Article]) -> list[Article]:
    """The same article read twice (same id, same place) counts once; of two documents, both count."""
    found: dict[tuple[str, str, int], Article] = {}
    for each in articles:
        found.setdefault((each.id, each.document, each.place), each)
    return list(found.values())


def _rank(article: Article) -> tuple[bool, str, str, int, int, str, str, int]:
    when = article.published
    day = when.day.isoformat() if when else ""
    clock = when.at.isoformat() if when and when.precision == "minute" else "~"  # a day alone may be any time of it
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


def _originals_first(ranked: list[Article]) -> list[Article]:
    """Texts that credit somebody else in this list as their author come after the others, otherwise in order."""
    outlets = {folded(each.outlet) for each in ranked if each.outlet}
    credited = [
        each.byline is not None and folded(each.byline) in outlets and folded(each.byline) != folded(each.outlet or "")
        for each in ranked
    ]
    return [each for each, late in zip(ranked, credited, strict=True) if not late] + [
        each for each, late in zip(ranked, credited, strict=True) if late
    ]


def _reasons(ranked: list[Article]) -> dict[tuple[int, int], str]:
    """Pairs of positions, earlier first, that are copies, with the sentence that says why."""
    found: dict[tuple[int, int], str] = {}
    texts = [each.text for each in ranked]
    for i, j, share in shingles.pairs(texts, least=EDITED):
        if is_copy(texts[i], texts[j], share):
            found[i, j] = f"{share:.0%} of the wording of"
    places: dict[str, int] = {}
    for i, each in enumerate(ranked):
        same = " ".join(re.findall(r"\w+", each.text.casefold()))
        if (first := places.setdefault(same, i)) != i:
            found[first, i] = "the same text as"
    return found


def is_copy(one: str, other: str, share: float) -> bool:
    """Whether two texts that share so much of their wording are one report, not one template with other figures."""
    if min(len(one.split()), len(other.split())) < LEAST_WORDS:
        return False
    fewer, more = sorted((set(re.findall(r"\d+(?:[.,:]\d+)*", text)) for text in (one, other)), key=len)
    if share >= COPY:
        alike = not fewer or len(fewer & more) >= FIGURES * len(fewer)
    else:
        alike = share >= EDITED and len(fewer) >= ENOUGH and fewer <= more
    return alike and not templates.filled_anew(one, other)


def _copies(article: Article, folded_in: list[Article]) -> tuple[Article, ...]:
    """Those it had, those folded in, and theirs; none has copies of its own."""
    every = [*article.copies, *(each for copy in folded_in for each in (replace(copy, copies=()), *copy.copies))]
    return tuple(sorted(every, key=_rank))


def _fate(article: Article, original: Article, reason: str) -> Fate:
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
