"""Texts in, the pairs of them that share much of their wording out: containment of 5-word
shingles.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH = 5  # words a shingle
# smallest hashes of a text that index it; at containment .5 a pair is missed once in 2**8 times
SKETCH = 8
CROWD = 200  # texts that may share an indexed shingle; more is a site's boilerplate
# places of the sieve for each shingle that it lets through: one in so many others passes it by
# chance
ROOM = 32
_APART = bytes(n if n > 127 or chr(n).isalnum() or chr(n) == "_" else 32 for n in range(256))


def similar_pairs(texts: Sequence[str], *, least: float = 0.5) -> Iterator[tuple[int, int, float]]:
    """Positions (i < j) and containment, the share of the shorter text's shingles that stand in the
    longer one too.

    Each text's smallest shingles are looked up in all shingles of the others, so a cut or a padded
    copy is found. Linear; about .3 ms a text. Broder 1997, "On the resemblance and containment of
    documents".
    """
    sets = [hash_shingles(text) for text in texts]
    for i, j in candidate_pairs(sets):
        share = containment(sets[i], sets[j])
        if share >= least:
            yield i, j, share


def candidate_pairs(sets: Sequence[NDArray[np.uint64]]) -> list[tuple[int, int]]:
    """Positions in order, the first of each pair before the second, of texts that may share half of
    their wording.
    """
    index: dict[int, list[int]] = {}
    for i, shingles in enumerate(sets):
        for value in shingles[:SKETCH].tolist():
            index.setdefault(value, []).append(i)
    seen: set[tuple[int, int]] = set()
    for i, shingles in enumerate(_sift_indexed(sets, index)):
        for value in shingles.tolist():
            members = index.get(value, ())
            if len(members) <= CROWD:
                seen.update((min(i, j), max(i, j)) for j in members if i != j)
    return sorted(seen)


def _sift_indexed(
    sets: Sequence[NDArray[np.uint64]], index: dict[int, list[int]]
) -> Iterator[NDArray[np.uint64]]:
    """Of each text the shingles that may be indexed: all that are, and few others (Bloom 1970, with
    one hash).
    """
    import numpy as np

    sieve = np.zeros(1 << (ROOM * len(index)).bit_length(), dtype=np.bool_)
    mask = np.uint64(len(sieve) - 1)
    sieve[np.fromiter(index, dtype=np.uint64, count=len(index)) & mask] = True
    for shingles in sets:
        yield shingles[sieve[shingles & mask]]


def containment(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """The share of the smaller set that is in the larger, 0 to 1."""
    import numpy as np

    smaller = min(len(one), len(other))
    return (
        round(len(np.intersect1d(one, other, assume_unique=True)) / smaller, 9) if smaller else 0.0
    )


def plain_words(text: str) -> list[str]:
    """Words as house styles leave them alike: Hölzl, Hoelzl and Holzl are one."""
    return [word.decode() for word in _encode_words(text)]


def _encode_words(text: str) -> list[bytes]:
    """The same in UTF-8: what is no ASCII is looked at once for each letter of the text, not
    wherever it stands.
    """
    bare = text.casefold()
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare)
        for letter in sorted(
            {each for each in set(bare) if not each.isascii() and not each.isalnum()}
        ):
            bare = bare.replace(letter, "" if unicodedata.combining(letter) else " ")
    for vowel in "aou":
        bare = bare.replace(f"{vowel}e", vowel)
    return bare.encode("utf-8", "surrogatepass").translate(_APART).split()


@lru_cache(maxsize=65536)
def _hash_word(word: bytes) -> int:
    return zlib.crc32(word)


def hash_shingles(text: str) -> NDArray[np.uint64]:
    """The distinct shingles of a text as sorted numbers, the same in every process."""
    import numpy as np

    words = np.array(list(map(_hash_word, _encode_words(text))), dtype=np.uint64)
    if len(words) < WIDTH:
        return _sort_distinct(words)
    mixed = np.zeros(len(words) - WIDTH + 1, dtype=np.uint64)
    for place in range(WIDTH):
        mixed = (
            mixed * np.uint64(0x9E3779B97F4A7C15) + words[place : len(words) - WIDTH + 1 + place]
        )
    mixed ^= mixed >> np.uint64(
        29
    )  # spread, so that the smallest are a fair sample (a step of splitmix64)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return _sort_distinct(mixed)


def _sort_distinct(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sorted, each once; for some thousands of numbers eight times as fast as numpy's own way by a
    table.
    """
    import numpy as np

    values.sort()
    first = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return values[first]
