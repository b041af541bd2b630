"""A graph of likenesses in, a label for each article out: average linkage, seeded with what is
known.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from briefing.storylines.clustering.neighbour_graph import Graph

# of the looser cluster's own average likeness that two clusters must have between them to join:
# keeps
COHESION = 0.55
# neighbouring affairs apart that both read of the same people (+1.3 points on ecbplus; .5 to .6 are
# within a point) times as much where the smaller is a pair: its own average says less (.8 to .9
# gain .4 to .8
SMALL_COHESION = 0.9
# points on allsides and wikinews; 1 loses as many on ecbplus)
GROWN = 3  # articles from which on a cluster's own average means what it says
# … and from which on it takes up a pair by the threshold alone: an affair has room for a report
# apart
LARGE = 6

Offer = tuple[
    float, int, int
]  # minus the average between two clusters, the smallest position of each
Links = list[
    dict[int, float]
]  # cluster -> neighbouring cluster -> sum of the likenesses between their articles


def cluster_by_average_linkage(
    graph: Graph,
    threshold: float,
    *,
    cohesion: float = 0.0,
    known: Sequence[Sequence[int]] = (),
    together: Sequence[Sequence[int]] = (),
) -> list[int]:
    """Labels by position: the smallest position in its cluster stands for each.

    Pairs that are no edges count 0 in the average. Two clusters of several articles join only when
    the average between them is at least `cohesion` times that within the looser one, a little less
    where one is a pair. `known` are groups of positions that stay together from the start; two of
    them never join. Groups of `together` start as one cluster each and join like others. Ties are
    settled by position, so equal graphs give equal labels.
    """
    reached = _prune_unreachable_edges(graph, threshold, (*known, *together))
    clusters = _Clusters(reached)
    clusters.seed(known)
    clusters.gather(together)
    heap = _initial_offers(reached, threshold)
    offered = set[Offer]()  # again, since the clusters grew
    while heap:
        offer = heapq.heappop(heap)
        a, b = clusters.find(offer[1]), clusters.find(offer[2])
        if not clusters.may_join(a, b):
            continue
        now = clusters.offer(a, b)
        if (
            now != offer
        ):  # their average is at most that of their closest parts: so all are looked at in time
            if -now[0] >= threshold and now not in offered:
                offered.add(now)
                heapq.heappush(heap, now)
        elif -now[0] < cohesion * clusters.looser(a, b):
            clusters.refuse(a, b)
        else:
            for refused in clusters.refused_by(clusters.join(a, b)):
                if -refused[0] >= threshold:
                    heapq.heappush(heap, refused)
    return clusters.labels()


def _prune_unreachable_edges(
    graph: Graph, threshold: float, groups: Sequence[Sequence[int]]
) -> Graph:
    """The edges between articles that chains of strong edges or a group connect: no average is
    above its best edge.
    """
    strong = graph.likeness >= threshold
    chains = np.array(
        [(group[0], other) for group in groups for other in group[1:]], dtype=np.int64
    ).reshape(-1, 2)
    ends = (np.r_[graph.first[strong], chains[:, 0]], np.r_[graph.second[strong], chains[:, 1]])
    table = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(graph.size, graph.size))
    _, part = connected_components(table, directed=False)
    kept = part[graph.first] == part[graph.second]
    return replace(
        graph, first=graph.first[kept], second=graph.second[kept], likeness=graph.likeness[kept]
    )


def _initial_offers(graph: Graph, threshold: float) -> list[Offer]:
    """The edges that reach the threshold, best first: a heap."""
    strong = graph.likeness >= threshold
    first, second, likeness = graph.first[strong], graph.second[strong], graph.likeness[strong]
    order = np.lexsort((second, first, -likeness))
    return list(
        zip((-likeness[order]).tolist(), first[order].tolist(), second[order].tolist(), strict=True)
    )


class _Clusters:
    """Clusters, each under the number of one of its positions, with the sums of likeness between
    them.
    """

    def __init__(self, graph: Graph) -> None:
        self.part_of = list(range(graph.size))  # the number under which a number goes on
        self.first = list(range(graph.size))  # the smallest position
        self.sizes = [1] * graph.size
        self.seeded = [False] * graph.size
        self.within = [0.0] * graph.size  # sums of likeness inside
        self.links: Links = [{} for _ in range(graph.size)]
        self.refused: dict[
            int, list[int]
        ] = {}  # those close enough to each that would make it less cohesive
        edges = zip(
            graph.first.tolist(), graph.second.tolist(), graph.likeness.tolist(), strict=True
        )
        for a, b, likeness in edges:
            self.links[a][b] = self.links[b][a] = likeness

    def seed(self, known: Sequence[Sequence[int]]) -> None:
        """Each group one cluster. A position named twice counts once, one of two groups belongs to
        the first.
        """
        for group in known:
            whole = None
            for position in sorted(set(group)):
                one = self.find(position)
                if self.seeded[one]:
                    continue
                whole = one if whole is None else self.join(whole, one)
            if whole is not None:
                self.seeded[whole] = True

    def gather(self, together: Sequence[Sequence[int]]) -> None:
        for group in together:
            one = self.find(group[0])
            for other in map(self.find, group[1:]):
                if one != other and not (self.seeded[one] and self.seeded[other]):
                    one = self.join(one, other)

    def find(self, one: int) -> int:
        while (whole := self.part_of[one]) != one:
            self.part_of[one] = self.part_of[whole]
            one = whole
        return one

    def offer(self, a: int, b: int) -> Offer:
        average = round(self.links[a][b] / (self.sizes[a] * self.sizes[b]), 9)
        first, second = self.first[a], self.first[b]
        return (-average, first, second) if first < second else (-average, second, first)

    def may_join(self, a: int, b: int) -> bool:
        return a != b and not (self.seeded[a] and self.seeded[b])

    def looser(self, a: int, b: int) -> float:
        """The lower average inside either cluster, a little less where one is a pair; 0 where
        nothing is asked.
        """
        smaller, larger = sorted((self.sizes[a], self.sizes[b]))
        if smaller < 2 or (smaller < GROWN and larger >= LARGE):
            return 0.0
        average = min(self.within[one] / math.comb(self.sizes[one], 2) for one in (a, b))
        return average if smaller >= GROWN else SMALL_COHESION * average

    def refuse(self, a: int, b: int) -> None:
        for one, other in ((a, b), (b, a)):
            self.refused.setdefault(one, []).append(other)

    def refused_by(self, one: int) -> list[Offer]:
        """Those that a cluster refused, or what has become part of it: as it is now it may join
        them.
        """
        others = {self.find(other) for other in self.refused.pop(one, ())}
        return [self.offer(one, other) for other in sorted(others) if self.may_join(one, other)]

    def join(self, a: int, b: int) -> int:
        """The number of both together. What has fewer links is moved: nothing is moved often."""
        kept, gone = (a, b) if (len(self.links[a]), b) >= (len(self.links[b]), a) else (b, a)
        links = self.links[kept]
        self.within[kept] += self.within[gone] + links.pop(gone, 0.0)
        self.links[gone].pop(kept, None)
        for other, likeness in self.links[gone].items():
            theirs = self.links[other]
            del theirs[gone]
            theirs[kept] = links[other] = links.get(other, 0.0) + likeness
        self.links[gone] = {}
        self.sizes[kept] += self.sizes[gone]
        self.first[kept] = min(self.first[kept], self.first[gone])
        self.seeded[kept] = self.seeded[kept] or self.seeded[gone]
        self.part_of[gone] = kept
        if refused := self.refused.pop(gone, None):
            self.refused.setdefault(kept, []).extend(refused)
        return kept

    def labels(self) -> list[int]:
        return [self.first[self.find(position)] for position in range(len(self.part_of))]
