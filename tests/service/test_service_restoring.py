"""Check that the ledger finds what is gone from the share, and a wrong clock stops no edition."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from briefing.archive.database.connection import connect
from briefing.config import Config
from briefing.model import Rendition, Window
from briefing.service.distribution.publish import initialise_target, verify_published
from briefing.service.morning.due import Made, run_due_editions
from briefing.service.report import Report
from briefing.settings import ShareSettings

NOW = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST, SECOND = "2026/2026-03-05-daily", "2026/2026-03-06-daily"


def edition(db: sqlite3.Connection, day: date, window_: Window) -> Made:
    record = {"profile": "daily", "date": day.isoformat(), "briefs": [], "leads": []}
    return Made((Rendition("edition.json", "application/json", json.dumps(record).encode()),))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Two editions lie on the share."""
    share = tmp_path / "share"
    share.mkdir()
    settings = ShareSettings(target=str(share), site=False)
    found = Config(output=str(tmp_path / "output"), state=str(tmp_path / "state"), share=settings)
    initialise_target(found, str(share))
    for day in (NOW, NOW + DAY):
        assert wake(found, day).exit == 0
    return found


def wake(config: Config, now: datetime) -> Report:
    return run_due_editions(config, clock=lambda: now, make=edition)


def faults(config: Config) -> list[str]:
    db = connect(Path(config.state) / "archive.sqlite")
    found = verify_published(db, config)
    db.close()
    return list(found)


@pytest.mark.parametrize(
    ("gone", "count", "words"),
    [
        ([], 0, ""),
        ([FIRST], 1, f"{FIRST}: it was published and is gone"),
        (["2026"], 3, f"{SECOND}: it was published and is gone"),  # and latest.html leads nowhere
        ([".briefing-target"], 1, "is the share mounted?"),
        (["."], 1, "is the share mounted?"),
    ],
)
def test_verify_knows_from_the_ledger_what_must_be_there(
    config: Config, gone: list[str], count: int, words: str
) -> None:
    for name in gone:
        path = Path(config.share.target or "") / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    found = faults(config)

    assert len(found) == count
    assert words in "".join(found)


def test_another_share_is_no_place_that_is_as_it_was(config: Config) -> None:
    mark = Path(config.share.target or "") / ".briefing-target"
    mark.write_text('{"id": "0123456789"}')

    assert "another share than before" in faults(config)[0]


def test_the_next_run_puts_back_what_is_gone_and_names_it(config: Config) -> None:
    shutil.rmtree(Path(config.share.target or "") / FIRST)

    report = wake(config, NOW + 2 * DAY)

    assert f"{FIRST}: it was gone from the share, put back" in report.notes
    assert faults(config) == []


def test_an_edition_dated_ahead_stops_none_of_today_and_the_clock_is_told_once(
    config: Config,
) -> None:
    wake(config, NOW + 300 * DAY)

    reports = [wake(config, NOW + number * DAY) for number in (2, 3)]

    assert [report.editions for report in reports] == [["2026-03-07-daily"], ["2026-03-08-daily"]]
    assert ["the clock was ahead" in "".join(report.troubles) for report in reports] == [
        True,
        False,
    ]
