"""scores > positions: the best sentences one after the other, as long as a reader could follow
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from briefing.summaries.coherence.constraints import Reader
from briefing.summaries.methods.tfidf import Vector, dot_product
from briefing.summaries.protocols import Limit, Position

DIGITS = (
    9  # scores are compared rounded: two machines add in another order, and a tie must stay a tie
)


@dataclass(frozen=True)
class Candidates:
    """Sentences with their points and vectors, side by side."""

    places: list[Position]
    scores: list[float]
    vectors: list[Vector]


def select_sentences(
    given: Candidates, reader: Reader, limit: Limit, *, redundancy: float
) -> list[Position]:
    """Positions in the order chosen: each time the best that the reader admits, less its likeness
    to those chosen.

    Ties go to the earlier sentence. A sentence that is refused may be admitted later, once its
    predecessor is in. Points only fall, so that a candidate is scored anew only when it comes to
    the top (Minoux's lazy greedy, 1978): linear in sentences.
    """
    chosen: list[int] = []
    nearest = [0.0] * len(given.scores)
    waiting = [(-round(score, DIGITS), i, 0) for i, score in enumerate(given.scores)]
    heapify(waiting)

    def settled() -> Iterator[int]:
        """The candidates by points as they stand now, best first; what is looked at waits again."""
        seen: list[tuple[float, int, int]] = []
        try:
            while waiting:
                points, i, known = heappop(waiting)
                if known == len(chosen):
                    seen.append((points, i, known))
                    yield i
                    continue
                likeness = (dot_product(given.vectors[i], given.vectors[j]) for j in chosen[known:])
                nearest[i] = max(nearest[i], *likeness)
                points = -round(given.scores[i] - redundancy * nearest[i], DIGITS)
                heappush(waiting, (points, i, len(chosen)))
        finally:
            for entry in seen:
                heappush(waiting, entry)

    while (
        best := _first_admissible(
            settled(), given.places, reader, [given.places[i] for i in chosen], limit
        )
    ) is not None:
        chosen.append(best)
    return [given.places[i] for i in chosen] or reader.last_resort(given.places, limit)


def select_ranked_sentences(ranked: list[Position], reader: Reader, limit: Limit) -> list[Position]:
    """The same for a ranking without points: each time the first that the reader admits."""
    chosen: list[Position] = []
    while (
        best := _first_admissible(range(len(ranked)), ranked, reader, chosen, limit)
    ) is not None:
        chosen.append(ranked[best])
    return chosen or reader.last_resort(ranked, limit)


def _first_admissible(
    numbers: Iterable[int],
    places: list[Position],
    reader: Reader,
    chosen: list[Position],
    limit: Limit,
) -> int | None:
    """The number of the first candidate that may be added, or None."""
    words = sum(map(reader.words, chosen))
    if not limit.admits(len(chosen) + 1, words + 1):
        return None
    for i in numbers:
        short = limit.words is None or words + reader.words(places[i]) <= limit.words
        if short and places[i] not in chosen and reader.admits(chosen, places[i]):
            return i
    return None
