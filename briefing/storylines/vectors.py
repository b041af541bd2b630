"""Articles in, one unit vector of term weights each out: tf-idf learnt from the articles themselves."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack

from briefing.model import Article

HEADLINE_WEIGHT = 3  # how often a headline's terms count beside the whole body; 1, 3 and 5 score alike there
FIRST_WORDS = 1000  # of a body; 80 words lose 1.5 points of BCubed F1 there, more than 1000 gain nothing
LEAD_TERMS = 60  # content words that a body opens with, compared by themselves as well …
LEAD_SHARE = 0.3  # … for so much of the likeness: +0.3 to +1.5 points on each development set; 0.2 to 0.35 is flat
TERMS = 200  # heaviest kept of each article; 100 lose 0.4 points, 60 lose 0.6 …
MASS, MASS_TERMS = 5000, 100  # … so many in collections of more articles than that: a third of the work
IDF_FLOOR = 0.5  # added to ln((n + 1) / (df + 1)); 1 merges neighbouring affairs in batches of five articles
MANY = 1000  # articles from which on the commonest terms are dropped …
COMMON = 0.05  # … those in more than this share of them: a quarter of the work, +0.2 points; 2 % loses a point

WORD = re.compile(r"\w+")


def vectors(articles: Sequence[Article]) -> csr_array:
    """A row of unit length for each article, in the order given; the order of columns carries no meaning.

    Two spaces side by side: the whole article, and its headline with the opening. Weights are ln-damped counts times
    inverse document frequency within `articles`: no table is shipped, because the batch's own frequencies do best even
    for 18 articles. A row is empty when its article has no term. Linear in words.
    """
    whole = tfidf(term_counts(article, FIRST_WORDS, words_in, HEADLINE_WEIGHT) for article in articles)
    opening = tfidf(term_counts(article, LEAD_TERMS, terms_in, 1) for article in articles)
    rows = hstack([whole * (1 - LEAD_SHARE) ** 0.5, opening * LEAD_SHARE**0.5], format="csr")
    return _blogs_blended(csr_array(rows), articles)


def name_vectors(articles: Sequence[Article]) -> csr_array:
    """The same for the words of proper names alone: who and where, without what."""
    return tfidf(
        Counter(word for name in article.analysis.names for word in WORD.findall(name.of(article.text).casefold()))
        for article in articles
    )


def tfidf(tallies: Iterable[Counter[str]]) -> csr_array:
    """Unit rows for counts of terms; see `vectors`."""
    vocabulary: dict[str, int] = {}
    columns, counts, starts = array("i"), array("d"), array("q", [0])
    for tally in tallies:
        columns.extend(vocabulary.setdefault(term, len(vocabulary)) for term in tally)
        counts.extend(tally.values())
        starts.append(len(columns))
    content = (np.array(counts), np.array(columns), np.array(starts))
    return unit(_heaviest(_weigh(csr_array(content, shape=(len(starts) - 1, len(vocabulary))))))


def unit(table: csr_array) -> csr_array:
    """Rows scaled to length 1; empty ones stay empty."""
    lengths = np.sqrt(table.multiply(table).sum(axis=1))
    table.data = table.data / np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(table.indptr))
    return table


def term_counts(
    article: Article, enough: int, size: Callable[[str, Sequence[str]], int], headline: int
) -> Counter[str]:
    """Terms of the headline, `headline` times, and of the body's sentences until `size` of them comes to `enough`."""
    tally: Counter[str] = Counter()
    for term in article.headline_terms:
        tally[term] += headline
    total = 0
    for span, terms in zip(article.analysis.sentences, article.analysis.terms, strict=True):
        if total >= enough:
            break
        tally.update(terms)
        total += size(span.of(article.text), terms)
    return tally


def words_in(sentence: str, _: Sequence[str]) -> int:
    return len(sentence.split())


def terms_in(_: str, terms: Sequence[str]) -> int:
    return len(terms)


def _weigh(table: csr_array) -> csr_array:
    articles = table.shape[0]
    frequency = np.bincount(table.indices, minlength=table.shape[1])
    idf = np.log((articles + 1) / (frequency + 1)) + IDF_FLOOR
    if articles > MANY:
        idf[frequency > COMMON * articles] = 0.0
    table.data = (1.0 + np.log(table.data)) * idf[table.indices]
    table.eliminate_zeros()
    return table


def _heaviest(table: csr_array) -> csr_array:
    terms = MASS_TERMS if table.shape[0] > MASS else TERMS
    for row in np.flatnonzero(np.diff(table.indptr) > terms):
        weights = table.data[table.indptr[row] : table.indptr[row + 1]]  # a view: zeroed in place
        weights[np.argsort(-np.round(weights, 9), kind="stable")[terms:]] = 0.0
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
