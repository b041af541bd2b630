"""Articles in, one unit vector of term weights each out: tf-idf learnt from the articles
themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, csr_array, vstack

from briefing.model import Article
from briefing.storylines.clustering.term_counts import (
    PARTS,
    Counts,
    count_names_texts,
    count_tallies,
    count_terms,
    names_text,
)

# of the likeness that the opening brings: +0.3 to +1.5 points on each development set; .2 to .35
# flat
LEAD_SHARE = 0.3
# that the headline by itself brings: +.1 to +.8 points and +.5 of pairs; from .06 on wikinews loses
TITLE_SHARE = 0.05
TERMS = 200  # heaviest kept of each article; 100 lose 0.4 points, 60 lose 0.6 …
MASS, MASS_TERMS = (
    5000,
    100,
)  # … so many in collections of more articles than that: a third of the work
# added to ln((n + 1) / (df + 1)); 1 merges neighbouring affairs in batches of five articles
IDF_FLOOR = 0.5
MANY = 1000  # articles from which on the commonest terms are dropped …
# … those in more than this share of them: a quarter of the work, +0.2 points; 2 % loses a point
COMMON = 0.05
CHUNK = 30_000  # rows weighed at a time: bounds the memory

Real = NDArray[np.float64]
Whole = NDArray[np.int64]


class Counted(tuple[Article, ...]):
    """Articles with their counts and vectors, made when they are first asked for and kept: two
    stages need both.
    """

    @cached_property
    def counts(self) -> Counts:
        return count_terms(self)

    @cached_property
    def rows(self) -> csr_array:
        """To be read, never changed."""
        return article_vectors(self, self.counts)


def article_vectors(articles: Sequence[Article], counts: Counts | None = None) -> csr_array:
    """A row of unit length for each article, in the order given; the order of columns carries no
    meaning.

    Three spaces side by side: the whole article, headline with opening, headline. Weights are
    ln-damped counts times inverse document frequency within `articles`: no table is shipped,
    because the batch's own frequencies do best even for 18 articles. A row is empty when its
    article has no term. `counts` of the same articles spare counting again. Linear in words.
    """
    table = tfidf_rows((counts or count_terms(articles)).table, len(articles))
    return _blend_live_blogs(_combine_columns(table), live_blog_positions(articles))


def group_vectors(groups: Sequence[Sequence[Article]], counts: Counts) -> csr_array:
    """The `article_vectors` of each group by itself, one group under the other; no two groups share
    a column.

    `counts` are those of all their articles, in the same order.
    """
    if not groups:
        return csr_array((0, 1))
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    table, group_of = _separate_columns(
        counts.table, np.repeat(np.arange(len(groups)), PARTS * sizes)
    )
    weights = _inverse_document_frequency(table, sizes[group_of])
    kept = np.repeat(np.where(sizes <= MASS, TERMS, MASS_TERMS), PARTS * sizes)
    rows = _combine_columns(normalise_rows(_prune_light_terms(_weigh_counts(table, weights), kept)))
    starts = (np.cumsum(sizes) - sizes).tolist()
    blogs = [
        [start + one for one in blog]
        for start, group in zip(starts, groups, strict=True)
        for blog in live_blog_positions(group)
    ]
    return _blend_live_blogs(rows, blogs)


def _separate_columns(table: csr_array, group: Whole) -> tuple[csr_array, Whole]:
    """The table with a column for each pair of a column and a group of rows, and the group of each
    new column.
    """
    by_column = csc_array(table)
    column = np.repeat(np.arange(table.shape[1]), np.diff(by_column.indptr))
    groups = group[by_column.indices]
    begins = np.ones(len(column), dtype=bool)
    begins[1:] = (column[1:] != column[:-1]) | (groups[1:] != groups[:-1])
    numbered = csr_array(
        csc_array((np.cumsum(begins), by_column.indices, by_column.indptr), shape=table.shape)
    )
    shape = (table.shape[0], int(begins.sum()))
    return csr_array((table.data, numbered.data - 1, numbered.indptr), shape=shape), groups[begins]


def _combine_columns(table: csr_array) -> csr_array:
    """The parts of each article in one row, in columns of their own, each with its share of the
    likeness.
    """
    body, articles = 1 - TITLE_SHARE, table.shape[0] // PARTS
    shares = np.array([body * (1 - LEAD_SHARE), body * LEAD_SHARE, TITLE_SHARE]) ** 0.5
    table.data *= np.repeat(np.tile(shares, articles), np.diff(table.indptr))
    rows = csr_array(
        (table.data, table.indices, table.indptr[::PARTS]), shape=(articles, table.shape[1])
    )
    rows.sort_indices()  # pairs of rows are multiplied several times as fast
    return rows


def name_vectors(articles: Sequence[Article]) -> csr_array:
    """The same for the words of proper names alone: who and where, without what."""
    return _names_text_vectors([names_text(article) for article in articles])


def _names_text_vectors(texts: Sequence[str]) -> csr_array:
    """The same for names one after the other, a row for each text of them."""
    return tfidf_rows(count_names_texts(texts).table, len(texts))


def tally_vectors(tallies: Sequence[str]) -> csr_array:
    """The same for tallies of names."""
    return tfidf_rows(count_tallies(tallies).table, len(tallies))


def tfidf_rows(counts: csr_array, articles: int) -> csr_array:
    """Unit rows for rows of counts; see `article_vectors`."""
    weights = _inverse_document_frequency(counts, np.full(counts.shape[1], articles))
    kept = np.full(counts.shape[0], TERMS if articles <= MASS else MASS_TERMS)
    chunks = [slice(start, start + CHUNK) for start in range(0, max(1, counts.shape[0]), CHUNK)]
    parts = [
        normalise_rows(_prune_light_terms(_weigh_counts(counts[chunk], weights), kept[chunk]))
        for chunk in chunks
    ]
    return csr_array(vstack(parts, format="csr"))


def normalise_rows(table: csr_array) -> csr_array:
    """Rows scaled to length 1; empty ones stay empty."""
    sizes = np.diff(table.indptr)
    rows = np.repeat(np.arange(table.shape[0]), sizes)
    lengths = np.sqrt(np.bincount(rows, table.data**2, minlength=table.shape[0]))
    table.data = table.data / np.repeat(np.where(lengths > 0, lengths, 1.0), sizes)
    return table


def heaviest_weights(table: csr_array, terms: int) -> csr_array:
    """Rows with so many of their weights, the greatest; among equals the first columns."""
    return _prune_light_terms(csr_array(table, copy=True), np.full(table.shape[0], terms))


def _inverse_document_frequency(counts: csr_array, articles: Whole) -> Real:
    """Inverse document frequency of each column, among so many articles."""
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log((articles + 1) / (frequency + 1)) + IDF_FLOOR
    idf[(articles > MANY) & (frequency > COMMON * articles)] = 0.0
    return idf


def _weigh_counts(counts: csr_array, idf: Real) -> csr_array:
    weights = (1.0 + np.log(counts.data, dtype=np.float64)) * idf[counts.indices]
    table = csr_array((weights, counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)
    table.eliminate_zeros()
    return table


def _prune_light_terms(table: csr_array, terms: Whole) -> csr_array:
    long = np.flatnonzero(np.diff(table.indptr) > terms)
    bounds = (table.indptr[long].tolist(), table.indptr[long + 1].tolist(), terms[long].tolist())
    for begin, end, most in zip(*bounds, strict=True):
        weights = table.data[begin:end]  # a view: zeroed in place
        weights[np.argsort(-np.round(weights, 9), kind="stable")[most:]] = 0.0
    if len(long):
        table.eliminate_zeros()
    return table


def _blend_live_blogs(rows: csr_array, blogs: Sequence[Sequence[int]]) -> csr_array:
    """Updates of one live blog get its mean added: forty words on the cargo say too little of the
    blog's strike.
    """
    if not blogs:
        return rows
    shares = [(one, other, 1 / len(blog)) for blog in blogs for one in blog for other in blog]
    into, of, share = (np.array(column) for column in zip(*shares, strict=True))
    mean = csr_array(coo_array((share, (into, of)), shape=(rows.shape[0], rows.shape[0])))
    return normalise_rows(csr_array(rows + mean @ rows))


def live_blog_positions(articles: Sequence[Article]) -> list[list[int]]:
    """Positions of the updates of each live blog."""
    blogs: dict[str, list[int]] = defaultdict(list)
    for position, article in enumerate(articles):
        if article.part_of and article.kind in ("live blog", "update"):
            blogs[article.part_of].append(position)
    return list(blogs.values())
