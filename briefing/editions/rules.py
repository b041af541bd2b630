"""Candidates in, those that may lead out, and the order in which briefs are taken: who counts, and how evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.editions.lineup import INDEPENDENT, Candidate

STATED = 0.5  # share of articles with a stated outlet below which unstated outlets are given the benefit of the doubt
FLOOR = 0.75  # points below which a storyline is not printed: one article, fading, and no outlet known
SHARE_OF_ONE_OUTLET = 3  # one outlet alone fills at most one brief in so many, as long as others have something to say


def may_lead(lineup: Sequence[Candidate]) -> list[Candidate]:
    """Storylines that two independent outlets report.

    Where fewer than half of the articles state an outlet, two documents that might be of two outlets do as well; and
    where not one storyline passes, each may lead: a small folder still gives an edition, and the status says why.
    """
    articles = [article for one in lineup for article in one.current]
    stated = sum(article.outlet is not None for article in articles)
    doubt = stated < STATED * len(articles)
    able = [one for one in lineup if len(one.outlets) >= INDEPENDENT or (doubt and _perhaps(one) >= INDEPENDENT)]
    return able or list(lineup)


def _perhaps(one: Candidate) -> int:
    """Outlets stated, and documents that state none: at most so many outlets report it."""
    return len(one.outlets) + len({article.document for article in one.current if not article.outlet})


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
