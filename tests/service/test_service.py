"""A run that is due: every edition once, every delivery in the end, and silence when all is
well.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from mailserver import DROP, MailServer

from briefing.archive import maintenance, search
from briefing.archive.database.connection import connect
from briefing.archive.store import editions, recipients, runs, source_states, storylines
from briefing.archive.store.recipients import Recipient
from briefing.cli import run_command, status
from briefing.config import Config, SourceSettings
from briefing.deliveries.share import mark_target
from briefing.errors import BriefingError
from briefing.model import Rendition, Window
from briefing.schedule.lock import LockedError, hold_lock
from briefing.service.distribution import publish
from briefing.service.morning.due import Made, edition_window, run_due_editions
from briefing.service.morning.make import Maker
from briefing.service.report import Report
from briefing.service.status import status_lines
from briefing.settings import MailSettings, ScheduleSettings, ShareSettings

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
EML = b"Subject: News\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello.\r\n"


def edition(db: sqlite3.Connection, day: date, window_: Window) -> Made:
    record = json.dumps(
        {"profile": "daily", "date": day.isoformat(), "briefs": [], "leads": []}
    ).encode()
    return Made(
        (
            Rendition("edition.json", "application/json", record),
            Rendition("edition.eml", "message/rfc822", EML),
            Rendition("edition.md", "text/markdown", f"# {day}\n".encode()),
        )
    )


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def config(tmp_path: Path, server: MailServer) -> Config:
    (tmp_path / "share").mkdir()
    mark_target(tmp_path / "share")
    mail = MailSettings(
        server="127.0.0.1",
        port=server.port,
        security="none",
        sender="desk@example.org",
        timeout=60.0,
    )
    found = Config(
        output=str(tmp_path / "output"),
        state=str(tmp_path / "state"),
        timezone="Europe/Berlin",
        mail=mail,
        share=ShareSettings(target=str(tmp_path / "share")),
    )
    with_db(
        found,
        lambda db: recipients.add_recipients(db, "daily", [Recipient("ada@example.org")], now=NOON),
    )
    return found


def with_db(config: Config, work: Callable[..., object]) -> object:
    db = connect(Path(config.state) / "archive.sqlite")
    try:
        return work(db)
    finally:
        db.close()


def wake(
    config: Config,
    now: datetime = NOON,
    make: Callable[[sqlite3.Connection, date, Window], Made] = edition,
    **more: int,
) -> Report:
    return run_due_editions(config, clock=lambda: now, make=make, **more)


def test_an_edition_that_is_due_is_made_kept_published_and_mailed_once(
    config: Config, server: MailServer, tmp_path: Path
) -> None:
    first, second = wake(config), wake(config, NOON + timedelta(minutes=10))

    assert (first.editions, first.published) == (["2026-03-05-daily"], ["2026/2026-03-05-daily"])
    assert (first.sent, first.exit, first.troubles) == ({"sent": 1}, 0, [])
    assert second.idle
    assert len(server.taken) == 1
    assert (tmp_path / "output" / "2026-03-05-daily" / "edition.md").read_text() == "# 2026-03-05\n"
    assert (tmp_path / "share" / "latest.md").read_text() == "# 2026-03-05\n"
    assert len(with_db(config, lambda db: runs.latest_runs(db, profile="daily", limit=9))) == 1  # type: ignore[arg-type]


def test_nothing_is_done_before_the_time(config: Config) -> None:
    early = datetime(2026, 3, 6, 4, 59, tzinfo=UTC)  # 05:59 in Berlin
    wake(config)

    assert wake(config, early).idle
    assert wake(config, early + timedelta(minutes=1)).editions == ["2026-03-06-daily"]


def test_windows_meet_so_that_nothing_falls_between_two_editions(config: Config) -> None:
    days = [
        date(2026, 3, 27) + timedelta(days=number) for number in range(5)
    ]  # the clocks change on the 29th

    found = [edition_window(config, day) for day in days]

    assert all(one.stop == other.start for one, other in itertools.pairwise(found))
    stops = [one.stop.astimezone(UTC) for one in found if one.stop]
    hours = [(after - before).total_seconds() / 3600 for before, after in itertools.pairwise(stops)]
    assert hours == [24, 23, 24, 24]
    weekdays = replace(config, schedule=ScheduleSettings(days=("mon", "fri")))
    monday = edition_window(weekdays, date(2026, 3, 9))
    assert monday.start == edition_window(weekdays, date(2026, 3, 6)).stop


def test_missed_days_are_made_in_order_and_old_ones_are_published_but_not_mailed(
    config: Config, server: MailServer, tmp_path: Path
) -> None:
    wake(config)
    after = wake(config, NOON + timedelta(days=3))

    assert after.editions == [f"2026-03-0{day}-daily" for day in (6, 7, 8)]
    assert len(server.taken) == 2
    assert len(after.published) == 3
    assert (tmp_path / "share" / "latest.md").read_text() == "# 2026-03-08\n"
    assert wake(config, NOON + timedelta(days=13), catch_up=1).editions == [
        "2026-03-17-daily",
        "2026-03-18-daily",
    ]


def test_a_clock_set_back_makes_nothing(config: Config) -> None:
    wake(config)

    assert wake(config, NOON - timedelta(days=40)).idle


def test_what_cannot_be_delivered_now_is_delivered_by_a_later_run(
    config: Config, server: MailServer, tmp_path: Path
) -> None:
    (tmp_path / "share" / ".briefing-target").unlink()
    server.script = lambda verb, argument, number: DROP
    first = wake(config)
    again = wake(config, NOON + timedelta(minutes=10))
    mark_target(tmp_path / "share")
    server.script = lambda verb, argument, number: None
    last = wake(config, NOON + timedelta(hours=2))

    assert (first.exit, again.exit, last.exit) == (3, 3, 0)
    assert (len(first.fresh), again.fresh) == (2, [])  # said once, not every ten minutes
    assert (last.published, last.sent) == (["2026/2026-03-05-daily"], {"sent": 1})
    assert len(server.taken) == 1


def test_an_edition_that_cannot_be_made_fails_the_run_and_blocks_no_other(config: Config) -> None:
    wake(config, NOON - timedelta(days=2))

    def broken(db: sqlite3.Connection, day: date, window_: Window) -> Made:
        if day.day == 4:
            raise BriefingError("no news was found")
        return edition(db, day, window_)

    report = wake(config, make=broken)

    assert (report.exit, report.editions) == (1, ["2026-03-05-daily"])
    assert report.troubles == ["2026-03-04: no edition was made: no news was found"]


@pytest.mark.parametrize("place", ["kept", "published", "mailed"])
def test_a_crash_between_two_steps_is_mended_by_the_next_run(
    config: Config, server: MailServer, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = {
        "kept": "_write_to_output",
        "published": "_publish_edition",
        "mailed": "_mail_edition",
    }[place]

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"briefing.service.distribution.deliver.{target}", crash)
    with pytest.raises(KeyboardInterrupt):
        wake(config)
    monkeypatch.undo()
    report = wake(config, NOON + timedelta(minutes=10))

    assert (report.editions, report.exit) == ([], 0)
    assert len(server.taken) == 1
    assert (tmp_path / "share" / "latest.md").exists()
    assert (tmp_path / "output" / "2026-03-05-daily" / "edition.json").exists()


def test_a_second_run_leaves_at_once(config: Config) -> None:
    with (
        hold_lock(Path(config.state) / "daily.lock", what="daily"),
        pytest.raises(LockedError, match="another run is at work"),
    ):
        wake(config)


def test_doubtful_and_failed_messages_are_named(config: Config, server: MailServer) -> None:
    readers = [Recipient("ben@example.org"), Recipient("gone@example.org")]
    with_db(config, lambda db: recipients.add_recipients(db, "daily", readers, now=NOON))
    server.script = lambda verb, argument, number: (
        "550 5.1.1 no such user"
        if "gone" in argument
        else DROP
        if verb == "END" and "ben" in argument
        else None
    )

    report = wake(config)

    assert report.sent == {"sent": 1, "doubt": 1, "failed": 1}
    assert report.troubles == [
        "2026-03-05-daily: not sent to gone@example.org: 550 5.1.1 no such user",
        "2026-03-05-daily: in doubt, may have two copies: ben@example.org",
    ]


class Listener(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


def test_watchers_are_told_and_cannot_fail_a_run(
    config: Config, server: MailServer, tmp_path: Path
) -> None:
    asked: list[str] = []
    http = HTTPServer(("127.0.0.1", 0), type("Own", (Listener,), {"asked": asked}))
    threading.Thread(target=http.serve_forever, daemon=True).start()
    schedule = ScheduleSettings(
        ping=f"http://127.0.0.1:{http.server_port}/ping/1", metrics=str(tmp_path / "m" / "briefing.prom"),
        log=str(tmp_path / "run.log"), operator="ops@example.org",
    )  # fmt: skip
    watched = replace(config, schedule=schedule)
    (tmp_path / "share" / ".briefing-target").unlink()

    report = wake(watched)
    http.shutdown()
    http.server_close()
    wake(watched, NOON + timedelta(days=1))

    assert report.exit == 3
    assert [path.partition("?")[0] for path in asked] == ["/ping/1/start", "/ping/1/3"]
    assert len({path.partition("rid=")[2] for path in asked}) == 1
    events = [json.loads(line) for line in (tmp_path / "run.log").read_text().splitlines()]
    assert [event["event"] for event in events] == ["begun", "ended"] * 2
    assert (events[1]["exit"], events[1]["counts"]["editions"]) == (3, 1)
    lines = (tmp_path / "m" / "briefing.prom").read_text().splitlines()
    assert 'briefing_exit_code{profile="daily"} 3' in lines
    assert all(line.startswith("#") or len(line.split(" ")) == 2 for line in lines)
    to_operator = [content for address, content in server.taken if address == "ops@example.org"]
    assert b"is the share mounted" in to_operator[0]


def test_the_time_of_the_last_success_stays_in_the_metrics(config: Config, tmp_path: Path) -> None:
    watched = replace(config, schedule=ScheduleSettings(metrics=str(tmp_path / "briefing.prom")))
    wake(watched)
    (tmp_path / "share" / ".briefing-target").unlink()
    wake(watched, NOON + timedelta(days=1))

    text = (tmp_path / "briefing.prom").read_text()
    assert f'run="success"}} {NOON.timestamp():.0f}\n' in text
    assert f'run="finished"}} {(NOON + timedelta(days=1)).timestamp():.0f}\n' in text


@pytest.mark.parametrize(
    "damage", [b"\xff", b'briefing_timestamp_seconds{profile="daily",run="success"} soon\n']
)
def test_damaged_metrics_are_written_anew(config: Config, tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "briefing.prom").write_bytes(damage)

    report = wake(
        replace(config, schedule=ScheduleSettings(metrics=str(tmp_path / "briefing.prom")))
    )

    assert [note for note in report.notes if "briefing.prom" in note] == []
    assert 'briefing_exit_code{profile="daily"} 0' in (tmp_path / "briefing.prom").read_text()


def test_status_says_what_is_pending_and_who_is_silent(
    config: Config,
    server: MailServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "briefing.toml").write_text(
        f'timezone = "Europe/Berlin"\n[share]\ntarget = "{tmp_path}/share"\n'
    )
    monkeypatch.chdir(tmp_path)
    (tmp_path / "share" / ".briefing-target").unlink()
    wake(config)
    with_db(
        config,
        lambda db: source_states.store_state(
            db, "feed https://a.example", {"failures": 3, "fault": "gone"}, now=NOON
        ),
    )
    quiet = {"silent_since": "2026-02-01T00:00"}
    for name in "bcdefghijk":
        with_db(
            config,
            lambda db, name=name: source_states.store_state(
                db, f"feed https://{name}.example", quiet, now=NOON
            ),
        )

    assert run_command(["status"]) == 0

    out = capfd.readouterr().out
    assert "last editions     2026-03-05-daily, made Thu 2026-03-05 13:00 CET" in out
    assert "next editions" in out
    assert "exit code 3" in out
    assert "to be published   2026-03-05-daily (tried once)" in out
    assert "source fails      feed https://a.example: 3 times in a row: gone" in out
    assert "source is silent  feed https://b.example: since 2026-02-01" in out
    assert "and 7 more" in out
    assert len(out.splitlines()) < 24


def test_status_fits_a_terminal_and_is_whole_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "source fails      " + "https://feeds.example/a/very/long/address" * 3
    monkeypatch.setenv("COLUMNS", "80")

    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert status.fit_to_terminal(line) == line
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert status.fit_to_terminal(line) == line[:79] + "…"
    assert status.fit_to_terminal("short") == "short"


def test_a_source_that_fails_is_named_once(config: Config) -> None:
    state = {"failures": 1, "fault": "https://a.example: it is gone"}
    with_db(
        config, lambda db: source_states.store_state(db, "feed https://a.example", state, now=NOON)
    )

    lines: list[tuple[str, str]] = []
    with_db(config, lambda db: lines.extend(status_lines(db, config, now=NOON)))

    assert ("source fails", "feed https://a.example: once: it is gone") in lines


@pytest.fixture
def desk(tmp_path: Path, root: Path) -> Path:
    """A workspace with one report of today."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "briefing.toml").write_text('formats = ["markdown"]\n[schedule]\ndue = "00:00"\n')
    story = (root / "corpus" / "2026-03-03" / "wire-dockers-walk-out.txt").read_text(
        encoding="utf-8"
    )
    (tmp_path / "corpus" / "strike.txt").write_text(story, encoding="utf-8")
    return tmp_path


def test_a_run_from_cron_needs_no_environment_and_prints_nothing_when_all_is_well(
    desk: Path,
) -> None:
    record = b'{"profile": "daily", "date": "2000-01-01", "briefs": [], "leads": []}'
    db = connect(desk / "state" / "archive.sqlite")
    editions.store_edition(db, [Rendition("edition.json", "application/json", record)], now=NOON)
    db.close()
    command = [
        sys.executable,
        "-m",
        "briefing",
        "run",
        "--due",
        "--config",
        str(desk / "briefing.toml"),
    ]

    done = subprocess.run(command, cwd="/", env={}, capture_output=True, text=True)
    again = subprocess.run(
        [*command, "--catch-up", "0"], cwd="/", env={}, capture_output=True, text=True
    )

    # The report is of 2026-03-03, so no edition of today is found in it: said once, with exit code
    # 1.
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("no edition was made") == len(done.stderr.splitlines())
    assert (again.returncode, again.stdout) == (1, "")
    assert len(again.stderr.splitlines()) == 0


def test_the_sample_corpus_becomes_three_editions_that_are_archived_and_never_repeat(
    tmp_path: Path, root: Path
) -> None:
    """Day after day as a desk would: what readers had is not told again, storylines go on,
    everything can be found.
    """
    made = []
    for day in (4, 5, 6):
        folders = [root / "corpus" / f"2026-03-0{earlier}" for earlier in range(3, day)]
        config = Config(
            output=str(tmp_path / "output"), state=str(tmp_path / "state"), formats=("markdown",),
            sources=tuple(SourceSettings(str(folder)) for folder in folders),
        )  # fmt: skip
        clock = partial(datetime, 2026, 3, day, 6, 30, tzinfo=UTC)
        made += run_due_editions(
            config, clock=clock, make=Maker(config, clock, lambda _: None)
        ).editions
    db = connect(tmp_path / "state" / "archive.sqlite")
    told = editions.shown_quotations(db, profile="daily", before=date(2026, 3, 7))
    followed = [
        one
        for one in storylines.known_storylines(db, profile="daily", since=date(2026, 3, 1))
        if len(one.articles) > 1
    ]
    grown = [
        one.id
        for one in followed
        if len(storylines.growth_days(db, profile="daily", storyline=one.id)) > 1
    ]
    found = search.search_articles(db, "strike")
    faults = maintenance.check_integrity(db)
    db.close()

    assert made == [f"2026-03-0{day}-daily" for day in (4, 5, 6)]
    assert len({(one.article, one.start) for one in told}) == len(told)
    assert followed
    assert grown
    assert found
    assert faults == ()


def test_paths_do_not_go_with_due(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)

    assert run_command(["run", "--due", "corpus"]) == 64
    assert run_command(["run", "--due", "--config", "nowhere.toml"]) == 64


def test_the_share_is_recognised_by_its_mark(config: Config, tmp_path: Path) -> None:
    publish.initialise_target(config, str(tmp_path / "share"))
    (tmp_path / "share" / ".briefing-target").write_text('{"id": "another"}')

    assert "another share than before" in wake(config).troubles[0]
