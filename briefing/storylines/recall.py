"""New clusters and records of older storylines in, which cluster takes up which storyline again out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

from briefing.model import Article
from briefing.storylines.memory import Remembered, stand_ins
from briefing.storylines.vectors import name_vectors, unit, vectors

TAKEN_UP = 0.35  # cosine of words and of names from which on a cluster is an old storyline's next day, however long it
# slept. Days of one storyline of the sample corpus lie above .32 in both, two floods at .30 and .09


def taken_up(
    articles: Sequence[Article], clusters: Mapping[int, Sequence[int]], records: Sequence[Remembered]
) -> dict[int, int]:
    """Label of a cluster -> position of the record it continues; each at most once, the most alike first.

    `clusters` are positions among `articles` by label. Days play no part: a trial adjourned for six weeks is
    recognised by who and what alone.
    """
    if not clusters or not records:
        return {}
    labels = sorted(clusters)
    places = [place for label in labels for place in clusters[label]]
    profiles = [stand_ins(record) for record in records]
    texts = [*(articles[place] for place in places), *(one for some in profiles for one in some)]
    ends = np.r_[0, np.cumsum([*(len(clusters[label]) for label in labels), *map(len, profiles)])]
    belongs = csr_array((np.ones(len(texts)), np.arange(len(texts)), ends), shape=(len(ends) - 1, len(texts)))
    words, names = (_cosines(belongs, table, len(labels)) for table in (vectors(texts), name_vectors(texts)))
    both = csr_array(words.minimum(names)).tocoo()
    pairs = zip(both.data.round(9).tolist(), both.coords[0].tolist(), both.coords[1].tolist(), strict=True)
    found: dict[int, int] = {}
    for _, cluster, record in sorted((-alike, a, b) for alike, a, b in pairs if alike >= TAKEN_UP):
        if labels[cluster] not in found and record not in found.values():
            found[labels[cluster]] = record
    return found


def _cosines(belongs: csr_array, table: csr_array, clusters: int) -> csr_array:
    means = unit(csr_array(belongs @ table))
    return csr_array(means[:clusters] @ csr_array(means[clusters:]).T)
