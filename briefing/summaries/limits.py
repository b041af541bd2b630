"""How long a summary may be, and what a summariser is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from briefing.model import Articles

Position = tuple[int, int]  # number of the article, number of the sentence in it


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many sentences, at most so many words; None is no limit. A sentence is left out, never cut."""

    sentences: int | None = None
    words: int | None = None

    def admits(self, sentences: int, words: int) -> bool:
        return (self.sentences is None or sentences <= self.sentences) and (self.words is None or words <= self.words)


class Summariser(Protocol):
    """Ranks sentences, best first; may rank all of them, or only what it would keep under the limit."""

    def __call__(self, articles: Articles, /, *, limit: Limit) -> list[Position]: ...
