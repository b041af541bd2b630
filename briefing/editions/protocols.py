"""What an edition is handed by those who make it: how to condense articles, how to name them, what
else they say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from briefing.model import Article, Headline, Quote, Summary


class Digest(Protocol):
    """The best sentences of some articles within a number of words."""

    def __call__(
        self, articles: Sequence[Article], /, *, words: int, sentences: int | None
    ) -> Summary: ...


HeadlineOf = Callable[[Sequence[Article]], Headline | Quote]
Offer = Quote | Sequence[Quote]  # several quotations are printed together or not at all
PartsOf = Callable[
    [Sequence[Article], Sequence[Article]], Mapping[str, Sequence[Offer]]
]  # news, told before
UNNAMED = re.compile(
    r"^['‘“\"].*[,.!?…]['’”\"] (he|she|they|it) \w+"
)  # words said by nobody knows whom
PAIRED = re.compile(
    r"^(One \w+s? .*\bthe others?\b|(Neither|The (former|latter))\b)"
)  # of two that stand elsewhere
Stands = Callable[
    [Article, int], bool
]  # whether a sentence can be read alone: no "He said so", no fragment
Quotable = Callable[
    [Article, int, tuple[int, ...]], Quote | None
]  # a sentence as printed behind others, if it can be


@dataclass(frozen=True, slots=True)
class Desk:
    """What a lead and a brief are made with. Without the options: plain headlines, no parts, every
    sentence stands.
    """

    digest: Digest
    headline_of: HeadlineOf | None = None
    parts_of: PartsOf | None = None
    stands: Stands | None = None
    quotable: Quotable | None = None

    def sentence(self, article: Article, position: int, *before: int) -> Quote | None:
        """A sentence as it is printed behind others of its article; None where it would lean on
        what is not there.
        """
        if position >= len(article.sentences):
            return None
        if self.quotable is None:
            quote = Quote(article, article.sentences[position])
            return quote if before or self.can_open(quote) else None
        found = self.quotable(article, position, before)
        return found if found and (before or self.can_open(found)) else None

    def can_open(self, quote: Quote) -> bool:
        """Whether a run of sentences may begin with it."""
        if UNNAMED.search(str(quote)) or PAIRED.search(str(quote)):
            return False
        article = quote.article
        numbers = [
            number for number, span in enumerate(article.sentences) if span.stop == quote.span.stop
        ]
        return not self.stands or not numbers or self.stands(article, numbers[0])
