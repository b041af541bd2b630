"""The graph of nearest neighbours: the quick way finds what the whole table finds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from briefing.storylines.clustering import neighbour_graph
from briefing.storylines.clustering.tfidf import tfidf_rows


def collection(articles: int) -> csr_array:
    """Five articles of each affair, with words of its own and common ones."""
    chance = np.random.default_rng(7)
    table = np.zeros((articles, 4000))
    for number in range(articles):
        own = 1000 + (number // 5) * 12 % 3000 + chance.integers(0, 12, 8)
        common = np.minimum(chance.zipf(1.3, 40), 1000) - 1
        np.add.at(table[number], np.concatenate([own, common]), 1.0)
    return tfidf_rows(csr_array(table), articles)


def test_likely_neighbours_are_the_links_of_the_whole_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows, days = collection(600), np.zeros(600)
    whole = neighbour_graph.build_neighbour_graph(rows, days)
    monkeypatch.setattr(neighbour_graph, "ASKED", 200)
    monkeypatch.setattr(neighbour_graph, "WHOLE", 200)

    quick = neighbour_graph.build_neighbour_graph(rows, days)

    strong = whole.likeness >= 0.10
    links = dict(
        zip(
            zip(quick.first.tolist(), quick.second.tolist(), strict=True),
            quick.likeness,
            strict=True,
        )
    )
    pairs = list(zip(whole.first[strong].tolist(), whole.second[strong].tolist(), strict=True))
    assert sum(pair in links for pair in pairs) >= 0.998 * len(pairs)
    assert np.allclose(
        [links[p] for p in pairs if p in links],
        [v for p, v in zip(pairs, whole.likeness[strong], strict=True) if p in links],
    )


def test_a_likeness_found_the_quick_way_is_that_of_the_whole_table_to_the_last_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows, days = collection(600), np.repeat(np.arange(6.0), 100)
    pairs = np.arange(600 * 600)[np.triu(np.ones((600, 600), dtype=bool), 1).ravel()]
    table = (rows @ rows.T).toarray() * np.exp(
        -np.abs(days[:, None] - days) / neighbour_graph.FADE_DAYS
    )

    compared = neighbour_graph._compare_pairs(pairs, rows, days, neighbour_graph.FADE_DAYS)

    assert np.array_equal(compared.first * 600 + compared.second, pairs)
    assert np.allclose(compared.likeness, table[compared.first, compared.second], rtol=0, atol=1e-9)


def test_no_article_asks_more_than_it_may_and_none_skips_a_more_telling_term() -> None:
    rows = collection(600)
    frequency = np.bincount(rows.indices, minlength=rows.shape[1])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbour_graph, "ASKED", 60)
        asked = neighbour_graph._most_telling_terms(rows, frequency)

    for number in range(600):
        whole, part = (slice(*table.indptr[number : number + 2]) for table in (rows, asked))
        left = ~np.isin(rows.indices[whole], asked.indices[part])
        worth = (rows.data[whole] ** 2 / frequency[rows.indices[whole]]).round(12)
        assert frequency[asked.indices[part]].sum() <= 60
        assert not left.any() or worth[~left].min(initial=np.inf) >= worth[left].max()


def test_articles_that_share_two_near_neighbours_are_compared() -> None:
    first, second = np.array([0, 0, 1, 1, 2]), np.array([2, 3, 2, 3, 4])
    found = neighbour_graph._pairs_sharing_neighbours(
        neighbour_graph.Graph(5, first, second, np.array([0.4, 0.4, 0.4, 0.4, 0.4]))
    )

    assert found.tolist() == [0 * 5 + 1, 2 * 5 + 3]
