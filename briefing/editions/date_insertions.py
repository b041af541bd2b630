"""Quotations and the days their words name in, the days to be printed beside them in square
brackets out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from briefing.model import Article, Insertion, Item, Quote, Span

DaysOf = Callable[
    [Article, Span], Sequence[tuple[Span, date]]
]  # words of a sentence that name a day, and the day
PART_OF_DAY = re.compile(r"\s(?:morning|afternoon|evening|night)\b")  # "on Tuesday night [3 March]"
GLUED = re.compile(r"[\w’'-]")  # "Tuesday's", "Tuesday-night": nothing is put inside a word
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z", re.IGNORECASE)


def find_date_insertions(items: Iterable[Item], days_of: DaysOf | None) -> tuple[Insertion, ...]:
    """Absolute dates for relative ones, by article and place; without `days_of` none.

    A day that a sentence states by its figures needs none, nor does the day that its source is of:
    the label says it. Of one day named several times in an item the first naming has it.
    """
    found: list[Insertion] = []
    for item in items if days_of else ():
        named: set[date] = set()
        for quote in item.quotes:
            for one in _quote_insertions(
                quote, days_of(quote.article, quote.span) if days_of else ()
            ):
                if one.day not in named:
                    named.add(one.day)
                    found.append(one)
    return tuple(sorted(dict.fromkeys(found)))


def _quote_insertions(quote: Quote, named: Sequence[tuple[Span, date]]) -> Iterable[Insertion]:
    text, published = quote.article.text, quote.article.published
    for span, day in named:
        words = span.of(text)
        part = PART_OF_DAY.match(text, span.stop)
        at = part.end() if part else span.stop
        relative = not any(letter.isdigit() for letter in words) and not GLUED.match(
            text[at : at + 1] or " "
        )
        if relative and at <= quote.span.stop and published and day != published.day:
            yield Insertion(quote.article.id, at, day, "date" if WEEKDAY.search(words) else "day")
