"""Candidates in, those that may lead out, and the order in which briefs are taken: who counts, and
how evenly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from briefing import language
from briefing.editions.lineup.candidates import Candidate
from briefing.editions.lineup.importance import is_pastime
from briefing.editions.lineup.run_ins import topic_terms
from briefing.editions.reader.profile import Audience, normalise_outlet

FLOOR = (
    0.75  # points below which a storyline is not printed: one article, fading, and no outlet known
)
ONE_AFFAIR, SHARED = (
    0.45,
    6,
)  # share of the smaller matter, and terms: on the sample corpus two halves of a storyline
# share .38 to .92, mostly above .5, two storylines at most .38, and those are linked
SERIOUS = (
    0.3  # share of a desk's storylines that are no pastime, below which it is a desk for pastimes
)
# one outlet alone fills at most one brief in so many, as long as others have something to say
SHARE_OF_ONE_OUTLET = 3


def eligible_leads(lineup: Sequence[Candidate]) -> list[Candidate]:
    """Storylines of news, best first; those of pastimes only where the desk has little else or asks
    for them.

    Two independent outlets count for a lead and are no condition: the status says how many there
    are.
    """
    news = [one for one in lineup if not one.is_view]
    serious = [one for one in news if not is_pastime(one.current) or _asked_for(one)]
    return serious if len(serious) >= SERIOUS * len(news) else news


def _asked_for(one: Candidate) -> bool:
    return one.kept or any(
        name.startswith("interest: ") and points > 0 for name, points in one.score.items()
    )


def spread_outlets(lineup: Sequence[Candidate], places: int) -> list[Candidate]:
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


def cap_leads(lineup: Iterable[Candidate], audience: Audience) -> Iterator[Candidate]:
    """Those that may lead beside one another: so many of a section, so many about a person; best
    first.
    """
    sections: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for one in lineup:
        section, person = one.section or "", _main_person(one) if audience.leads_per_person else ""
        if section and 0 < audience.leads_per_section <= sections[section]:
            continue
        if person and 0 < audience.leads_per_person <= people[person]:
            continue
        sections[section] += 1
        people[person] += 1
        yield one


def skip_same_affairs(lineup: Iterable[Candidate]) -> Iterator[Candidate]:
    """Without those on the affair of one above, unless the two are linked as neighbours: best
    first.
    """
    kept: list[tuple[Candidate, frozenset[str]]] = []
    for one in lineup:
        matter = topic_terms(one.current, one.storyline.headline)
        if not any(_is_same_affair(one, matter, *other) for other in kept):
            kept.append((one, matter))
            yield one


def _is_same_affair(
    one: Candidate, matter: frozenset[str], other: Candidate, theirs: frozenset[str]
) -> bool:
    linked = (
        other.storyline.id in one.storyline.related or one.storyline.id in other.storyline.related
    )
    shared = len(matter & theirs)
    return not linked and shared >= SHARED and shared >= ONE_AFFAIR * min(len(matter), len(theirs))


def _main_person(one: Candidate) -> str:
    """The full name most of its articles hold; "" where no two agree."""
    names = Counter(
        name
        for article in one.current
        for name in {
            language.canonical_name(span.of(article.text)) for span in article.analysis.names
        }
        if " " in name
    )
    best = max(sorted(names), key=lambda name: names[name], default="")
    return best if names[best] > 1 else ""


def is_sole_source(one: Candidate, audience: Audience) -> bool:
    """Whether only outlets report it whose word alone is not printed."""
    refused = {normalise_outlet(outlet) for outlet in audience.not_alone}
    return (
        bool(one.outlets)
        and not one.unstated
        and all(normalise_outlet(outlet) in refused for outlet in one.outlets)
    )


def is_below_floor(one: Candidate) -> bool:
    """What its reports are about takes nothing from it here: it is printed further down."""
    return (
        one.points - sum(one.score.get(name, 0.0) for name in ("pastime", "views", "teasers"))
        < FLOOR
    )
