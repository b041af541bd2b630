"""terms of sentences > weighted vectors, as plain dictionaries: exact, in a fixed order, the same
under any BLAS.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

Terms = Sequence[str]
Vector = dict[str, float]


def tfidf_vectors(rows: Sequence[Terms]) -> list[Vector]:
    """TF-IDF of each row among its fellows, of unit length; an empty row is an empty vector."""
    frequency = Counter(term for row in rows for term in dict.fromkeys(row))
    rarity = {term: log((1 + len(rows)) / (1 + count)) + 1 for term, count in frequency.items()}
    return [
        normalise_vector({term: count * rarity[term] for term, count in Counter(row).items()})
        for row in rows
    ]


def normalise_vector(vector: Vector) -> Vector:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def dot_product(one: Vector, other: Vector) -> float:
    """Inner product; the cosine, of unit vectors."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def standard_scores(values: Sequence[float]) -> list[float]:
    """Each value's distance from the mean in standard deviations; zeros when all are equal."""
    if not values:
        return []
    mean = sum(values) / len(values)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread if spread > 1e-12 else 0.0 for value in values]
