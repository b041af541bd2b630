"""A storyline's articles in, its events out: what happened, each by itself, in the order of
time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_array

from briefing.model import Article
from briefing.storylines.clustering.average_linkage import cluster_by_average_linkage
from briefing.storylines.clustering.neighbour_graph import (
    build_neighbour_graph,
    scale_graph_locally,
)
from briefing.storylines.clustering.tfidf import article_vectors
from briefing.storylines.clustering.times import epoch_days

THRESHOLD = (
    0.05  # average likeness at which reports tell of one event; BCubed F1 .89 on the sample corpus
)
FADE_DAYS = 1.0  # a development is told within a day or two

Events = tuple[tuple[Article, ...], ...]


def split_into_events(articles: Sequence[Article]) -> Events:
    """The articles, divided by what happened; in their order, events by their first article.

    Words that all of a storyline's articles share weigh little within it, so what tells one day
    from the next counts.
    """
    if len(articles) < 2:
        return (tuple(articles),) if articles else ()
    return split_groups_into_events([articles], article_vectors(articles))[0]


def split_groups_into_events(groups: Sequence[Sequence[Article]], rows: csr_array) -> list[Events]:
    """The events of each of several storylines; `rows` are their `vectors_apart`."""
    if not groups:
        return []
    articles = [article for group in groups for article in group]
    bare = np.array([not article.sentences for article in articles])
    graph = scale_graph_locally(
        build_neighbour_graph(rows, epoch_days(articles), fade=FADE_DAYS), bare
    )
    labels = iter(cluster_by_average_linkage(graph, THRESHOLD))
    return [_group_by_label(group, labels) for group in groups]


def _group_by_label(articles: Sequence[Article], labels: Iterator[int]) -> Events:
    events: dict[int, list[Article]] = defaultdict(list)
    for article in articles:
        events[next(labels)].append(article)
    return tuple(tuple(event) for event in events.values())
