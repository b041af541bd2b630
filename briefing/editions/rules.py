"""Candidates in, those that may lead out, and the order in which briefs are taken: who counts, and how evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.editions.lineup import INDEPENDENT, Candidate

FLOOR = 0.75  # points below which a storyline is not printed: one article, fading, and no outlet known
SHARE_OF_ONE_OUTLET = 3  # one outlet alone fills at most one brief in so many, as long as others have something to say


def may_lead(lineup: Sequence[Candidate], places: int) -> list[Candidate]:
    """Storylines that two independent outlets report, best first; after them, where places are left, the unproved.

    Unproved is a storyline of several documents of which some state no outlet: they may be of two. Where not one
    storyline passes either way, each may lead: a small folder still gives an edition. The status says which it is.
    """
    proved = [one for one in lineup if len(one.outlets) >= INDEPENDENT]
    unproved = [one for one in lineup if one not in proved and len(one.outlets) + one.unstated >= INDEPENDENT]
    return proved + unproved[: max(0, places - len(proved))] or list(lineup)


def evenly(lineup: Sequence[Candidate], places: int) -> list[Candidate]:
    """In order of points, but what goes beyond one outlet's share comes after all others."""
    share = max(1, places // SHARE_OF_ONE_OUTLET)
    taken: Counter[str] = Counter()
    first: list[Candidate] = []
    later: list[Candidate] = []
    for one in lineup:
        alone = one.outlets[0] if len(one.outlets) == 1 else ""
        taken[alone] += 1
        (first if not alone or taken[alone] <= share else later).append(one)
    return first + later


def below_floor(one: Candidate) -> bool:
    return one.points < FLOOR
