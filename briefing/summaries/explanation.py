"""articles, a summariser > every sentence with its score in parts, whether it was taken, and what
refused it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.model import Articles, Quote
from briefing.summaries.coherence.constraints import Reader, choose_reader
from briefing.summaries.methods import consensus, hybrid
from briefing.summaries.methods.greedy_selection import select_ranked_sentences
from briefing.summaries.methods.tfidf import tfidf_vectors
from briefing.summaries.protocols import Limit, Position, Summariser


@dataclass(frozen=True)
class Judgement:
    """What was thought of one sentence."""

    quote: Quote
    rank: int | None  # 1 is the first that was taken; None was not
    parts: Mapping[str, float] = field(
        default_factory=dict
    )  # before likeness to what was taken is counted off
    reasons: tuple[
        str, ...
    ] = ()  # what a reader would stumble over where it stands, or if it were added in the end


def explain_summary(
    articles: Articles, summariser: Summariser, /, *, limit: Limit
) -> list[Judgement]:
    """All sentences in order, each with its points and its fate; parts are known for our own two
    methods.

    With the constraints on, reasons are what refused a sentence; a limit without them takes the
    best whatever they are, and reasons are what would have refused each, those that were taken as
    well.
    """
    reader = Reader(articles)
    chosen = select_ranked_sentences(
        list(dict.fromkeys(summariser(articles, limit=limit))),
        choose_reader(articles, limit),
        limit,
    )
    parts = _score_components(articles, summariser)
    places = [(a, s) for a, article in enumerate(articles) for s in range(len(article.sentences))]
    return [_judge_sentence(place, chosen, parts.get(place, {}), reader) for place in places]


def _judge_sentence(
    place: Position, chosen: list[Position], parts: Mapping[str, float], reader: Reader
) -> Judgement:
    rank = chosen.index(place) + 1 if place in chosen else None
    others = [other for other in chosen if other != place]
    return Judgement(reader.quote(place), rank, parts, reader.refusals(others, place))


def _score_components(
    articles: Articles, summariser: Summariser
) -> dict[Position, dict[str, float]]:
    """The parts of each sentence's score, for the methods that add parts."""
    if summariser is consensus.rank_by_consensus:
        places = consensus.competing_sentences(articles)
        rows = tfidf_vectors([articles[a].analysis.terms[s] for a, s in places])
        return _components_by_position(places, consensus.score_components(articles, places, rows))
    if summariser is hybrid.rank_by_hybrid:
        found: dict[Position, dict[str, float]] = {}
        for a, article in enumerate(articles):
            found |= _components_by_position(
                [(a, s) for s in range(len(article.sentences))], hybrid.score_components(article)
            )
        return found
    return {}


def _components_by_position(
    places: list[Position], parts: Mapping[str, list[float]]
) -> dict[Position, dict[str, float]]:
    return {
        place: {name: round(values[i], 4) for name, values in parts.items()}
        for i, place in enumerate(places)
    }
