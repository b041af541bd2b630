"""What was grouped and the labels in, a table out: pairs wrongly apart and wrongly together, and
what tells them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from benchmarks.learnt import Batch, Real, Score, cosines, headlines
from briefing.storylines.clustering.neighbour_graph import build_neighbour_graph
from briefing.storylines.clustering.tfidf import Counted, name_vectors
from briefing.storylines.clustering.times import epoch_days

KINDS = ("rightly together", "wrongly apart", "wrongly together")
HEAD = (
    "set        pairs               number   terms  names  headlines  days  undated  shorter text"
)


def misses(
    name: str, batches: Sequence[Batch], found: Sequence[Sequence[int]], score: Score
) -> Iterator[str]:
    """Of each kind of pair the medians of what could tell it from the others; then how many stand
    nearest to others.

    Terms, names, headlines are cosines; days are those between the two, where both have a date;
    text is in characters. The last line also says what `score` gives a grouping that is right but
    for those, each of them alone.
    """
    rows: dict[str, list[Real]] = {kind: [] for kind in KINDS}
    wrong = several = 0
    best: list[list[int]] = []
    for (articles, labels), groups in zip(batches, found, strict=True):
        held = Counted(articles)
        for kind, pairs in _kinds(labels, groups).items():
            if pairs:
                rows[kind].append(_measured(held, *np.array(pairs).T))
        elsewhere, many = _nearest_elsewhere(held, labels)
        wrong, several = wrong + len(elsewhere), several + many
        best.append(_right_but_for(labels, elsewhere))
    for kind in KINDS:
        if rows[kind]:
            yield f"{name:10s} {kind:18s} {_line(np.vstack(rows[kind]))}"
    yield (
        f"{name:10s} nearest to an article of another group: {wrong} of {several} "
        "that have one of their own; "
        f"with these alone and all else right {score(best, batches):.3f}"
    )


def _kinds(
    labels: Sequence[str | None], groups: Sequence[int]
) -> Mapping[str, list[tuple[int, int]]]:
    kinds: dict[str, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
    for a, b in combinations([place for place, label in enumerate(labels) if label is not None], 2):
        belong, stand = labels[a] == labels[b], groups[a] == groups[b]
        if belong or stand:
            kinds[KINDS[0] if belong and stand else KINDS[1] if belong else KINDS[2]].append((a, b))
    return kinds


def _measured(articles: Counted, first: NDArray[np.int64], second: NDArray[np.int64]) -> Real:
    alike = [
        cosines(rows, first, second)
        for rows in (articles.rows, name_vectors(articles), headlines(articles))
    ]
    days, sizes = epoch_days(articles), np.array([len(article.text) for article in articles])
    return np.column_stack(
        [*alike, np.abs(days[first] - days[second]), np.minimum(sizes[first], sizes[second])]
    )


def _line(rows: Real) -> str:
    terms, names, heads, _, size = np.median(rows, axis=0)
    dated = rows[~np.isnan(rows[:, 3]), 3]
    days = f"{np.median(dated):5.1f}" if len(dated) else "    -"
    share = f"{1 - len(dated) / len(rows):5.2f}"
    return (
        f"{len(rows):7d}   {terms:.3f}  {names:.3f}  {heads:.3f}     {days}  {share}    {size:6.0f}"
    )


def _nearest_elsewhere(articles: Counted, labels: Sequence[str | None]) -> tuple[list[int], int]:
    """Labelled articles whose likest labelled neighbour is not of their group, of so many that are
    not alone in it.
    """
    graph = build_neighbour_graph(articles.rows, epoch_days(articles))
    best: dict[int, tuple[float, int]] = {}
    for a, b, likeness in zip(
        graph.first.tolist(), graph.second.tolist(), graph.likeness.tolist(), strict=True
    ):
        for one, other in ((a, b), (b, a)):
            if labels[other] is not None:
                best[one] = max(best.get(one, (0.0, 0)), (likeness, -other))
    sizes = Counter(labels)
    several = [one for one, label in enumerate(labels) if label is not None and sizes[label] > 1]
    wrong = [one for one in several if one not in best or labels[-best[one][1]] != labels[one]]
    return wrong, len(several)


def _right_but_for(labels: Sequence[str | None], wrong: Sequence[int]) -> list[int]:
    numbers = {label: place for place, label in enumerate(labels)}
    return [
        len(labels) + place if place in wrong else numbers[label]
        for place, label in enumerate(labels)
    ]
