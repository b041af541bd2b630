"""An edition made again: the same bytes for the same news, a revision that names what changed for
other news.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from newsroom import FLOOD, STRIKE, TRIAL, article
from test_editions_compose import DAY, affair, edition, storyline

from briefing.archive.database.connection import connect
from briefing.archive.edition_files.edition_json import deserialise_edition, serialise_edition
from briefing.archive.edition_files.revisions import revise_edition
from briefing.archive.published import load_record
from briefing.archive.store import editions
from briefing.cli import run_command
from briefing.config import Config, SourceSettings
from briefing.proof import verify
from briefing.service.morning.profiles import run_all_profiles

TWO = [affair(STRIKE, ["Wire", "Post"], "strike"), affair(FLOOD, ["Wire", "Post"], "flood")]
REPORTS = ("wire-dockers-walk-out.txt", "post-dock-chaos.txt")


def test_the_first_edition_is_no_revision() -> None:
    made = revise_edition(edition(TWO), [])

    assert (made.revision, made.changes) == (1, ())


def test_the_same_news_again_is_the_same_record_whatever_program_made_it() -> None:
    first = edition(TWO, version="1.0")

    again = revise_edition(edition(TWO, version="2.0"), [serialise_edition(first)])

    assert serialise_edition(again) == serialise_edition(first)


def test_other_news_is_the_next_revision_and_says_what_is_other() -> None:
    first = edition(TWO)
    second = revise_edition(
        edition([*TWO, affair(TRIAL, ["Wire", "Post"], "trial")]), [serialise_edition(first)]
    )

    assert second.revision == 2
    assert any(line.startswith("in: ") for line in second.changes)
    assert any(line.startswith("document added: ") for line in second.changes)
    assert not any("out: " in line for line in second.changes)
    third = revise_edition(edition(TWO), [serialise_edition(first), serialise_edition(second)])
    assert third.revision == 3
    assert any(line.startswith("out: ") for line in third.changes)


def test_a_revision_made_again_is_itself() -> None:
    first = edition(TWO[:1])
    second = revise_edition(edition(TWO), [serialise_edition(first)])

    assert serialise_edition(
        revise_edition(edition(TWO), [serialise_edition(first), serialise_edition(second)])
    ) == serialise_edition(second)


def test_a_long_list_of_changes_is_cut_and_counted() -> None:
    many = [
        storyline([article([f"The {n} bridge was closed."], outlet=f"O{n}", day=DAY)], f"b{n}")
        for n in range(30)
    ]

    made = revise_edition(edition(many), [serialise_edition(edition(TWO))])

    assert len(made.changes) == 13
    assert made.changes[-1].startswith("and ")


def test_a_setting_that_changed_is_named() -> None:
    made = revise_edition(edition(TWO, note="Late today."), [serialise_edition(edition(TWO))])

    assert made.changes == ("other note",)


@pytest.mark.parametrize("other", [{"title": "Another"}, {"timezone": "Asia/Tokyo"}])
def test_another_title_or_zone_alone_is_no_revision_and_the_edition_stays_as_published(
    other: dict[str, str],
) -> None:
    first = edition(TWO)

    again = revise_edition(edition(TWO, **other), [serialise_edition(first)])  # type: ignore[arg-type]  # a table of texts

    assert serialise_edition(again) == serialise_edition(first)


def test_another_zone_that_brings_other_news_is_a_revision() -> None:
    made = revise_edition(
        edition(TWO, timezone="Asia/Tokyo"), [serialise_edition(edition(TWO[:1]))]
    )

    assert made.revision == 2
    assert "other timezone" in made.changes


def test_the_command_says_that_a_new_title_waits_for_the_next_edition(
    root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = root / "corpus" / "2026-03-03"
    said = [str(folder / name) for name in REPORTS] + [
        "--output",
        str(tmp_path),
        "--format",
        "markdown",
    ]
    run_command(["run", *said])
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.*")}

    run_command(["run", *said, "--title", "Another"])

    assert {file: file.read_bytes() for file in tmp_path.rglob("*.*")} == before
    assert "title 'Another' will be its successors'" in capfd.readouterr().err


def test_a_record_of_the_first_schema_is_read_and_proved_as_it_is() -> None:
    record = serialise_edition(edition(TWO))
    texts = {one.id: one.text for line in TWO for one in line.articles}
    new = ("kind", "revision", "changes", "note", "licences", "late", "insertions")
    old = {
        **{name: value for name, value in record.items() if name not in new},
        "schema": "briefing-edition/1",
    }

    read = deserialise_edition(old, texts)

    assert [item.storyline.id for item in read.leads] == [
        item.storyline.id for item in edition(TWO).leads
    ]
    assert (read.revision, read.licences) == (1, ())


@pytest.fixture
def documents(tmp_path: Path, corpus: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in REPORTS:
        shutil.copy(corpus / "2026-03-03" / name, folder)
    return folder


def build(documents: Path, output: Path) -> list[str]:
    assert run_command(["run", str(documents), "-o", str(output), "-f", "markdown"]) == 0
    return sorted(path.name for path in output.iterdir())


def test_a_folder_made_again_is_the_same_bytes_and_with_more_in_it_a_revision_beside_it(
    documents: Path, corpus: Path, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    assert build(documents, output) == ["2026-03-03-daily"]
    first = {path.name: path.read_bytes() for path in (output / "2026-03-03-daily").iterdir()}
    assert build(documents, output) == ["2026-03-03-daily"]
    assert {
        path.name: path.read_bytes() for path in (output / "2026-03-03-daily").iterdir()
    } == first

    shutil.copy(corpus / "2026-03-03" / "wire-bird-flu-lysholt.txt", documents)
    assert build(documents, output) == ["2026-03-03-daily", "2026-03-03-daily-r2"]

    assert {
        path.name: path.read_bytes() for path in (output / "2026-03-03-daily").iterdir()
    } == first
    record = load_record(output / "2026-03-03-daily-r2" / "edition.json")
    assert record["revision"] == 2
    assert any("wire-bird-flu-lysholt.txt" in line for line in record["changes"])
    text = (output / "2026-03-03-daily-r2" / "edition.md").read_text(encoding="utf-8")
    assert "wire-bird-flu-lysholt.txt" in text
    assert "evision 2" in text
    assert verify(output / "2026-03-03-daily-r2").faults == ()


def wake(config: Config, day: int, again: date | None = None) -> list[str]:
    clock = partial(datetime, 2026, 3, day, 6, tzinfo=UTC)
    reports = run_all_profiles(config, clock=clock, step=lambda _: None, catch_up=0, again=again)
    return [one for report in reports for one in report.editions]


def test_a_day_of_the_archive_made_again_is_the_same_one_or_its_revision(
    documents: Path, corpus: Path, tmp_path: Path
) -> None:
    config = Config(
        output=str(tmp_path / "output"), state=str(tmp_path / "state"), formats=("markdown",),
        sources=(SourceSettings(str(documents)),),
    )  # fmt: skip
    day = date(2026, 3, 4)

    assert wake(config, 4) == ["2026-03-04-daily"]
    assert wake(config, 4, day) == ["2026-03-04-daily"]
    shutil.copy(corpus / "2026-03-03" / "wire-bird-flu-lysholt.txt", documents)
    assert wake(config, 5, day) == ["2026-03-04-daily-r2"]

    db = connect(tmp_path / "state" / "archive.sqlite")
    records = editions.revision_records(db, "daily", day)
    db.close()
    assert [record["revision"] for record in records] == [1, 2]
    assert any("wire-bird-flu-lysholt.txt" in line for line in records[1]["changes"])
    assert {path.name for path in (tmp_path / "output").iterdir()} == {
        "2026-03-04-daily",
        "2026-03-04-daily-r2",
    }
