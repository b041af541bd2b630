"""A parsed page in, the days that its short lines show to readers out, and what is left of a stated
day beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from briefing.articles.dates import grammar
from briefing.articles.drafts import Facts
from briefing.articles.metadata import credit_lines
from briefing.articles.metadata.credit_lines import Clock
from briefing.model import Moment

HOW = "shown on the page"
BESIDE = "by the headline"
_YEAR = re.compile(r"\d{4}")
_DIGIT = re.compile(r"\d")
_LONGEST = 150  # letters of a line that may show a day; what is longer tells of one
# pieces of text after a headline: its standfirst, author, section and buttons stand there too
_NEAR = 12
_LABEL = 30  # letters of what is said of a date in an element of its own: "Last updated on"
_MOST = 1_000  # lines with a year that are looked at: .17 s of CPU
_LIVING = timedelta(
    days=180
)  # of 38 pages that show only a change this long after the stated day, 19 were dated by it


@dataclass(frozen=True, slots=True)
class Shown:
    """All days of a page's short lines; of those, the days of publication, and which of them stand
    by the headline.
    """

    days: frozenset[date] = frozenset()
    near: tuple[Moment, ...] = ()
    published: tuple[Moment, ...] = ()


def find_shown_dates(tree: Any, country: str | None) -> Shown:
    """What a page shows; a day stands once in `near` and `published`, where it stands first."""
    days: set[date] = set()
    near: dict[date, Moment] = {}
    published: dict[date, Moment] = {}
    for line, label, since in islice(_dated_lines(tree), _MOST):
        stated = [each for each in grammar.find_dates(line, country=country) if each.moment]
        days.update(each.moment.day for each in stated if each.moment)
        credit = (
            credit_lines.parse_credit_line(f"{label} {line}", Clock(country=country))
            if stated
            else None
        )
        if credit and credit.published:
            published.setdefault(credit.published.day, credit.published)
            if since is not None and since <= _NEAR:
                near.setdefault(credit.published.day, credit.published)
    return Shown(frozenset(days), tuple(near.values()), tuple(published.values()))


def reconcile_dates(
    stated: Facts, above: Facts, shown: Shown, beside: Facts | None = None
) -> Facts:
    """`stated` by the page's data, with a day of publication that what readers see does not speak
    against.

    `above` are the facts of the lines above the text, `beside` of those by the headline.
    """
    facts = stated | above
    if facts.published is None:
        return facts | _shown_date(shown, beside or Facts())
    if stated.published is None or stated.published.day in shown.days:
        return facts
    return _resolve_doubt(facts, above, shown)


def _shown_date(shown: Shown, beside: Facts) -> Facts:
    """For a page whose data state no day: the one by its headline (right 12 to 1 of those it adds),
    else the only one.

    The day of a last change is none: of 19 such pages it was the annotated one on 13.
    """
    if beside.published:
        return Facts.of(BESIDE, published=beside.published)
    return Facts.of(HOW, published=shown.published[0] if len(shown.published) == 1 else None)


def _resolve_doubt(facts: Facts, above: Facts, shown: Shown) -> Facts:
    """With a day of publication that no reader sees: another one by the headline outweighs it
    (right 10 to 4).
    """
    seen = above.published or (shown.near[0] if len(shown.near) == 1 else None)
    said, changed = facts.published, facts.updated
    if said is None:
        return facts
    last = max(said.day, changed.day) if changed else said.day
    is_change = changed is not None and seen is not None and seen.day == changed.day > said.day
    if seen and seen.day <= last and not is_change:
        return Facts.of(HOW, published=seen) | facts.without("published")
    # Of a text that was rewritten, the day it was first put up is not the day of what it says.
    if changed and changed.day in shown.days and changed.day - said.day >= _LIVING:
        return facts.without("published")
    return facts


def _has_digit(line: str) -> bool:
    if _DIGIT.search(line):
        return True
    return not line.isascii() and any(map(str.isdigit, line))


def _dated_lines(tree: Any) -> Iterator[tuple[str, str, int | None]]:
    """Short texts with a year, each with the short text before it and how many stand between it and
    the headline.
    """
    headings = {text.strip() for each in tree.iter("h1") for text in each.itertext()} - {""}
    body = tree.find(".//body")
    label, since = "", None
    texts = () if body is None else body.itertext()
    for line in filter(None, map(str.strip, texts)):
        if line in headings:
            label, since = "", 0
            continue
        if len(line) > _LONGEST:  # scripts among them
            label, since = "", None
            continue
        since = None if since is None else since + 1
        numbered = _has_digit(line)
        if numbered and _YEAR.search(line):
            yield " ".join(line.split()), " ".join(label.split()), since
        label = "" if numbered or len(line) > _LABEL else line
