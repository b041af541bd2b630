"""Annotated blocks in, words of classes with how much of what stands in them is articles' out: each
site a vote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from benchmarks.examples import EXTRA, Example
from briefing.articles.extraction.html.blocks import Page
from briefing.articles.extraction.html.class_name_features import class_words

SITES = 5  # that use a word of a class, from which it says something of others
LEAST = 0.4  # log odds; a word nearer to even odds says nothing
DOUBT = 0.5  # sites added to both sides


@dataclass(frozen=True)
class Votes:
    """Word -> site -> share of what it holds that is the article's."""

    by_word: Mapping[str, Mapping[str, float]]

    def numbers(self) -> dict[str, float]:
        return {
            word: found
            for word, votes in self.by_word.items()
            if (found := _odds(votes.values())) is not None
        }

    def without(self, site: str, numbers: Mapping[str, float]) -> dict[str, float]:
        """`numbers` as they would be without one site: what its own pages are learned with."""
        found = dict(numbers)
        for word, votes in self.by_word.items():
            if site in votes:
                found.pop(word, None)
                rest = _odds([share for each, share in votes.items() if each != site])
                if rest is not None:
                    found[word] = rest
        return found


def votes(known: Iterable[Example]) -> Votes:
    shares: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for each in known:
        for word, share in _shares(each.found, each.own).items():
            shares[word][each.site].append(share)
    means = {
        word: {site: sum(each) / len(each) for site, each in sites.items()}
        for word, sites in sorted(shares.items())
        if len(sites) >= SITES
    }
    return Votes(means)


def _odds(shares: Iterable[float]) -> float | None:
    given = list(shares)
    if len(given) < SITES:
        return None
    found = round(log((sum(given) + DOUBT) / (len(given) - sum(given) + DOUBT)), 2)
    return found if abs(found) >= LEAST else None


def _shares(page: Page, own: Sequence[int]) -> dict[str, float]:
    """Of one page: word -> share of the words in such elements that are the article's."""
    told, mine = [0.0], [0.0]
    for block, its in zip(page.blocks, own, strict=True):
        weight = len(block.text.split()) + EXTRA
        told.append(told[-1] + weight)
        mine.append(mine[-1] + weight * int(its))
    sums: dict[str, tuple[float, float]] = {}
    for node in page.nodes[1:]:
        size = told[node.stop] - told[node.start]
        for word in class_words(node.names) if size else ():
            before = sums.get(word, (0.0, 0.0))
            sums[word] = before[0] + mine[node.stop] - mine[node.start], before[1] + size
    return {word: part / whole for word, (part, whole) in sums.items()}
