"""Storylines of a workspace from day to day and over weeks: records are kept, and articles fetched
when needed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from newsroom import FLOOD, STRIKE, TRIAL

from briefing.archive.database.columns import pack_json
from briefing.archive.database.connection import connect
from briefing.archive.store import editions, storylines
from briefing.config import Config, SourceSettings
from briefing.model import Storyline
from briefing.service.morning import followed_storylines
from briefing.service.morning.due import run_due_editions
from briefing.service.morning.make import Maker

FIRST = date(2026, 3, 3)
BACK = (
    (
        "Dockers at the port of Halden are back at the gates over the pay that Marit "
        "Osei and the port agreed on."
    ),
)

RISING = (
    (
        "The mayor Roswitha Kjeld asked everybody in the lower town of Tessin to leave "
        "as the river Orla keeps rising."
    ),
    (
        "Rescue workers and soldiers carried sandbags to the dyke for a third night, the "
        "town of Tessin said."
    ),
)


def backwards(sentence: str) -> str:
    """The same words in no other report's order, so that it is no copy."""
    return f"{' '.join(reversed(sentence.rstrip('.').split()))}."


def export(folder: Path, day: date, affairs: dict[str, tuple[str, ...]]) -> None:
    """A day's export: each affair as two outlets tell it."""
    told = [
        (outlet, 7 + number, sentences[number].rstrip("."), said)
        for sentences in affairs.values()
        for number, (outlet, said) in enumerate(
            (("Courier", sentences), ("Herald", [backwards(one) for one in sentences]))
        )
    ]
    rows = [
        {
            "headline": headline,
            "outlet": outlet,
            "published": f"{day}T0{hour}:00:00Z",
            "text": "\n".join(said),
        }
        for outlet, hour, headline, said in told
    ]
    folder.mkdir(exist_ok=True)
    (folder / f"{day}.jsonl").write_text(
        "".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8"
    )


@pytest.fixture
def desk(tmp_path: Path) -> Config:
    return Config(
        output=str(tmp_path / "output"), state=str(tmp_path / "state"), formats=("markdown",),
        storylines=str(tmp_path / "storylines.toml"), sources=(SourceSettings(str(tmp_path / "in")),),
    )  # fmt: skip


@pytest.fixture
def db(desk: Config) -> Iterator[sqlite3.Connection]:
    Path(desk.state).mkdir(parents=True, exist_ok=True)
    connection = connect(Path(desk.state) / "archive.sqlite")
    yield connection
    connection.close()


def made(desk: Config, day: date) -> None:
    """The edition of the morning after."""
    after = day + timedelta(1)
    clock = partial(datetime, after.year, after.month, after.day, 6, 30, tzinfo=UTC)
    assert run_due_editions(
        desk, clock=clock, make=Maker(desk, clock, lambda _: None), catch_up=0
    ).editions


def told(db: sqlite3.Connection, word: str) -> list[Storyline]:
    """Storylines of the archive with a word in one of their headlines."""
    known = storylines.known_storylines(db, profile="daily", since=date(2026, 1, 1))
    return [
        one for one in known if any(word in (article.headline or "") for article in one.articles)
    ]


def test_a_storyline_that_returns_after_weeks_is_recognised(
    desk: Config, db: sqlite3.Connection
) -> None:
    later = FIRST + timedelta(48)
    folder = Path(desk.sources[0].location)
    export(folder, FIRST, {"strike": STRIKE, "flood": FLOOD})
    made(desk, FIRST)
    export(folder, later, {"strike": (*STRIKE[1:], *BACK), "trial": TRIAL})

    made(desk, later)

    (strike,) = told(db, "Osei")
    assert {article.published.day for article in strike.articles if article.published} == {
        FIRST,
        later,
    }
    assert strike.first_seen == FIRST
    assert len(told(db, "jury")) == 1


def test_the_next_day_of_a_storyline_is_told_with_what_was_told_before(
    desk: Config, db: sqlite3.Connection
) -> None:
    folder = Path(desk.sources[0].location)
    export(folder, FIRST, {"strike": STRIKE, "flood": FLOOD})
    made(desk, FIRST)
    export(folder, FIRST + timedelta(1), {"strike": (*BACK, *STRIKE[1:])})

    made(desk, FIRST + timedelta(1))

    (strike,) = told(db, "Osei")
    record = editions.latest_editions(db, profile="daily")[0]
    days = storylines.growth_days(db, profile="daily", storyline=strike.id)
    assert [len(day.articles) for day in days] == [2, 2]
    assert record.id.startswith("2026-03-05")


def test_a_record_is_kept_of_each_storyline_and_making_a_day_again_changes_none(
    desk: Config, db: sqlite3.Connection
) -> None:
    export(Path(desk.sources[0].location), FIRST, {"strike": STRIKE, "flood": FLOOD})
    made(desk, FIRST)
    day = FIRST + timedelta(1)
    before = followed_storylines.load_remembered(db, "daily", day)

    lines = followed_storylines.complete_storylines(db, "daily", [], day)
    followed_storylines.store_remembered(db, "daily", lines, before, day)

    assert sorted(len(one.articles) for one in before) == [2, 2]
    assert followed_storylines.load_remembered(db, "daily", day) == before


def test_an_archive_without_records_is_remembered_by_its_storylines(
    desk: Config, db: sqlite3.Connection
) -> None:
    export(Path(desk.sources[0].location), FIRST, {"strike": STRIKE, "flood": FLOOD})
    made(desk, FIRST)
    before = followed_storylines.load_remembered(db, "daily", FIRST)
    db.execute("DELETE FROM storyline_record")

    found = followed_storylines.load_remembered(db, "daily", FIRST)

    assert [(one.id, one.articles) for one in found] == [(one.id, one.articles) for one in before]


def test_records_of_earlier_versions_are_read_as_they_were_written(
    desk: Config, db: sqlite3.Connection
) -> None:
    export(Path(desk.sources[0].location), FIRST, {"strike": STRIKE, "flood": FLOOD})
    made(desk, FIRST)
    before = followed_storylines.load_remembered(db, "daily", FIRST)
    whole = [
        (
            pack_json({name: value for name, value in one.to_json().items() if name != "said"}),
            one.id,
        )
        for one in before
    ]
    db.executemany("UPDATE storyline_record SET record = ? WHERE id = ?", whole)

    found = followed_storylines.load_remembered(db, "daily", FIRST)

    assert [(one.id, one.articles, one.tallies) for one in found] == [
        (one.id, one.articles, one.said) for one in before
    ]
    assert [one.profiles for one in found] == [one.profiles for one in before]


def test_single_reports_are_forgotten_after_weeks_and_others_are_not(
    desk: Config, db: sqlite3.Connection
) -> None:
    export(Path(desk.sources[0].location), FIRST, {"strike": STRIKE})
    made(desk, FIRST)
    db.execute(
        "UPDATE storyline_record SET articles = 1 WHERE id = (SELECT max(id) FROM storyline_record)"
    )

    assert followed_storylines.load_remembered(db, "daily", FIRST + timedelta(20))
    assert not followed_storylines.load_remembered(db, "daily", FIRST + timedelta(60))


def test_an_editor_is_obeyed_by_the_service_and_the_archive_knows_nothing_of_it(
    desk: Config, db: sqlite3.Connection
) -> None:
    folder = Path(desk.sources[0].location)
    export(folder, FIRST, {"strike": STRIKE, "flood": FLOOD})
    made(desk, FIRST)
    (flood,) = told(db, "Orla")
    export(folder, FIRST + timedelta(1), {"strike": (*BACK, *STRIKE[1:]), "flood": RISING})
    Path(desk.storylines).write_text(f'mute = [\n  "{flood.id}",\n]\n', encoding="utf-8")

    made(desk, FIRST + timedelta(1))

    edition = next(Path(desk.output).glob("2026-03-05-daily/edition.md")).read_text(
        encoding="utf-8"
    )
    assert "Tessin" not in edition.partition("## ")[2].partition("Sources")[0]
    assert len(told(db, "Orla")[0].articles) > len(flood.articles)
