"""The elements around each block of a page in, what other sites keep in elements called so out: in
columns of numbers.

The words of classes, and how much of what other sites keep in elements of that class is their
articles', were counted by `python -m benchmarks layout` on annotated pages: they stand in
trees.json beside the trees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from briefing.articles.extraction.html.blocks import Page
from briefing.articles.extraction.html.position_features import Column, Columns

MOST = 40  # words of one class attribute
# of a page's words; an element that holds more is a frame of the page, and its name says nothing of
# a part
FRAME = 0.4
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEAM = re.compile(r"[-_:/\[\]().]+")


@lru_cache(maxsize=4096)
def class_words(names: str) -> tuple[str, ...]:
    """The words of a class attribute and their parts, in the order of the alphabet."""
    found: set[str] = set()
    for each in names.partition(".")[2].split():
        found.update(_class_word_parts(each))
    return tuple(sorted(found)[:MOST])


@lru_cache(maxsize=16384)  # sites have many classes, made of few words
def _class_word_parts(each: str) -> tuple[str, ...]:
    """The word itself, in lower case, first."""
    word = each if each.islower() else _HUMP.sub("-", each).lower()
    if word.isalpha():
        return (word,)
    return (word, *[part for part in _SEAM.split(word) if len(part) > 2 and not part.isdigit()])


def class_columns(page: Page, words: Column, known: Mapping[str, float]) -> Columns:
    """`words` of each block; `known`: words of classes, with a number above 0 for those that hold
    articles.

    For the block's element and the two around it the lowest and the highest number; of all around
    it the lowest of those that are no frames, the highest, and the sum of both of those that are no
    frames.
    """
    own = np.array([block.node for block in page.blocks])
    parent = np.array([node.parent for node in page.nodes])
    ranges = _element_ranges(page, known)
    through = _accumulate_ranges(page, words, ranges)[own]
    found: Columns = {
        "called least": through[:, 0],
        "called most": through[:, 1],
        "called sum": through[:, 2],
    }
    at, ends = own, np.array(ranges)
    for up in range(3):
        found[f"called low {up}"], found[f"called high {up}"] = ends[at].T
        at = np.maximum(parent[at], 0)
    return found


def _element_ranges(page: Page, known: Mapping[str, float]) -> list[tuple[float, float]]:
    """The lowest and the highest number of each element."""
    seen: dict[str, tuple[float, float]] = {}
    for names in {node.names: None for node in page.nodes}:
        numbers = (
            [known[word] for word in class_words(names) if word in known]
            if names[-1:] != "."
            else ()
        )
        seen[names] = (min(numbers), max(numbers)) if numbers else (0.0, 0.0)
    return [seen[node.names] for node in page.nodes]


def _accumulate_ranges(page: Page, words: Column, ranges: Sequence[tuple[float, float]]) -> Column:
    """From the page down to each element: lowest, highest, sum."""
    told = [0.0, *np.cumsum(words).tolist()]
    most = FRAME * told[-1]
    found = [(0.0, 0.0, 0.0)]
    for node, (low, high) in zip(page.nodes[1:], ranges[1:], strict=True):
        least, highest, total = found[node.parent]
        if told[node.stop] - told[node.start] < most:
            least, total = min(least, low), total + low + high
        found.append((least, max(highest, high), total))
    return np.round(np.array(found), 9)
