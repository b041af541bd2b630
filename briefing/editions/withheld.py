"""Set apart what must not be printed: articles under embargo, and reports that their outlet takes
back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from briefing.editions.ledger import article_fate
from briefing.editions.reader.profile import normalise_outlet
from briefing.editions.windows import resolve_instant
from briefing.model import Article, Fate

EMBARGO, WITHDRAWN, NOTICE = "embargo", "withdrawn", "notice"
WITHDRAWS, REPLACES = (
    "withdraws a report",
    "replaces a report",
)  # remarks of whoever read an article
OPEN_END = 9999  # the year of an embargo whose end was not understood
REACH = timedelta(days=14)  # before a notice that the report which it takes back lies, at most
NAMED = (
    0.75  # of the words of a report's headline that a notice has, where it does not quote it whole
)
FEWEST = 3  # words that a headline is known by
WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A report and the notice that takes it back."""

    article: Article
    notice: Article

    @property
    def reason(self) -> str:
        verb = "replaced" if REPLACES in self.notice.remarks else "withdrawn"
        return (
            f"{verb} by {self.notice.outlet or 'its outlet'}: "
            f"{self.notice.headline or self.notice.id}"
        )


@dataclass(frozen=True, slots=True)
class Withheld:
    """Articles that may be printed, a line for each of the others, and what takes back which."""

    articles: tuple[Article, ...]
    fates: tuple[Fate, ...]
    withdrawals: tuple[Withdrawal, ...]
    aimless: tuple[Article, ...]  # notices whose report is not among the articles


def withhold(
    articles: Sequence[Article], now: datetime, timezone: str, earlier: Iterable[Article] = ()
) -> Withheld:
    """What of the articles may be printed at `now`; `earlier` are others that a notice among them
    may be about.
    """
    notices = [one for one in articles if takes_back(one)]
    known = (
        {one.id: one for one in (*articles, *earlier) if WITHDRAWS not in one.remarks}
        if notices
        else {}
    )
    found = [
        Withdrawal(one, notice)
        for notice in notices
        for one in _targets(notice, list(known.values()), timezone)
    ]
    reasons = {one.article.id: one.reason for one in found}
    aims = {one.notice.id for one in found}
    kept, fates = list[Article](), list[Fate]()
    for article in articles:
        fate = _fate(article, reasons, aims, now, timezone)
        if fate:
            fates.append(fate)
        else:
            kept.append(article)
    aimless = tuple(one for one in notices if one.id not in aims and WITHDRAWS in one.remarks)
    return Withheld(tuple(kept), tuple(fates), tuple(found), aimless)


def takes_back(article: Article) -> bool:
    """Whether it withdraws or replaces a report."""
    return WITHDRAWS in article.remarks or REPLACES in article.remarks


def is_held(article: Article, now: datetime, timezone: str) -> bool:
    """Whether it is under embargo still; a day without an hour ends it at noon, as such days count
    everywhere.
    """
    return article.embargo is not None and resolve_instant(article.embargo, timezone) > now


def _fate(
    article: Article, reasons: dict[str, str], aims: set[str], now: datetime, timezone: str
) -> Fate | None:
    if article.id in reasons:
        return article_fate(article, WITHDRAWN, reasons[article.id])
    if WITHDRAWS in article.remarks:
        of_what = (
            "takes a report back"
            if article.id in aims
            else "takes a report back that is not known here"
        )
        return article_fate(article, NOTICE, of_what)
    return (
        article_fate(article, EMBARGO, _until(article, timezone))
        if is_held(article, now, timezone)
        else None
    )


def _until(article: Article, timezone: str) -> str:
    assert article.embargo
    if article.embargo.at.year == OPEN_END:
        return (
            "under an embargo whose end is not understood; state it beside the "
            "document: embargo = '2026-03-05 18:00'"
        )
    local = resolve_instant(article.embargo, timezone).astimezone(ZoneInfo(timezone))
    return f"under embargo until {local:%Y-%m-%d %H:%M} {local.tzname()}"


def _targets(notice: Article, articles: Sequence[Article], timezone: str) -> list[Article]:
    """The reports of the same outlet, shortly before, that the notice names; their copies in other
    outlets too.
    """
    near = [one for one in articles if one.id != notice.id and _precedes(one, notice, timezone)]
    scored = [(_named(one, notice), one) for one in near if _of_outlet(one, notice)]
    best = max((score for score, _ in scored), default=0.0)
    meant = [one for score, one in scored if score == best >= NAMED]
    return [one for one in near if one in meant or any(_is_copy(one, other) for other in meant)]


def _precedes(article: Article, notice: Article, timezone: str) -> bool:
    if not (article.published and notice.published):
        return True
    said, taken_back = (
        resolve_instant(article.published, timezone),
        resolve_instant(notice.published, timezone),
    )
    same_day = (
        "day" in {article.published.precision, notice.published.precision}
        and said.date() == taken_back.date()
    )
    return taken_back - REACH <= said and (said <= taken_back or same_day)


def _of_outlet(article: Article, notice: Article) -> bool:
    if not (article.outlet and notice.outlet):
        return True
    return normalise_outlet(article.outlet) == normalise_outlet(notice.outlet)


def _named(article: Article, notice: Article) -> float:
    """How much of its headline the notice has: 2 where it stands there whole."""
    headline = WORD.findall(article.folded.partition("\n")[0])
    said = WORD.findall(notice.folded)
    if len(headline) < FEWEST:
        return 0.0
    if f" {' '.join(headline)} " in f" {' '.join(said)} ":
        return 2.0
    return sum(word in set(said) for word in headline) / len(headline)


def _is_copy(article: Article, other: Article) -> bool:
    """Whether most sentences of the shorter are the other's."""
    mine, others = (
        {normalise_outlet(span.of(one.text)) for span in one.sentences} for one in (article, other)
    )
    return bool(mine and others) and len(mine & others) * 2 > min(len(mine), len(others))
