"""articles > positions: PacSum with TF-IDF, sentences that what follows takes up and what precedes
does not.

Zheng and Lapata, "Sentence centrality revisited for unsupervised summarization", ACL 2019. Linear,
with beta 0.
"""

from __future__ import annotations

from briefing.model import Articles
from briefing.summaries.methods.hybrid import forward_centrality
from briefing.summaries.methods.tfidf import tfidf_vectors
from briefing.summaries.protocols import Limit, Position

BEFORE, AFTER = -0.2, 1.0  # weights of likeness to the sentences before and after


def rank_by_pacsum(articles: Articles, /, *, limit: Limit) -> list[Position]:  # noqa: ARG001 - ranks all, whatever the limit
    """All sentences, best first; ties to the earlier."""
    rows = tfidf_vectors([terms for article in articles for terms in article.analysis.terms])
    after, before = forward_centrality(rows), forward_centrality(rows[::-1])[::-1]
    points = [round(BEFORE * b + AFTER * a, 9) for b, a in zip(before, after, strict=True)]
    places = [(a, s) for a, article in enumerate(articles) for s in range(len(article.sentences))]
    return [places[i] for i in sorted(range(len(places)), key=lambda i: (-points[i], i))]
