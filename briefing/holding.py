"""Hold back the articles at which grouping or composing fails, so that the edition of the others is
made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from briefing.articles import Folding, fold_reprints
from briefing.editions.ledger import article_fate
from briefing.isolation import Held, isolated
from briefing.model import Article, Edition, Fate, Headline, Quote, Span, Storyline
from briefing.storylines import select_headline

HELD = "held"


@dataclass(frozen=True, slots=True)
class Grouping:
    """Storylines of the articles that could be grouped, and a line for each that was folded or
    held.
    """

    articles: tuple[Article, ...]
    storylines: tuple[Storyline, ...]
    fates: tuple[Fate, ...]


def fold_and_group(
    articles: Sequence[Article], group: Callable[[Sequence[Article]], Sequence[Storyline]]
) -> Grouping:
    """Copies folded and the rest grouped; what makes either fail is held."""
    folding: Folding
    folded = isolated(fold_reprints, articles)
    folding = folded.result
    grouped = isolated(group, folding.articles)
    held = (*folded.held, *grouped.held)
    return Grouping(
        grouped.kept,
        tuple(grouped.result),
        (*folding.fates, *(_held_fate(one.thing, one.reason) for one in held)),
    )


def compose_others(
    compose: Callable[[Sequence[Storyline], Sequence[Fate]], Edition],
    storylines: Sequence[Storyline],
) -> Edition:
    """The edition of all storylines, or of all but the articles at which composing fails, with a
    line for each.

    `compose` takes storylines and lines of the ledger.
    """
    outcome = isolated(lambda lines: compose(lines, ()), storylines)
    if not outcome.held:
        return outcome.result
    lines, fates = list(outcome.kept), list[Fate]()
    for one in outcome.held:
        rest, held = _narrowed(one, lambda line: compose((line,), ()))
        lines += [rest] if rest else []
        fates += [_held_fate(article, one.reason) for article in held]
    whole = isolated(lambda given: compose(given, fates), lines)
    if not whole.held:
        return whole.result
    fates += [
        _held_fate(article, one.reason) for one in whole.held for article in one.thing.articles
    ]
    return compose(whole.kept, fates)


def _narrowed(
    held: Held[Storyline], compose: Callable[[Storyline], object]
) -> tuple[Storyline | None, tuple[Article, ...]]:
    """A storyline of the articles at which composing does not fail, and those at which it does."""

    def attempt(articles: Sequence[Article]) -> object:
        line = _of_articles(held.thing, articles)
        return compose(line) if line else None

    outcome = isolated(attempt, held.thing.articles)
    if not outcome.held:  # it fails beside another storyline, or by what it was beside its articles
        return None, held.thing.articles
    return _of_articles(held.thing, outcome.kept), tuple(one.thing for one in outcome.held)


def _of_articles(line: Storyline, articles: Sequence[Article]) -> Storyline | None:
    """The storyline with these of its articles alone; None where none of them can head it."""
    inside = set(articles)
    if not inside:
        return None
    if len(inside) == len(set(line.articles)):
        return line
    events = (tuple(article for article in event if article in inside) for event in line.events)
    return replace(
        line,
        articles=tuple(articles),
        events=tuple(event for event in events if event),
        headline=line.headline if line.headline.article in inside else _headline(articles),
    )


def _headline(articles: Sequence[Article]) -> Headline | Quote:
    try:
        return select_headline(articles)
    except Exception:  # noqa: BLE001  of what makes it fail any words head the rest
        named = next((one for one in articles if one.headline), None)
        return Headline(named) if named else Quote(articles[0], Span(0, len(articles[0].text)))


def _held_fate(article: Article, reason: str) -> Fate:
    return article_fate(
        article, HELD, f"{reason}; it is tried again by the next version of the program"
    )
