"""Texts in, the pairs of them that share much of their wording out: containment of 5-word shingles."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH = 5  # words a shingle
SKETCH = 8  # smallest hashes of a text that index it; at containment .5 a pair is missed once in 2**8 times
CROWD = 200  # texts that may share an indexed shingle; more is a site's boilerplate


def pairs(texts: Sequence[str], *, least: float = 0.5) -> Iterator[tuple[int, int, float]]:
    """Positions (i < j) and containment, the share of the shorter text's shingles that stand in the longer one too.

    Each text's smallest shingles are looked up in all shingles of the others, so a cut or a padded copy is found.
    Cost: about 1 ms a text. Broder 1997, "On the resemblance and containment of documents".
    """
    import numpy as np  # noqa: PLC0415  not needed to import the package

    sets = [hashes(text) for text in texts]
    index: dict[int, list[int]] = {}
    for i, shingles in enumerate(sets):
        for value in shingles[:SKETCH].tolist():
            index.setdefault(value, []).append(i)
    indexed = np.array(sorted(value for value, members in index.items() if len(members) <= CROWD), dtype=np.uint64)
    seen: set[tuple[int, int]] = set()
    for i, shingles in enumerate(sets):
        for value in np.intersect1d(shingles, indexed, assume_unique=True).tolist():
            seen.update((min(i, j), max(i, j)) for j in index[value] if i != j)
    for i, j in sorted(seen):
        share = containment(sets[i], sets[j])
        if share >= least:
            yield i, j, share


def containment(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """The share of the smaller set that is in the larger, 0 to 1."""
    import numpy as np  # noqa: PLC0415

    smaller = min(len(one), len(other))
    return round(len(np.intersect1d(one, other, assume_unique=True)) / smaller, 9) if smaller else 0.0


def plain_words(text: str) -> list[str]:
    """Words as house styles leave them alike: Hölzl, Hoelzl and Holzl are one."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
    return re.findall(r"\w+", re.sub(r"(?<=[aou])e", "", bare))


def hashes(text: str) -> NDArray[np.uint64]:
    """The distinct shingles of a text as sorted numbers, the same in every process."""
    import numpy as np  # noqa: PLC0415

    words = np.array([zlib.crc32(word.encode()) for word in plain_words(text)], dtype=np.uint64)
    if len(words) < WIDTH:
        return np.unique(words)
    mixed = np.zeros(len(words) - WIDTH + 1, dtype=np.uint64)
    for place in range(WIDTH):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[place : len(words) - WIDTH + 1 + place]
    mixed ^= mixed >> np.uint64(29)  # spread, so that the smallest are a fair sample (a step of splitmix64)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return np.unique(mixed)
