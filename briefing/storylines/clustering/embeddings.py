"""Articles in, labels out, by vectors of a sentence-transformers model that is on this machine;
nothing is fetched.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.errors import ConfigError
from briefing.model import Article
from briefing.storylines.clustering.average_linkage import cluster_by_average_linkage
from briefing.storylines.clustering.neighbour_graph import (
    BLOCK,
    FADE_DAYS,
    NEIGHBOURS,
    Graph,
    scale_graph_locally,
    undirected_graph,
)
from briefing.storylines.clustering.times import epoch_days

MODEL = "all-MiniLM-L6-v2"  # where BRIEFING_VECTORS names no other, by name or by folder
WORDS = 120  # of the body, beside the headline: models of this kind read 128 to 256 pieces of words
THRESHOLD = 0.26  # best for that model over four development sets
Real = NDArray[np.float64]


def cluster_by_embeddings(
    articles: Sequence[Article], /, *, known: Sequence[Sequence[int]] = ()
) -> list[int]:
    """Average linkage as in the clusterer of the house, on cosines of dense vectors instead of
    terms.

    The model is the one that BRIEFING_VECTORS names. Raises ConfigError where the library or the
    model is not on this machine. Vectors cost some 0.1 CPU seconds an article; comparing them is
    quadratic.
    """
    if not articles:
        return []
    rows = _normalise_rows(_encode_texts([_embedding_text(article) for article in articles]))
    bare = np.zeros(len(articles), dtype=bool)
    graph = scale_graph_locally(_nearest_neighbours(rows, epoch_days(articles)), bare)
    return cluster_by_average_linkage(graph, THRESHOLD, known=known)


def _embedding_text(article: Article) -> str:
    """Headline and opening, as the model is given them."""
    return " ".join([article.headline or "", *article.text.split()[:WORDS]]).strip()


def _encode_texts(texts: Sequence[str]) -> Real:
    name = os.environ.get("BRIEFING_VECTORS", MODEL)
    try:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(name, device="cpu", local_files_only=True)
    except ImportError as error:
        raise ConfigError(
            "clusterer 'dense' needs sentence-transformers; install it with: pip "
            "install 'briefing[vectors]'"
        ) from error
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"clusterer 'dense': no model '{name}' is on this machine; set "
            "BRIEFING_VECTORS to the folder of one"
        ) from error
    return np.asarray(model.encode(list(texts), show_progress_bar=False), dtype=np.float64)


def _normalise_rows(rows: Real) -> Real:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Real = rows / np.where(lengths > 0, lengths, 1.0)
    return unit


def _nearest_neighbours(rows: Real, days: Real) -> Graph:
    """The 30 nearest of each, faded by days."""
    found = []
    for start in range(0, len(rows), BLOCK):
        cosine = rows[start : start + BLOCK] @ rows.T
        apart = np.nan_to_num(np.abs(days[start : start + BLOCK, None] - days[None, :]))
        likeness = (cosine * np.exp(-apart / FADE_DAYS)).round(9)
        source, target = np.nonzero(likeness > 0)
        other = source + start != target
        found.append((source[other] + start, target[other], likeness[source[other], target[other]]))
    return undirected_graph(len(rows), found, NEIGHBOURS)
