"""An annotated page in, what trees learn from out: a row of features a block, and whether it is the
article's.

Beside each page as it is stands one made from it: a shorter article amid the same furniture, or one
with little furniture around it, as short news and saved pages have.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from briefing.articles.extraction.html import blocks, element_features, features
from briefing.articles.formats import decoding, html

WIDTH = 4  # words a group
# share of a block's word groups that stand in the annotated body, from which it is the body's
OWN = 0.5
FEWEST = 4  # blocks of an article that can be cut shorter
EXTRA = 2.0  # words added to each block's weight, for short ones to count
SHORTEST = 150  # words that a page's weights are divided by at least


@dataclass(frozen=True)
class Example:
    names: tuple[str, ...]
    rows: Any  # blocks x features
    own: Any  # 1 for the article's
    weights: Any  # a page counts once, a block by its words
    made: bool
    found: blocks.Page
    site: str


def examples(body: str, raw: bytes, seed: str, site: str) -> Iterator[Example]:
    found = blocks.split_blocks(html.parse_html(decoding.decode_text(raw, None)))
    if not found.blocks:
        return
    own = owned([block.text for block in found.blocks], body)
    yield _example(found, own, site, made=False)
    if sum(own) >= FEWEST:
        yield _example(*_cut(found, own, random.Random(seed)), site, made=True)


def _example(found: blocks.Page, own: Sequence[bool], site: str, *, made: bool) -> Example:
    columns = features.feature_table(found)
    words, right = columns["words"], np.array(own, dtype=np.int64)
    weights = (words + EXTRA) / max(SHORTEST, (words * right).sum())
    rows = np.column_stack(list(columns.values())).astype(np.float32)
    return Example(tuple(columns), rows, right, weights, made, found, site)


def _cut(
    found: blocks.Page, own: Sequence[bool], dice: random.Random
) -> tuple[blocks.Page, list[bool]]:
    """The page with some of its blocks only, now and then without the names of its elements."""
    places = [i for i, its in enumerate(own) if its]
    first, last = places[0], places[-1]
    if dice.random() < 0.6:  # all of the furniture around a shorter article
        stop = places[min(dice.randint(4, 30), len(places)) - 1]
        kept = [not stop < i <= last for i in range(len(own))]
    else:
        first, end = first - dice.randint(0, 12), last + dice.randint(0, 12)
        stop = places[min(dice.choice([5, 8, 15, 40, 1000]), len(places)) - 1]
        kept = [first <= i <= end and not stop < i <= last for i in range(len(own))]
    return _with(found, kept, nameless=dice.random() < 0.25), [
        its for its, stays in zip(own, kept, strict=True) if stays
    ]


def _with(found: blocks.Page, kept: Sequence[bool], *, nameless: bool) -> blocks.Page:
    places = np.concatenate([[0], np.cumsum(kept)])
    named = (1 << len(element_features.KINDS)) - 1
    nodes = tuple(
        replace(
            node, start=int(places[node.start]), stop=int(places[node.stop]),
            bits=node.bits & ~named if nameless else node.bits, names=f"{node.tag}." if nameless else node.names,
        )
        for node in found.nodes
    )  # fmt: skip
    return blocks.Page(
        nodes, tuple(b for b, stays in zip(found.blocks, kept, strict=True) if stays), found.titles
    )


def owned(texts: Sequence[str], body: str) -> list[bool]:
    """Whether each block is the annotated body's: by its groups of words, a short one by its
    neighbours'.
    """
    said = re.findall(r"\w+", body)
    groups = Counter(tuple(said[i : i + WIDTH]) for i in range(len(said) - WIDTH + 1))
    lines = {tuple(re.findall(r"\w+", line)) for line in body.split("\n")}
    words = [re.findall(r"\w+", text) for text in texts]
    found = [len(its) >= WIDTH and _shared(its, groups) > OWN for its in words]
    long = list(found)
    for i, its in enumerate(words):
        if 0 < len(its) < WIDTH:
            before = next((words[j] for j in range(i - 1, max(-1, i - 4), -1) if long[j]), [])
            after = next((words[j] for j in range(i + 1, min(len(words), i + 4)) if long[j]), [])
            run = ((*before[len(its) - WIDTH :], *its), (*its, *after[: WIDTH - len(its)]))
            alone = tuple(its) in lines and bool(before) and bool(after)
            found[i] = alone or any(len(each) == WIDTH and each in groups for each in run)
    return _once(words, found, groups)


def _shared(words: list[str], groups: Counter[tuple[str, ...]]) -> float:
    its = [tuple(words[i : i + WIDTH]) for i in range(len(words) - WIDTH + 1)]
    return sum(group in groups for group in its) / len(its)


def _once(
    words: list[list[str]], found: list[bool], groups: Counter[tuple[str, ...]]
) -> list[bool]:
    """Of blocks with the same words, as many as the body holds: those with the most of its blocks
    around them.
    """
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, its in enumerate(words):
        if found[i] and len(its) >= WIDTH:
            same[tuple(its)].append(i)
    kept = list(found)
    for its, places in same.items():
        ranked = sorted(places, key=lambda i: (-sum(found[max(0, i - 5) : i + 6]), i))
        for i in ranked[max(1, groups[its[:WIDTH]]) :]:
            kept[i] = False
    return kept
