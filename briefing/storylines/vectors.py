"""Articles in, one unit vector of term weights each out: tf-idf learnt from the articles themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from briefing.model import Article

HEADLINE_WEIGHT = 3  # how often a headline's terms count; 1, 3 and 5 score alike on storylines dev
FIRST_WORDS = 1000  # of a body; 80 words lose 1.5 points of BCubed F1 there, more than 1000 gain nothing
TERMS = 200  # heaviest kept of each article; 100 lose 0.4 points, 60 lose 0.6
IDF_FLOOR = 0.5  # added to ln((n + 1) / (df + 1)); 1 merges neighbouring affairs in batches of five articles
MANY = 1000  # articles from which on the commonest terms are dropped …
COMMON = 0.05  # … those in more than this share of them: a quarter of the work, +0.2 points; 2 % loses a point

Vectors = csr_array  # rows: articles; unit length, or empty when an article has no term


def vectors(articles: Sequence[Article]) -> Vectors:
    """A row of unit length for each article, in the order given; the order of columns carries no meaning.

    Weights are ln-damped counts times inverse document frequency within `articles`: no table is shipped, because
    the batch's own frequencies do best even for 18 articles. Linear in words.
    """
    vocabulary: dict[str, int] = {}
    columns: list[int] = []
    counts: list[int] = []
    starts = [0]
    for article in articles:
        tally = term_counts(article)
        columns.extend(vocabulary.setdefault(term, len(vocabulary)) for term in tally)
        counts.extend(tally.values())
        starts.append(len(columns))
    shape = (len(articles), len(vocabulary))
    table = csr_array((np.array(counts, dtype=np.float64), np.array(columns, dtype=np.int32), starts), shape=shape)
    return _unit(_heaviest(_weigh(table), TERMS))


def term_counts(article: Article) -> Counter[str]:
    """Terms of the headline, weighted, and of the first words of the body."""
    tally: Counter[str] = Counter(article.headline_terms * HEADLINE_WEIGHT)
    words = 0
    for span, terms in zip(article.analysis.sentences, article.analysis.terms, strict=True):
        if words >= FIRST_WORDS:
            break
        tally.update(terms)
        words += len(span.of(article.text).split())
    return tally


def _weigh(table: Vectors) -> Vectors:
    articles = table.shape[0]
    frequency = np.bincount(table.indices, minlength=table.shape[1])
    idf = np.log((articles + 1) / (frequency + 1)) + IDF_FLOOR
    if articles > MANY:
        idf[frequency > COMMON * articles] = 0.0
    table.data = (1.0 + np.log(table.data)) * idf[table.indices]
    table.eliminate_zeros()
    return table


def _heaviest(table: Vectors, terms: int) -> Vectors:
    keep = np.ones(table.nnz, dtype=bool)
    for row in np.flatnonzero(np.diff(table.indptr) > terms):
        start, stop = table.indptr[row], table.indptr[row + 1]
        weights = np.round(table.data[start:stop], 9)
        keep[start:stop][np.argsort(-weights, kind="stable")[terms:]] = False
    table.data = np.where(keep, table.data, 0.0)
    table.eliminate_zeros()
    return table


def _unit(table: Vectors) -> Vectors:
    lengths: NDArray[np.float64] = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    table.data /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(table.indptr))
    return table
