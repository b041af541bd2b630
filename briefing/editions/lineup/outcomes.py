"""What an edition did with its articles: candidates and items in, one line of the ledger for each
article out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.editions.corrections import is_notice
from briefing.editions.ledger import article_fate
from briefing.editions.lineup.candidates import Candidate
from briefing.editions.lineup.lead_rules import FLOOR, is_below_floor, is_sole_source
from briefing.editions.reader.profile import Audience
from briefing.editions.windows import is_after, is_inside
from briefing.model import Article, Fate, Item, Window

PRINTED = ("lead", "brief", "view", "headline")


def decide_outcomes(  # noqa: PLR0917 each is a plain value of one caller
    articles: Sequence[Article],
    lineup: Sequence[Candidate],
    printed: Mapping[str, Sequence[Item]],
    window: Window,
    timezone: str,
    audience: Audience,
) -> Iterator[Fate]:
    """`printed` are the items by what they are printed as: "lead", "brief", "headline"."""
    places = {item.storyline.id: fate for fate, items in printed.items() for item in items}
    quoted = {
        quote.article.id: article_fate(quote.article, fate, f"quoted in {item.storyline.id}")
        for fate, items in printed.items()
        for item in items
        for quote in item.quotes
    }
    current = {
        article.id: (one, met) for one in lineup for met in [_storyline_outcome(one, places, audience)]
        for article in (*one.current, *one.behind)
    }  # fmt: skip
    for article in articles:
        if article.id in quoted:
            yield quoted[article.id]
        elif article.id in current:
            yield _candidate_fate(article, *current[article.id])
        elif is_notice(article) and is_inside(article.published, window, timezone):
            yield article_fate(
                article, "notice", "a correction of another report, and no news of its own"
            )
        else:
            yield article_fate(
                article, "outside the window", _outside_reason(article, window, timezone)
            )


def _candidate_fate(article: Article, one: Candidate, met: tuple[str, str]) -> Fate:
    fate, reason = met
    if fate in PRINTED and article in one.behind:
        reason += f"; {'a correction' if is_notice(article) else 'undated'}, so not quoted"
    return article_fate(article, fate, reason)


def _storyline_outcome(
    one: Candidate, places: Mapping[str, str], audience: Audience
) -> tuple[str, str]:
    """What a storyline met in this edition, and why."""
    name = one.storyline.id
    if name in places:
        return places[name], f"stands behind {name}"
    if is_sole_source(one, audience):
        return "sole source", f"{name}: {', '.join(one.outlets)} alone is not printed"
    if is_below_floor(one):
        return "below the floor", f"{name}: {one.points:g} points of at least {FLOOR:g}"
    return "over the limit", f"{name}: {one.points:g} points, no room or no sentence that fits"


def _outside_reason(article: Article, window: Window, timezone: str) -> str:
    if article.published is None:
        return "undated, and all that is dated of its storyline lies outside"
    return (
        "published after it ended"
        if is_after(article.published, window, timezone)
        else "published before it began"
    )
