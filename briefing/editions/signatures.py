"""What an edition is handed by those who make it: how to condense articles, how to name them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from briefing.model import Article, Headline, Quote, Summary


class Digest(Protocol):
    """The best sentences of some articles within a number of words."""

    def __call__(self, articles: Sequence[Article], /, *, words: int, sentences: int | None) -> Summary: ...


HeadlineOf = Callable[[Sequence[Article]], Headline | Quote]
