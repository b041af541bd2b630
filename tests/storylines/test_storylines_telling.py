"""Storylines told many at a time: each reads as if it had been told by itself."""

from __future__ import annotations

import numpy as np
import pytest
from newsroom import FLOOD, STRIKE, TRIAL, article

from briefing.model import Article
from briefing.storylines.building import build_storylines
from briefing.storylines.clustering import average_linkage
from briefing.storylines.clustering.neighbour_graph import Graph
from briefing.storylines.clustering.term_counts import count_terms
from briefing.storylines.clustering.tfidf import Counted, article_vectors, group_vectors
from briefing.storylines.events import split_groups_into_events, split_into_events
from briefing.storylines.headlines import article_centralities

GROUPS = [
    [article([*sentences[n:], *sentences[:n]], headline=sentences[n][:-1]) for n in range(count)]
    for sentences, count in ((STRIKE, 3), (FLOOD, 4), (TRIAL, 2))
]


def everything() -> list[Article]:
    return [one for group in GROUPS for one in group]


def test_vectors_of_groups_are_those_of_each_by_itself() -> None:
    together = group_vectors(GROUPS, count_terms(everything()))

    likeness = (together @ together.T).toarray()
    begin = 0
    for group in GROUPS:
        alone = article_vectors(group)
        end = begin + len(group)
        assert np.allclose(likeness[begin:end, begin:end], (alone @ alone.T).toarray())
        assert not likeness[begin:end, end:].any()
        begin = end


def test_events_and_centralities_of_groups_are_those_of_each_by_itself() -> None:
    rows = group_vectors(GROUPS, count_terms(everything()))

    assert split_groups_into_events(GROUPS, rows) == [split_into_events(group) for group in GROUPS]
    assert article_centralities(GROUPS, rows) == [
        article_centralities([group], article_vectors(group))[0] for group in GROUPS
    ]


def test_nothing_is_told_of_nothing() -> None:
    assert build_storylines(Counted(), []) == ()
    assert split_groups_into_events([], group_vectors([], count_terms([]))) == []


@pytest.mark.parametrize("seed", range(5))
def test_links_that_no_chain_of_strong_ones_reaches_change_no_label(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(seed)
    first, second = np.triu_indices(40, 1)
    graph = Graph(40, first, second, np.round(chance.random(len(first)) ** 20, 9))
    known, together = [[0, 7], [3, 9]], [[11, 30]]
    reached = average_linkage._prune_unreachable_edges(graph, 0.3, (*known, *together))

    labels = average_linkage.cluster_by_average_linkage(
        graph, 0.3, cohesion=0.5, known=known, together=together
    )

    monkeypatch.setattr(average_linkage, "_prune_unreachable_edges", lambda graph, *_: graph)
    assert len(reached.first) < len(graph.first)
    assert (
        average_linkage.cluster_by_average_linkage(
            graph, 0.3, cohesion=0.5, known=known, together=together
        )
        == labels
    )
