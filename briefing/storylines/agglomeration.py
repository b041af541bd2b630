"""A graph of likenesses in, a label for each article out: average linkage, seeded with what is known."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from briefing.storylines.graph import Graph

COHESION = 0.55  # of the looser cluster's own average likeness that two clusters must have between them to join: keeps
# neighbouring affairs apart that both read of the same people (+1.3 points on ecbplus; .5 to .6 are within a point)
SMALL_COHESION = 0.9  # times as much where the smaller is a pair: its own average says less (.8 to .9 gain .4 to .8
# points on allsides and wikinews; 1 loses as many on ecbplus)
GROWN = 3  # articles from which on a cluster's own average means what it says
LARGE = 6  # … and from which on it takes up a pair by the threshold alone: an affair has room for a report apart

Links = list[dict[int, float]]  # cluster -> neighbouring cluster -> sum of the likenesses between their articles


def average_linkage(
    graph: Graph,
    threshold: float,
    *,
    cohesion: float = 0.0,
    known: Sequence[Sequence[int]] = (),
    together: Sequence[Sequence[int]] = (),
) -> list[int]:
    """Labels by position: the smallest position in its cluster stands for each.

    Pairs that are no edges count 0 in the average. Two clusters of several articles join only when the average
    between them is at least `cohesion` times that within the looser one, a little less where one is a pair. `known`
    are groups of positions that stay together from the start; two of them never join. Groups of `together` start as
    one cluster each and join like others. Ties are settled by position, so equal graphs give equal labels.
    """
    clusters = _Clusters(_within_reach(graph, threshold, (*known, *together)))
    clusters.seed(known)
    clusters.gather(together)
    heap = [pair for a in range(graph.size) for pair in clusters.likely(a, threshold) if a == pair[1]]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if not clusters.current(a, b, -negative) or (clusters.seeded[a] and clusters.seeded[b]):
            continue
        if -negative < cohesion * clusters.looser(a, b):
            continue
        kept = clusters.join(a, b)
        for pair in clusters.likely(kept, threshold):
            heapq.heappush(heap, pair)
    return clusters.labels()


def _within_reach(graph: Graph, threshold: float, groups: Sequence[Sequence[int]]) -> Graph:
    """The edges between articles that chains of strong edges or a group connect: no average is above its best edge."""
    strong = graph.likeness >= threshold
    chains = np.array([(group[0], other) for group in groups for other in group[1:]], dtype=np.int64).reshape(-1, 2)
    ends = (np.r_[graph.first[strong], chains[:, 0]], np.r_[graph.second[strong], chains[:, 1]])
    table = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(graph.size, graph.size))
    _, part = connected_components(table, directed=False)
    kept = part[graph.first] == part[graph.second]
    return replace(graph, first=graph.first[kept], second=graph.second[kept], likeness=graph.likeness[kept])


class _Clusters:
    """Clusters named by their smallest position, with the sums of likeness between them."""

    def __init__(self, graph: Graph) -> None:
        self.members: list[list[int]] = [[position] for position in range(graph.size)]
        self.seeded = [False] * graph.size
        self.within = [0.0] * graph.size  # sums of likeness inside
        self.links: Links = [{} for _ in range(graph.size)]
        edges = zip(graph.first.tolist(), graph.second.tolist(), graph.likeness.tolist(), strict=True)
        for a, b, likeness in edges:
            self.links[a][b] = self.links[b][a] = likeness

    def seed(self, known: Sequence[Sequence[int]]) -> None:
        for group in known:
            first, *rest = sorted(group)
            self.seeded[first] = True
            for position in rest:
                self.join(first, position)

    def gather(self, together: Sequence[Sequence[int]]) -> None:
        labels = self.labels()
        for group in together:
            one, *others = dict.fromkeys(labels[position] for position in group)
            for other in others:
                if not (self.seeded[one] and self.seeded[other]):
                    one = self.join(one, other)

    def average(self, a: int, b: int) -> float:
        return round(self.links[a][b] / (len(self.members[a]) * len(self.members[b])), 9)

    def likely(self, one: int, threshold: float) -> Iterator[tuple[float, int, int]]:
        """Minus the average, and both names, of a cluster and each neighbour that reaches the threshold."""
        size = len(self.members[one])
        for other, likeness in self.links[one].items():
            average = round(likeness / (size * len(self.members[other])), 9)
            if average >= threshold:
                yield (-average, one, other) if one < other else (-average, other, one)

    def current(self, a: int, b: int, average: float) -> bool:
        """Whether an average from the heap is still that of two living clusters."""
        return b in self.links[a] and self.average(a, b) == average

    def looser(self, a: int, b: int) -> float:
        """The lower average inside either cluster, a little less where one is a pair; 0 where nothing is asked."""
        smaller, larger = sorted((len(self.members[a]), len(self.members[b])))
        if smaller < 2 or (smaller < GROWN and larger >= LARGE):
            return 0.0
        average = min(self.within[one] / math.comb(len(self.members[one]), 2) for one in (a, b))
        return average if smaller >= GROWN else SMALL_COHESION * average

    def join(self, a: int, b: int) -> int:
        kept, gone = min(a, b), max(a, b)
        self.within[kept] += self.within[gone] + self.links[kept].get(gone, 0.0)
        self.members[kept] += self.members[gone]
        self.members[gone] = []
        self.seeded[kept] = self.seeded[kept] or self.seeded[gone]
        for other, likeness in self.links[gone].items():
            del self.links[other][gone]
            if other != kept:
                total = self.links[kept].get(other, 0.0) + likeness
                self.links[kept][other] = self.links[other][kept] = total
        self.links[gone] = {}
        return kept

    def labels(self) -> list[int]:
        labels = [0] * len(self.members)
        for name, members in enumerate(self.members):
            for position in members:
                labels[position] = name
        return labels
