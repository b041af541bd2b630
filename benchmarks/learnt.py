"""Labelled sets in, a table out: would weights learnt from pairs group better, judged on a set that
they never saw?
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from briefing.model import Article
from briefing.storylines.clustering.average_linkage import COHESION, cluster_by_average_linkage
from briefing.storylines.clustering.link_days import join_day_clusters
from briefing.storylines.clustering.neighbour_graph import (
    Graph,
    build_neighbour_graph,
    scale_graph_locally,
)
from briefing.storylines.clustering.term_counts import PARTS
from briefing.storylines.clustering.tfidf import (
    Counted,
    live_blog_positions,
    name_vectors,
    tfidf_rows,
)
from briefing.storylines.clustering.times import epoch_days

Real = NDArray[np.float64]
Batch = tuple[
    tuple[Article, ...], Sequence[str | None]
]  # articles in order, with what they should be grouped by
Score = Callable[[Sequence[Sequence[int]], Sequence[Batch]], float]

KIN = (
    "allsides",
    "daybatch",
)  # cut from the same articles: neither is learnt from where the other is judged
THRESHOLDS = (
    0.25,
    0.3,
    0.35,
    0.4,
    0.45,
    0.5,
)  # of the learnt chance that two articles belong together
RIDGE = 0.1  # holds weights near 0 where they explain little
STEPS = 30  # of Newton's method; it stands still after ten
TINY = 1e-4  # added before a logarithm


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The neighbours of a batch with what is known of each pair: the last feature, always 1, is the
    bias.
    """

    articles: Counted
    graph: Graph
    features: Real
    names: csr_array
    weights: Real  # 0 where a label is missing; else such that each article counts once
    same: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    mean: Real
    spread: Real
    weights: Real

    def chance(self, features: Real) -> Real:
        found: Real = _chance((features - self.mean) / self.spread @ self.weights)
        return found


def learnt(
    sets: Mapping[str, Sequence[Batch]], ours: Mapping[str, float], score: Score
) -> Iterator[str]:
    """A line a set: BCubed F1 as shipped, with weights learnt elsewhere, with weights learnt on the
    set itself.

    Features: likeness as scaled, its share of the better end's best, cosines of headlines and of
    names, dates missing. A minute of CPU.
    """
    pairs = {name: [_pairs(*batch) for batch in batches] for name, batches in sets.items()}
    yield f"{'set':10s} shipped   learnt on the others   learnt on itself"
    for name, batches in sets.items():
        others = [one for one in sets if one != name and not (one in KIN and name in KIN)]
        if not others:
            continue
        weights = fitted([pairs[one] for one in others])
        means = {
            limit: sum(score(_found(pairs[one], weights, limit), sets[one]) for one in others)
            for limit in THRESHOLDS
        }
        elsewhere = score(
            _found(pairs[name], weights, max(means, key=lambda one: (means[one], -one))), batches
        )
        own = fitted([pairs[name]])
        itself = max(score(_found(pairs[name], own, limit), batches) for limit in THRESHOLDS)
        yield f"{name:10s} {ours[name]:.3f}     {elsewhere:.3f}                  {itself:.3f}"


def fitted(sets: Sequence[Sequence[Pairs]]) -> Weights:
    """Logistic regression on the pairs of all sets, each set counting the same."""
    features = np.vstack([one.features for batches in sets for one in batches])
    same = np.concatenate([one.same for batches in sets for one in batches])
    shares = []
    for batches in sets:
        weights = np.concatenate([one.weights for one in batches])
        shares.append(weights / max(weights.sum(), TINY) / len(sets))
    share = np.concatenate(shares) * len(same)
    mean, spread = features.mean(axis=0), features.std(axis=0)
    mean[-1], spread[spread == 0] = 0.0, 1.0
    return Weights(mean, spread, _newton((features - mean) / spread, same, share))


def _newton(features: Real, same: NDArray[np.bool_], share: Real) -> Real:
    found = np.zeros(features.shape[1])
    for _ in range(STEPS):
        chance = _chance(features @ found)
        slope = features.T @ (share * (same - chance)) - RIDGE * found
        curve = (features * (share * chance * (1 - chance))[:, None]).T @ features + RIDGE * np.eye(
            len(found)
        )
        found = found + np.linalg.solve(curve, slope)
    return found


def _chance(logit: Real) -> Real:
    found: Real = 1.0 / (1.0 + np.exp(-np.clip(logit, -30, 30)))
    return found


def _pairs(articles: Sequence[Article], labels: Sequence[str | None]) -> Pairs:
    held = Counted(articles)
    bare = np.zeros(len(held), dtype=bool)
    plain = build_neighbour_graph(held.rows, epoch_days(held))
    graph = scale_graph_locally(plain, bare)
    names = name_vectors(held)
    best = np.zeros(graph.size)
    np.maximum.at(best, plain.first, plain.likeness)
    np.maximum.at(best, plain.second, plain.likeness)
    first, second = graph.first, graph.second
    features = np.column_stack(
        [
            np.log(graph.likeness + TINY),
            np.log(plain.likeness / np.maximum(best[first], best[second])),
            cosines(headlines(held), first, second),
            cosines(names, first, second),
            np.isnan(epoch_days(held)[first] - epoch_days(held)[second]),
            np.ones(len(first)),
        ]
    )
    sizes = Counter(label for label in labels if label is not None)
    each = np.array([0.0 if label is None else 0.5 / max(1, sizes[label] - 1) for label in labels])
    weights = np.where((each[first] > 0) & (each[second] > 0), each[first] + each[second], 0.0)
    same = np.array(
        [labels[a] == labels[b] for a, b in zip(first.tolist(), second.tolist(), strict=True)],
        dtype=bool,
    )
    return Pairs(held, graph, features, names, weights, same)


def headlines(articles: Counted) -> csr_array:
    """A row for each article, of unit length: the terms of its headline."""
    return csr_array(tfidf_rows(articles.counts.table, len(articles))[PARTS - 1 :: PARTS])


def cosines(rows: csr_array, first: NDArray[np.int64], second: NDArray[np.int64]) -> Real:
    """Of the rows of unit length at these positions, pair by pair."""
    return np.asarray(rows[first].multiply(rows[second]).sum(axis=1)).ravel()


def _found(batches: Sequence[Pairs], weights: Weights, threshold: float) -> list[list[int]]:
    return [_grouped(one, weights, threshold) for one in batches]


def _grouped(pairs: Pairs, weights: Weights, threshold: float) -> list[int]:
    """As the package groups, with learnt chances for likenesses."""
    graph = replace(pairs.graph, likeness=weights.chance(pairs.features).round(9))
    labels = cluster_by_average_linkage(
        graph, threshold, cohesion=COHESION, together=live_blog_positions(pairs.articles)
    )
    return join_day_clusters(pairs.articles.rows, pairs.names, epoch_days(pairs.articles), labels)
