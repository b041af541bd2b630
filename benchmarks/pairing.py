"""What two clusterers found and the labels in, whether one is better out: a paired bootstrap over
topics or batches.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Key = tuple[str, str]  # batch, article
DRAWS = 2000
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better the first is in BCubed F1, where 95 % of the draws lie, and how often chance
    would give it.
    """

    gain: float
    low: float
    high: float
    p: float  # two-sided: twice the share of draws on the other side of no difference

    def __str__(self) -> str:
        return (
            f"{100 * self.gain:+.2f} [{100 * self.low:+.2f}, {100 * self.high:+.2f}] p {self.p:.3f}"
        )


def difference(
    one: Mapping[Key, str], other: Mapping[Key, str], gold: Mapping[Key, str]
) -> Difference:
    """The first against the second on the same articles, with 2,000 draws of batches, or of topics
    where one is all.

    What belongs together is drawn together, as its articles are right or wrong together. The same
    for every run.
    """
    batches = {batch for batch, _ in gold}
    units = {key: key[0] if len(batches) > 1 else label for key, label in gold.items()}
    names = sorted(set(units.values()))
    ours, theirs = (_sums(found, gold, units, names) for found in (one, other))
    chance = np.random.Generator(np.random.PCG64(0))
    draws = chance.multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS).astype(
        np.float64
    )
    gains = _f1(draws @ ours) - _f1(draws @ theirs)
    whole = float((_f1(ours.sum(axis=0)[None]) - _f1(theirs.sum(axis=0)[None]))[0])
    low, high = np.percentile(gains, [2.5, 97.5]).tolist()
    p = min(1.0, 2 * min(float((gains <= 0).mean()), float((gains >= 0).mean())))
    return Difference(
        round(whole, 9), round(low, 9), round(high, 9), max(p, 1 / DRAWS) if whole else 1.0
    )


def _sums(
    found: Mapping[Key, str], gold: Mapping[Key, str], units: Mapping[Key, str], names: list[str]
) -> Real:
    """Of each unit: the sums of its articles' precision and recall, and how many they are."""
    pairs = {key: (found.get(key, f"alone {key}"), label) for key, label in gold.items()}
    cells, ours, theirs = (
        Counter(pairs.values()),
        Counter(a for a, _ in pairs.values()),
        Counter(gold.values()),
    )
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for key, (a, b) in pairs.items():
        row, both = sums[units[key]], cells[a, b]
        row[0] += both / ours[a]
        row[1] += both / theirs[b]
        row[2] += 1
    return np.array([sums[name] for name in names])


def _f1(sums: Real) -> Real:
    precision, recall = sums[:, 0] / sums[:, 2], sums[:, 1] / sums[:, 2]
    f1: Real = 2 * precision * recall / (precision + recall)
    return f1
