"""Clusters of articles in, storylines out: with their ids, headlines, events and neighbours, many
made at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from briefing.model import Article, Storyline
from briefing.storylines.clustering.tfidf import Counted, group_vectors
from briefing.storylines.events import split_groups_into_events
from briefing.storylines.headlines import article_centralities, select_headline
from briefing.storylines.identity import storyline_id
from briefing.storylines.related import link_neighbours
from briefing.storylines.tracking.records import Remembered

Known = Storyline | Remembered
Clusters = Sequence[
    tuple[Sequence[int], Known | None]
]  # positions, and the storyline that they continue

# articles of storylines that are told together: calls cost more than sums where most hold a few
AT_ONCE = 2000


def build_storylines(articles: Counted, clusters: Clusters) -> tuple[Storyline, ...]:
    """A storyline of each cluster, in their order, linked with its neighbours."""
    found = [one for batch in _batches(clusters) for one in _build_batch(articles, batch)]
    together = np.array([place for places, _ in clusters for place in places], dtype=np.int64)
    return link_neighbours(found, csr_array(articles.rows[together]))


def _batches(clusters: Clusters) -> Iterator[Clusters]:
    """The clusters in their order, so many at a time that they hold some two thousand articles."""
    ends = np.cumsum([len(places) for places, _ in clusters])
    starts = np.flatnonzero(np.diff(ends // AT_ONCE, prepend=-1)).tolist()
    return (clusters[start:stop] for start, stop in pairwise([*starts, len(clusters)]))


def _build_batch(articles: Counted, clusters: Clusters) -> Iterator[Storyline]:
    groups = [tuple(articles[place] for place in places) for places, _ in clusters]
    several = [group for group in groups if len(group) > 1]
    places = [place for places, _ in clusters if len(places) > 1 for place in places]
    rows = group_vectors(several, articles.counts.of(places))
    events, likeness = (
        iter(split_groups_into_events(several, rows)),
        iter(article_centralities(several, rows)),
    )
    for group, (_, before) in zip(groups, clusters, strict=True):
        yield Storyline(
            id=before.id if before else storyline_id(group[0]),
            articles=group,
            headline=select_headline(group, next(likeness) if len(group) > 1 else None),
            first_seen=_earliest_day(group, before),
            events=next(events) if len(group) > 1 else (group,),
        )


def _earliest_day(articles: Sequence[Article], before: Known | None) -> date | None:
    days = [article.published.day for article in articles if article.published]
    if before and before.first_seen:
        days.append(before.first_seen)
    return min(days, default=None)
