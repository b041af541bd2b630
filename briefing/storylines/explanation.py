"""Grouped articles in, why out: which terms, names and dates bring two together, and how sure each
storyline is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

from briefing.language import content_words
from briefing.language import extract_terms as terms_of
from briefing.model import Article, Storyline
from briefing.storylines.clustering.neighbour_graph import FADE_DAYS
from briefing.storylines.clustering.term_counts import count_names, count_terms
from briefing.storylines.clustering.tfidf import article_vectors, tfidf_rows
from briefing.storylines.clustering.times import epoch_days

TOLD = 8  # terms or names listed of each kind, heaviest first
LEAST = 0.005  # of a cosine that a term must bring to be listed
# articles of a storyline up to which all its pairs are compared; beyond it, the first so many
LARGE = 3000

Real = NDArray[np.float64]
Shares = tuple[tuple[str, float], ...]  # words with what they bring to the cosine, heaviest first


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles: how alike they are, and by what. Likeness is the cosine of their terms, faded
    by the days between.

    `only` are the heaviest terms of the first that the second lacks, and those of the second.
    """

    first: str
    second: str
    cosine: float
    days: float | None  # between them; None where one is undated
    terms: Shares
    names: Shares
    only: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def fade(self) -> float:
        """What the days leave of the cosine."""
        return round(float(np.exp(-(self.days or 0.0) / FADE_DAYS)), 9)

    @property
    def likeness(self) -> float:
        return round(self.cosine * self.fade, 9)


@dataclass(frozen=True, slots=True)
class Sureness:
    """How well a storyline hangs together: the link without which it would fall in two, and what
    stands nearest to it.

    `weakest` is None for a single article, `outside` where no other storyline shares a term with
    it.
    """

    storyline: str
    weakest: Pair | None
    outside: Pair | None

    @property
    def sure(self) -> float:
        """Share of the weakest link in it and the strongest to the outside: above .5 nothing
        outside is nearer.
        """
        inside = self.weakest.likeness if self.weakest else 1.0
        other = self.outside.likeness if self.outside else 0.0
        return round(inside / (inside + other), 3) if inside + other else 0.0


class Explainer:
    """All articles of some storylines, compared as they were for grouping: weights are learnt from
    all of them.
    """

    def __init__(self, storylines: Iterable[Storyline]) -> None:
        self.storylines = tuple(storylines)
        self.articles: list[Article] = [
            article for one in self.storylines for article in one.articles
        ]
        self.place = {
            one.id: place
            for place, article in enumerate(self.articles)
            for one in (article, *article.copies)
        }
        self.days = epoch_days(self.articles)
        counts, names = count_terms(self.articles), count_names(self.articles)
        self.words, self.who = counts.words, names.words
        self.rows, self.names = (
            article_vectors(self.articles, counts),
            tfidf_rows(names.table, len(self.articles)),
        )

    def storyline_of(self, article: str) -> str:
        """Id of the storyline that holds an article."""
        place = self.place[article]
        bounds = zip(self.storylines, self._bounds(), strict=True)
        return next(one.id for one, (begin, end) in bounds if begin <= place < end)

    def pair(self, first: str, second: str) -> Pair:
        """Two articles by their ids. Raises KeyError for one that is not there."""
        return self._pair(self.place[first], self.place[second])

    def way(self, first: str, second: str) -> tuple[str, ...]:
        """Ids of the articles by which the strongest links lead from one to the other within their
        storyline.
        """
        a, b = self.place[first], self.place[second]
        begin, end = next((begin, end) for begin, end in self._bounds() if begin <= a < end)
        if not begin <= b < end or a == b:
            return ()
        tree = _spanning_tree(self._faded(np.arange(begin, end))[:, begin:end])
        _, before = breadth_first_order(tree, a - begin, directed=False)
        steps = [b - begin]
        while steps[-1] != a - begin:
            steps.append(int(before[steps[-1]]))
        return tuple(self.articles[begin + step].id for step in reversed(steps))

    def nearest(self, article: str) -> tuple[Pair | None, Pair | None]:
        """An article's nearest inside its storyline and outside; None where there is none."""
        place = self.place[article]
        begin, end = next((begin, end) for begin, end in self._bounds() if begin <= place < end)
        row = self._faded(np.array([place]))[0].round(9)
        row[place] = 0.0
        inside = begin + int(np.argmax(row[begin:end]))
        first = self._pair(place, inside) if row[inside] > 0 else None
        row[begin:end] = 0.0
        outside = int(np.argmax(row))
        return first, self._pair(place, outside) if row[outside] > 0 else None

    def _bounds(self) -> list[tuple[int, int]]:
        ends = np.r_[0, np.cumsum([len(one.articles) for one in self.storylines])].tolist()
        return list(pairwise(ends))

    def sureness(self) -> tuple[Sureness, ...]:
        """Of each storyline, in their order. Cost: pairs of articles within and between storylines
        that share terms.
        """
        return tuple(
            self._sureness(one.id, begin, min(end, begin + LARGE), end)
            for one, (begin, end) in zip(self.storylines, self._bounds(), strict=True)
        )

    def _sureness(self, name: str, begin: int, stop: int, end: int) -> Sureness:
        likeness = self._faded(np.arange(begin, stop))
        inside = likeness[:, begin:stop]
        likeness[:, begin:end] = 0.0
        row, column = np.unravel_index(int(np.argmax(likeness.round(9))), likeness.shape)
        outside = self._pair(begin + int(row), int(column)) if likeness[row, column] > 0 else None
        return Sureness(name, self._weakest(inside, begin), outside)

    def _weakest(self, likeness: Real, begin: int) -> Pair | None:
        """The smallest edge of the tree that holds all together by the strongest links."""
        if len(likeness) < 2:
            return None
        tree = _spanning_tree(likeness).tocoo()
        worst = int(np.argmax(tree.data))
        return self._pair(begin + int(tree.row[worst]), begin + int(tree.col[worst]))

    def _faded(self, places: NDArray[np.int64]) -> Real:
        cosine: Real = (self.rows[places] @ self.rows.T).toarray()
        apart = np.nan_to_num(np.abs(self.days[places][:, None] - self.days[None, :]))
        faded: Real = cosine * np.exp(-apart / FADE_DAYS)
        return faded

    def _pair(self, a: int, b: int) -> Pair:
        cosine, terms = _shared_terms(self.rows, self.words, a, b)
        gap = abs(float(self.days[a] - self.days[b]))
        written = _readable_terms([self.articles[a], self.articles[b]])
        return Pair(
            first=self.articles[a].id,
            second=self.articles[b].id,
            cosine=cosine,
            days=None if np.isnan(gap) else round(gap, 3),
            terms=tuple((written.get(term, term), share) for term, share in terms),
            names=_shared_terms(self.names, self.who, a, b)[1],
            only=(self._only(a, b, written), self._only(b, a, written)),
        )

    def _only(self, a: int, b: int, written: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(
            written.get(term, term) for term in _distinct_terms(self.rows, self.words, a, b)
        )


def _readable_terms(articles: Sequence[Article]) -> dict[str, str]:
    """Term -> the shortest word of the articles that it stands for: "strik" is for nobody
    to read.
    """
    found: dict[str, str] = {}
    for article in articles:
        language = article.language or "en"
        for word in dict.fromkeys(
            content_words(f"{article.headline or ''}\n{article.text}", language=language)
        ):
            for term in terms_of(word, language=language):
                found[term] = min(found.get(term, word), word, key=lambda one: (len(one), one))
    return found


def _spanning_tree(likeness: Real) -> csr_array:
    """What holds all together by the strongest links; entries are 2 less the likeness, as 0 would
    be no link.
    """
    return csr_array(minimum_spanning_tree(np.triu(2.0 - likeness.round(9), 1)))


def _term_weights(rows: csr_array, words: Sequence[str], place: int) -> dict[str, dict[int, float]]:
    """Word -> column -> weight: a word has a column for each part of an article that is compared by
    itself.
    """
    found: dict[str, dict[int, float]] = {}
    begin, end = rows.indptr[place], rows.indptr[place + 1]
    parts = max(1, rows.shape[1] // max(1, len(words)))
    for column, weight in zip(
        rows.indices[begin:end].tolist(), rows.data[begin:end].tolist(), strict=True
    ):
        found.setdefault(words[column // parts], {})[column] = weight
    return found


def _shared_terms(rows: csr_array, words: Sequence[str], a: int, b: int) -> tuple[float, Shares]:
    one, other = _term_weights(rows, words, a), _term_weights(rows, words, b)
    brought = {
        word: sum(
            weight * other[word].get(column, 0.0) for column, weight in sorted(columns.items())
        )
        for word, columns in one.items()
        if word in other
    }
    ranked = sorted(
        ((word, round(share, 4)) for word, share in brought.items()),
        key=lambda pair: (-pair[1], pair[0]),
    )
    return round(sum(sorted(brought.values())), 9), tuple(
        pair for pair in ranked[:TOLD] if pair[1] >= LEAST
    )


def _distinct_terms(rows: csr_array, words: Sequence[str], a: int, b: int) -> tuple[str, ...]:
    lacking = _term_weights(rows, words, b)
    own = {
        word: sum(sorted(columns.values()))
        for word, columns in _term_weights(rows, words, a).items()
    }
    ranked = sorted(
        (-round(weight, 9), word) for word, weight in own.items() if word not in lacking
    )
    return tuple(word for _, word in ranked[:TOLD])
