"""A run for all readers: one visit of the sources, each with an edition, recipients and ways of its
own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from mailserver import MailServer

from briefing.archive.database.connection import connect
from briefing.archive.store import recipients, storylines
from briefing.cli import run_command
from briefing.config import Config, SourceSettings
from briefing.deliveries.share import mark_target
from briefing.profiles import ProfileSettings
from briefing.schedule.lock import LockedError, hold_lock
from briefing.service.morning import make
from briefing.service.morning.profiles import run_all_profiles
from briefing.settings import MailSettings, ShareSettings

PROFILES = (
    ProfileSettings("minister", length="flash", recipients=("ada@example.org",)),
    ProfileSettings(
        "newsroom", title="Conference", recipients=("Ben <ben@example.org>",), channels=("mail",)
    ),
    ProfileSettings("archive", formats=("markdown",), channels=()),
)


CRANES = """The cranes in the port of Halden turned again on Friday after two weeks of repairs to their motors.

Half of the ships that had waited in the roads had left by noon, the harbour office said in its daily report.

"We are working around the clock to clear what has piled up," said the harbour master, who has 200 people at work.

The port expects to be back to its usual timetable by the end of next week, if the weather on the coast holds.
"""
ROOF = """The roof of the Maritime Museum in Halden gave way on Tuesday under the weight of two days of rain.

Nobody was hurt, because the rooms had been closed an hour before, the director of the museum told reporters.

"The ship models stood in the dry, and that is what we care about most," she said beside a heap of tiles and beams.

The museum will stay shut until the summer, and its school classes are to be held in the town hall across the square.
"""


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, corpus: Path, server: MailServer) -> Config:
    (tmp_path / "share").mkdir()
    mark_target(tmp_path / "share")
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in ("wire-dockers-walk-out.txt", "post-dock-chaos.txt"):
        for found in (corpus / "2026-03-03").glob(name):
            (documents / found.name).write_bytes(found.read_bytes())
    mail = MailSettings(
        server="127.0.0.1",
        port=server.port,
        security="none",
        sender="desk@example.org",
        timeout=60.0,
    )
    return Config(
        output=str(tmp_path / "output"),
        state=str(tmp_path / "state"),
        timezone="Europe/Berlin",
        formats=("markdown", "email"),
        sources=(SourceSettings(str(documents)),),
        mail=mail,
        share=ShareSettings(target=str(tmp_path / "share")),
        profiles=PROFILES,
    )


def at(day: int, hour: int = 6) -> partial[datetime]:
    return partial(datetime, 2026, 3, day, hour, tzinfo=UTC)


def wake(config: Config, day: int = 4) -> list[str]:
    reports = run_all_profiles(config, clock=at(day), step=lambda _: None, catch_up=0)
    return [edition for report in reports for edition in report.editions]


def test_every_reader_has_an_edition_from_one_visit(
    desk: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits: list[object] = []
    from briefing.service.collection import collect as collecting

    collect = collecting.collect_documents
    monkeypatch.setattr(
        collecting,
        "collect_documents",
        lambda *given, **named: (visits.append(1), collect(*given, **named))[1],
    )

    made = wake(desk)

    assert made == ["2026-03-04-minister", "2026-03-04-newsroom", "2026-03-04-archive"]
    assert len(visits) == 1
    assert {path.name for path in Path(desk.output).iterdir()} == set(made)


def test_recipients_formats_and_ways_are_the_readers_own(
    desk: Config, server: MailServer, tmp_path: Path
) -> None:
    wake(desk)

    assert sorted(address for address, _ in server.taken) == ["ada@example.org", "ben@example.org"]
    assert [path.name for path in (tmp_path / "share" / "2026").iterdir()] == [
        "2026-03-04-minister"
    ]
    kept = {path.name for path in (Path(desk.output) / "2026-03-04-archive").iterdir()}
    assert "edition.md" in kept
    assert "edition.eml" not in kept


def test_a_recipient_who_was_suppressed_is_not_added_again(
    desk: Config, server: MailServer
) -> None:
    wake(desk)
    db = connect(Path(desk.state) / "archive.sqlite")
    recipients.suppress_recipient(db, "minister", "ada@example.org", reason="left", now=at(4)())
    db.close()
    wake(desk, 5)

    assert [address for address, _ in server.taken].count("ada@example.org") == 1


def test_storylines_have_the_same_ids_for_all_who_began_together(desk: Config) -> None:
    wake(desk)
    db = connect(Path(desk.state) / "archive.sqlite")
    known = [
        {one.id for one in storylines.known_storylines(db, profile=name, since=date(2026, 3, 1))}
        for name in ("minister", "newsroom")
    ]
    db.close()

    assert known[0]
    assert known[0] == known[1]


def test_a_locked_reader_does_not_keep_the_others_waiting(desk: Config) -> None:
    with hold_lock(Path(desk.state) / "minister.lock", what="minister"), pytest.raises(LockedError):
        wake(desk)

    assert {path.name for path in Path(desk.output).iterdir()} == {
        "2026-03-04-newsroom",
        "2026-03-04-archive",
    }


def test_a_source_that_fell_silent_stands_in_the_ledger(desk: Config) -> None:
    wake(desk)
    strike = Path(desk.sources[0].location) / "later.txt"
    strike.write_text(
        "Cranes turn again in Halden\nRadio Vestra | 20 March 2026, 18:05\n\n" + CRANES,
        encoding="utf-8",
    )
    gone = replace(desk, sources=(*desk.sources, SourceSettings(str(Path(desk.state) / "nowhere"))))

    wake(gone, 21)

    record = json.loads((Path(desk.output) / "2026-03-21-archive" / "edition.json").read_bytes())
    assert [fate["fate"] for fate in record["ledger"] if "nowhere" in fate["id"]] == ["failing"]


def test_what_came_in_late_is_told_by_the_next_edition_and_marked(desk: Config) -> None:
    wake(desk)
    late = Path(desk.sources[0].location) / "late.txt"
    late.write_text(
        "Museum roof gives way\nRadio Vestra | 3 March 2026, 19:00\n\n" + ROOF,
        encoding="utf-8",
    )
    wake(desk, 5)

    record = json.loads((Path(desk.output) / "2026-03-05-newsroom" / "edition.json").read_bytes())
    assert len(record["late"]) == 1
    reasons = {fate["id"]: fate["reason"] for fate in record["ledger"]}
    assert reasons[record["late"][0]].endswith("it came in late")


def test_a_command_asks_for_the_reader_where_there_are_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text('[[profiles]]\nname = "one"\n[[profiles]]\nname = "two"\n', encoding="utf-8")

    assert run_command(["recipients", "add", "ada@example.org", "-c", str(file)]) == 64
    assert "name one of the readers with --profile: one, two" in capsys.readouterr().err
    assert (
        run_command(["recipients", "add", "ada@example.org", "-c", str(file), "--profile", "two"])
        == 0
    )
    db = connect(tmp_path / "state" / "archive.sqlite")
    assert [one.address for one in recipients.load_recipients(db, "two")] == ["ada@example.org"]
    db.close()


def test_documents_of_a_window_are_read_once_for_all_readers(
    desk: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    once = make.Maker._once

    def counted(self: make.Maker, db: object, document: make.Document) -> object:
        read.append(document.origin)
        return once(self, db, document)  # type: ignore[arg-type]

    monkeypatch.setattr(make.Maker, "_once", counted)
    wake(desk)

    assert len(read) == len(set(read))
