"""Editions of other windows than a day, from the command line: a week, what happened while one was
away, an extra.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from newsroom import FLOOD, STRIKE
from test_editions_compose import affair

from briefing.archive.published import load_record
from briefing.cli import run_command
from briefing.config import Config, SourceSettings
from briefing.editions import select_by_query, week_window
from briefing.model import Edition
from briefing.pipeline import prepare_publication
from briefing.proof import verify

DESK = """
title = "Desk"
timezone = "Europe/Berlin"
formats = ["markdown"]

[[sources]]
location = "{corpus}"

[[profiles]]
name = "one"
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "briefing.toml").write_text(DESK.format(corpus=corpus), encoding="utf-8")
    return folder


def built(desk: Path, name: str, *options: str) -> dict[str, object]:
    assert (
        run_command(
            ["build", "-c", str(desk / "briefing.toml"), "-o", str(desk / "output"), *options]
        )
        == 3
    )
    assert verify(desk / "output" / name).faults == ()
    return load_record(desk / "output" / name / "edition.json")


def test_a_week_is_seven_days_and_tells_how_its_leads_developed(desk: Path) -> None:
    record = built(desk, "2026-03-05-one-week", "--week", "--date", "2026-03-05")

    assert record["kind"] == "week"
    assert record["window"] == {
        "start": "2026-02-27T00:00:00+01:00",
        "stop": "2026-03-06T00:00:00+01:00",
    }
    told = [item for item in record["leads"] if "how it developed" in item["parts"]]  # type: ignore[attr-defined]
    assert len(told) >= 3
    for item in told:
        days = [published(record, quote)[:10] for quote in item["parts"]["how it developed"]]
        assert days == sorted(set(days))
        assert days[-1] < published(record, item["quotes"][0])[:10]


def published(record: dict[str, object], quote: dict[str, str]) -> str:
    moment: str = record["articles"][quote["article"]]["published"]  # type: ignore[index]
    return moment


def test_a_week_without_a_day_ends_with_the_latest_report(desk: Path) -> None:
    assert built(desk, "2026-03-05-one-week", "--week")["date"] == "2026-03-05"


def test_a_catch_up_tells_the_days_of_absence_in_one_edition(desk: Path) -> None:
    record = built(
        desk, "2026-03-05-one-catch-up", "--since", "2026-03-03", "--until", "2026-03-05T06:00"
    )

    assert record["kind"] == "catch-up"
    assert any("how it developed" in item["parts"] for item in record["leads"])  # type: ignore[attr-defined]


def test_an_extra_holds_what_a_query_asks_for_and_says_what_it_left_out(desk: Path) -> None:
    record = built(
        desk,
        "2026-03-05-one-extra",
        "--query",
        "port strike",
        "--note",
        "Made at the *editor's* wish.",
    )

    headlines = [
        item["storyline"]["headline"]["text"] for item in (*record["leads"], *record["briefs"])
    ]  # type: ignore[misc]
    assert any("port" in headline.casefold() for headline in headlines)
    assert not any("Olander" in headline for headline in headlines)
    assert any(fate["fate"] == "not asked for" for fate in record["ledger"])  # type: ignore[attr-defined]
    text = (desk / "output" / "2026-03-05-one-extra" / "edition.md").read_text(encoding="utf-8")
    assert record["note"] == "Made at the *editor's* wish."
    assert "Made at the" in text


@pytest.mark.parametrize("option", ["--week", "--date=2026-03-05"])
def test_a_window_is_named_once(
    option: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run_command(["build", "-c", str(desk / "briefing.toml"), option, "--since", "2026-03-02"])
        == 64
    )
    assert "is a window of its own" in capsys.readouterr().err


def test_a_week_is_seven_local_days_where_clocks_change() -> None:
    window = week_window(date(2026, 3, 31), "Europe/Berlin")

    assert window.start
    assert window.stop
    assert (window.stop.astimezone(UTC) - window.start.astimezone(UTC)).total_seconds() == (
        7 * 24 - 1
    ) * 3600


def test_every_word_of_a_query_must_stand_in_a_headline_or_half_of_the_reports() -> None:
    strike, flood = (
        affair(STRIKE, ["Wire", "Post"], "strike"),
        affair(FLOOD, ["Wire", "Post"], "flood"),
    )

    kept, fates = select_by_query([strike, flood], "dockers PORT")

    assert kept == (strike,)
    assert {fate.id for fate in fates} == {one.id for one in flood.articles}
    assert select_by_query([strike, flood], "dockers river")[0] == ()


# the day, the documents a desk had that day, outlets of its items in their order, days that they
# state
SEEDS = [
    (date(2025, 2, 21), ("004",), [{"DW"}], {date(2025, 2, 20), date(2025, 2, 21)}),
    (date(2025, 3, 2), ("000", "001", "002"), [{"BBC News"}], set()),
    (date(2025, 8, 14), ("003",), [{"Wales Online", "Metro"}, {"Daily Mirror"}], set()),
]


@pytest.mark.parametrize(
    ("day", "documents", "outlets", "stated"), SEEDS, ids=[str(day) for day, *_ in SEEDS]
)
def test_scraped_pages_give_the_storylines_of_their_day_and_no_date_that_nobody_stated(
    day: date, documents: tuple[str, ...], outlets: list[set[str]], stated: set[date], seeds: Path
) -> None:
    edition = of_documents(seeds, day, documents)

    assert [set(item.storyline.outlets) for item in edition.items] == outlets
    articles = [article for item in edition.items for article in item.storyline.articles]
    assert {article.published.day for article in articles if article.published} == stated
    assert {one.day for one in edition.insertions} <= stated
    assert all(bool(item.volume) == bool(stated) for item in edition.items)
    assert sum(
        len(item.storyline.articles)
        for item in edition.items
        if item.storyline.outlets == ("BBC News",)
    ) in {
        0,
        3,
    }


def of_documents(seeds: Path, day: date, names: tuple[str, ...]) -> Edition:
    places = [path for path in sorted(seeds.iterdir()) if path.name[:3] in names]
    sources = tuple(SourceSettings(str(path)) for path in places)
    return prepare_publication(
        Config(sources=sources, formats=("markdown",), output="nowhere"),
        now=datetime(2025, 9, 1, tzinfo=UTC),
        day=day,
        step=lambda line: None,
    ).edition
