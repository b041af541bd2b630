"""articles > positions: LexRank, sentences that are like many sentences.

Erkan and Radev, "LexRank: Graph-based lexical centrality as salience in text summarization", JAIR
22, 2004, in its continuous form. Quadratic in sentences: 2,000 of them take half a second and 60
MB.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.model import Articles
from briefing.summaries.coherence.constraints import choose_reader
from briefing.summaries.methods.greedy_selection import Candidates, select_sentences
from briefing.summaries.methods.tfidf import Vector, tfidf_vectors
from briefing.summaries.protocols import Limit, Position

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DAMPING = 0.85  # of the paper
TOLERANCE = 1e-10
STEPS = 100


def rank_by_lexrank(articles: Articles, /, *, limit: Limit) -> list[Position]:
    """Sentences by LexRank alone, under the reader's constraints; the yardstick for our own."""
    places = [(a, s) for a, article in enumerate(articles) for s in range(len(article.sentences))]
    rows = tfidf_vectors([terms for article in articles for terms in article.analysis.terms])
    return select_sentences(
        Candidates(places, random_walk_shares(rows), rows),
        choose_reader(articles, limit),
        limit,
        redundancy=0.0,
    )


def random_walk_shares(rows: Sequence[Vector]) -> list[float]:
    """Each sentence's share of a random walk over likeness, 1 on average."""
    import numpy as np

    if not rows:
        return []
    likeness = _cosine_matrix(rows)
    sums = likeness.sum(axis=1, keepdims=True)
    walk = np.divide(likeness, sums, out=np.full_like(likeness, 1 / len(rows)), where=sums > 0)
    rank = np.full(len(rows), 1 / len(rows))
    for _ in range(STEPS):
        new = (1 - DAMPING) / len(rows) + DAMPING * (rank @ walk)
        settled = float(abs(new - rank).max()) < TOLERANCE
        rank = new
        if settled:
            break
    return [float(value) for value in np.round(rank * len(rows), 9)]


def _cosine_matrix(rows: Sequence[Vector]) -> NDArray[np.float64]:
    """All cosines of unit vectors, in double precision."""
    import numpy as np

    columns: dict[str, int] = {}
    for row in rows:
        for term in row:
            columns.setdefault(term, len(columns))
    dense = np.zeros((len(rows), max(1, len(columns))))
    for i, row in enumerate(rows):
        for term, weight in row.items():
            dense[i, columns[term]] = weight
    return dense @ dense.T
