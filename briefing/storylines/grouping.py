"""Articles and the storylines known so far in, storylines out: known ones grow, new ones are born, none is renamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from scipy.sparse import csr_array

from briefing.model import Article, Storyline
from briefing.storylines.clusterers import Clusterer, linkage
from briefing.storylines.counts import Counts, counted
from briefing.storylines.events import events_of
from briefing.storylines.headlines import headline_of
from briefing.storylines.identity import identify
from briefing.storylines.related import linked
from briefing.storylines.times import in_order
from briefing.storylines.vectors import vectors


def group(
    articles: Iterable[Article], /, clusterer: Clusterer = linkage, *, known: Iterable[Storyline] = ()
) -> tuple[Storyline, ...]:
    """Every article in exactly one storyline; storylines by their first article, known ones among them.

    A known storyline keeps its id and its articles and may gain more; it never splits, merges or loses one. The order
    of `articles` and of `known` changes nothing.
    """
    followed = sorted(known, key=lambda storyline: storyline.id)
    ordered = in_order([*articles, *(article for storyline in followed for article in storyline.articles)])
    position = {article.id: place for place, article in enumerate(ordered)}
    seeds = _apart([[position[article.id] for article in storyline.articles] for storyline in followed])
    labels = _obey(clusterer(ordered, known=[seed for seed in seeds if seed]), seeds)
    clusters: dict[int, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        clusters[label].append(place)
    names = {-1 - number: storyline for number, storyline in enumerate(followed)}
    counts = counted(ordered)
    found = [_storyline(ordered, places, names.get(label), counts) for label, places in clusters.items()]
    together = np.array([place for places in clusters.values() for place in places], dtype=np.int64)
    return linked(found, csr_array(vectors(ordered, counts)[together]))


def _apart(groups: list[list[int]]) -> list[list[int]]:
    """Positions that several known storylines claim stay with the first of them."""
    taken: set[int] = set()
    apart = []
    for group_ in groups:
        apart.append([position for position in group_ if position not in taken])
        taken.update(group_)
    return apart


def _obey(labels: Sequence[int], seeds: Sequence[Sequence[int]]) -> list[int]:
    """Whatever a clusterer says: seed n is labelled -1 - n, and a cluster joins the seed that most of it belongs to."""
    seeded = {position: -1 - number for number, seed in enumerate(seeds) for position in seed}
    votes: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for position, name in seeded.items():
        votes[labels[position]][name] += 1
    winner = {label: max(counts, key=lambda name: (counts[name], name)) for label, counts in votes.items()}
    return [seeded.get(position, winner.get(label, label)) for position, label in enumerate(labels)]


def _storyline(
    ordered: Sequence[Article], places: Sequence[int], before: Storyline | None, counts: Counts
) -> Storyline:
    articles = tuple(ordered[place] for place in places)
    rows = vectors(articles, counts.of(places)) if len(places) > 1 else None
    return Storyline(
        id=before.id if before else identify(articles[0]),
        articles=articles,
        headline=headline_of(articles, rows),
        first_seen=_first_seen(articles, before),
        events=events_of(articles, rows),
    )


def _first_seen(articles: Sequence[Article], before: Storyline | None) -> date | None:
    days = [article.published.day for article in articles if article.published]
    if before and before.first_seen:
        days.append(before.first_seen)
    return min(days, default=None)
