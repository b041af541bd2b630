"""Unit vectors and times in, the graph of nearest neighbours out: likeness fades with days and is
scaled locally.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

NEIGHBOURS = (
    30  # nearest kept of each article; the full table gives the same quality at ten times the cost
)
BARE_NEIGHBOURS = (
    100  # where bodies are missing: stories of hundreds of headlines hang together by few words
)
FADE_DAYS = (
    5.0  # likeness falls to 1/e over so many days; 3 to 8 are within half a point on storylines dev
)
FLOOR = 0.05  # a weaker likeness is none
BLOCK = 250  # rows whose neighbours are chosen at a time: bounds the memory
CELLS = 2**18  # sums of products at a time; they stay in a processor's cache
# comparisons an article, on average, up to which all are made: looking for the likely costs as much
WHOLE = 40_000
# articles that one is compared with, by way of its terms, while likely neighbours are looked for:
# of
ASKED = 20_000
# the links above the threshold .999 are found where so few of 100,000 are asked; measured in
# proportion by `python -m benchmarks storylines --links`
LIKELY = 2  # times as many likely neighbours as wanted are compared exactly …
LIKELY_FLOOR = 0.02  # … those that are so much alike by the most telling terms
CLOSE, SHARED = (
    16,
    2,
)  # and two articles that share so many of so many neighbours: of the links that the terms miss,
# nine in ten (25 pairs an article; with one shared neighbour, 95 pairs, all but half a thousandth)
SOURCES = 8  # articles whose likely neighbours are compared at a time: calls cost more than sums
FEW = 200  # articles up to which a table of all pairs is cheaper than looking for neighbours

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Undirected edges between positions, first < second, sorted; likeness above 0, at most 1
    (before gains).
    """

    size: int
    first: Whole
    second: Whole
    likeness: Real


def build_neighbour_graph(
    rows: csr_array, days: Real, *, neighbours: int = NEIGHBOURS, fade: float = FADE_DAYS
) -> Graph:
    """Each article joined with its nearest `neighbours` by cosine, exponentially faded by the days
    between them.

    `days` holds NaN where a date is unknown: likeness to such an article does not fade. Where terms
    are common, an article is compared by its most telling ones first, and exactly only with its
    likely neighbours and with those that share neighbours with it (after NN-descent, Dong, Moses
    and Li 2011): nearly linear in articles, exact up to about 20,000 of one day.
    """
    size = rows.shape[0]
    if size <= min(neighbours + 1, FEW):
        return _complete_graph(rows, days, fade)
    frequency = np.bincount(rows.indices, minlength=rows.shape[1])
    if frequency[rows.indices].sum() <= WHOLE * size:
        found = _faded_pairs(rows, rows, days, fade, FLOOR)
        return undirected_graph(
            size, ((one, other, likeness.round(9)) for one, other, likeness in found), neighbours
        )
    likely = _compare_pairs(
        _likely_pairs(rows, frequency, days, fade, LIKELY * neighbours), rows, days, fade
    )
    return _nearest_edges(
        _merge_graphs(likely, _compare_pairs(_pairs_sharing_neighbours(likely), rows, days, fade)),
        neighbours,
    )


def undirected_graph(
    size: int, found: Iterable[tuple[Whole, Whole, Real]], neighbours: int
) -> Graph:
    """The graph of blocks that hold all pairs of their sources: of each source the strongest, each
    pair once.
    """
    return _deduplicate_edges(size, [_strongest_edges(*block, neighbours) for block in found])


def _deduplicate_edges(size: int, found: Iterable[tuple[Whole, Whole, Real]]) -> Graph:
    """Each pair of the blocks once."""
    source, target, likeness = (np.concatenate(column) for column in zip(*found, strict=True))
    low, high = np.minimum(source, target), np.maximum(source, target)
    _, once = np.unique(low * size + high, return_index=True)
    return Graph(size, low[once], high[once], likeness[once])


def _complete_graph(rows: csr_array, days: Real, fade: float) -> Graph:
    """Every pair: so few articles that each may keep all the others. Dense, as calls cost more than
    the sums.
    """
    first, second = np.triu_indices(rows.shape[0], 1)
    cosine = (rows @ rows.T).toarray()[first, second]
    likeness = _fade_cosines(cosine, days, first, second, fade).round(9)
    near = likeness >= FLOOR
    return Graph(rows.shape[0], first[near], second[near], likeness[near])


def _likely_pairs(rows: csr_array, frequency: Whole, days: Real, fade: float, wanted: int) -> Whole:
    """Pairs that are alike by their most telling terms, so many of each article; as
    `_pair_numbers`.
    """
    narrow = rows.astype(np.float32)  # likely only: what is found is compared exactly
    found = _faded_pairs(_most_telling_terms(narrow, frequency), narrow, days, fade, LIKELY_FLOOR)
    chosen = (_strongest_edges(*block, wanted) for block in found)
    return np.unique(
        np.concatenate(
            [_pair_numbers(source, target, rows.shape[0]) for source, target, _ in chosen]
        )
    )


def _pair_numbers(one: Whole, other: Whole, size: int) -> Whole:
    """Pairs of positions as single numbers, either way round the same."""
    pairs: Whole = np.minimum(one, other).astype(np.int64) * size + np.maximum(one, other)
    return pairs


def _most_telling_terms(rows: csr_array, frequency: Whole) -> csr_array:
    """Each row with those of its terms that weigh most for the articles that hold them, up to
    `ASKED` comparisons.
    """
    kept = np.zeros(rows.nnz, dtype=bool)
    for start in range(0, rows.shape[0], BLOCK):
        ends = rows.indptr[start : start + BLOCK + 1]
        sizes, terms = np.diff(ends), slice(ends[0], ends[-1])
        filled = np.arange(sizes.max(initial=0)) < sizes[:, None]
        worth, cost = np.full(filled.shape, -1.0), np.zeros(filled.shape, dtype=np.int64)
        cost[filled] = frequency[rows.indices[terms]]
        worth[filled] = rows.data[terms].astype(np.float64) ** 2 / cost[filled]
        order = np.argsort(-worth.round(12), axis=1, kind="stable")
        asked = np.cumsum(np.take_along_axis(cost, order, axis=1), axis=1) <= ASKED
        chosen = np.zeros(filled.shape, dtype=bool)
        np.put_along_axis(chosen, order, asked, axis=1)
        kept[terms] = chosen[filled]
    ends = np.r_[0, np.cumsum(kept)][rows.indptr].astype(rows.indptr.dtype)
    return csr_array((rows.data[kept], rows.indices[kept], ends), shape=rows.shape)


def _compare_pairs(pairs: Whole, rows: csr_array, days: Real, fade: float) -> Graph:
    """The pairs, sorted, with their likeness by all terms."""
    first, second = pairs // rows.shape[0], pairs % rows.shape[0]
    cosine = np.zeros(len(pairs))
    laid = np.zeros(
        SOURCES * rows.shape[1]
    )  # the weights of some rows, one after the other, to be looked up
    begins = np.flatnonzero(np.diff(first, prepend=-1))[::SOURCES]
    for start, stop in pairwise([*begins.tolist(), len(pairs)]):
        some, place = np.unique(first[start:stop], return_inverse=True)
        own, others = csr_array(rows[some]), csr_array(rows[second[start:stop]])
        spots = _shift_columns(own, np.arange(len(some)))
        laid[spots] = own.data
        spread = (others.data, _shift_columns(others, place), others.indptr)
        cosine[start:stop] = csr_array(spread, shape=(stop - start, len(laid))) @ laid
        laid[spots] = 0.0
    return Graph(
        rows.shape[0], first, second, _fade_cosines(cosine, days, first, second, fade).round(9)
    )


def _shift_columns(rows: csr_array, place: Whole) -> Whole:
    """The columns of rows where tables lie one after the other and each row looks into the one at
    its place.
    """
    shifts = (place * rows.shape[1]).astype(rows.indices.dtype)
    shifted: Whole = rows.indices + np.repeat(shifts, np.diff(rows.indptr))
    return shifted


def _pairs_sharing_neighbours(graph: Graph) -> Whole:
    """Pairs that are not compared yet and share near neighbours; as `_pair_numbers`."""
    near = _nearest_edges(graph, CLOSE)
    ends = (np.r_[near.first, near.second], np.r_[near.second, near.first])
    table = csr_array((np.ones(len(ends[0]), dtype=np.int32), ends), shape=(graph.size, graph.size))
    found = []
    for start in range(0, graph.size, BLOCK):
        shared = csr_array(table[start : start + BLOCK] @ table).tocoo()
        one, other = shared.coords[0] + start, shared.coords[1]
        chosen = (shared.data >= SHARED) & (one < other)
        found.append(_pair_numbers(one[chosen], other[chosen], graph.size))
    return np.setdiff1d(
        np.concatenate(found),
        _pair_numbers(graph.first, graph.second, graph.size),
        assume_unique=True,
    )


def _merge_graphs(one: Graph, other: Graph) -> Graph:
    """The edges of both, which share none, sorted."""
    first, second = np.r_[one.first, other.first], np.r_[one.second, other.second]
    order = np.argsort(_pair_numbers(first, second, one.size))
    return Graph(one.size, first[order], second[order], np.r_[one.likeness, other.likeness][order])


def _nearest_edges(graph: Graph, neighbours: int) -> Graph:
    """The edges that are among the strongest of either end."""
    near = graph.likeness >= FLOOR
    first, second, likeness = graph.first[near], graph.second[near], graph.likeness[near]
    source, edge = np.concatenate([first, second]), np.tile(np.arange(len(first)), 2)
    order = np.argsort(source, kind="stable")
    once = np.unique(edge[order][_strongest_mask(source[order], likeness[edge[order]], neighbours)])
    return Graph(graph.size, first[once], second[once], likeness[once])


def scale_graph_locally(graph: Graph, bare: NDArray[np.bool_], gain: float = 1.0) -> Graph:
    """Likeness times its share of the weaker end's best: s * s / min(best, best).

    An edge that is the best of either end keeps its weight; one that both ends have better than
    loses. It makes one threshold fit dense and thin collections (+1.5 to +2 points of BCubed F1 on
    storylines dev). Edges between `bare` articles are multiplied by `gain` instead: headlines share
    one or two words, and their best edge is chance.
    """
    best = np.zeros(graph.size)
    np.maximum.at(best, graph.first, graph.likeness)
    np.maximum.at(best, graph.second, graph.likeness)
    weaker = np.minimum(best[graph.first], best[graph.second])
    likeness: Real = np.where(
        bare[graph.first] & bare[graph.second],
        graph.likeness * gain,
        graph.likeness * graph.likeness / weaker,
    )
    return replace(graph, likeness=likeness.round(9))


def _faded_pairs(
    asked: csr_array, rows: csr_array, days: Real, fade: float, floor: float
) -> Iterator[tuple[Whole, Whole, Real]]:
    """Pairs with their likeness, by blocks of rows; both directions."""
    others = csr_array(rows.T)
    for start in range(0, max(1, rows.shape[0]), BLOCK):
        parts = _strong_products(csr_array(asked[start : start + BLOCK]), others, floor)
        source, target, cosine = (np.concatenate(column) for column in zip(*parts, strict=True))
        source += start
        likeness = _fade_cosines(cosine, days, source, target, fade)
        kept = (likeness.round(9) >= floor) & (source != target)
        yield source[kept], target[kept], likeness[kept]


def _strong_products(
    asked: csr_array, others: csr_array, floor: float
) -> Iterator[tuple[Whole, Whole, Real]]:
    """Row, column and value of the product where it reaches the floor, a few rows at a time.

    Every other pair shares a term, so that nearly all sums are above 0: a plain array of sums takes
    half the time of a sparse product, which looks for its places first.
    """
    size = others.shape[1]
    step = max(1, CELLS // max(1, size))
    for start in range(0, max(1, asked.shape[0]), step):
        few = csr_array(asked[start : start + step])
        held = csr_array(others[few.indices])
        row = np.repeat(np.arange(few.shape[0]), np.diff(few.indptr))
        places = held.indices + size * np.repeat(
            row.astype(held.indices.dtype), np.diff(held.indptr)
        )
        sums = (
            csc_array((held.data, places, held.indptr), shape=(size * few.shape[0], len(row)))
            @ few.data
        )
        strong = np.flatnonzero(sums >= floor)
        yield strong // size + start, strong % size, sums[strong]


def _fade_cosines(cosine: Real, days: Real, first: Whole, second: Whole, fade: float) -> Real:
    apart = np.nan_to_num(np.abs(days[first] - days[second]))
    faded: Real = cosine * np.exp(-apart / fade)
    return faded


def _strongest_edges(
    source: Whole, target: Whole, likeness: Real, neighbours: int
) -> tuple[Whole, Whole, Real]:
    """The best edges of each source, and all as good as the last of them: order decides nothing."""
    kept = _strongest_mask(source, likeness, neighbours)
    return source[kept], target[kept], likeness[kept]


def _strongest_mask(source: Whole, likeness: Real, neighbours: int) -> NDArray[np.bool_]:
    kept = np.ones(len(source), dtype=bool)
    begins = (
        np.flatnonzero(np.r_[True, source[1:] != source[:-1]])
        if len(source)
        else np.zeros(0, dtype=np.int64)
    )
    ends = np.append(begins[1:], len(source))
    long = ends - begins > neighbours
    for begin, end in zip(begins[long].tolist(), ends[long].tolist(), strict=True):
        row = likeness[begin:end]
        kept[begin:end] = row >= np.partition(row, -neighbours)[-neighbours]
    return kept
