"""How long a summary may be, and what a summariser is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from briefing.model import Articles

Position = tuple[int, int]  # number of the article, number of the sentence in it


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many sentences, at most so many words; None is no limit. A sentence is left out,
    never cut.

    Without `constraints` sentences are taken that a reader would stumble over: for comparison, not
    for print. With `for_print` the sentences that are looked at are parsed as well, where their
    language has a trained pipeline.
    """

    sentences: int | None = None
    words: int | None = None
    constraints: bool = True
    for_print: bool = False

    def admits(self, sentences: int, words: int) -> bool:
        return (self.sentences is None or sentences <= self.sentences) and (
            self.words is None or words <= self.words
        )


# How much of an article or a storyline is told, by name. "headline" is a line that a source gave;
# see `headline_line`.
LEVELS: Mapping[str, Limit] = {
    "headline": Limit(1),
    "sentence": Limit(1),
    "short": Limit(3),
    "long": Limit(words=250),
}


class Summariser(Protocol):
    """Ranks sentences, best first; may rank all of them, or only what it would keep under the
    limit.
    """

    def __call__(self, articles: Articles, /, *, limit: Limit) -> list[Position]: ...
