"""articles of one storyline > dated sentences in the order things happened: "How it developed"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from briefing.model import Article, Articles, Quote, Span
from briefing.summaries.coherence.constraints import Reader
from briefing.summaries.coherence.datelines import strip_dateline
from briefing.summaries.facets.relative_dates import extract_days
from briefing.summaries.protocols import Position


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence, the words in it that name a day, and the day they mean: to be shown beside the
    words, in brackets.
    """

    quote: Quote
    words: Span
    date: date


def extract_timeline(articles: Articles, /, *, most: int = 6) -> tuple[Dated, ...]:
    """One sentence for each day, oldest first; empty unless at least two days are told.

    Each can stand alone and names one day only, outside quotations, up to the day of its
    publication. Of several for a day the earliest in its article is taken, ties to the earlier
    article.
    """
    reader, chosen = Reader(articles), dict[date, tuple[Position, Dated]]()
    for place, dated in sorted(
        _dated_candidates(articles), key=lambda each: (each[1].date, each[0][1], each[0][0])
    ):
        taken = [other for other, _ in chosen.values()]
        alone = not reader.refusals((), place) and not any(
            reader.alike(place, other) for other in taken
        )
        if dated.date not in chosen and alone:
            chosen[dated.date] = (place, Dated(reader.quote(place), dated.words, dated.date))
    found = [dated for _, dated in chosen.values()]
    return tuple(found[-most:]) if len(found) > 1 else ()


def _dated_candidates(articles: Articles) -> Iterator[tuple[Position, Dated]]:
    for a, article in enumerate(articles):
        for s, span in enumerate(article.sentences):
            if dated := dated_sentence(article, strip_dateline(article.text, span)):
                yield (a, s), dated


def dated_sentence(article: Article, span: Span) -> Dated | None:
    """A sentence with the one day it names; None when it names none, several, or one ahead."""
    if article.published is None:
        return None
    found = extract_days(
        article.text, span, article.published.day, language=article.language or "en"
    )
    named = {day.date for day in found}
    if len(named) != 1 or found[0].date > article.published.day:
        return None
    return Dated(Quote(article, span), found[0].span, found[0].date)
