"""A storyline in, a light record of it out, and back into grouping: what is known without its
articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, overload

from briefing.model import Analysis, Article, Moment, Span, Storyline
from briefing.storylines.clustering.term_counts import name_occurrences, split_opening, tally_names

# latest articles by whose terms a storyline is recognised. One mean of all of them instead draws
# others
PROFILES = 6
# in: .89 BCubed F1 on a development set day by day, where articles by themselves have .92


@dataclass(frozen=True, slots=True)
class Profile:
    """An article by its terms and names alone: as much of it as grouping compares."""

    day: date | None
    headline: tuple[str, ...]
    opening: tuple[str, ...]
    rest: tuple[str, ...]
    names: tuple[str, ...]
    blog: str | None = (
        None  # of a post: the live blog it belongs to; posts of one are compared as one
    )


class Profiles(Sequence[Profile]):
    """Profiles that are made when they are first asked for: of a year's records most are known by
    their names alone.
    """

    def __init__(self, rows: Callable[[], Iterable[Mapping[str, Any]]]) -> None:
        self._rows = rows

    @cached_property
    def _made(self) -> tuple[Profile, ...]:
        return tuple(_restore_profile(row) for row in self._rows())

    @overload
    def __getitem__(self, place: int) -> Profile: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Profile, ...]: ...
    def __getitem__(self, place: int | slice) -> Profile | tuple[Profile, ...]:
        return self._made[place]

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A storyline by what recognises it: some kilobytes however many articles it had. It cannot be
    printed.
    """

    id: str
    slug: str  # the id without its hash
    headline: str
    first_seen: date | None
    last_seen: date
    profiles: Sequence[Profile] = ()  # of the latest articles, oldest first
    articles: tuple[str, ...] = ()  # ids, sorted: an article told already is never grouped anew
    said: tuple[str, ...] = ()  # a tally of the names of each profile; see `counts.tally`

    @property
    def tallies(self) -> tuple[str, ...]:
        """Of each profile; records of before they were kept hold them in their profiles alone."""
        return self.said or tuple(tally_names(" ".join(one.names)) for one in self.profiles)

    def to_json(self) -> dict[str, Any]:
        """Plain values; `from_json` takes them back, from a file too."""
        profiles = [asdict(one) | {"day": _format_day(one.day)} for one in self.profiles]
        days = {
            "first_seen": _format_day(self.first_seen),
            "last_seen": _format_day(self.last_seen),
        }
        return asdict(self) | days | {"profiles": profiles}

    @classmethod
    def from_json(
        cls,
        values: Mapping[str, Any],
        profiles: Callable[[], Iterable[Mapping[str, Any]]] | None = None,
    ) -> Remembered:
        """Of the values that `to_json` gave; with `profiles`, those are made by it when they are
        first needed.
        """
        return cls(
            values["id"],
            values["slug"],
            values["headline"],
            _parse_day(values["first_seen"]),
            date.fromisoformat(values["last_seen"]),
            Profiles(profiles)
            if profiles
            else tuple(_restore_profile(one) for one in values["profiles"]),
            tuple(values["articles"]),
            tuple(values.get("said", ())),
        )


def remember_storyline(
    storyline: Storyline, day: date, *, before: Remembered | None = None
) -> Remembered:
    """The record of a storyline as of `day`; `before` is what was known of it, where it holds only
    later articles.

    Articles that `before` knew already count once, so that remembering a day again changes nothing.
    """
    known = frozenset(before.articles) if before else frozenset[str]()
    fresh = [article for article in storyline.articles if article.id not in known]
    if before and not fresh:
        return before
    days = [article.published.day for article in fresh if article.published]
    latest = [_article_profile(one) for one in fresh[-PROFILES:]]
    said = (
        *(before.tallies if before else ()),
        *(tally_names(" ".join(one.names)) for one in latest),
    )
    starts = [one for one in (storyline.first_seen, before.first_seen if before else None) if one]
    return Remembered(
        id=storyline.id,
        slug=storyline.id.rpartition("-")[0],
        headline=str(storyline.headline),
        first_seen=min(starts, default=None),
        last_seen=max([*days, *([before.last_seen] if before else [])], default=day),
        profiles=(*(before.profiles if before else ()), *latest)[-PROFILES:],
        articles=tuple(sorted(known | {article.id for article in fresh})),
        said=said[-PROFILES:],
    )


def stand_in_articles(record: Remembered) -> list[Article]:
    """Articles that read like the storyline's latest, for a clusterer to hold others against; never
    shown.
    """
    return [
        _stand_in_article(f"known {record.id} {number}", one)
        for number, one in enumerate(record.profiles)
    ]


def is_near(record: Remembered, days: Sequence[date], reach: timedelta) -> bool:
    """Whether a storyline lies close enough to any of the days to be followed by its time as well
    as by its words.
    """
    return not days or min(days) - reach <= record.last_seen <= max(days) + reach


def _article_profile(article: Article) -> Profile:
    opening, rest = split_opening(article)
    names = name_occurrences(article)
    day = article.published.day if article.published else None
    blog = (
        article.part_of
        if article.kind == "update"
        else article.id
        if article.kind == "live blog"
        else None
    )
    return Profile(day, tuple(article.headline_terms), tuple(opening), tuple(rest), names, blog)


def _stand_in_article(identity: str, profile: Profile) -> Article:
    text = " ".join(
        profile.names
    )  # under one span: it is words of names that are compared, and a month says 100,000
    names = (Span(0, len(text)),)
    analysis = Analysis((Span(0, 0), Span(0, 0)), (profile.opening, profile.rest), names)
    bare = not profile.opening and not profile.rest
    return Article(
        identity,
        text,
        published=Moment.on(profile.day) if profile.day else None,
        headline_terms=profile.headline,
        analysis=Analysis(names=names) if bare else analysis,
        part_of=profile.blog,
        kind="update" if profile.blog else "article",
    )


def _restore_profile(values: Mapping[str, Any]) -> Profile:
    headline, opening, rest, names = (
        tuple(values[name]) for name in ("headline", "opening", "rest", "names")
    )
    return Profile(_parse_day(values["day"]), headline, opening, rest, names, values.get("blog"))


def _format_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _parse_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
