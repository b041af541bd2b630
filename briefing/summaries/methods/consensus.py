"""articles of one storyline > positions: what several outlets say, the default for a digest.

A sentence is good when it is like many others (LexRank), stands early in its article, uses word
pairs that other articles use too (concept support: Gillick and Favre, ILP-NLP 2009), and when its
article is near the middle of the storyline (Radev's MEAD, IPM 2004). Similarity to what is chosen
is taken off (MMR, Carbonell and Goldstein, SIGIR 1998). No training. Quadratic in sentences, of
which at most `MOST` are looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import MutableMapping
from itertools import pairwise
from math import exp, sqrt

from briefing.model import Article, Articles
from briefing.summaries.coherence.constraints import choose_reader
from briefing.summaries.methods.greedy_selection import Candidates, select_sentences
from briefing.summaries.methods.lexrank import random_walk_shares
from briefing.summaries.methods.tfidf import Vector, dot_product, normalise_vector, tfidf_vectors
from briefing.summaries.protocols import Limit, Position

# Any mix of these is within .5 ROUGE-1 on the development sets.
SHARE, POSITION, SUPPORT, MIDDLE, HEADLINE = 1.0, 1.25, 0.35, 0.5, 0.3
DECAY = 4.0  # sentences
REDUNDANCY = (
    1.0  # taken off per unit of similarity to the nearest chosen sentence. Flat between .4 and 2.5
)
MOST = 1500  # sentences looked at, evenly from the beginnings of the articles


Memory = MutableMapping[
    tuple[str, ...], Candidates
]  # ids of articles -> their sentences with points


def rank_by_consensus(
    articles: Articles, /, *, limit: Limit, memory: Memory | None = None
) -> list[Position]:
    """Sentences chosen one by one under the reader's constraints, in the order chosen.

    `memory` spares weighing the same articles again under another limit; it belongs to one
    collection of articles.
    """
    known = {} if memory is None else memory
    key = tuple(article.id for article in articles)
    if key not in known:
        known[key] = _weigh_sentences(articles)
    return select_sentences(
        known[key], choose_reader(articles, limit), limit, redundancy=REDUNDANCY
    )


def _weigh_sentences(articles: Articles) -> Candidates:
    """The sentences that compete, with their points."""
    places = competing_sentences(articles)
    rows = tfidf_vectors([articles[a].analysis.terms[s] for a, s in places])
    points = [
        sum(part) for part in zip(*score_components(articles, places, rows).values(), strict=True)
    ]
    return Candidates(places, points, rows)


def competing_sentences(articles: Articles) -> list[Position]:
    """The sentences that compete; one that several articles carry word for word counts as the first
    one's.
    """
    each = max(1, MOST // max(1, len(articles)))
    first: dict[str, Position] = {}
    for a, article in enumerate(articles):
        for s, span in enumerate(article.sentences[:each]):
            first.setdefault(re.sub(r"\W", "", span.of(article.text).lower()), (a, s))
    return list(first.values())


def score_components(
    articles: Articles, places: list[Position], rows: list[Vector]
) -> dict[str, list[float]]:
    """The parts of each sentence's score, by name, weighted."""
    walk = random_walk_shares(rows)
    shared, middle = _concept_support(articles, places), _article_centrality(articles)
    return {
        "share": [SHARE * value for value in _scale_to_one(walk)],
        "position": [POSITION * exp(-s / DECAY) for _, s in places],
        "support": [SUPPORT * value for value in shared],
        "article": [MIDDLE * middle[a] for a, _ in places],
        "headlines": [HEADLINE * value for value in _headline_overlap(articles, places)],
    }


def _concept_support(articles: Articles, places: list[Position]) -> list[float]:
    """How much of a sentence other articles carry too: the shares of them that have its word pairs,
    best 1.

    Divided by the root of the sentence's length: the sum favours long sentences, the mean short
    ones.
    """
    carriers = Counter(pair for article in articles for pair in dict.fromkeys(_word_pairs(article)))
    others, found = max(1, len(articles) - 1), list[float]()
    for a, s in places:
        own = list(dict.fromkeys(pairwise(articles[a].analysis.terms[s])))
        found.append(sum(carriers[pair] - 1 for pair in own) / others / sqrt(max(1, len(own))))
    return _scale_to_one(found)


def _headline_overlap(articles: Articles, places: list[Position]) -> list[float]:
    """How much of the articles' headlines a sentence says: mean overlap coefficient with their
    terms, best 1.
    """
    lines = [frozenset(article.headline_terms) for article in articles if article.headline_terms]
    found = []
    for a, s in places:
        own = frozenset(articles[a].analysis.terms[s])
        found.append(sum(len(own & line) / sqrt(len(line) * max(1, len(own))) for line in lines))
    return _scale_to_one(found)


def _scale_to_one(values: list[float]) -> list[float]:
    most = max(values, default=0.0) or 1.0
    return [value / most for value in values]


def _word_pairs(article: Article) -> list[tuple[str, str]]:
    return [pair for terms in article.analysis.terms for pair in pairwise(terms)]


def _article_centrality(articles: Articles) -> list[float]:
    """How near each article is to the middle of them all: cosine to the sum of their vectors, best
    1.
    """
    whole = tfidf_vectors(
        [[term for terms in article.analysis.terms for term in terms] for article in articles]
    )
    total: Vector = {}
    for vector in whole:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return _scale_to_one([dot_product(vector, normalise_vector(total)) for vector in whole])
