"""A storyline's articles in, its events out: what happened, each by itself, in the order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_array

from briefing.model import Article
from briefing.storylines.clustering.average_linkage import average_linkage
from briefing.storylines.clustering.neighbour_graph import nearest, scaled_locally
from briefing.storylines.clustering.tfidf import vectors
from briefing.storylines.clustering.times import days_of

THRESHOLD = 0.05  # average likeness at which reports tell of one event; BCubed F1 .89 on the sample corpus
FADE_DAYS = 1.0  # a development is told within a day or two

Events = tuple[tuple[Article, ...], ...]


def events_of(articles: Sequence[Article]) -> Events:
    """The articles, divided by what happened; in their order, events by their first article.

    Words that all of a storyline's articles share weigh little within it, so what tells one day from the next counts.
    """
    if len(articles) < 2:
        return (tuple(articles),) if articles else ()
    return divided([articles], vectors(articles))[0]


def divided(groups: Sequence[Sequence[Article]], rows: csr_array) -> list[Events]:
    """The events of each of several storylines; `rows` are their `vectors_apart`."""
    if not groups:
        return []
    articles = [article for group in groups for article in group]
    bare = np.array([not article.sentences for article in articles])
    graph = scaled_locally(nearest(rows, days_of(articles), fade=FADE_DAYS), bare)
    labels = iter(average_linkage(graph, THRESHOLD))
    return [_parted(group, labels) for group in groups]


def _parted(articles: Sequence[Article], labels: Iterator[int]) -> Events:
    events: dict[int, list[Article]] = defaultdict(list)
    for article in articles:
        events[next(labels)].append(article)
    return tuple(tuple(event) for event in events.values())
