"""3. articles > summaries: which sentences to keep; ranks, never writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.model import Article, Articles, Headline, Quote, Summary
from briefing.summaries.coherence.constraints import Reader, choose_reader
from briefing.summaries.methods.consensus import rank_by_consensus
from briefing.summaries.methods.greedy_selection import select_ranked_sentences
from briefing.summaries.methods.hybrid import rank_by_hybrid
from briefing.summaries.methods.lead import rank_by_lead
from briefing.summaries.methods.lexrank import rank_by_lexrank
from briefing.summaries.methods.pacsum import rank_by_pacsum
from briefing.summaries.methods.sumy import SUMY
from briefing.summaries.protocols import LEVELS, Limit, Position, Summariser

SUMMARISERS: Mapping[str, Summariser] = {
    "hybrid": rank_by_hybrid,
    "consensus": rank_by_consensus,
    "lead": rank_by_lead,
    "lexrank": rank_by_lexrank,
    "pacsum": rank_by_pacsum,
    **SUMY,
}
default: Summariser = rank_by_hybrid


def summarise(
    article: Article,
    /,
    summariser: Summariser = default,
    *,
    sentences: int | None = 3,
    words: int | None = None,
    constraints: bool = True,
) -> Summary:
    """The best few sentences of an article, put back in the order they were written.

    Fewer when the article has no more that can stand in a summary; see `faults` for what cannot.
    """
    return select_summary((article,), summariser, Limit(sentences, words, constraints))


def summarise_at_level(
    articles: Articles, /, level: str, summariser: Summariser | None = None
) -> Summary:
    """One article or the digest of several, as long as `LEVELS` says: "headline", "sentence",
    "short", "long".

    For "headline" the one sentence that says most; `headline_line` gives a headline where a source
    has one.
    """
    return select_summary(articles, summariser or default_summariser(articles), LEVELS[level])


def headline_line(
    articles: Articles, /, summariser: Summariser | None = None
) -> Headline | Quote | None:
    """The line above: the headline of the article that the best sentence stands in, else that
    sentence.

    None when there is neither a headline nor a sentence that could stand.
    """
    best = summarise_at_level(articles, "headline", summariser).quotes
    bearer = best[0].article if best else next((one for one in articles if one.headline), None)
    if bearer is not None and bearer.headline:
        return Headline(bearer)
    return best[0] if best else None


def default_summariser(articles: Articles) -> Summariser:
    """The default for one article, or for several."""
    return default if len(articles) == 1 else rank_by_consensus


def digest_articles(
    articles: Articles,
    /,
    summariser: Summariser = rank_by_consensus,
    *,
    words: int | None = 150,
    sentences: int | None = None,
    constraints: bool = True,
    for_print: bool = False,
) -> Summary:
    """The best sentences of several articles, within a hard limit of words: a sentence is left out,
    never cut.

    In reading order: the article that the best sentence stands in first, then the others as given.
    `for_print` also parses what it looks at, where a trained pipeline is installed.
    """
    return select_summary(articles, summariser, Limit(sentences, words, constraints, for_print))


def select_summary(articles: Articles, summariser: Summariser, limit: Limit) -> Summary:
    """What a summariser ranks first and a reader can follow, in reading order."""
    reader = choose_reader(articles, limit)
    ranked = list(dict.fromkeys(summariser(articles, limit=limit)))
    return Summary(
        tuple(
            reader.quote(place)
            for place in reader.ordered(select_ranked_sentences(ranked, reader, limit))
        )
    )


def may_stand_alone(article: Article, position: int, *, for_print: bool = False) -> bool:
    """Whether a sentence can stand alone, first in a summary."""
    return not Reader((article,), for_print=for_print).refusals((), (0, position))


def quotable(
    article: Article, position: int, before: Sequence[int] = (), *, for_print: bool = False
) -> Quote | None:
    """A sentence as it is printed, without its dateline, where it stands behind those `before` it;
    else None.
    """
    reader = Reader((article,), for_print=for_print)
    refused = reader.refusals([(0, one) for one in before], (0, position))
    return None if refused else reader.quote((0, position))


def standalone_faults(article: Article, position: int) -> tuple[str, ...]:
    """Why a sentence cannot stand alone, first in a summary; empty when it can."""
    return Reader((article,)).refusals((), (0, position))


__all__ = [
    "LEVELS",
    "SUMMARISERS",
    "Limit",
    "Position",
    "Summariser",
    "default",
    "default_summariser",
    "digest_articles",
    "headline_line",
    "may_stand_alone",
    "quotable",
    "standalone_faults",
    "summarise",
    "summarise_at_level",
]
