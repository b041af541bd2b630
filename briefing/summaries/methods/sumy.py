"""articles > positions: the methods of sumy, given our sentences and terms.

A sentence is given to sumy as its number and a term as a number: equal sentences stay apart, and no
NLTK data is needed. sumy adds over sets, so that its sums differ in the last digits from one hash
seed to the next: they are compared rounded, ties to the earlier sentence. Most methods are
quadratic or worse: LexRank takes 22 seconds for 2,000 sentences.

LexRank (Erkan and Radev 2004), TextRank (Mihalcea and Tarau 2004), LSA (Steinberger and Jezek
2004), Luhn (1958), Edmundson (1969), KL-Sum (Haghighi and Vanderwende 2009), SumBasic (Nenkova and
Vanderwende 2005), Reduction (sumy's own).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from briefing.model import Article, Articles
from briefing.summaries.protocols import Limit, Position, Summariser

METHODS = {
    "lexrank": "lex_rank.LexRankSummarizer",
    "textrank": "text_rank.TextRankSummarizer",
    "lsa": "lsa.LsaSummarizer",
    "luhn": "luhn.LuhnSummarizer",
    "edmundson": "edmundson.EdmundsonSummarizer",
    "kl": "kl.KLSummarizer",
    "sumbasic": "sum_basic.SumBasicSummarizer",
    "reduction": "reduction.ReductionSummarizer",
}
BONUS = (
    "announc",
    "report",
    "import",
    "major",
    "first",
    "new",
    "kill",
    "reveal",
    "win",
    "record",
)  # cue words of news
STIGMA = ("perhap", "exampl", "feel", "lov", "beli", "joke")
ABSENT = "-1"  # a word that no text holds: Edmundson's lists must not be empty


def _rank_by_sumy(method: str, articles: Articles, /, *, limit: Limit) -> list[Position]:  # noqa: ARG001 - ranks all
    """All sentences by one of sumy's methods, best first; ties to the earlier. Imports sumy (3 CPU
    seconds).
    """
    places = [(a, s) for a, article in enumerate(articles) for s in range(len(article.sentences))]
    numbers: dict[str, int] = {}
    given = _build_document(articles, numbers)
    if len(places) < 2 or not numbers:
        return places
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # LSA's remark on short texts
        ranked = _load_summariser(method, numbers)(given, len(places))
    best = dict.fromkeys(places[int(str(sentence))] for sentence in ranked)
    return [*best, *(place for place in places if place not in best)]


def _load_summariser(method: str, numbers: Mapping[str, int]) -> Any:
    """One of sumy's summarisers whose words are numbers and whose result is in order of rank."""
    module, _, name = METHODS[method].partition(".")
    kind = getattr(import_module(f"sumy.summarizers.{module}"), name)
    made = type(name, (_KeepsRanking, kind), {})(_identity)
    made.normalize_word = _identity
    if method == "edmundson":
        made.bonus_words = _known_numbers(BONUS, numbers)
        made.stigma_words = _known_numbers(STIGMA, numbers)
        made.null_words = (ABSENT,)
    return made


def _known_numbers(words: Iterable[str], numbers: Mapping[str, int]) -> list[str]:
    return [str(numbers[word]) for word in words if word in numbers] or [ABSENT]


def _identity(word: Any) -> Any:
    return word


class _KeepsRanking:
    """Overrides the one step in which sumy drops its ranking for the order of the text."""

    def _get_best_sentences(
        self, sentences: Iterable[Any], count: int, rating: Any, *args: Any, **options: Any
    ) -> tuple[Any, ...]:
        """Sentences by falling rating, rounded, ties to the earlier."""
        rate: Callable[..., float] = rating.get if isinstance(rating, dict) else rating
        rated = [
            (-round(float(rate(one, *args, **options)), 9), i, one)
            for i, one in enumerate(sentences)
        ]
        return tuple(one for _, _, one in sorted(rated, key=lambda each: each[:2])[:count])


def _build_document(articles: Articles, numbers: dict[str, int]) -> Any:
    """Our sentences as a document of sumy; notes the number of each word."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    class Numbered(Sentence):  # type: ignore[misc]
        """A sentence whose text is its number and whose words are given."""

        def __init__(self, number: int, words: tuple[str, ...], *, heading: bool = False) -> None:
            super().__init__(str(number), None, heading)
            self._cached_property_words = words

    def numbered(terms: Iterable[str]) -> tuple[str, ...]:
        return tuple(str(numbers.setdefault(term, len(numbers))) for term in terms)

    paragraphs, number = [], 0
    for article in articles:
        heading = (
            [Numbered(-1, numbered(article.headline_terms), heading=True)]
            if article.headline_terms
            else []
        )
        for block in _paragraph_terms(article):
            paragraphs.append(
                Paragraph(
                    [*heading, *(Numbered(number + i, numbered(t)) for i, t in enumerate(block))]
                )
            )
            number, heading = number + len(block), []
    return ObjectDocumentModel(paragraphs)


def _paragraph_terms(article: Article) -> list[list[tuple[str, ...]]]:
    """The terms of an article's sentences, paragraph by paragraph."""
    found: list[list[tuple[str, ...]]] = []
    last = -1
    numbers = article.analysis.paragraphs or (0,) * len(article.sentences)
    for paragraph, terms in zip(numbers, article.analysis.terms, strict=True):
        if paragraph != last:
            found.append([])
        found[-1].append(terms)
        last = paragraph
    return found


SUMY: Mapping[str, Summariser] = {f"sumy-{name}": partial(_rank_by_sumy, name) for name in METHODS}
