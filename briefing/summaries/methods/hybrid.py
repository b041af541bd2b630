"""articles > positions: lead-biased forward centrality, the default for one article.

A sentence is good when it stands early and when what follows takes up its words: the directed
centrality of PacSum (Zheng and Lapata, ACL 2019, with TF-IDF, beta 0 and only the sentences after
it) beside an exponential decay of position. Similarity to what is chosen already is taken off
(Carbonell and Goldstein's MMR, SIGIR 1998). No training, no model; linear in sentences.
"""

from __future__ import annotations

from math import exp

from briefing.model import Article, Articles
from briefing.summaries.coherence.constraints import choose_reader
from briefing.summaries.methods.greedy_selection import Candidates, select_sentences
from briefing.summaries.methods.tfidf import Vector, dot_product, standard_scores, tfidf_vectors
from briefing.summaries.protocols import Limit, Position

DECAY = 6.0  # sentences: exp(-i / 6). Swept 2 to 8 on the development sets: flat between 3 and 8
CENTRALITY = 0.25  # weight of the standardised centrality. Swept .1 to 1: flat between .15 and .35
REDUNDANCY = (
    1.5  # taken off per unit of similarity to the nearest chosen sentence. Flat between .7 and 2.5
)


def rank_by_hybrid(articles: Articles, /, *, limit: Limit) -> list[Position]:
    """Sentences chosen one by one under the reader's constraints, in the order chosen; several
    articles as one.
    """
    rows = [tfidf_vectors(article.analysis.terms) for article in articles]
    scores = [
        score
        for vectors, article in zip(rows, articles, strict=True)
        for score in _score_sentences(article, vectors)
    ]
    places = [(a, s) for a, article in enumerate(articles) for s in range(len(article.sentences))]
    flat = [vector for row in rows for vector in row]
    return select_sentences(
        Candidates(places, scores, flat),
        choose_reader(articles, limit),
        limit,
        redundancy=REDUNDANCY,
    )


def _score_sentences(article: Article, given: list[Vector] | None = None) -> list[float]:
    """The points of each sentence of an article, before redundancy."""
    parts = score_components(article, given)
    return [sum(part) for part in zip(*parts.values(), strict=True)]


def score_components(article: Article, given: list[Vector] | None = None) -> dict[str, list[float]]:
    """The two parts of the score, by name."""
    rows = tfidf_vectors(article.analysis.terms) if given is None else given
    centrality = [CENTRALITY * value for value in standard_scores(forward_centrality(rows))]
    return {"position": [exp(-i / DECAY) for i in range(len(rows))], "centrality": centrality}


def forward_centrality(rows: list[Vector]) -> list[float]:
    """How much the sentences after each one say of the same: the sum of their cosines, by one pass
    from the end.
    """
    total: Vector = {}
    sums = [0.0] * len(rows)
    for i in range(len(rows) - 1, -1, -1):
        sums[i] = (
            dot_product(rows[i], total)
            if len(rows[i]) < len(total)
            else dot_product(total, rows[i])
        )
        for term, weight in rows[i].items():
            total[term] = total.get(term, 0.0) + weight
    return sums
