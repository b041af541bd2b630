"""Articles in, labels out, by the streaming clusterer of Miranda et al. 2018, rebuilt from its
formula.

"Multilingual Clustering of Streaming News" (EMNLP 2018): each report is compared with each cluster
by the cosines of nine bags of words (words, lemmas and names, in the headline, the body, and both)
and by closeness in time, weighed by a learnt vector; it joins the best cluster, or begins one. Here
words stand for lemmas, so six bags are left; weights are those of a logistic regression on pairs of
the allsides development set, as the paper learns them on pairs of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from briefing.model import Article
from briefing.storylines.clustering.term_counts import WORD
from briefing.storylines.clustering.tfidf import normalise_rows
from briefing.storylines.clustering.times import epoch_days

SIGMA = 3.0  # days of the Gaussian of closeness in time, as published
# Of: words of headline, body, both; names of headline, body, both; closeness to the cluster's
# newest, oldest, mean day.
WEIGHTS = np.array([5.4, 3.5, 4.0, -0.3, 0.2, 0.4, 2.8, 4.3, 3.5])
THRESHOLD = (
    13.1  # best on allsides dev, the set that the weights were learnt on: there it is flattered
)
Real = NDArray[np.float64]


def miranda(articles: Sequence[Article], /, **_: object) -> list[int]:
    """Labels, in the order of time in which the articles are given. Quadratic in clusters, by pure
    sums.
    """
    bags = [_tfidf(bag) for bag in _bags(articles)]
    days = epoch_days(articles)
    sums = [np.zeros((len(articles), bag.shape[1]), dtype=np.float32) for bag in bags]
    norms = np.zeros((len(bags), len(articles)))
    times = np.full((3, len(articles)), np.nan)  # newest, oldest, sum of days
    sizes = np.zeros(len(articles))
    labels: list[int] = []
    for number, day in enumerate(days):
        count = max(labels, default=-1) + 1
        likeness = _likeness(bags, sums, norms[:, :count], number) + _closeness(
            times[:, :count], sizes[:count], day
        )
        best = int(np.argmax(likeness.round(6))) if count and likeness.max() >= THRESHOLD else count
        labels.append(best)
        for place, bag in enumerate(bags):
            row = bag[[number]]
            sums[place][best, row.indices] += row.data
            norms[place, best] = np.sqrt((sums[place][best].astype(np.float64) ** 2).sum())
        times[:, best] = [
            np.fmax(times[0, best], day),
            np.fmin(times[1, best], day),
            np.nansum([times[2, best], day]),
        ]
        sizes[best] += not np.isnan(day)
    return labels


def _likeness(
    bags: Sequence[csr_array], sums: Sequence[NDArray[np.float32]], norms: Real, number: int
) -> Real:
    total = np.zeros(norms.shape[1])
    for place, bag in enumerate(bags):
        row = bag[[number]]
        product = sums[place][: norms.shape[1], row.indices] @ row.data
        total += WEIGHTS[place] * product / np.where(norms[place] > 0, norms[place], 1.0)
    return total


def _closeness(times: Real, sizes: Real, day: float) -> Real:
    """Gaussian of the days to the cluster's newest, oldest and mean report; without a date as if on
    one day.
    """
    means = np.vstack([times[0], times[1], times[2] / np.where(sizes > 0, sizes, 1.0)])
    close = np.exp(-(np.nan_to_num(day - means) ** 2) / (2 * SIGMA**2))
    weighed: Real = WEIGHTS[len(WEIGHTS) - 3 :] @ close
    return weighed


def _bags(articles: Sequence[Article]) -> Iterable[Sequence[list[str]]]:
    heads = [list(one.headline_terms) for one in articles]
    bodies = [[term for terms in one.analysis.terms for term in terms] for one in articles]
    yield from (heads, bodies, [a + b for a, b in zip(heads, bodies, strict=True)])
    below = [
        WORD.findall(" ".join(name.of(one.text) for name in one.analysis.names).casefold())
        for one in articles
    ]
    titles = [WORD.findall((one.headline or "").casefold()) for one in articles]
    above = [
        [word for word in title if word in set(names)]
        for title, names in zip(titles, below, strict=True)
    ]
    yield from (above, below, [a + b for a, b in zip(above, below, strict=True)])


def _tfidf(bags: Sequence[Sequence[str]]) -> csr_array:
    numbers: dict[str, int] = {}
    places = [
        (row, numbers.setdefault(word, len(numbers)))
        for row, bag in enumerate(bags)
        for word in bag
    ]
    rows, columns = (
        (np.array(part, dtype=np.int64) for part in zip(*places, strict=True))
        if places
        else ([], [])
    )
    counts = csr_array(
        coo_array((np.ones(len(places)), (rows, columns)), shape=(len(bags), max(1, len(numbers))))
    )
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    counts.data *= np.log((len(bags) + 1) / (frequency + 1))[counts.indices]
    return normalise_rows(counts)
