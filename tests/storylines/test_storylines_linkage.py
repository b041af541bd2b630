"""Average linkage in a heap joins what joining the best pair of all, looked for anew each time,
joins.
"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.storylines.clustering import average_linkage
from briefing.storylines.clustering.average_linkage import (
    GROWN,
    LARGE,
    SMALL_COHESION,
    cluster_by_average_linkage,
)
from briefing.storylines.clustering.neighbour_graph import Graph

THRESHOLD, COHESION = 0.1, 0.6


def graph_of(seed: int, size: int) -> Graph:
    """Likenesses that no two pairs share, a third of them 0."""
    chance = np.random.default_rng(seed)
    first, second = np.triu_indices(size, 1)
    likeness = np.where(
        chance.random(len(first)) < 0.33, 0.0, chance.random(len(first)) ** 2
    ).round(9)
    near = likeness > 0
    return Graph(size, first[near], second[near], likeness[near])


def one_by_one(graph: Graph, known: list[list[int]], together: list[list[int]]) -> list[int]:
    """The same in the plainest way."""
    table = np.zeros((graph.size, graph.size))
    table[graph.first, graph.second] = table[graph.second, graph.first] = graph.likeness
    seeded = {group[0] for group in known}
    given = [*known, *together]
    clusters = [
        *given,
        *([one] for one in range(graph.size) if not any(one in group for group in given)),
    ]

    def within(one: list[int]) -> float:
        return float(table[np.ix_(one, one)].sum()) / 2 / math.comb(len(one), 2)

    def asked(one: list[int], other: list[int]) -> float:
        smaller, larger = sorted((len(one), len(other)))
        if smaller < 2 or (smaller < GROWN and larger >= LARGE):
            return 0.0
        return (
            (1 if smaller >= GROWN else SMALL_COHESION) * COHESION * min(within(one), within(other))
        )

    while True:
        found = []
        for one, other in combinations(clusters, 2):
            average = round(float(table[np.ix_(one, other)].mean()), 9)
            apart = seeded & set(one) and seeded & set(other)
            if average >= max(THRESHOLD, asked(one, other)) and not apart:
                found.append((-average, sorted((min(one), min(other))), one, other))
        if not found:
            names = {position: min(one) for one in clusters for position in one}
            return [names[position] for position in range(graph.size)]
        *_, one, other = min(found)
        clusters = [*(some for some in clusters if some not in (one, other)), [*one, *other]]


@given(st.integers(0, 10_000), st.integers(8, 24))
def test_the_heap_joins_as_looking_at_all_pairs_each_time_does(seed: int, size: int) -> None:
    graph = graph_of(seed, size)
    known, together = [[0, 5], [2]], [[1, 7], [3, 4, 6]]

    labels = cluster_by_average_linkage(
        graph, THRESHOLD, cohesion=COHESION, known=known, together=together
    )

    assert labels == one_by_one(graph, known, together)


GROUPS = st.lists(st.lists(st.integers(0, 11), max_size=8), max_size=4)


@given(st.integers(0, 10_000), GROUPS, GROUPS)
def test_positions_named_twice_or_by_several_groups_break_nothing(
    seed: int, known: list[list[int]], together: list[list[int]]
) -> None:
    taken: set[int] = set()
    tidy = [
        [p for p in dict.fromkeys(group) if not (p in taken or taken.add(p))] for group in known
    ]  # type: ignore[func-returns-value]
    together = [group for group in together if group]
    graph = graph_of(seed, 12)

    labels = cluster_by_average_linkage(
        graph, THRESHOLD, cohesion=COHESION, known=known, together=together
    )

    assert labels == cluster_by_average_linkage(
        graph, THRESHOLD, cohesion=COHESION, known=tidy, together=together
    )
    assert all(len({labels[position] for position in group}) == 1 for group in tidy if group)
    assert len({labels[group[0]] for group in tidy if group}) == sum(map(bool, tidy))


def test_an_average_is_looked_at_a_few_times_for_each_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    """However large clusters grow: not all neighbours of a cluster whenever it takes up an
    article.
    """
    looked: list[int] = []
    plain = average_linkage._Clusters.offer
    monkeypatch.setattr(
        average_linkage._Clusters, "offer", lambda *given: (looked.append(1), plain(*given))[1]
    )
    first, second = np.triu_indices(300, 1)
    likeness = (0.5 + np.random.default_rng(1).random(len(first)) / 4).round(9)

    labels = cluster_by_average_linkage(Graph(300, first, second, likeness), THRESHOLD)

    assert set(labels) == {0}
    assert len(looked) <= 2 * len(first)
