"""Articles in, labels out: the clusterer of the house, and the signature that others may fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from briefing.model import Article
from briefing.storylines.clustering.average_linkage import COHESION, cluster_by_average_linkage
from briefing.storylines.clustering.embeddings import cluster_by_embeddings
from briefing.storylines.clustering.hdbscan import cluster_by_density
from briefing.storylines.clustering.link_days import join_day_clusters
from briefing.storylines.clustering.neighbour_graph import (
    BARE_NEIGHBOURS,
    NEIGHBOURS,
    build_neighbour_graph,
    scale_graph_locally,
)
from briefing.storylines.clustering.tfidf import (
    Counted,
    article_vectors,
    live_blog_positions,
    name_vectors,
)
from briefing.storylines.clustering.times import epoch_days

# average likeness at which articles join; 0.08 to 0.12 are within a point on each development set
THRESHOLD = 0.10
BARE_THRESHOLD = (
    0.02  # the same where a headline is all there is: .77 BCubed F1 on bare headlines, .59 at 0.10
)
MOSTLY = (
    0.5  # share of bare headlines from which on clusters are as loose as few shared words make them
)


class Clusterer(Protocol):
    """Labels for articles; `known` are groups of positions that belong together already, and apart
    from one another.
    """

    def __call__(
        self, articles: Sequence[Article], /, *, known: Sequence[Sequence[int]] = ()
    ) -> Sequence[int]: ...


def cluster_by_terms(
    articles: Sequence[Article],
    /,
    *,
    known: Sequence[Sequence[int]] = (),
    threshold: float = THRESHOLD,
) -> list[int]:
    """Average linkage on the locally scaled graph of nearest neighbours, then days joined; one
    setting for all.

    Labels follow the articles' positions. About 1,000 articles a CPU second up to 20,000 of one
    day.
    """
    if not articles:
        return []
    rows = articles.rows if isinstance(articles, Counted) else article_vectors(articles)
    days = epoch_days(articles)
    bare = np.array([not article.sentences for article in articles])
    graph = build_neighbour_graph(
        rows, days, neighbours=BARE_NEIGHBOURS if bare.any() else NEIGHBOURS
    )
    graph = scale_graph_locally(graph, bare, THRESHOLD / BARE_THRESHOLD)
    cohesion = COHESION if bare.mean() < MOSTLY else 0.0
    labels = cluster_by_average_linkage(
        graph, threshold, cohesion=cohesion, known=known, together=live_blog_positions(articles)
    )
    dated = np.where(
        bare, np.nan, days
    )  # two headlines of neighbouring days are too little to join storylines by
    return join_day_clusters(
        rows, name_vectors(articles), dated, labels, known={labels[group[0]] for group in known}
    )


CLUSTERERS: dict[str, Clusterer] = {
    "default": cluster_by_terms,
    "hdbscan": cluster_by_density,
    "dense": cluster_by_embeddings,
}
