"""Storylines and a reader's mutes and languages in, what may be printed out, with a line for each
article hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from briefing.editions.ledger import article_fate
from briefing.editions.reader.profile import Audience, Mute
from briefing.model import Article, Fate, Headline, Quote, Span, Storyline

MUTED = "muted"


def apply_mutes(
    storylines: Iterable[Storyline], audience: Audience, day: date
) -> tuple[list[Storyline], tuple[Fate, ...]]:
    """The storylines without what is hidden: an article is gone with all it says, also as a source
    of the rest.
    """
    mutes = [mute for mute in audience.mutes if mute.holds(day)]
    if not mutes and not audience.languages:
        return [*storylines], ()
    kept: list[Storyline] = []
    fates: list[Fate] = []
    for storyline in storylines:
        reasons = {
            article.id: _hiding_reason(article, storyline, mutes, audience.languages)
            for article in storyline.articles
        }
        fates += [article_fate(one, *why) for one in storyline.articles if (why := reasons[one.id])]
        left = [article for article in storyline.articles if not reasons[article.id]]
        if left:
            kept.append(
                storyline
                if len(left) == len(storyline.articles)
                else _restrict_storyline(storyline, left)
            )
    return kept, tuple(fates)


def _hiding_reason(
    article: Article, storyline: Storyline, mutes: Sequence[Mute], languages: Sequence[str]
) -> tuple[str, str] | None:
    for mute in mutes:
        if mute.hides(article) or mute.hides_all(storyline):
            return MUTED, str(mute)
    if languages and article.language and article.language not in languages:
        return "other language", f"written in '{article.language}'"
    return None


def _restrict_storyline(storyline: Storyline, left: Sequence[Article]) -> Storyline:
    ids = {article.id for article in left}
    events = tuple(tuple(one for one in event if one.id in ids) for event in storyline.events)
    headline = (
        storyline.headline if storyline.headline.article.id in ids else _fallback_headline(left)
    )
    return replace(
        storyline,
        articles=tuple(left),
        headline=headline,
        events=tuple(event for event in events if event),
    )


def _fallback_headline(articles: Sequence[Article]) -> Headline | Quote:
    stated = [article for article in articles if article.headline]
    if stated:
        return Headline(stated[-1])
    last = articles[-1]
    return Quote(last, last.sentences[0] if last.sentences else Span(0, len(last.text)))
