"""Clusters of one day's reports in, storylines over days out: what reads like the next development
is joined.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from briefing.storylines.clustering.tfidf import normalise_rows

# the lower cosine of two clusters, of words or of names. On the sample corpus days of one storyline
# lie
ALIKE = 0.30
# above .32 in both; two floods at .30 and .09, two affairs of one minister at .19 and .27. Together
# they cost the development sets nothing and join what readers call one storyline.
FEW, SOME = (
    4,
    6,
)  # articles: where the smaller has fewer than the one, and the larger fewer than the other …
# … they must be so much alike: two reports say little of how a whole affair reads (+.3 points of
FEW_ALIKE = 0.40
# BCubed F1 and +1.1 of pairs on daybatch, nothing lost elsewhere)
# of the geometric mean of both cosines, which counts where it is more: an inquiry into a flood
# shares names
BOTH = 0.82
# (.58) more than words (.33) with it; at .87 affairs of one cast join, at .77 the inquiry stays
# apart from the end of one to the beginning of the other; 4 to 8 are within half a point everywhere
FADE_DAYS = 5.0
SMALLEST = 2  # articles: a single report joins by its own likeness or not at all

Real = NDArray[np.float64]
Whole = NDArray[np.int64]
Pairs = list[tuple[float, int, int]]  # minus the likeness, label, greater label
BLOCK = 250  # clusters compared at a time: bounds the memory


def join_day_clusters(
    rows: csr_array,
    names: csr_array,
    days: Real,
    labels: Sequence[int],
    *,
    known: Collection[int] = (),
) -> list[int]:
    """Labels after joining dated clusters that are alike in words and in names, best pairs first,
    until none is left.

    `known` are labels of which no two may join. Undated clusters stay as they are: nothing says
    that the one is the next day of the other, and two affairs of a kind read as much alike.
    """
    current, seeded = np.array(labels), set(known)
    settled: Pairs = []
    changed: set[int] | None = (
        None  # labels whose clusters grew in the last round; None: all are to be compared
    )
    while True:
        clusters = _dated_clusters(current, days)
        pairs = sorted(settled + clusters.alike(rows, names, changed))
        renamed = _match_pairs(pairs, seeded)
        if not renamed:
            return [int(label) for label in current]
        touched = renamed.keys() | renamed.values()
        settled = [pair for pair in pairs if pair[1] not in touched and pair[2] not in touched]
        changed = set(renamed.values())
        seeded = {renamed.get(label, label) for label in seeded}
        current = np.array([renamed.get(label, label) for label in current.tolist()])


@dataclass(frozen=True)
class _Clusters:
    """Clusters by name, sorted, with their members' positions and the days they begin and end."""

    names: Whole
    belongs: csr_array  # clusters by articles
    begin: Real
    end: Real

    def alike(
        self, rows: csr_array, names: csr_array, changed: Collection[int] | None = None
    ) -> Pairs:
        """Pairs above the threshold, most alike first; with `changed`, those that have one of these
        labels.
        """
        new = (
            np.ones(len(self.names), bool)
            if changed is None
            else np.isin(self.names, sorted(changed))
        )
        chosen = np.flatnonzero(new)
        who = self._means(names)
        others = csr_array(who.T)
        blocks = [chosen[start : start + BLOCK] for start in range(0, len(chosen), BLOCK)]
        likely = [self._likely(*_cosine_pairs(who, others, block), new) for block in blocks]
        return (
            self._alike(rows, *(np.concatenate(column) for column in zip(*likely, strict=True)))
            if likely
            else []
        )

    def _likely(
        self, first: Whole, second: Whole, names: Real, new: NDArray[np.bool_]
    ) -> tuple[Whole, Whole, Real]:
        """Those pairs, each once, that may be alike enough by their names and days: few are left to
        be read.
        """
        most = np.maximum(names, BOTH * np.sqrt(names))  # were all words the same
        near = (most * self._fade(first, second)).round(9) >= self._asked(first, second)
        near &= (first < second) | ~new[second]
        return first[near], second[near], names[near]

    def _alike(self, rows: csr_array, first: Whole, second: Whole, names: Real) -> Pairs:
        met, at = np.unique(np.concatenate([first, second]), return_inverse=True)
        words = self._means(rows, met)
        one, other = at[: len(first)], at[len(first) :]
        parts = [slice(start, start + BLOCK) for start in range(0, len(first), BLOCK)]
        same = [
            np.asarray(words[one[part]].multiply(words[other[part]]).sum(axis=1)) for part in parts
        ]
        read = np.concatenate(same) if same else names
        both = np.maximum(np.minimum(names, read), BOTH * np.sqrt(names * read)) * (
            read >= ALIKE - 1e-9
        )
        alike = (both * self._fade(first, second)).round(9)
        found = alike >= self._asked(first, second)
        low, high = (
            self.names[np.minimum(first, second)[found]],
            self.names[np.maximum(first, second)[found]],
        )
        return sorted(zip((-alike[found]).tolist(), low.tolist(), high.tolist(), strict=True))

    def _fade(self, first: Whole, second: Whole) -> Real:
        gap = np.maximum(self.begin[second] - self.end[first], self.begin[first] - self.end[second])
        fade: Real = np.exp(-np.maximum(gap, 0.0) / FADE_DAYS)
        return fade

    def _asked(self, first: Whole, second: Whole) -> Real:
        """How much alike two clusters must be: more, where they are small."""
        sizes = np.diff(self.belongs.indptr)
        smaller, larger = (
            np.minimum(sizes[first], sizes[second]),
            np.maximum(sizes[first], sizes[second]),
        )
        return np.where((smaller < FEW) & (larger < SOME), FEW_ALIKE, ALIKE)

    def _means(self, rows: csr_array, chosen: Whole | None = None) -> csr_array:
        means = normalise_rows(
            csr_array((self.belongs if chosen is None else self.belongs[chosen]) @ rows)
        )
        means.sort_indices()
        return means


def _cosine_pairs(means: csr_array, others: csr_array, chosen: Whole) -> tuple[Whole, Whole, Real]:
    product = csr_array(means[chosen] @ others).tocoo()
    high = product.data >= ALIKE - 1e-9
    first, second = chosen[product.coords[0][high]], product.coords[1][high].astype(np.int64)
    apart = first != second
    return first[apart], second[apart], product.data[high][apart]


def _dated_clusters(labels: Whole, days: Real) -> _Clusters:
    """Those that are large enough and have a date."""
    names, sizes = np.unique(labels, return_counts=True)
    names = names[np.isin(names, labels[~np.isnan(days)]) & (sizes >= SMALLEST)]
    members = np.flatnonzero(np.isin(labels, names))
    place = np.searchsorted(names, labels[members])
    begin, end = np.full(len(names), np.inf), np.full(len(names), -np.inf)
    np.fmin.at(begin, place, days[members])
    np.fmax.at(end, place, days[members])
    belongs = csr_array((np.ones(len(members)), (place, members)), shape=(len(names), len(labels)))
    return _Clusters(names, belongs, begin, end)


def _match_pairs(
    pairs: Sequence[tuple[float, int, int]], seeded: Collection[int]
) -> dict[int, int]:
    """Who takes whose name: each cluster joins at most one other in a round; the known keeps its
    name.
    """
    taken: set[int] = set()
    renamed: dict[int, int] = {}
    for _, one, other in pairs:
        if one in taken or other in taken or (one in seeded and other in seeded):
            continue
        taken |= {one, other}
        renamed[other] = one
    return renamed
