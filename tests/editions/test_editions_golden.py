"""Three days of the sample corpus for three readers, as they are sent; what must hold of each of
them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.archive.edition_files.diff import explain_placement
from briefing.archive.edition_files.edition_json import serialise_edition
from briefing.config import Config, load_config
from briefing.editions import day_window
from briefing.model import Edition, Quote
from briefing.pipeline import Collection, gather_collection
from briefing.renditions import render
from briefing.wiring import edition_composer, reader_config

DAYS = tuple(date(2026, 3, day) for day in (3, 4, 5))
READERS = ("minister", "newsroom", "analyst")


@dataclass(frozen=True)
class Desk:
    """The sample corpus as one collection, and the editions made of it so far."""

    config: Config
    collection: Collection
    made: dict[tuple[str, date], Edition]

    def edition(self, name: str, day: date) -> Edition:
        """What a reader gets on a day, having had the editions of the days before."""
        if (name, day) not in self.made:
            sent: list[Quote] = []
            for earlier in (one for one in DAYS if one < day):
                sent += self.edition(name, earlier).quotes
            self.made[name, day] = self._made(reader_config(self.config, name), day, sent)
        return self.made[name, day]

    def _made(self, config: Config, day: date, sent: list[Quote]) -> Edition:
        return edition_composer(config)(
            self.collection.storylines,
            date=day,
            window=day_window(day, config.timezone),
            sent=sent,
            fates=self.collection.fates,
            version="golden",
        )


@pytest.fixture(scope="module")
def desk(root: Path) -> Desk:
    config = load_config(root / "tests" / "golden" / "editions" / "briefing.toml")
    return Desk(config, gather_collection(config, step=lambda line: None), {})


def news(edition: Edition) -> str:
    """Its Markdown without front matter and imprint, whose digests change with every byte of the
    record.
    """
    (rendition,) = render(edition, ("markdown",))
    text = rendition.content.decode()
    return text[text.index("\n# ") + 1 : text.index("\n## Imprint")]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", READERS)
def test_the_edition_is_as_it_is_sent(
    desk: Desk, name: str, day: date, golden: Callable[[str, str], None]
) -> None:
    golden(f"editions/{day.isoformat()}-{name}.md", news(desk.edition(name, day)))


def test_explain_says_of_each_new_sentence_what_makes_it_new(desk: Desk) -> None:
    lines = explain_placement(serialise_edition(desk.edition("newsroom", DAYS[1])))

    since = [line for line in lines if line.startswith("  new since the last edition: ")]
    others = [line for line in lines if line.startswith("  summary: ")]

    assert since
    assert all(
        re.search(r"\], new in it: a (figure: |name: |quotation|denial|decision)", line)
        for line in since
    )
    assert not any("new in it" in line for line in others)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_newsroom_leads_with_what_an_editor_chose(desk: Desk, day: date, corpus: Path) -> None:
    from test_editions_corpus import MISSED, affair
    from test_storylines_quality import truth

    below = [
        replace(one, document=one.document.removeprefix("corpus/"))
        for one in desk.collection.articles
    ]
    labels = truth(corpus, below)
    chosen = json.loads((corpus / "expected" / "days.json").read_text(encoding="utf-8"))[
        day.isoformat()
    ]

    leads = {affair(item, labels) for item in desk.edition("newsroom", day).leads}

    assert len(set(chosen["lead"]) - leads) <= MISSED


@pytest.mark.parametrize("name", READERS)
def test_nothing_is_printed_on_two_days(desk: Desk, name: str) -> None:
    for earlier, later in pairwise(DAYS):
        before = {str(quote) for quote in desk.edition(name, earlier).quotes}
        assert before.isdisjoint(str(quote) for quote in desk.edition(name, later).quotes)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_the_analyst_muted_is_nowhere_in_the_news(desk: Desk, day: date) -> None:
    printed = news(desk.edition("analyst", day)).casefold()

    assert not [word for word in ("halden athletic", "speed skater", "seal pup") if word in printed]
    assert any(fate.fate == "muted" for fate in desk.edition("analyst", day).ledger)


def test_a_mute_ends_on_its_day(desk: Desk) -> None:
    headlines = [
        [str(item.storyline.headline).casefold() for item in desk.edition("analyst", day).items]
        for day in DAYS
    ]

    assert not any("bird flu" in headline for headline in headlines[0] + headlines[1])
    assert any("bird flu" in headline for headline in headlines[2])


def test_followed_storylines_without_news_are_named(desk: Desk) -> None:
    edition = desk.edition("analyst", DAYS[2])

    quiet = [item for item in edition.briefs if item.section == "Followed, no news"]

    assert quiet
    assert all("no news since 2026-03-04" in item.status and not item.quotes for item in quiet)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_records_of_one_collection_are_the_same_bytes_again(desk: Desk, day: date) -> None:
    again = Desk(desk.config, desk.collection, {})

    assert serialise_edition(again.edition("minister", day)) == serialise_edition(
        desk.edition("minister", day)
    )
