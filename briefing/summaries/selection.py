"""scores > positions: the best sentences one after the other, as long as a reader could follow them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.summaries.limits import Limit, Position
from briefing.summaries.readers import Reader
from briefing.summaries.vectors import Vector, dot

DIGITS = 9  # scores are compared rounded: two machines add in another order, and a tie must stay a tie


@dataclass(frozen=True)
class Candidates:
    """Sentences with their points and vectors, side by side."""

    places: list[Position]
    scores: list[float]
    vectors: list[Vector]


def choose(given: Candidates, reader: Reader, limit: Limit, *, redundancy: float) -> list[Position]:
    """Positions in the order chosen: each time the best that the reader admits, less its likeness to those chosen.

    Ties go to the earlier sentence. A sentence that is refused may be admitted later, once its predecessor is in.
    """
    points, nearest = list(given.scores), [0.0] * len(given.scores)
    chosen: list[Position] = []
    while (best := next_best(given.places, points, reader, chosen, limit)) is not None:
        chosen.append(given.places[best])
        for i, vector in enumerate(given.vectors):
            likeness = dot(vector, given.vectors[best])
            if likeness > nearest[i]:
                points[i] -= redundancy * (likeness - nearest[i])
                nearest[i] = likeness
    return chosen or reader.last_resort(given.places, limit)


def next_best(
    places: list[Position], points: list[float], reader: Reader, chosen: list[Position], limit: Limit
) -> int | None:
    """The number of the best candidate that may be added, or None."""
    words = sum(map(reader.words, chosen))
    if not limit.admits(len(chosen) + 1, words + 1):
        return None
    for i in best_first(points):
        place = places[i]
        short = limit.admits(len(chosen) + 1, words + reader.words(place))
        if short and place not in chosen and reader.admits(chosen, place):
            return i
    return None


def best_first(points: list[float]) -> Iterator[int]:
    return iter(sorted(range(len(points)), key=lambda i: (-round(points[i], DIGITS), i)))


def walk(ranked: list[Position], reader: Reader, limit: Limit) -> list[Position]:
    """The same for a ranking without points: each time the first that the reader admits."""
    chosen: list[Position] = []
    points = [float(-i) for i in range(len(ranked))]
    while (best := next_best(ranked, points, reader, chosen, limit)) is not None:
        chosen.append(ranked[best])
    return chosen or reader.last_resort(ranked, limit)
