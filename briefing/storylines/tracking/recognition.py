"""New clusters and records of silent storylines in, which cluster takes up which storyline again
out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_array

from briefing.model import Article
from briefing.storylines.clustering.term_counts import names_text, tally_names
from briefing.storylines.clustering.tfidf import article_vectors, normalise_rows, tally_vectors
from briefing.storylines.tracking.records import Remembered, stand_in_articles

# cosine of words and of names from which on a cluster is an old storyline's next day, however long
# it
TAKEN_UP = 0.45
# slept: two floods of the sample corpus have .30 and .09. At .35 two years of one country's
# politics run together (.88 BCubed F1 where .93 is found without any memory beyond a week), from
# .40 on nothing is lost of the geometric mean of both cosines, which counts where it is more: the
# verdict of a trial shares its
BOTH = 0.78
# names (.75) more than its words (.35) with the opening. Nothing is lost by it on allsides, nor on
# daybatch in one row
LEAST = 0.30  # of words alike below which names alone do not count: one minister is in many affairs
# articles from which on a storyline is recognised after weeks: one report is too little to know it
# by
TOLD = 2

Text = TypeVar("Text")


def recognise_storylines(
    articles: Sequence[Article],
    clusters: Mapping[int, Sequence[int]],
    records: Sequence[Remembered],
) -> dict[int, int]:
    """Label of a cluster -> position of the record it continues; each at most once, the most alike
    first.

    `clusters` are positions among `articles` by label. Days play no part: a trial adjourned for six
    weeks is recognised by who and what alone, and so is yesterday's of which today's reports grew
    together by themselves. Names are compared first, words only of those that are alike in names.
    """
    labels = sorted(clusters)
    known = [number for number, record in enumerate(records) if len(record.articles) >= TOLD]
    if not labels or not known:
        return {}
    groups = [[articles[place] for place in clusters[label]] for label in labels]
    today = [[tally_names(names_text(article)) for article in group] for group in groups]
    who = _mean_cosines(today, [records[number].tallies for number in known], tally_vectors)
    likely = sorted(
        (record, cluster) for (cluster, record), alike in who.items() if alike >= TAKEN_UP
    )
    near = {
        record: place for place, record in enumerate(dict.fromkeys(record for record, _ in likely))
    }
    stands = [stand_in_articles(records[known[record]]) for record in near]
    words = _mean_cosines(groups, stands, article_vectors)
    pairs = [
        (-_pair_likeness(words.get((a, near[b]), 0.0), who[a, b]), a, known[b]) for b, a in likely
    ]
    found: dict[int, int] = {}
    for alike, cluster, record in sorted(pairs):
        if alike <= -TAKEN_UP and labels[cluster] not in found and record not in found.values():
            found[labels[cluster]] = record
    return found


def _pair_likeness(words: float, names: float) -> float:
    """How surely the one is the next of the other."""
    both = BOTH * math.sqrt(words * names) if words >= LEAST else 0.0
    return round(max(min(words, names), both), 9)


def _mean_cosines(
    groups: Sequence[Sequence[Text]],
    others: Sequence[Sequence[Text]],
    table: Callable[[Sequence[Text]], csr_array],
) -> dict[tuple[int, int], float]:
    """Position among the groups and among the others -> cosine of their means, of those that are
    alike at all.
    """
    if not others:
        return {}
    texts = [text for group in (*groups, *others) for text in group]
    ends = np.r_[0, np.cumsum([len(group) for group in (*groups, *others)])]
    belongs = csr_array(
        (np.ones(len(texts)), np.arange(len(texts)), ends), shape=(len(ends) - 1, len(texts))
    )
    means = normalise_rows(csr_array(belongs @ table(texts)))
    cosines = csr_array(means[: len(groups)] @ csr_array(means[len(groups) :]).T).tocoo()
    high = cosines.data >= LEAST
    places = zip(cosines.coords[0][high].tolist(), cosines.coords[1][high].tolist(), strict=True)
    return dict(zip(places, cosines.data[high].round(9).tolist(), strict=True))
