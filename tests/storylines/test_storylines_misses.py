"""What the benchmark of storylines says beside scores: pairs that were missed, and weights learnt
from pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from newsroom import FLOOD, STRIKE, TRIAL, article

from benchmarks.learnt import Batch, Pairs, fitted, learnt
from benchmarks.misses import misses
from benchmarks.storylines import f1_of
from briefing.storylines.clustering.neighbour_graph import Graph
from briefing.storylines.clustering.tfidf import Counted
from briefing.storylines.clustering.times import sort_by_time

DAY = date(2026, 3, 3)


@pytest.fixture
def batch() -> Batch:
    """Two reports of each of three affairs, a day apart, and one that nobody labelled."""
    told = {"strike": STRIKE, "flood": FLOOD, "trial": TRIAL}
    labels = {}
    for label, sentences in told.items():
        for days, order in enumerate((sentences, sentences[::-1])):
            labels[article(order, headline=order[0], day=DAY + timedelta(days=days), key=label)] = (
                label
            )
    labels[
        article(["Snow fell in the hills above Vantor."], headline="Snow in the hills", day=DAY)
    ] = None
    articles = sort_by_time(labels)
    return articles, [labels[one] for one in articles]


def test_pairs_are_counted_as_right_apart_and_together(batch: Batch) -> None:
    articles, labels = batch
    groups = [{"strike": 0, "flood": 1, "trial": 1, None: 9}[label] for label in labels]
    strike = [place for place, label in enumerate(labels) if label == "strike"]
    groups[strike[1]] = 5

    lines = list(misses("made", [(articles, labels)], [groups], f1_of))

    counted = {" ".join(line.split()[1:3]): int(line.split()[3]) for line in lines[:-1]}
    assert counted == {"rightly together": 2, "wrongly apart": 1, "wrongly together": 4}
    assert lines[-1].endswith(
        "0 of 6 that have one of their own; with these alone and all else right 1.000"
    )


def test_an_article_nearest_to_another_group_is_told(batch: Batch) -> None:
    articles, labels = batch
    wrongly = list(labels)
    wrongly[labels.index("strike")] = "flood"

    *_, last = misses("made", [(articles, wrongly)], [list(range(len(articles)))], f1_of)

    assert "nearest to an article of another group: 1 of 5 that have one of their own" in last


def test_weights_follow_the_feature_that_tells_pairs_apart() -> None:
    features = np.column_stack([[0.9, 0.8, 0.1, 0.2] * 5, [1.0, 0.0] * 10, np.ones(20)])
    weights = fitted([[made(features, [True, True, False, False] * 5)]])

    high, _, low, _ = weights.chance(features)[:4].tolist()

    assert high > 0.8
    assert low < 0.2
    assert abs(weights.weights[1]) < abs(weights.weights[0]) / 10


def made(features: np.ndarray, same: Sequence[bool]) -> Pairs:
    none = np.zeros(0)
    graph = Graph(0, none.astype(np.int64), none.astype(np.int64), none)
    counted = Counted()
    return Pairs(counted, graph, features, None, np.ones(len(features)), np.array(same))  # type: ignore[arg-type]


def test_each_set_is_judged_with_weights_of_the_others(batch: Batch) -> None:
    sets = {"one": [batch], "other": [batch]}

    head, *lines = learnt(sets, {"one": 1.0, "other": 1.0}, f1_of)

    assert "learnt on the others" in head
    assert [line.split() for line in lines] == [[name, "1.000", "1.000", "1.000"] for name in sets]
