"""Other ways to group articles, for comparison: articles in canonical order in, labels out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from benchmarks.miranda import miranda
from briefing.model import Article
from briefing.storylines.clustering.average_linkage import cluster_by_average_linkage
from briefing.storylines.clustering.clusterers import BARE_THRESHOLD, THRESHOLD
from briefing.storylines.clustering.hdbscan import cluster_by_density
from briefing.storylines.clustering.neighbour_graph import (
    BARE_NEIGHBOURS,
    FADE_DAYS,
    NEIGHBOURS,
    build_neighbour_graph,
    scale_graph_locally,
)
from briefing.storylines.clustering.term_counts import PARTS, count_terms
from briefing.storylines.clustering.tfidf import tfidf_rows
from briefing.storylines.clustering.times import epoch_days

Grouping = Callable[[Sequence[Article]], Sequence[object]]

# Each threshold is the best mean over the development sets for its method.
SINGLE_PASS = 0.20
COMPONENTS = 0.24
PLAIN_LINKAGE = 0.16


def whole(articles: Sequence[Article]) -> csr_array:
    """The usual vectors: headline and body in one space."""
    return tfidf_rows(csr_array(count_terms(articles).table[::PARTS]), len(articles))


def single_pass(articles: Sequence[Article], /, **_: object) -> list[int]:
    """Each article joins the nearest centroid above the threshold, faded by the days since its
    latest article.
    """
    rows, days = whole(articles), epoch_days(articles)
    sums = np.zeros((len(articles), rows.shape[1]), dtype=np.float32)
    last, lengths, labels = np.zeros(len(articles)), np.zeros(0), list[int]()
    for number, day in enumerate(days):
        columns, weights = rows[[number]].indices, rows[[number]].data
        count = max(labels, default=-1) + 1
        lengths = np.append(lengths, np.ones(count - len(lengths)))
        gap = np.abs(np.nan_to_num(day - last[:count]))
        likeness = (sums[:count, columns] @ weights) / lengths * np.exp(-gap / FADE_DAYS)
        best = int(np.argmax(likeness)) if count and likeness.max() >= SINGLE_PASS else count
        sums[best, columns] += weights
        last[best] = day
        labels.append(best)
        if best < len(lengths):
            lengths[best] = np.sqrt((sums[best] ** 2).sum())
    return labels


def components(articles: Sequence[Article], /, **_: object) -> list[int]:
    """Everything connected by edges above the threshold."""
    graph = build_neighbour_graph(whole(articles), epoch_days(articles))
    kept = graph.likeness >= COMPONENTS
    shape = (graph.size, graph.size)
    edges = coo_array((graph.likeness[kept], (graph.first[kept], graph.second[kept])), shape=shape)
    return [int(label) for label in connected_components(edges, directed=False)[1]]


def plain_linkage(articles: Sequence[Article], /, **_: object) -> list[int]:
    """Average linkage on the same graph, without local scaling, without days joined."""
    return cluster_by_average_linkage(
        build_neighbour_graph(whole(articles), epoch_days(articles)), PLAIN_LINKAGE
    )


def first_rules(articles: Sequence[Article], /, **_: object) -> list[int]:
    """What the package began with: headline and body in one space, scaled locally, whatever the
    clusters' cohesion.
    """
    bare = np.array([not article.sentences for article in articles])
    graph = build_neighbour_graph(
        whole(articles),
        epoch_days(articles),
        neighbours=BARE_NEIGHBOURS if bare.any() else NEIGHBOURS,
    )
    return cluster_by_average_linkage(
        scale_graph_locally(graph, bare, THRESHOLD / BARE_THRESHOLD), THRESHOLD
    )


OTHERS = {
    "first rules": first_rules,
    "single pass": single_pass,
    "components": components,
    "plain linkage": plain_linkage,
    "HDBSCAN": cluster_by_density,
    "Miranda 2018": miranda,
}
