"""Clusters of one day's reports in, storylines over days out: what reads like the next development is joined."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from briefing.storylines.vectors import unit

ALIKE = 0.30  # cosine of two clusters' words, and of their names. On the sample corpus days of one storyline lie above
# .32 in both; two floods at .30 and .09, two affairs of one minister at .19 and .27. Together they cost the development
# sets nothing and join what readers call one storyline.
FADE_DAYS = 5.0  # from the end of one to the beginning of the other; 4 to 8 are within half a point everywhere
SMALLEST = 2  # articles: a single report joins by its own likeness or not at all

Real = NDArray[np.float64]
Whole = NDArray[np.int64]


def joined(
    rows: csr_array, names: csr_array, days: Real, labels: Sequence[int], *, known: Collection[int] = ()
) -> list[int]:
    """Labels after joining dated clusters that are alike in words and in names, best pairs first, until none is left.

    `known` are labels of which no two may join. Undated clusters stay as they are: nothing says that the one is the
    next day of the other, and two affairs of a kind read as much alike.
    """
    current, seeded = np.array(labels), set(known)
    while True:
        clusters = _clusters(current, days)
        pairs = clusters.alike(rows, names)
        renamed = _matched(pairs, seeded)
        if not renamed:
            return [int(label) for label in current]
        seeded = {renamed.get(label, label) for label in seeded}
        current = np.array([renamed.get(label, label) for label in current.tolist()])


@dataclass(frozen=True)
class _Clusters:
    """Clusters by name, sorted, with their members' positions and the days they begin and end."""

    names: Whole
    belongs: csr_array  # clusters by articles
    begin: Real
    end: Real

    def alike(self, rows: csr_array, names: csr_array) -> list[tuple[float, int, int]]:
        """Pairs above the threshold, most alike first."""
        words, who = self._cosines(rows), self._cosines(names)
        both = csr_array(words.minimum(who)).tocoo()
        first, second = both.coords
        gap = np.maximum(self.begin[second] - self.end[first], self.begin[first] - self.end[second])
        alike = np.round(both.data * np.exp(-np.maximum(gap, 0.0) / FADE_DAYS), 9)
        found = np.flatnonzero((alike >= ALIKE) & (first < second))
        return sorted((-float(alike[one]), int(self.names[first[one]]), int(self.names[second[one]])) for one in found)

    def _cosines(self, rows: csr_array) -> csr_array:
        means = unit(csr_array(self.belongs @ rows))
        product = csr_array(means @ means.T)
        product.data[product.data < ALIKE] = 0.0
        product.eliminate_zeros()
        return product


def _clusters(labels: Whole, days: Real) -> _Clusters:
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


def _matched(pairs: Sequence[tuple[float, int, int]], seeded: Collection[int]) -> dict[int, int]:
    """Who takes whose name: each cluster joins at most one other in a round; the known keeps its name."""
    taken: set[int] = set()
    renamed: dict[int, int] = {}
    for _, one, other in pairs:
        if one in taken or other in taken or (one in seeded and other in seeded):
            continue
        taken |= {one, other}
        renamed[other] = one
    return renamed
