"""Invented affairs of data/affairs.toml in, their reports day by day out: what a desk would collect
for five weeks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from briefing.model import Article, Storyline
from briefing.storylines import Remembered, group_articles, remember_storyline
from briefing.storylines.jsonl import parse_article

START = date(2026, 3, 2)  # day 0 of every affair, a Monday
OUTLETS = ("Courier", "Herald", "Ledger")
TOWNS = ("Abbotsgate", "Brindle", "Corvey", "Dunmarsh", "Elvering", "Fennick", "Garth", "Holmstead")
MATTERS = (  # of reports that stand alone: headline, then facts
    ("{town} library opens on Sundays", "The library of {town} opens on Sundays.", "Readers asked for it in a poll.",
     "Coffee is sold between the shelves."),
    ("Beekeepers of {town} count a good year", "Beekeepers in {town} brought in more honey than ever.",
     "A warm spring helped the lime trees.", "A jar costs 60 crowns at the market."),
    ("{town} chess club wins the cup", "The chess club of {town} won the county cup.",
     "A schoolgirl of twelve took the last game.", "The trophy stands in the baker's window."),
    ("Old bridge of {town} to be painted green", "The old bridge of {town} will be painted green.",
     "Engineers found the steel sound.", "The work lasts until harvest."),
    ("New owner for the cinema of {town}", ("The cinema of {town} has been sold to a family of "
"farmers."),
     "They will show silent films with a pianist.", "The red seats stay where they are."),
    ("{town} bakers revive a rye loaf", "Bakers in {town} bake a rye loaf from a recipe of 1740.",
     "It keeps for three weeks in a cloth.", "Children are said to dislike the caraway."),
)  # fmt: skip


@cache
def told(file: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((Path(__file__).parents[1] / "data" / file).read_text(encoding="utf-8"))


def affairs() -> list[str]:
    """Those told in English."""
    return list(told("affairs.toml"))


def elsewhere(language: str = "") -> list[str]:
    """Those told in other languages, or in one."""
    return [
        name
        for name in told("affairs_elsewhere.toml")
        if name.startswith(f"{language}-" if language else "")
    ]


def days_told(affair: str) -> list[dict[str, Any]]:
    return (told("affairs.toml") | told("affairs_elsewhere.toml"))[affair]


def days(affair: str) -> list[int]:
    """Days on which something happens in it, from 0."""
    return [one["day"] for one in days_told(affair)]


def on(number: int) -> date:
    return START + timedelta(number)


def reports(
    affair: str, number: int, *, outlets: int = 2, stated: bool = True, key: str = ""
) -> list[Article]:
    """What so many outlets write on that day, each in its own words; with or without stating the
    day.
    """
    happened = next(one for one in days_told(affair) if one["day"] == number)
    facts = [*happened["facts"], *happened.get("background", ())]
    language = affair[:2] if affair in elsewhere() else "en"
    return [
        report(
            f"{affair} {number} {place}{key}",
            happened["headlines"][place],
            [fact.split(" / ")[(place + turn // 2) % 2] for turn, fact in enumerate(facts)],
            outlet=OUTLETS[place],
            at=datetime.combine(on(number), time(6 + place), UTC) if stated else None,
            language=language,
        )
        for place in range(outlets)
    ]


def report(
    name: str,
    headline: str,
    facts: Sequence[str],
    *,
    outlet: str | None = None,
    at: datetime | None = None,
    language: str = "en",
) -> Article:
    """An article of these sentences, read as a line of a file is."""
    values = {
        "id": name,
        "title": headline,
        "text": "\n".join(facts),
        "outlet": outlet or "",
        "language": language,
    }
    return parse_article(values | ({"date": at.isoformat()} if at else {}))


def alone(number: int, *, count: int = 8) -> list[Article]:
    """Reports of one day that belong to nothing: no two of a month are alike in place and
    matter.
    """
    made = []
    for turn in range(count):
        place = number * count + turn
        town, matter = TOWNS[place % len(TOWNS)], MATTERS[place // len(TOWNS) % len(MATTERS)]
        headline, *facts = (text.format(town=town) for text in matter)
        at = datetime.combine(on(number), time(5, turn), UTC)
        made.append(report(f"alone {number} {turn}", headline, facts, outlet=f"{town} News", at=at))
    return made


def month(names: Iterable[str], *, outlets: int = 2, besides: int = 0) -> dict[int, list[Article]]:
    """Day -> its reports of these affairs, beside so many that stand alone."""
    found: dict[int, list[Article]] = {}
    for name in names:
        for number in days(name):
            found.setdefault(number, []).extend(reports(name, number, outlets=outlets))
    for number in found if besides else ():
        found[number] += alone(number, count=besides)
    return dict(sorted(found.items()))


class Desk:
    """A desk that follows its storylines: each day is grouped with what is remembered of the days
    before.
    """

    def __init__(self) -> None:
        self.records: dict[str, Remembered] = {}
        self.held: dict[str, list[Article]] = {}

    def work(self, number: int, articles: Sequence[Article]) -> tuple[Storyline, ...]:
        """The storylines of a day; what it found is remembered."""
        found = group_articles(articles, known=self.records.values())
        for one in found:
            self.records[one.id] = remember_storyline(
                one, on(number), before=self.records.get(one.id)
            )
            held = self.held.setdefault(one.id, [])
            held += [article for article in one.articles if article not in held]
        return found

    def names(self, affair: str) -> list[str]:
        """Ids of the storylines that hold reports of an affair, in the order of the days."""
        found = {
            self.of(article): None
            for held in self.held.values()
            for article in held
            if _is(article, affair)
        }
        return list(found)

    def of(self, article: Article) -> str:
        return next(name for name, held in self.held.items() if article in held)

    def affairs_of(self, storyline: str) -> set[str]:
        return {article.id.split()[0] for article in self.held[storyline]}


def worked(news: dict[int, list[Article]], order: Iterable[int] | None = None) -> Desk:
    """A desk after these days, in this order."""
    desk = Desk()
    for number in order if order is not None else news:
        desk.work(number, news[number])
    return desk


def pauses(affair: str) -> int:
    """The longest pause of an affair, in days."""
    return max(later - before for before, later in pairwise(days(affair)))


def _is(article: Article, affair: str) -> bool:
    return article.id.split()[0] == affair
