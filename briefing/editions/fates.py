"""What an edition did with its articles: candidates and items in, one line of the ledger for each article out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.editions.audience import Audience
from briefing.editions.ledger import fate_of
from briefing.editions.lineup import Candidate
from briefing.editions.notices import is_notice
from briefing.editions.rules import FLOOR, alone, below_floor
from briefing.editions.windows import after, inside
from briefing.model import Article, Fate, Item, Window


def fates(  # noqa: PLR0917 each is a plain value of one caller
    articles: Sequence[Article],
    lineup: Sequence[Candidate],
    printed: Mapping[str, Sequence[Item]],
    window: Window,
    timezone: str,
    audience: Audience,
) -> Iterator[Fate]:
    """`printed` are the items by what they are printed as: "lead", "brief"."""
    current = {article.id: one for one in lineup for article in (*one.current, *one.behind)}
    places = {item.storyline.id: fate for fate, items in printed.items() for item in items}
    quoted = {
        quote.article.id: fate_of(quote.article, fate, f"quoted in {item.storyline.id}")
        for fate, items in printed.items()
        for item in items
        for quote in item.quotes
    }
    for article in articles:
        if article.id in quoted:
            yield quoted[article.id]
        elif article.id in current:
            yield _within(article, current[article.id], places, audience)
        elif is_notice(article) and inside(article.published, window, timezone):
            yield fate_of(article, "notice", "a correction of another report, and no news of its own")
        else:
            yield fate_of(article, "outside the window", _side(article, window, timezone))


def _within(article: Article, one: Candidate, places: Mapping[str, str], audience: Audience) -> Fate:
    name = one.storyline.id
    if name in places:
        why = "a correction" if is_notice(article) else "undated"
        quoted = f"; {why}, so not quoted" if article in one.behind else ""
        return fate_of(article, places[name], f"stands behind {name}{quoted}")
    if alone(one, audience):
        return fate_of(article, "sole source", f"{name}: {', '.join(one.outlets)} alone is not printed")
    if below_floor(one):
        return fate_of(article, "below the floor", f"{name}: {one.points:g} points of at least {FLOOR:g}")
    return fate_of(article, "over the limit", f"{name}: {one.points:g} points, no room or no sentence that fits")


def _side(article: Article, window: Window, timezone: str) -> str:
    if article.published is None:
        return "undated, and all that is dated of its storyline lies outside"
    return "published after it ended" if after(article.published, window, timezone) else "published before it began"
