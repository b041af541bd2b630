"""Articles in, one unit vector of term weights each out: tf-idf learnt from the articles themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from briefing.model import Article
from briefing.storylines.counts import PARTS, Counts, counted, names_counted, said

LEAD_SHARE = 0.3  # of the likeness that the opening brings: +0.3 to +1.5 points on each development set; .2 to .35 flat
TITLE_SHARE = 0.05  # that the headline by itself brings: +.1 to +.8 points and +.5 of pairs; from .06 on wikinews loses
TERMS = 200  # heaviest kept of each article; 100 lose 0.4 points, 60 lose 0.6 …
MASS, MASS_TERMS = 5000, 100  # … so many in collections of more articles than that: a third of the work
IDF_FLOOR = 0.5  # added to ln((n + 1) / (df + 1)); 1 merges neighbouring affairs in batches of five articles
MANY = 1000  # articles from which on the commonest terms are dropped …
COMMON = 0.05  # … those in more than this share of them: a quarter of the work, +0.2 points; 2 % loses a point

Real = NDArray[np.float64]


def vectors(articles: Sequence[Article], counts: Counts | None = None) -> csr_array:
    """A row of unit length for each article, in the order given; the order of columns carries no meaning.

    Three spaces side by side: the whole article, headline with opening, headline. Weights are ln-damped counts times
    inverse document frequency within `articles`: no table is shipped, because the batch's own frequencies do best even
    for 18 articles. A row is empty when its article has no term. `counts` of the same articles spare counting again.
    Linear in words.
    """
    table = tfidf((counts or counted(articles)).table, len(articles))
    body = 1 - TITLE_SHARE
    shares = np.array([body * (1 - LEAD_SHARE), body * LEAD_SHARE, TITLE_SHARE]) ** 0.5
    table.data *= np.repeat(np.tile(shares, len(articles)), np.diff(table.indptr))
    shape = (len(articles), table.shape[1])  # the parts lie one after the other, in columns of their own
    rows = csr_array((table.data, table.indices, table.indptr[::PARTS]), shape=shape)
    rows.sort_indices()  # pairs of rows are multiplied several times as fast
    return _blogs_blended(rows, articles)


def name_vectors(articles: Sequence[Article]) -> csr_array:
    """The same for the words of proper names alone: who and where, without what."""
    return said_vectors([said(article) for article in articles])


def said_vectors(texts: Sequence[str]) -> csr_array:
    """The same for names one after the other, a row for each text of them."""
    return tfidf(names_counted(texts).table, len(texts))


def tfidf(counts: csr_array, articles: int) -> csr_array:
    """Unit rows for rows of counts; see `vectors`."""
    return unit(_heaviest(_weighed(counts, articles), TERMS if articles <= MASS else MASS_TERMS))


def unit(table: csr_array) -> csr_array:
    """Rows scaled to length 1; empty ones stay empty."""
    sizes = np.diff(table.indptr)
    rows = np.repeat(np.arange(table.shape[0]), sizes)
    lengths = np.sqrt(np.bincount(rows, table.data**2, minlength=table.shape[0]))
    table.data = table.data / np.repeat(np.where(lengths > 0, lengths, 1.0), sizes)
    return table


def heaviest(table: csr_array, terms: int) -> csr_array:
    """Rows with so many of their weights, the greatest; among equals the first columns."""
    return _heaviest(csr_array(table, copy=True), terms)


def _weighed(counts: csr_array, articles: int) -> csr_array:
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log((articles + 1) / (frequency + 1)) + IDF_FLOOR
    if articles > MANY:
        idf[frequency > COMMON * articles] = 0.0
    weights = (1.0 + np.log(counts.data)) * idf[counts.indices]
    table = csr_array((weights, counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)
    table.eliminate_zeros()
    return table


def _heaviest(table: csr_array, terms: int) -> csr_array:
    long = np.flatnonzero(np.diff(table.indptr) > terms)
    for begin, end in zip(table.indptr[long].tolist(), table.indptr[long + 1].tolist(), strict=True):
        weights = table.data[begin:end]  # a view: zeroed in place
        weights[np.argsort(-np.round(weights, 9), kind="stable")[terms:]] = 0.0
    if len(long):
        table.eliminate_zeros()
    return table


def _blogs_blended(rows: csr_array, articles: Sequence[Article]) -> csr_array:
    """Updates of one live blog get its mean added: forty words on the cargo say too little of the blog's strike."""
    blogs = live_blogs(articles)
    if not blogs:
        return rows
    shares = [(one, other, 1 / len(blog)) for blog in blogs for one in blog for other in blog]
    into, of, share = (np.array(column) for column in zip(*shares, strict=True))
    mean = csr_array(coo_array((share, (into, of)), shape=(len(articles), len(articles))))
    return unit(csr_array(rows + mean @ rows))


def live_blogs(articles: Sequence[Article]) -> list[list[int]]:
    """Positions of the updates of each live blog."""
    blogs: dict[str, list[int]] = defaultdict(list)
    for position, article in enumerate(articles):
        if article.part_of and article.kind in ("live blog", "update"):
            blogs[article.part_of].append(position)
    return list(blogs.values())
