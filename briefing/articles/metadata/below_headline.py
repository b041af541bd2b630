"""The short lines between a page's headline and its text in, the dates they state out."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.articles.drafts import Facts
from briefing.articles.metadata import credit_lines
from briefing.articles.metadata.credit_lines import Clock
from briefing.model import Moment

HOW = "above the text"


def headline_dates(lines: Sequence[str], country: str | None) -> Facts:
    """What they state without contradiction: two days of publication are none."""
    read = [
        found
        for line in lines
        if (found := credit_lines.parse_credit_line(line, Clock(country=country)))
    ]
    single: dict[str, Moment] = {}
    for name in ("published", "updated"):
        stated = {moment.day: moment for each in read if (moment := getattr(each, name))}
        if len(stated) == 1:
            single[name] = next(iter(stated.values()))
    return Facts.of(HOW, **single)
