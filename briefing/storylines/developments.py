"""Clusters of one day's reports in, storylines over days out: what reads like the next development is joined."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from briefing.storylines.vectors import unit

ALIKE = (
    0.30  # cosine of two clusters' means; on the sample corpus the same storyline lies at .30 to .46, others below .26
)
FADE_DAYS = (
    4.0  # between the end of one and the beginning of the other; costs the dated development sets under 0.2 points
)
LONGEST_GAP = 3.0  # days that fade at most: a storyline that comes back after weeks must read twice as much alike
SMALLEST = 2  # articles: a single report joins by its own likeness or not at all

Real = NDArray[np.float64]
Whole = NDArray[np.int64]


def joined(rows: csr_array, days: Real, labels: Sequence[int], *, known: Collection[int] = ()) -> list[int]:
    """Labels after joining dated clusters whose means are alike, best pairs first, until none is left.

    `known` are labels of which no two may join. Undated clusters stay as they are: nothing says that the one is the
    next day of the other, and two affairs of a kind read as much alike.
    """
    current, seeded = np.array(labels), set(known)
    while True:
        names = _dated(current, days)
        pairs = _alike(rows, days, current, names)
        renamed = _matched(pairs, seeded)
        if not renamed:
            return [int(label) for label in current]
        seeded = {renamed.get(label, label) for label in seeded}
        current = np.array([renamed.get(label, label) for label in current.tolist()])


def _dated(labels: Whole, days: Real) -> Whole:
    """Labels of clusters that are large enough and have a date, sorted."""
    names, sizes = np.unique(labels, return_counts=True)
    dated = np.isin(names, labels[~np.isnan(days)])
    return names[dated & (sizes >= SMALLEST)]


def _alike(rows: csr_array, days: Real, labels: Whole, names: Whole) -> list[tuple[float, int, int]]:
    """Pairs of clusters above the threshold, most alike first."""
    members = np.flatnonzero(np.isin(labels, names))
    place = np.searchsorted(names, labels[members])
    belongs = csr_array((np.ones(len(members)), (place, members)), shape=(len(names), len(labels)))
    means = unit(csr_array(belongs @ rows))
    product = csr_array(means @ means.T).tocoo()
    first, second = product.coords
    gap = np.maximum(_gap(place, days[members], len(names), first, second), 0.0)
    alike = np.round(product.data * np.exp(-gap / FADE_DAYS), 9)
    found = np.flatnonzero((alike >= ALIKE) & (first < second))
    return sorted((-float(alike[one]), int(names[first[one]]), int(names[second[one]])) for one in found)


def _gap(place: Whole, days: Real, clusters: int, first: Whole, second: Whole) -> Real:
    """Days between the end of the earlier cluster and the beginning of the later; negative where they overlap."""
    begin, end = np.full(clusters, np.inf), np.full(clusters, -np.inf)
    np.fmin.at(begin, place, days)
    np.fmax.at(end, place, days)
    gap: Real = np.maximum(begin[second] - end[first], begin[first] - end[second])
    return gap


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
