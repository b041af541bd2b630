"""The graph of nearest neighbours: the quick way finds what the whole table finds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from briefing.storylines import graph
from briefing.storylines.vectors import tfidf


def collection(articles: int) -> csr_array:
    """Five articles of each affair, with words of its own and common ones."""
    chance = np.random.default_rng(7)
    table = np.zeros((articles, 4000))
    for number in range(articles):
        own = 1000 + (number // 5) * 12 % 3000 + chance.integers(0, 12, 8)
        common = np.minimum(chance.zipf(1.3, 40), 1000) - 1
        np.add.at(table[number], np.concatenate([own, common]), 1.0)
    return tfidf(csr_array(table), articles)


def test_likely_neighbours_are_the_links_of_the_whole_table(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, days = collection(600), np.zeros(600)
    whole = graph.nearest(rows, days)
    monkeypatch.setattr(graph, "ASKED", 400)

    quick = graph.nearest(rows, days)

    strong = whole.likeness >= 0.10
    links = dict(zip(zip(quick.first.tolist(), quick.second.tolist(), strict=True), quick.likeness, strict=True))
    pairs = list(zip(whole.first[strong].tolist(), whole.second[strong].tolist(), strict=True))
    assert sum(pair in links for pair in pairs) >= 0.998 * len(pairs)
    assert np.allclose(
        [links[p] for p in pairs if p in links],
        [v for p, v in zip(pairs, whole.likeness[strong], strict=True) if p in links],
    )
