"""Storylines without news in the window in, those a reader would ask after out: each with the day
it was last told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from briefing.editions.lineup.candidates import INDEPENDENT, independent_outlets
from briefing.editions.lineup.space import Page, count_words
from briefing.editions.reader.profile import Audience, has_words
from briefing.editions.windows import is_after, resolve_instant
from briefing.model import Article, Item, Storyline, Summary, Window

QUIET = "Followed, no news"
LATELY = timedelta(
    days=1
)  # before the window: what was told then and on a day before, and is told no more …
MOST = 3  # … so many at most; what a reader follows by name is always told


def dormant_items(  # noqa: PLR0917 each is a plain value of one caller
    storylines: Sequence[Storyline], reported: frozenset[str], audience: Audience, window: Window, timezone: str,
    page: Page, day: date,
) -> tuple[Item, ...]:  # fmt: skip
    """What the reader follows by name, then what two outlets told for days up to the day before;
    while words last.

    An affair of one day is not followed: nobody asks after it.
    """
    silent = [
        one
        for one in storylines
        if one.id not in reported and _dated_articles(one, window, timezone)
    ]
    named = [
        one
        for one in silent
        if any(word == one.id or _has_word_in_headlines(one, word) for word in audience.follows)
    ]
    beside = reported.union(*(other.related for other in storylines if other.id in reported))
    lately = [
        one
        for one in silent
        if one not in named
        and one.id not in beside
        and reported.isdisjoint(one.related)  # an affair told on under another name is not silent
        and _is_recent(one, window, timezone)
    ]
    lately.sort(key=lambda one: (-len(_dated_articles(one, window, timezone)), one.id))
    return tuple(_place_items([*named, *lately[:MOST]], window, timezone, page, day))


def _place_items(
    storylines: Sequence[Storyline], window: Window, timezone: str, page: Page, day: date
) -> Iterator[Item]:
    for one in storylines:
        days = [
            article.published.day
            for article in _dated_articles(one, window, timezone)
            if article.published
        ]
        if min(days) <= day and count_words(one.headline) <= page.left:
            page.place(one.headline, ())
            last = max(found for found in days if found <= day)
            yield Item(one, Summary(()), section=QUIET, status=f"no news since {last.isoformat()}")


def _has_word_in_headlines(one: Storyline, word: str) -> bool:
    return has_words(
        "\n".join([str(one.headline), *(article.headline or "" for article in one.articles)]),
        (word,),
    )


def _dated_articles(one: Storyline, window: Window, timezone: str) -> list[Article]:
    return [
        article
        for article in one.articles
        if article.published and not is_after(article.published, window, timezone)
    ]


def _is_recent(one: Storyline, window: Window, timezone: str) -> bool:
    """Whether it was told shortly before the window began and on a day before that, by two
    independent outlets.
    """
    if window.start is None:
        return False
    since: datetime = window.start - LATELY
    told = _dated_articles(one, window, timezone)
    lately = [
        article
        for article in told
        if article.published and resolve_instant(article.published, timezone) > since
    ]
    return (
        bool(lately) and len(lately) < len(told) and len(independent_outlets(told)) >= INDEPENDENT
    )
