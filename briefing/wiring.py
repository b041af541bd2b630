"""Settings in, what the pipeline hands from one stage to another out: stages do not know each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from briefing.config import Config
from briefing.model import Article, Quote, Summary
from briefing.registry import find
from briefing.summaries import SUMMARISERS, digest
from briefing.summaries.developments import dated_sentence
from briefing.summaries.figures import figures
from briefing.summaries.quotations import spoken

ARTICLES = 30  # of a storyline that parts are looked for in: more say the same again
DAY_WORDS = 40  # of the one sentence that tells an earlier day
DAYS = 3


def condenser(config: Config) -> Callable[..., Summary]:
    """How an edition gets its sentences, by the configured way of ranking them."""
    return partial(digest, summariser=find(config.summariser, SUMMARISERS, kind="summariser"))


def parts_of(news: Sequence[Article], told: Sequence[Article], /) -> Mapping[str, Sequence[Quote]]:
    """What a lead may hold beside its summary, by name, each best first.

    `news` are the articles of the edition's day, `told` those before it: quotations with a certain speaker, figures
    that most carry, and what was reported on the days before, latest day first.
    """
    latest = [*reversed(news)][:ARTICLES]
    return {
        "they said": [one.quote for article in latest for one in spoken(article)],
        "numbers": [one.quote for one in figures(latest)],
        "how it developed": [quote for day in _days(told) for quote in _of_day(day)],
    }


def _days(told: Sequence[Article]) -> list[list[Article]]:
    days = sorted({one.published.day for one in told if one.published}, reverse=True)[:DAYS]
    return [[one for one in told if one.published and one.published.day == day][:ARTICLES] for day in days]


def _of_day(articles: Sequence[Article]) -> list[Quote]:
    """The day's sentence, and one that names the day itself before one that leaves it to its source's date."""
    best = [*digest(articles, words=3 * DAY_WORDS, sentences=3).quotes]
    return sorted((quote for quote in best if quote.words <= DAY_WORDS), key=lambda quote: not _dated(quote))[:1]


def _dated(quote: Quote) -> bool:
    dated = dated_sentence(quote.article, quote.span)
    published = quote.article.published
    return bool(dated and published and dated.date == published.day)
