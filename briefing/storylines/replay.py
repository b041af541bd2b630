"""Articles of many days in, their storylines out as they were told day after day: no day knows the
next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from briefing.model import Article, Storyline
from briefing.storylines.clustering.clusterers import Clusterer, cluster_by_terms
from briefing.storylines.clustering.tfidf import article_vectors
from briefing.storylines.clustering.times import sort_by_time
from briefing.storylines.events import split_into_events
from briefing.storylines.grouping import group_articles
from briefing.storylines.headlines import select_headline
from briefing.storylines.related import link_neighbours
from briefing.storylines.tracking.records import Remembered, remember_storyline


def follow_storylines(
    articles: Iterable[Article],
    clusterer: Clusterer = cluster_by_terms,
    *,
    known: Iterable[Remembered] = (),
) -> tuple[tuple[Storyline, ...], tuple[Remembered, ...]]:
    """Storylines with all of `articles`, each named on the day it first appears; and what is
    remembered after.

    The days follow each other by date; what has no date is grouped last, when all days are known.
    An article stays in the storyline it was first given to.
    """
    records = {one.id: one for one in known}
    found: dict[str, Storyline] = {}
    for day, reports in _articles_by_day(articles):
        for one in group_articles(reports, clusterer, known=records.values()):
            records[one.id] = remember_storyline(
                one, day or _last_day(one), before=records.get(one.id)
            )
            found[one.id] = _extend_storyline(found.get(one.id), one)
    return tuple(_refresh_events(one) for one in found.values()), tuple(
        records[name] for name in sorted(records)
    )


def remember_all_storylines(
    storylines: Iterable[Storyline], known: Iterable[Remembered] = ()
) -> tuple[Remembered, ...]:
    """What is remembered after storylines that were grouped at once, by id; those of `known` stay
    remembered.
    """
    records = {one.id: one for one in known}
    for one in storylines:
        records[one.id] = remember_storyline(one, _last_day(one), before=records.get(one.id))
    return tuple(records[name] for name in sorted(records))


def remember_rows(
    rows: Iterable[Mapping[str, Any]], articles: Iterable[Article]
) -> tuple[Remembered, ...]:
    """Rows {id, cluster} of an earlier run with the articles of them that are given: what is known
    by these.
    """
    given = {article.id: article for article in articles}
    members: dict[str, list[Article]] = defaultdict(list)
    for row in rows:
        if row.get("id") in given and row.get("cluster") not in (None, ""):
            members[str(row["cluster"])].append(given[row["id"]])
    storylines = (
        Storyline(name, sort_by_time(held), select_headline(held)) for name, held in members.items()
    )
    return remember_all_storylines(storylines)


def prepend_earlier_articles(storyline: Storyline, earlier: Iterable[Article]) -> Storyline:
    """A storyline of one day with what it told before: headline and events of them all."""
    ordered = sort_by_time((*earlier, *storyline.articles))
    return _refresh_events(replace(storyline, articles=ordered, headline=select_headline(ordered)))


def relink_storylines(storylines: Sequence[Storyline]) -> tuple[Storyline, ...]:
    """The same, each with the ids of its neighbours among them."""
    return link_neighbours(
        storylines, article_vectors([article for one in storylines for article in one.articles])
    )


def _articles_by_day(articles: Iterable[Article]) -> list[tuple[date | None, list[Article]]]:
    days: dict[date | None, list[Article]] = defaultdict(list)
    for article in sort_by_time(articles):
        days[article.published.day if article.published else None].append(article)
    return list(days.items())


def _last_day(storyline: Storyline) -> date:
    """Undated reports were seen with the latest that is dated, or on no day that is known."""
    return max((one.published.day for one in storyline.articles if one.published), default=date.min)


def _extend_storyline(before: Storyline | None, now: Storyline) -> Storyline:
    return replace(now, articles=(*before.articles, *now.articles)) if before else now


def _refresh_events(storyline: Storyline) -> Storyline:
    ordered: Sequence[Article] = sort_by_time(storyline.articles)
    return replace(storyline, articles=tuple(ordered), events=split_into_events(ordered))
