"""New clusters and records of older storylines in, which cluster takes up which storyline again out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_array

from briefing.model import Article
from briefing.storylines.counts import said, tally
from briefing.storylines.memory import Remembered, stand_ins
from briefing.storylines.vectors import tallied_vectors, unit, vectors

TAKEN_UP = 0.45  # cosine of words and of names from which on a cluster is an old storyline's next day, however long it
# slept: two floods of the sample corpus have .30 and .09. At .35 two years of one country's politics run together (.88
# BCubed F1 where .93 is found without any memory beyond a week), from .40 on nothing is lost
TOLD = 2  # articles from which on a storyline is recognised after weeks: one report is too little to know it by

Text = TypeVar("Text")


def taken_up(
    articles: Sequence[Article], clusters: Mapping[int, Sequence[int]], records: Sequence[Remembered]
) -> dict[int, int]:
    """Label of a cluster -> position of the record it continues; each at most once, the most alike first.

    `clusters` are positions among `articles` by label. Days play no part: a trial adjourned for six weeks is
    recognised by who and what alone. Names are compared first, words only of those that are alike in names.
    """
    labels = sorted(clusters)
    known = [number for number, record in enumerate(records) if len(record.articles) >= TOLD]
    if not labels or not known:
        return {}
    groups = [[articles[place] for place in clusters[label]] for label in labels]
    today = [[tally(said(article)) for article in group] for group in groups]
    who = _cosines(today, [records[number].tallies for number in known], tallied_vectors)
    pairs = [(a, known[b], alike) for a, b, alike in who]
    near = sorted({record for _, record, _ in pairs})
    words = {(a, near[b]): alike for a, b, alike in _cosines(groups, [stand_ins(records[n]) for n in near], vectors)}
    both = [(-min(alike, words[a, record]), a, record) for a, record, alike in pairs if (a, record) in words]
    found: dict[int, int] = {}
    for _, cluster, record in sorted(both):
        if labels[cluster] not in found and record not in found.values():
            found[labels[cluster]] = record
    return found


def _cosines(
    groups: Sequence[Sequence[Text]], others: Sequence[Sequence[Text]], table: Callable[[Sequence[Text]], csr_array]
) -> list[tuple[int, int, float]]:
    """Position among the groups, among the others, cosine of their means: those that are alike enough."""
    if not others:
        return []
    texts = [text for group in (*groups, *others) for text in group]
    ends = np.r_[0, np.cumsum([len(group) for group in (*groups, *others)])]
    belongs = csr_array((np.ones(len(texts)), np.arange(len(texts)), ends), shape=(len(ends) - 1, len(texts)))
    means = unit(csr_array(belongs @ table(texts)))
    cosines = csr_array(means[: len(groups)] @ csr_array(means[len(groups) :]).T).tocoo()
    rows, columns, values = cosines.coords[0].tolist(), cosines.coords[1].tolist(), cosines.data.round(9).tolist()
    return [(a, b, alike) for a, b, alike in zip(rows, columns, values, strict=True) if alike >= TAKEN_UP]
