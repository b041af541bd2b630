"""Storylines in, the same out with the ids of their neighbours: linked where they read alike, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from briefing.model import Storyline
from briefing.storylines.vectors import unit, vectors

ALIKE = (
    0.17  # cosine of two storylines' means; on the sample corpus two floods have .25, two trials of other people .15
)
MOST = 3  # links each; more is a topic, not a neighbour
MANY = 2000  # storylines from which on only those of several articles are linked


def linked(storylines: Sequence[Storyline]) -> tuple[Storyline, ...]:
    """Each with the ids of the storylines nearest to it, sorted; links go both ways. Dates play no part."""
    chosen = [one for one in storylines if len(storylines) <= MANY or len(one.articles) > 1]
    articles = [article for one in chosen for article in one.articles]
    if len(chosen) < 2:
        return tuple(storylines)
    belongs = np.repeat(np.arange(len(chosen)), [len(one.articles) for one in chosen])
    sums = csr_array((np.ones(len(articles)), (belongs, np.arange(len(articles)))), shape=(len(chosen), len(articles)))
    means = unit(csr_array(sums @ vectors(articles)))
    links: dict[str, set[str]] = defaultdict(set)
    for one, row in zip(chosen, csr_array(means @ means.T), strict=True):
        for other in _nearest(row, chosen, one):
            links[one.id].add(other)
            links[other].add(one.id)
    return tuple(replace(one, related=tuple(sorted(links[one.id]))) if links[one.id] else one for one in storylines)


def _nearest(row: csr_array, chosen: Sequence[Storyline], one: Storyline) -> list[str]:
    row = row.tocoo()
    likeness = np.round(row.data, 9)
    near = [
        (-float(value), chosen[place].id)
        for value, place in zip(likeness, row.coords[-1], strict=True)
        if value >= ALIKE and chosen[place].id != one.id
    ]
    return [name for _, name in sorted(near)[:MOST]]
