"""Tell a lead: the opening of the one report that tells it best, the main fact, then what others
add to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from briefing.editions.lineup.candidates import Candidate
from briefing.editions.lineup.importance import consequences_in
from briefing.editions.lineup.space import Page
from briefing.editions.novelty.redundancy import (
    distinct_words,
    has_same_words,
    is_retelling,
    sentence_terms,
)
from briefing.editions.protocols import Desk
from briefing.model import Article, Headline, Quote, Span

FIRST = 3  # sentences of a report among which its opening is looked for
PROMISE = 1 / 5  # of a headline's terms that the opening must hold
OPENING_SHARE = 0.75  # of a summary's words that the opening may have
TRIED = 6  # reports whose openings are tried
ASIDE = 2  # terms that a sentence of another report shares with the matter


def best_opening(  # noqa: PLR0917 each is a plain value of one caller
    one: Candidate, title: Headline | Quote, reports: Sequence[Article], page: Page, room: int, desk: Desk,
    elsewhere: frozenset[tuple[str, int]] = frozenset(),
) -> list[Quote]:  # fmt: skip
    """The first sentences of the headline's report that stand; else those of the next report that
    has such.

    `reports` are in the order in which they are asked, the headline's own first. A sentence that
    another part of the lead prints, `elsewhere`, may open it and not go on with it.
    """
    for article in reports[:TRIED]:
        if article.is_view and not one.is_view:
            continue
        opening = _opening_of(article, title, one, page, int(OPENING_SHARE * room), desk)
        if opening:
            return [
                quote
                for quote in opening
                if quote == opening[0] or place_of(quote) not in elsewhere
            ]
    return []


def _opening_of(  # noqa: PLR0917 each is a plain value of one caller
    article: Article, title: Headline | Quote, one: Candidate, page: Page, room: int, desk: Desk
) -> list[Quote]:
    """One sentence or two that follow one another and say what the report's headline does; none
    told already.
    """
    promise = frozenset(article.headline_terms)
    for number in range(FIRST):
        first = desk.sentence(article, number)
        if (
            first is None
            or first.words > room
            or not _is_fresh(first, title, page)
            or not one.told.is_new(first)
        ):
            continue
        if len(promise & sentence_terms(first)) < PROMISE * len(promise) or not page.account.allows(
            [first]
        ):
            continue
        second = desk.sentence(article, number + 1, number)
        fits = (
            second and first.words + second.words <= room and page.account.allows([first, second])
        )
        goes_on = fits and second and _is_fresh(second, title, page) and one.told.is_new(second)
        return [first, second] if second and goes_on else [first]
    return []


def _is_fresh(quote: Quote, title: Headline | Quote, page: Page) -> bool:
    """Whether it repeats nothing on the page, and no sentence that stands for its headline."""
    said = distinct_words(quote)
    printed = [*page.printed, distinct_words(title)] if isinstance(title, Quote) else page.printed
    return not any(has_same_words(said, other) for other in printed)


def place_of(quote: Quote) -> tuple[str, int]:
    """Article and end: a sentence is the same with its dateline and without."""
    return quote.article.id, quote.span.stop


def main_facts(
    one: Candidate, told: Sequence[Quote], matter: frozenset[str], desk: Desk
) -> Iterator[Quote]:
    """For each main fact that most reports tell and the summary does not, the first sentence that
    tells it.
    """
    given = frozenset[str]().union(*(consequences_in(str(quote), quote.article) for quote in told))
    for name, places in one.facts.places.items():
        if name in given:
            continue
        sentences = (desk.sentence(article, n) for article, n in places)
        fitting = (
            quote for quote in sentences if quote and len(sentence_terms(quote) & matter) >= ASIDE
        )
        yield from islice(fitting, 1)


def additions(
    told: Sequence[Quote], offered: Sequence[Quote], matter: frozenset[str], desk: Desk
) -> Iterator[Quote]:
    """Single sentences of other reports that bring a figure or a name, and can be read behind the
    others.
    """
    shown = [*told]
    for quote in offered:
        if (
            quote in shown
            or not desk.can_open(quote)
            or len(sentence_terms(quote) & matter) < ASIDE
        ):
            continue
        if _brings(quote, shown) and not any(is_retelling(quote, other) for other in shown):
            shown.append(quote)
            yield quote


def _brings(quote: Quote, shown: Sequence[Quote]) -> bool:
    """Whether it names somebody or counts something that is not in what is shown."""
    said = " ".join(map(str, shown))
    names = [
        one.of(quote.article.text) for one in quote.article.analysis.names if _within(one, quote)
    ]
    figures = [word for word in str(quote).split() if any(map(str.isdigit, word))]
    return any(word not in said for word in (*names, *figures))


def _within(name: Span, quote: Quote) -> bool:
    return quote.span.start <= name.start and name.stop <= quote.span.stop
