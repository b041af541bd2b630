"""Scores of each set with each threshold in, a table out: what each set would score with the choice
of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.storylines.clustering.clusterers import THRESHOLD

THRESHOLDS = (0.06, 0.08, 0.09, 0.10, 0.11, 0.12, 0.14)


def left_out(tried: Mapping[str, Mapping[float, float]]) -> Iterator[str]:
    """A line a set: BCubed F1 as shipped, with the threshold best for the mean of the others, and
    with its own best.
    """
    yield f"{'set':10s} shipped {THRESHOLD:.2f}   chosen on the others   its own best"
    for name, own in tried.items():
        others = [scores for other, scores in tried.items() if other != name]
        if not others:
            continue
        chosen = best({one: sum(scores[one] for scores in others) for one in own})
        suits = best(own)
        shown = f"{own[chosen]:.3f} ({chosen:.2f})           {own[suits]:.3f} ({suits:.2f})"
        yield f"{name:10s} {own[THRESHOLD]:.3f}          {shown}"


def best(scores: Mapping[float, float]) -> float:
    """The threshold with the highest score; of equals the one nearest to that of the package."""
    return max(scores, key=lambda one: (round(scores[one], 9), -abs(one - THRESHOLD)))
