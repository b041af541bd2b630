"""Storylines in, candidates for an edition out: what of them lies in the window, and their score in
parts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from briefing.editions.corrections import is_notice
from briefing.editions.lineup.importance import weigh
from briefing.editions.novelty.detection import Told
from briefing.editions.reader.profile import HALF, Audience, normalise_outlet
from briefing.editions.volume import Days, daily_volume, days_of, distinct_reports, storyline_phase
from briefing.editions.windows import is_after, is_before, is_inside, resolve_instant
from briefing.model import Article, Moment, Storyline, Window

OUTLET_POINTS = 1.2  # times log2 of one more than the independent outlets: the second is worth most
ARTICLE_POINTS = (
    1.6  # times log2 of one more than the reports of the window, reprints included: they show reach
)
# times log2 of one more than the reports of 14 days: an affair's end weighs like its beginning
FOLLOWED_POINTS = 0.25
RECENCY_POINTS = 1.0  # for an article at the window's end …
HALF_LIFE_HOURS = 12.0  # … halved so often
LONG_RECENCY, LONG_HALF_LIFE = 1.5, 48.0  # the same in a window of several days …
OPEN_RECENCY, OPEN_HALF_LIFE = (
    4.0,
    36.0,
)  # … and in an open one, where nothing else says what is of today
CHANGE_POINTS = 0.5  # times log2 of the day's volume over that of the day before, between 0 and 1
NEW_POINTS = 0.5
KEEP_POINTS = 10.0  # for the editor's rule: more than a storyline can earn
SEVERAL_DAYS = timedelta(
    hours=36
)  # a window longer than that, or open, holds more than one day's news
LASTING = (
    0.25  # of a window: what was reported so long before its headline is no longer how things are
)
PEAK = 0.5  # share of its busiest day's reports that a day has from which on a storyline is told
DATED = (
    0.5  # share of a storyline's articles that must be dated before its latest day is told apart
)
INDEPENDENT = 2  # outlets a lead needs: one outlet's word is not yet a lead


@dataclass(frozen=True)
class Candidate:
    """A storyline as one window sees it: `current` are its articles inside, `earlier` those before.

    `behind` are undated articles of a storyline that has dated ones in the window: they may be of
    any day, so they are listed and never quoted. Where nothing of a storyline is dated, or the
    window is open, they are current.
    """

    storyline: Storyline
    current: tuple[Article, ...]
    behind: tuple[Article, ...]
    earlier: tuple[Article, ...]
    volume: tuple[int, ...]
    phase: str
    score: Mapping[str, float]
    outlets: tuple[str, ...]  # independent ones, of `current`
    section: str | None
    kept: bool  # by the editor's rule
    newest: tuple[
        Article, ...
    ]  # of `current` those of its latest day, where the window holds several; else all
    since: frozenset[
        str
    ]  # ids of `current` that were published since the window began: what came in late was not
    spans: bool  # whether the window holds several days of it
    lasting: timedelta  # how long before a headline what was reported still stands beside it
    timezone: str
    told: Told = field(compare=False, repr=False)  # by `earlier`: looked up once for all readers
    is_post: bool = False  # a post of a live blog, beside the storyline that the blog tells

    @property
    def before(self) -> tuple[Article, ...]:
        """What led to the newest: earlier than the window, or than the storyline's latest day in
        it.
        """
        newest = {article.id for article in self.newest}
        return (*self.earlier, *(article for article in self.current if article.id not in newest))

    def as_of(self, headline: Article) -> Candidate:
        """Without reports much older than the headline's among the newest: they tell how it came
        about.
        """
        if self.spans or headline.published is None or headline not in self.newest:
            return self
        since = _moment(headline, self.timezone) - min(self.lasting, SEVERAL_DAYS)
        kept = [
            one
            for one in self.newest
            if one.published is None or _moment(one, self.timezone) >= since
        ]
        return self if len(kept) == len(self.newest) else replace(self, newest=tuple(kept))

    @property
    def is_view(self) -> bool:
        """Whether it holds views and no report."""
        return all(article.is_view for article in self.newest)

    @property
    def points(self) -> float:
        return round(sum(self.score.values()), 9)

    @property
    def unstated(self) -> int:
        """Documents that report it and state no outlet: at most so many further outlets."""
        return len({article.document for article in self.current if not article.outlet})


Sightings = dict[
    Any, dict[tuple[Any, ...], Candidate]
]  # by window and owners, then by a storyline's articles


def rank_candidates(  # noqa: PLR0917 each is a plain value of one caller
    storylines: Iterable[Storyline],
    window: Window,
    day: date,
    timezone: str,
    audience: Audience,
    late: frozenset[str] = frozenset(),
    memory: Sightings | None = None,
) -> list[Candidate]:
    """Storylines with an article in the window, best first; of equal ones that with most to read,
    then the first.

    `late` are ids of articles from before the window that nobody had when it began: they count as
    of it. `memory` spares looking at the same articles through the same window again; it belongs to
    one collection.
    """
    given = [*storylines]
    latest = window.stop or _latest_instant(
        [article for storyline in given for article in storyline.articles], timezone
    )
    owners = tuple(sorted(audience.owners.items()))
    known = (
        {}
        if memory is None
        else memory.setdefault((window, day, timezone, latest, owners, late), {})
    )
    found = list[Candidate]()
    for storyline in given:
        key = (storyline.id, storyline.first_seen, *(article.id for article in storyline.articles))
        if key not in known:
            known[key] = _build_candidate(
                storyline, window, day, timezone, latest, audience.owners, late
            )
        if known[key].current:
            found.append(_apply_wishes(storyline, known[key], audience))
    return sorted(found, key=_rank)


def _rank(one: Candidate) -> tuple[float, int, int, str, str]:
    """Points, then words to read, then the place that its source gave it, then the day and the
    headline.
    """
    words = sum(len(article.text) for article in one.current)
    place = min((article.place for article in one.current), default=0)
    return -one.points, -words, place, str(one.storyline.headline), one.storyline.id


def independent_outlets(
    articles: Iterable[Article], owners: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Outlets by name, each once however it is written ("The Courier", "COURIER"); reprints are
    folded and add none.

    Of the outlets of one owner the first by name stands for all.
    """
    owned = {
        normalise_outlet(outlet): f"owner {normalise_outlet(owner)}"
        for outlet, owner in (owners or {}).items()
    }
    stated = sorted({article.outlet for article in articles if article.outlet}, reverse=True)
    return tuple(
        sorted(
            {
                owned.get(normalise_outlet(outlet), normalise_outlet(outlet)): outlet
                for outlet in stated
            }.values()
        )
    )


def _truncate_storyline(storyline: Storyline, window: Window, timezone: str) -> Storyline:
    """The storyline as it stood at the window's end."""
    articles = tuple(
        one for one in storyline.articles if not is_after(one.published, window, timezone)
    )
    return replace(storyline, articles=articles)


def _build_candidate(  # noqa: PLR0917 each is a plain value of one caller
    given: Storyline, window: Window, day: date, timezone: str, latest: datetime | None, owners: Mapping[str, str],
    late: frozenset[str],
) -> Candidate:  # fmt: skip
    """The storyline as every reader sees it: section, wishes and rules are still to be asked."""
    storyline = _truncate_storyline(given, window, timezone)
    current, behind = _split_by_window(storyline.articles, window, timezone, late)
    counted = [one for one in storyline.articles if one not in behind]
    earlier = tuple(
        one
        for one in storyline.articles
        if one.id not in late and is_before(one.published, window, timezone)
    )
    days = days_of(window, day, timezone, late)
    bars = daily_volume(counted, days)
    stage = storyline_phase(counted, days, first_seen=storyline.first_seen)
    newest = _newest_articles(current, window, timezone)
    return Candidate(
        storyline=storyline,
        current=current,
        behind=behind,
        earlier=earlier,
        volume=bars,
        phase=stage,
        score=_score_components(current, bars, stage, latest, window, days, owners)
        if current
        else {},
        outlets=independent_outlets(current, owners),
        section=None,
        kept=False,
        newest=newest,
        since=frozenset(one.id for one in current if is_inside(one.published, window, timezone)),
        lasting=_lasting(window),
        timezone=timezone,
        spans=not _within_a_day(window) and len(newest) < len(current),
        told=Told(earlier),
    )


def _apply_wishes(storyline: Storyline, sighted: Candidate, audience: Audience) -> Candidate:
    """What one reader makes of it. Of two storylines of the same articles each has its own headline
    and links.
    """
    kept = _is_kept(storyline, sighted.current, audience)
    return replace(
        sighted,
        storyline=replace(storyline, articles=sighted.storyline.articles),
        score={**sighted.score, **_wish_points(sighted.current, audience, kept=kept)},
        section=_section_name(sighted.current, audience),
        kept=kept,
    )


def _newest_articles(
    current: tuple[Article, ...], window: Window, timezone: str
) -> tuple[Article, ...]:
    """The reports that it is told from: those of its peak and what came after it; views only where
    it has no others.
    """
    reported = tuple(one for one in current if not one.is_view) or current
    return _since_peak(reported, window, timezone)


def _since_peak(current: tuple[Article, ...], window: Window, timezone: str) -> tuple[Article, ...]:
    """From its latest day on that has half as many reports as its busiest: a straggler tells no
    affair.
    """
    dated = [article for article in current if article.published]
    if _within_a_day(window):
        return current
    days = {one.id: _day_of(one.published, timezone) for one in dated if one.published}
    if not days or len(dated) < DATED * len(current):
        return current
    counts = Counter(days.values())
    day = max(day for day, count in counts.items() if count >= PEAK * max(counts.values()))
    of_day = [one for one in dated if days[one.id] >= day]
    blogs = {
        one.part_of for one in of_day if one.kind == "update"
    }  # whose introductions are kept up to the last post
    return tuple(
        one for one in dated if one in of_day or (one.kind == "live blog" and one.id in blogs)
    )


def _within_a_day(window: Window) -> bool:
    return bool(window.start and window.stop and window.stop - window.start <= SEVERAL_DAYS)


def _lasting(window: Window) -> timedelta:
    return (window.stop - window.start) * LASTING if window.start and window.stop else timedelta.max


def _moment(article: Article, timezone: str) -> datetime:
    return (
        resolve_instant(article.published, timezone)
        if article.published
        else datetime.min.replace(tzinfo=UTC)
    )


def _day_of(moment: Moment, timezone: str) -> date:
    return resolve_instant(moment, timezone).astimezone(ZoneInfo(timezone)).date()


def _split_by_window(
    articles: Sequence[Article], window: Window, timezone: str, late: frozenset[str]
) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    """Articles of the window; what stands behind them: undated ones and notices. Neither where all
    dated are out.
    """
    news, behind = _split_by_date(
        [one for one in articles if not is_notice(one)], window, timezone, late
    )
    notices = [
        one for one in articles if is_notice(one) and is_inside(one.published, window, timezone)
    ]
    return news, (*behind, *notices) if news else ()


def _split_by_date(
    articles: Sequence[Article], window: Window, timezone: str, late: frozenset[str]
) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    lying = tuple(
        one for one in articles if one.id in late or is_inside(one.published, window, timezone)
    )
    dated = tuple(one for one in lying if one.published)
    bounded = window.start is not None or window.stop is not None
    if not bounded or not any(one.published for one in articles):
        return lying, ()
    return (dated, tuple(one for one in lying if not one.published)) if dated else ((), ())


def _score_components(  # noqa: PLR0917 each is a plain value of one caller
    current: Sequence[Article],
    bars: Sequence[int],
    stage: str,
    latest: datetime | None,
    window: Window,
    days: Days,
    owners: Mapping[str, str],
) -> dict[str, float]:
    count = len(distinct_reports(current, days))
    parts = {
        **weigh(current),
        "outlets": OUTLET_POINTS * math.log2(1 + len(independent_outlets(current, owners))),
        "articles": ARTICLE_POINTS * math.log2(1 + count + sum(len(one.copies) for one in current)),
        "followed": FOLLOWED_POINTS * math.log2(1 + max(sum(bars), count)),
        "recency": _recency(current, latest, window, days.timezone),
        "change": CHANGE_POINTS * _volume_change(bars),
        "new": NEW_POINTS * (stage in ("new", "reopened")),
    }
    return {name: round(points, 3) for name, points in parts.items()}


def _wish_points(current: Sequence[Article], audience: Audience, *, kept: bool) -> dict[str, float]:
    """What the reader's interests, the outlets' weights and the editor's rules add; what adds
    nothing is left out.
    """
    weights = {normalise_outlet(outlet): weight for outlet, weight in audience.weights.items()}
    outlets = {normalise_outlet(article.outlet) for article in current if article.outlet}
    given = [weights.get(outlet, 1.0) for outlet in sorted(outlets)]
    parts = {
        f"interest: {one.name}": one.weight * one.rule.share(current) for one in audience.interests
    }
    parts["outlet weight"] = sum(given) / len(given) - 1.0 if given else 0.0
    parts["keep"] = KEEP_POINTS if kept else 0.0
    return {name: round(points, 3) for name, points in parts.items() if round(points, 3)}


def _is_kept(storyline: Storyline, current: Sequence[Article], audience: Audience) -> bool:
    return storyline.id in audience.pinned or any(
        rule.share(current) >= HALF for rule in audience.keeps
    )


def _section_name(current: Sequence[Article], audience: Audience) -> str | None:
    """The first of the reader's sections that fits; without sections, the one that most outlets
    give.
    """
    if audience.sections:
        fitting = (one.name for one in audience.sections if one.rule.share(current) >= HALF)
        return next(fitting, audience.elsewhere)
    stated = [article.section for article in current if article.section]
    return max(stated, key=lambda section: (stated.count(section), section), default=None)


def _volume_change(bars: Sequence[int]) -> float:
    """Between 0 and 1; 0 where nothing is dated."""
    return max(0.0, min(1.0, math.log2((1 + bars[-1]) / (1 + bars[-2])))) if bars else 0.0


def _recency(
    current: Sequence[Article], latest: datetime | None, window: Window, timezone: str
) -> float:
    """Points for the newest report; in an open window, where the undated may be of today, all of
    them for these.
    """
    points, half_life = _freshness(window)
    newest = _latest_instant(current, timezone)
    if newest is None or latest is None:
        return points if points == OPEN_RECENCY and latest else 0.0
    hours = max(0.0, (latest - newest).total_seconds() / 3600)
    return float(points * 0.5 ** (hours / half_life))


def _freshness(window: Window) -> tuple[float, float]:
    """Points and half-life of freshness in a window."""
    if window.start is None or window.stop is None:
        return OPEN_RECENCY, OPEN_HALF_LIFE
    long = window.stop - window.start > SEVERAL_DAYS
    return (LONG_RECENCY, LONG_HALF_LIFE) if long else (RECENCY_POINTS, HALF_LIFE_HOURS)


def _latest_instant(articles: Iterable[Article], timezone: str) -> datetime | None:
    return max(
        (resolve_instant(article.published, timezone) for article in articles if article.published),
        default=None,
    )
