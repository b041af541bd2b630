"""How likely each block of a page is its article's in, those that are kept out: where to cut, and
each run once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Pages of wcxb-dev held out by site: bounds of .1 to .25 and .42 to .6 are level, one likelihood
# for all is .002 below.
LEAST, MOST = 0.2, 0.5  # likelihood of a block from which it is kept
# words of a run of blocks that stands on a page a second time: what is made for another width of
# screen
AGAIN = 100
RUN = 3  # blocks of it at least: 80 to 200 words and 2 to 4 blocks are level
_SOUGHT = 4  # places that a run is compared with, for a page of one line said over and over


def choose_threshold(likely: NDArray[np.float64], words: NDArray[np.float64]) -> float:
    """From which likelihood on blocks are kept, for the F1 of words that these likelihoods promise
    to be the best.

    A page that is like no page known has low likelihoods throughout, and its text is what stands
    out. (Ye, Chai, Lee and Chieu, ICML 2012: the best expected F-measure is that of the likeliest
    so many.)
    """
    order = np.argsort(-likely, kind="stable")
    told = np.cumsum((likely * words)[order])
    promised = np.round(2 * told / (np.cumsum(words[order]) + told[-1] + 1), 9)
    return float(np.clip(likely[order[promised.argmax()]], LEAST, MOST))


def drop_repeated_runs(texts: Sequence[str]) -> list[int]:
    """The numbers of the texts without those of a long run that stood before, word for word."""
    places: dict[str, list[int]] = defaultdict(list)
    kept: list[int] = []
    here = 0
    while here < len(texts):
        again = max(
            (_repeat_length(texts, there, here) for there in places[texts[here]][:_SOUGHT]),
            default=0,
        )
        if again >= RUN and sum(len(text.split()) for text in texts[here : here + again]) >= AGAIN:
            here += again
            continue
        places[texts[here]].append(here)
        kept.append(here)
        here += 1
    return kept


def _repeat_length(texts: Sequence[str], there: int, here: int) -> int:
    """How many texts from `there` on stand again from `here` on, without meeting."""
    count = 0
    while (
        there + count < here
        and here + count < len(texts)
        and texts[there + count] == texts[here + count]
    ):
        count += 1
    return count
