"""Unit vectors and times in, the graph of nearest neighbours out: likeness fades with days and is scaled locally."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

NEIGHBOURS = 30  # nearest kept of each article; the full table gives the same quality at ten times the cost
BARE_NEIGHBOURS = 100  # where bodies are missing: stories of hundreds of headlines hang together by few words
FADE_DAYS = 5.0  # likeness falls to 1/e over so many days; 3 to 8 are within half a point on storylines dev
FLOOR = 0.05  # a weaker likeness is none
BLOCK = 250  # rows whose neighbours are chosen at a time: bounds the memory
CELLS = 2**18  # sums of products at a time; they stay in a processor's cache
ASKED = 20_000  # articles that one is compared with, by way of its terms, while likely neighbours are looked for: of
# the links above the threshold .992 are found where so few of 100,000 are asked, .999 of 50,000, all up to 10,000;
# measured in proportion by `python -m benchmarks storylines --links`
LIKELY = 2  # times as many likely neighbours as wanted are compared exactly …
LIKELY_FLOOR = 0.02  # … those that are so much alike by the most telling terms
FEW = 200  # articles up to which a table of all pairs is cheaper than looking for neighbours

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Undirected edges between positions, first < second, sorted; likeness above 0, at most 1 (before gains)."""

    size: int
    first: Whole
    second: Whole
    likeness: Real


def nearest(rows: csr_array, days: Real, *, neighbours: int = NEIGHBOURS, fade: float = FADE_DAYS) -> Graph:
    """Each article joined with its nearest `neighbours` by cosine, exponentially faded by the days between them.

    `days` holds NaN where a date is unknown: likeness to such an article does not fade. Where terms are common, an
    article is compared by its most telling ones first, and only the likely neighbours exactly: nearly linear in
    articles, exact up to about 10,000 of one day.
    """
    size = rows.shape[0]
    if size <= min(neighbours + 1, FEW):
        return _all(rows, days, fade)
    asked = _most_telling(rows)
    if asked.nnz == rows.nnz:
        found = _faded(rows, rows, days, fade, FLOOR)
        return undirected(size, ((one, other, likeness.round(9)) for one, other, likeness in found), neighbours)
    likely = _faded(asked, rows, days, fade, LIKELY_FLOOR)
    chosen = [_strongest(*block, LIKELY * neighbours) for block in likely]
    return _nearest(_once(size, _exact(chosen, asked, rows, days, fade)), neighbours)


def undirected(size: int, found: Iterable[tuple[Whole, Whole, Real]], neighbours: int) -> Graph:
    """The graph of blocks that hold all pairs of their sources: of each source the strongest, each pair once."""
    return _once(size, [_strongest(*block, neighbours) for block in found])


def _once(size: int, found: Iterable[tuple[Whole, Whole, Real]]) -> Graph:
    """Each pair of the blocks once."""
    source, target, likeness = (np.concatenate(column) for column in zip(*found, strict=True))
    low, high = np.minimum(source, target), np.maximum(source, target)
    _, once = np.unique(low * size + high, return_index=True)
    return Graph(size, low[once], high[once], likeness[once])


def _all(rows: csr_array, days: Real, fade: float) -> Graph:
    """Every pair: so few articles that each may keep all the others. Dense, as calls cost more than the sums."""
    first, second = np.triu_indices(rows.shape[0], 1)
    cosine = (rows @ rows.T).toarray()[first, second]
    likeness = _fade(cosine, days, first, second, fade).round(9)
    near = likeness >= FLOOR
    return Graph(rows.shape[0], first[near], second[near], likeness[near])


def _most_telling(rows: csr_array) -> csr_array:
    """Each row with those of its terms that weigh most for the articles that hold them, up to `ASKED` comparisons.

    All of them, where a row needs no more on average.
    """
    frequency = np.bincount(rows.indices, minlength=rows.shape[1])
    sizes = np.diff(rows.indptr)
    row = np.repeat(np.arange(rows.shape[0]), sizes)
    work = np.bincount(row, frequency[rows.indices], minlength=rows.shape[0])
    if work.sum() <= ASKED * rows.shape[0]:
        return rows
    order = np.lexsort((-np.round(rows.data**2 / frequency[rows.indices], 12), row))
    spent = np.cumsum(frequency[rows.indices][order])
    spent -= np.repeat(np.r_[0, spent][rows.indptr[:-1]], sizes)
    kept = np.zeros(rows.nnz, dtype=bool)
    kept[order] = spent <= ASKED
    asked = csr_array((np.where(kept, rows.data, 0.0), rows.indices.copy(), rows.indptr.copy()), shape=rows.shape)
    asked.eliminate_zeros()
    return asked


def _exact(
    chosen: Iterable[tuple[Whole, Whole, Real]], asked: csr_array, rows: csr_array, days: Real, fade: float
) -> Iterator[tuple[Whole, Whole, Real]]:
    """Likely pairs with their likeness by all terms: what the terms that were not asked add is looked up for them."""
    rest = csr_array(rows - asked)
    rest.eliminate_zeros()
    common = csr_array(rows, copy=True)
    common.data *= np.bincount(rest.indices, minlength=rows.shape[1])[rows.indices] > 0
    common.eliminate_zeros()
    for source, target, likeness in chosen:
        cosine = np.asarray(rest[source].multiply(common[target]).sum(axis=1))
        yield source, target, np.round(likeness + _fade(cosine, days, source, target, fade), 9)


def _nearest(graph: Graph, neighbours: int) -> Graph:
    """The edges that are among the strongest of either end."""
    near = graph.likeness >= FLOOR
    first, second, likeness = graph.first[near], graph.second[near], graph.likeness[near]
    source, edge = np.concatenate([first, second]), np.tile(np.arange(len(first)), 2)
    order = np.argsort(source, kind="stable")
    once = np.unique(edge[order][_best(source[order], likeness[edge[order]], neighbours)])
    return Graph(graph.size, first[once], second[once], likeness[once])


def scaled_locally(graph: Graph, bare: NDArray[np.bool_], gain: float = 1.0) -> Graph:
    """Likeness times its share of the weaker end's best: s * s / min(best, best).

    An edge that is the best of either end keeps its weight; one that both ends have better than loses. It makes one
    threshold fit dense and thin collections (+1.5 to +2 points of BCubed F1 on storylines dev). Edges between `bare`
    articles are multiplied by `gain` instead: headlines share one or two words, and their best edge is chance.
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


def _faded(
    asked: csr_array, rows: csr_array, days: Real, fade: float, floor: float
) -> Iterator[tuple[Whole, Whole, Real]]:
    """Pairs with their likeness, by blocks of rows; both directions."""
    others = csr_array(rows.T)
    for start in range(0, max(1, rows.shape[0]), BLOCK):
        parts = _products(csr_array(asked[start : start + BLOCK]), others, floor)
        source, target, cosine = (np.concatenate(column) for column in zip(*parts, strict=True))
        source += start
        likeness = _fade(cosine, days, source, target, fade)
        kept = (likeness.round(9) >= floor) & (source != target)
        yield source[kept], target[kept], likeness[kept]


def _products(asked: csr_array, others: csr_array, floor: float) -> Iterator[tuple[Whole, Whole, Real]]:
    """Row, column and value of the product where it reaches the floor, a few rows at a time.

    Every other pair shares a term, so that nearly all sums are above 0: a plain array of sums takes half the time of a
    sparse product, which looks for its places first.
    """
    size = others.shape[1]
    step = max(1, CELLS // max(1, size))
    for start in range(0, max(1, asked.shape[0]), step):
        few = csr_array(asked[start : start + step])
        held = csr_array(others[few.indices])
        row = np.repeat(np.arange(few.shape[0]), np.diff(few.indptr))
        places = held.indices + size * np.repeat(row.astype(held.indices.dtype), np.diff(held.indptr))
        sums = csc_array((held.data, places, held.indptr), shape=(size * few.shape[0], len(row))) @ few.data
        strong = np.flatnonzero(sums >= floor)
        yield strong // size + start, strong % size, sums[strong]


def _fade(cosine: Real, days: Real, first: Whole, second: Whole, fade: float) -> Real:
    apart = np.nan_to_num(np.abs(days[first] - days[second]))
    faded: Real = cosine * np.exp(-apart / fade)
    return faded


def _strongest(source: Whole, target: Whole, likeness: Real, neighbours: int) -> tuple[Whole, Whole, Real]:
    """The best edges of each source, and all as good as the last of them: order decides nothing."""
    kept = _best(source, likeness, neighbours)
    return source[kept], target[kept], likeness[kept]


def _best(source: Whole, likeness: Real, neighbours: int) -> NDArray[np.bool_]:
    kept = np.ones(len(source), dtype=bool)
    begins = np.flatnonzero(np.r_[True, source[1:] != source[:-1]]) if len(source) else np.zeros(0, dtype=np.int64)
    ends = np.append(begins[1:], len(source))
    long = ends - begins > neighbours
    for begin, end in zip(begins[long].tolist(), ends[long].tolist(), strict=True):
        row = likeness[begin:end]
        kept[begin:end] = row >= np.partition(row, -neighbours)[-neighbours]
    return kept
