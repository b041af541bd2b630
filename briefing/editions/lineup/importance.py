"""Weigh what a storyline's reports say of consequence, and how much they are news and no
pastime.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files

from briefing.model import Article

# Fitted by pairs on 38 labelled days; on ten held out (python -m benchmarks desk) nDCG@5 .85, and
# .82 by outlets alone.
POINTS = {
    "dead": 1.5,
    "hurt": 0.6,
    "war": 0.7,
    "law": 0.4,
    "office": 0.4,
    "vote": 0.3,
    "sum": 0.2,
    "high": 0.4,
}
PASTIME_POINTS, VIEW_POINTS, TEASE_POINTS = -2.0, -2.0, -0.9
MOSTLY = 0.5  # share of a storyline's reports from which on it is a pastime, or views
MAIN = (
    "dead",
    "vote",
    "law",
    "sum",
    "office",
)  # what a reader is told where most reports tell it, in this order
SEARCHED = 6  # sentences of a report in which it tells its main fact
MOST_TELL = 0.5  # share of the reports that tell it
OPENING = 2  # sentences of a report that say what happened, beside its headline
MOST = 12  # reports of a storyline that are looked at, the latest
PASTIME = frozenset(
    {"sport", "celebrity", "service", "obituary", "press release", "feature", "interview"}
)


def weigh(articles: Sequence[Article]) -> dict[str, float]:
    """Points for consequence, and those taken off for what leads no general desk; what is nothing
    is left out.
    """
    found = sum(POINTS[name] * share for name, share in consequences(articles).items())
    parts = {
        "consequence": found,
        "pastime": PASTIME_POINTS * pastime_share(articles),
        "views": VIEW_POINTS * view_share(articles),
        "teasers": TEASE_POINTS * all("?" in (article.headline or "") for article in articles),
    }
    return {name: points for name, points in parts.items() if points}


def is_pastime(articles: Sequence[Article]) -> bool:
    return pastime_share(articles) >= MOSTLY


def consequences(articles: Sequence[Article]) -> dict[str, float]:
    """What the news is about by `consequences.toml`, and the share of the reports whose headline or
    opening says so.
    """
    looked_at = articles[-MOST:]
    found = [_consequences_of(article) for article in looked_at]
    names = sorted(set().union(*found)) if found else []
    return {name: sum(name in each for each in found) / len(looked_at) for name in names}


def pastime_share(articles: Sequence[Article]) -> float:
    """Share of the reports that are of sport, of celebrities or of service, and lead no general
    desk.
    """
    return sum(article.genre in PASTIME for article in articles) / max(1, len(articles))


def view_share(articles: Sequence[Article]) -> float:
    return sum(article.is_view for article in articles) / max(1, len(articles))


class MainFacts:
    """Where reports tell what a reader must be told: looked up when it is first asked for, once for
    all readers.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles

    @cached_property
    def places(self) -> Mapping[str, tuple[tuple[Article, int], ...]]:
        """By main fact that most reports tell, the sentences that tell it, first sentences
        first.
        """
        searched = [
            (one, n)
            for n in range(SEARCHED)
            for one in self.articles[-MOST:]
            if n < len(one.sentences)
        ]
        said = [
            (one, n, consequences_in(one.sentences[n].of(one.text), one)) for one, n in searched
        ]
        found = {name: tuple((one, n) for one, n, names in said if name in names) for name in MAIN}
        least = max(2, MOST_TELL * len(self.articles[-MOST:]))
        return {
            name: places
            for name, places in found.items()
            if len({one.id for one, _ in places}) >= least
        }


def opening_of(article: Article) -> str:
    """The headline and the first sentences."""
    sentences = article.sentences[:OPENING]
    return f"{article.headline or ''}\n{article.text[: sentences[-1].stop] if sentences else ''}"


def _consequences_of(article: Article) -> frozenset[str]:
    return consequences_in(opening_of(article), article)


def consequences_in(text: str, article: Article) -> frozenset[str]:
    """What words of an article say of consequence, by name."""
    patterns = _patterns((article.language or "en")[:2])
    return frozenset(name for name, pattern in patterns.items() if pattern.search(text))


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    tables = tomllib.loads(
        files(__package__).joinpath("consequences.toml").read_text(encoding="utf-8")
    )
    return {
        name: re.compile(text, re.IGNORECASE) for name, text in tables.get(language, {}).items()
    }
