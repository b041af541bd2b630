"""Storylines in, the same out with the ids of their neighbours: linked where they read alike, never
merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from briefing.model import Storyline
from briefing.storylines.clustering.neighbour_graph import build_neighbour_graph
from briefing.storylines.clustering.tfidf import heaviest_weights, normalise_rows

# cosine of two storylines' means; in the sample corpus two floods have .25, two trials .15
ALIKE = 0.17
MOST = 3  # links each; more is a topic, not a neighbour
MANY = 2000  # storylines from which on only those of several articles are linked
TERMS = 200  # heaviest kept of a storyline's mean; bounds the work where storylines are large


def link_neighbours(storylines: Sequence[Storyline], rows: csr_array) -> tuple[Storyline, ...]:
    """Each with the ids of the storylines nearest to it, sorted; links go both ways. Dates play no
    part.

    `rows` are the `vectors` of the storylines' articles, one storyline after the other.
    """
    sizes = np.array([len(one.articles) for one in storylines], dtype=np.int64)
    chosen = np.flatnonzero(sizes > (len(storylines) > MANY))
    if len(chosen) < 2:
        return tuple(storylines)
    ends = np.r_[0, np.cumsum(sizes)]
    belongs = csr_array(
        (np.ones(ends[-1]), np.arange(ends[-1]), ends), shape=(len(storylines), int(ends[-1]))
    )
    means = heaviest_weights(normalise_rows(csr_array(belongs[chosen] @ rows)), TERMS)
    graph = build_neighbour_graph(
        normalise_rows(means), np.full(len(chosen), np.nan), neighbours=MOST
    )
    links: dict[int, set[str]] = defaultdict(set)
    near = graph.likeness >= ALIKE
    for one, other in zip(
        chosen[graph.first[near]].tolist(), chosen[graph.second[near]].tolist(), strict=True
    ):
        links[one].add(storylines[other].id)
        links[other].add(storylines[one].id)
    return tuple(
        replace(one, related=tuple(sorted(links[number]))) if number in links else one
        for number, one in enumerate(storylines)
    )
