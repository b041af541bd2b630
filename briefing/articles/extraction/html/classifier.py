"""Features of the blocks of a page in, how likely each is text of the article out: boosted decision
trees, as data.

The trees are learned by `python -m benchmarks layout` from annotated pages and kept as numbers in
trees.json. Evaluated as in QuickScorer (Lucchese et al., SIGIR 2015): each comparison that fails
strikes out the leaves to its left, and the first leaf that is left answers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.articles.extraction.html.position_features import Columns

LEAVES = 16  # of a tree at most: the bits of a small number
_ROWS = 256  # blocks compared at a time, to keep the tables small
_FIRST = np.array([(n & -n).bit_length() - 1 for n in range(1 << LEAVES)], dtype=np.int64)


@dataclass(frozen=True)
class Trees:
    """Comparisons of all trees side by side: which feature, with what, and which leaves remain when
    it is greater.
    """

    names: tuple[str, ...]
    feature: NDArray[np.int64]  # trees x comparisons
    threshold: NDArray[np.float32]
    remains: NDArray[np.uint16]
    leaf: NDArray[np.float64]  # trees x leaves
    called: Mapping[str, float] = field(
        default_factory=dict
    )  # words of classes: above 0 where they hold articles

    def likely(self, columns: Columns) -> NDArray[np.float64]:
        """A number from 0 to 1 for each block. Cost: some 1.5 ms for 250 blocks."""
        table = np.array([columns[name] for name in self.names], dtype=np.float32)
        sums = [self._sums(table[:, at : at + _ROWS]) for at in range(0, table.shape[1], _ROWS)]
        return np.round(1 / (1 + np.exp(-np.concatenate(sums))), 9)

    def _sums(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """`table` has a row a feature, so that one comparison of every tree is a copy of whole
        rows.
        """
        left = np.full((len(self.leaf), table.shape[1]), (1 << LEAVES) - 1, dtype=np.uint16)
        for feature, threshold, remains in zip(
            self.feature.T, self.threshold.T, self.remains.T, strict=True
        ):
            kept = (table[feature] > threshold[:, None]).astype(np.uint16)
            kept -= 1  # all leaves where it holds, none where it fails
            kept |= remains[:, None]
            left &= kept
        leaves = _FIRST.take(left)
        leaves += np.arange(0, self.leaf.size, LEAVES)[:, None]
        return np.asarray(self.leaf.take(leaves).sum(axis=0))


@lru_cache(maxsize=1)
def load_trees() -> Trees:
    return parse_trees(
        json.loads(Path(__file__).with_name("trees.json").read_text(encoding="utf-8"))
    )


def parse_trees(data: dict[str, Any]) -> Trees:
    """Trees as `benchmarks layout` writes them; those of fewer comparisons are filled up with some
    that always hold.
    """
    width = LEAVES - 1
    features, thresholds, remains, leaves = [], [], [], []
    for tree in data["trees"]:
        gap = width - len(tree["feature"])
        features.append(tree["feature"] + [0] * gap)
        thresholds.append(tree["threshold"] + [np.inf] * gap)
        remains.append(tree["remains"] + [(1 << LEAVES) - 1] * gap)
        leaves.append(tree["leaf"] + [0.0] * (LEAVES - len(tree["leaf"])))
    return Trees(
        tuple(data["names"]), np.array(features), _round_down(np.array(thresholds)), np.array(remains, dtype=np.uint16),
        np.array(leaves), data.get("called", {}),
    )  # fmt: skip


def _round_down(thresholds: NDArray[np.float64]) -> NDArray[np.float32]:
    """The next number in single precision that is not greater: features in it compare the same, in
    less time.
    """
    near = thresholds.astype(np.float32)
    return np.where(near > thresholds, np.nextafter(near, np.float32(-np.inf)), near)
