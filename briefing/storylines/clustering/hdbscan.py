"""Articles in, labels out, by density: scikit-learn's HDBSCAN, a second opinion beside the
clusterer of the house.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.errors import ConfigError
from briefing.model import Article
from briefing.storylines.clustering.tfidf import article_vectors

DIMENSIONS = 100  # of the reduced space: HDBSCAN compares all pairs in each of them
LEAST = 5  # articles below which density says nothing


def cluster_by_density(
    articles: Sequence[Article],
    /,
    *,
    known: Sequence[Sequence[int]] = (),  # noqa: ARG001 - every clusterer is told
) -> list[int]:
    """Labels of HDBSCAN over 100 dimensions of the terms (Campello, Moulavi and Sander 2013); noise
    stands alone.

    It knows no days, and nothing of what is known. Raises ConfigError where scikit-learn is not
    installed. Quadratic.
    """
    try:
        from sklearn.cluster import HDBSCAN
        from sklearn.decomposition import TruncatedSVD
    except ImportError as error:
        raise ConfigError(
            "clusterer 'hdbscan' needs scikit-learn; install it with: pip install "
            "'briefing[clustering]'"
        ) from error
    rows = article_vectors(articles)
    if len(articles) < LEAST or rows.nnz == 0:
        return list(range(len(articles)))
    size = min(DIMENSIONS, len(articles) - 1, rows.shape[1] - 1)
    dense = TruncatedSVD(size, random_state=0).fit_transform(rows).round(6)
    labels = HDBSCAN(min_cluster_size=2, copy=True).fit_predict(dense)
    return [int(label) if label >= 0 else -1 - place for place, label in enumerate(labels)]
