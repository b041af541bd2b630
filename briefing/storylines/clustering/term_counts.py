"""Articles in, tables of how often each holds each term out: counted once, weighed as often as
needed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, count

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack

from briefing.language import resolve_alias
from briefing.model import Article

HEADLINE_WEIGHT = (
    3  # how often a headline's terms count beside the whole body; 1, 3 and 5 score alike there
)
FIRST_WORDS = (
    1000  # of a body; 80 words lose 1.5 points of BCubed F1 there, more than 1000 gain nothing
)
LEAD_TERMS = 60  # content words that a body opens with, compared by themselves as well
PARTS = 3  # rows of an article: the whole, headline with opening, the headline alone
CHUNK = 5000  # articles counted at a time: bounds the memory

Real = NDArray[np.float64]
Whole = NDArray[np.int64]
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Rows for each article, one after the other, in columns apart: the whole, headline with
    opening, the headline.
    """

    table: csr_array
    words: tuple[
        str, ...
    ] = ()  # those of the columns, each standing for as many columns as an article has rows

    def of(self, positions: Sequence[int]) -> Counts:
        """Those of some articles, with the columns they use."""
        first = PARTS * np.asarray(positions, dtype=np.int64)
        rows = self.table[(first[:, None] + np.arange(PARTS)).ravel()]
        columns, indices = np.unique(rows.indices, return_inverse=True)
        return Counts(
            csr_array((rows.data, indices, rows.indptr), shape=(rows.shape[0], len(columns)))
        )


def count_terms(articles: Sequence[Article]) -> Counts:
    """Counts of headline and first 1,000 words, by whole sentences; of headline and opening; of the
    headline.

    Linear in words.
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    chunks = [
        _count_chunk(articles[start : start + CHUNK], numbers)
        for start in range(0, max(1, len(articles)), CHUNK)
    ]
    return Counts(_stack_chunks(chunks, PARTS * len(numbers)), tuple(numbers))


def count_names(articles: Sequence[Article]) -> Counts:
    """The same for words of proper names under one spelling: one row each."""
    return count_names_texts([names_text(article) for article in articles])


def name_occurrences(article: Article) -> tuple[str, ...]:
    """Proper names as they are written, in order, each as often as it is said."""
    return tuple([article.text[name.start : name.stop] for name in article.analysis.names])


def names_text(article: Article) -> str:
    """The same in one text."""
    return " ".join(name_occurrences(article))


def count_names_texts(texts: Sequence[str]) -> Counts:
    """The same for names one after the other, a row for each text of them."""
    numbers = _Aliases()
    words = [WORD.findall(text.casefold()) for text in texts]
    columns = _number_terms(words, numbers)
    rows = np.repeat(np.arange(len(texts)), [len(one) for one in words])
    table = _sum_counts(rows, columns, np.ones(len(rows)), (len(texts), len(numbers.kept)))
    return Counts(table, tuple(numbers.kept))


def tally_names(text: str) -> str:
    """Words of names under one spelling, in order, each once with how often it is said: "marit 2
    osei 3".
    """
    words = Counter(resolve_alias(word) for word in WORD.findall(text.casefold()))
    return " ".join(f"{word} {times}" for word, times in words.items())


def count_tallies(tallies: Sequence[str]) -> Counts:
    """What `count_names_texts` finds in the texts of the tallies, in a tenth of the time."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    told = " ".join(
        tallies
    ).split()  # at once: a list of each of a year's tallies takes three times as long
    columns = _number_terms([told[::2]], numbers)
    times = np.fromiter(map(int, told[1::2]), dtype=np.float64)
    rows = np.repeat(np.arange(len(tallies)), [(text.count(" ") + 1) // 2 for text in tallies])
    return Counts(_sum_counts(rows, columns, times, (len(tallies), len(numbers))), tuple(numbers))


class _Aliases(dict[str, int]):
    """Numbers of words, one for all spellings of a word; each spelling is looked up in the tables
    once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.kept: defaultdict[str, int] = defaultdict(count().__next__)

    def __missing__(self, word: str) -> int:
        self[word] = self.kept[resolve_alias(word)]
        return self[word]


def _count_chunk(articles: Sequence[Article], numbers: defaultdict[str, int]) -> csr_array:
    bodies = [_body_terms(article) for article in articles]
    headlines = [article.headline_terms for article in articles]
    above = _number_terms(headlines, numbers)
    below = _number_terms(chain.from_iterable(terms for terms, _ in bodies), numbers)
    titled = np.repeat(np.arange(len(articles)), [len(terms) for terms in headlines])
    lengths = np.array([sum(map(len, terms)) for terms, _ in bodies], dtype=np.int64)
    place = np.repeat(np.arange(len(articles)), lengths)
    within = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    opens = within < np.array([opening for _, opening in bodies], dtype=np.int64)[place]
    parts = [
        (titled, above, 0),
        (place, below, 0),
        (titled, above, 1),
        (place[opens], below[opens], 1),
    ]
    parts.append((titled, above, 2))
    rows = np.concatenate([PARTS * article + part for article, _, part in parts])
    columns = np.concatenate([PARTS * word + part for _, word, part in parts])
    weights = np.ones(len(rows))
    weights[: len(titled)] = HEADLINE_WEIGHT
    table = _sum_counts(rows, columns, weights, (PARTS * len(articles), PARTS * len(numbers)))
    table.data = table.data.astype(np.float32)  # small whole numbers: the same in half the memory
    return table


def _body_terms(article: Article) -> tuple[Sequence[tuple[str, ...]], int]:
    """Terms of the sentences that are compared, and how many terms the opening has of them: whole
    sentences both.
    """
    taken = article.analysis.terms
    if article.text.count(" ") + len(taken) >= FIRST_WORDS:
        taken = taken[: _count_sentences(article)]
    opening = 0
    for found in taken:
        if opening >= LEAD_TERMS:
            break
        opening += len(found)
    return taken, opening


def _count_sentences(article: Article) -> int:
    """How many sentences begin within the first words."""
    spans = article.analysis.sentences
    words = accumulate(
        (article.text.count(" ", span.start, span.stop) + 1 for span in spans), initial=0
    )
    return sum(before < FIRST_WORDS for before, _ in zip(words, spans, strict=False))


def split_opening(article: Article) -> tuple[list[str], list[str]]:
    """Terms of the body as far as it is compared, divided where the opening ends."""
    taken, opening = _body_terms(article)
    terms = list(chain.from_iterable(taken))
    return terms[:opening], terms[opening:]


def _number_terms(groups: Iterable[Iterable[str]], numbers: Mapping[str, int]) -> Whole:
    return np.fromiter(map(numbers.__getitem__, chain.from_iterable(groups)), dtype=np.int64)


def _sum_counts(rows: Whole, columns: Whole, weights: Real, shape: tuple[int, int]) -> csr_array:
    narrow = (
        np.int32 if max(shape) < 2**31 and len(rows) < 2**31 else np.int64
    )  # half the memory, a tenth of the time
    return csr_array(
        coo_array((weights, (rows.astype(narrow), columns.astype(narrow))), shape=shape)
    )


def _stack_chunks(chunks: Sequence[csr_array], width: int) -> csr_array:
    for chunk in chunks:
        chunk.resize((chunk.shape[0], width))
    return csr_array(vstack(chunks, format="csr"))
