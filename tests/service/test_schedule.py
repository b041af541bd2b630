"""When an edition is due, for every local day once, whatever the clocks do; the lines that wake the
program.
"""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from briefing.cli import run_command
from briefing.editions.windows import due_instant
from briefing.errors import BriefingError
from briefing.schedule import calendar, cron, systemd
from briefing.schedule.cron import Job
from briefing.schedule.lock import LockedError, hold_lock

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/Sao_Paulo",
]
FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)


def every_day(first: date = FIRST, last: date = LAST) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def made(
    moments: list[datetime],
    due: calendar.Due,
    *,
    most: int = 4,
    weekdays: tuple[str, ...] = calendar.DAYS,
) -> list[date]:
    """The editions that a program woken at these moments makes, in its order."""
    days: list[date] = [FIRST - timedelta(days=1)]
    for now in moments:
        days += calendar.missing_days(now, due, weekdays=weekdays, last=days[-1], most=most)
    return days[1:]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("clock", ["00:00", "02:30", "06:00", "23:59"])
def test_every_local_day_from_2020_to_2030_has_one_edition(zone: str, clock: str) -> None:
    due = partial(due_instant, clock=time.fromisoformat(clock), timezone=zone)
    start, stop = due(FIRST), due(LAST)
    moments = [
        start + timedelta(hours=12) * number
        for number in range(int((stop - start) / timedelta(hours=12)) + 2)
    ]

    assert made(moments, due) == every_day()


@pytest.mark.parametrize("zone", ZONES)
def test_around_changes_of_the_clock_being_woken_every_ten_minutes_makes_each_day_once(
    zone: str,
) -> None:
    due = partial(due_instant, clock=time(2, 30), timezone=zone)
    for first in (
        date(2026, 3, 6),
        date(2026, 3, 27),
        date(2026, 4, 3),
        date(2026, 10, 2),
        date(2026, 10, 23),
    ):
        start = datetime.combine(first, time(), UTC)
        moments = [start + timedelta(minutes=10 * number) for number in range(4 * 144)]
        days = [first - timedelta(days=1)]
        for now in moments:
            days += calendar.missing_days(now, due, weekdays=calendar.DAYS, last=days[-1], most=4)

        assert days == sorted(set(days))
        assert [later - earlier for earlier, later in itertools.pairwise(days)] == [
            timedelta(days=1)
        ] * (len(days) - 1)


def test_a_host_that_slept_for_three_days_makes_the_missed_editions_in_order() -> None:
    due = partial(due_instant, clock=time(6), timezone="Europe/Berlin")
    awake = datetime(2026, 3, 9, 12, tzinfo=UTC)

    found = partial(
        calendar.missing_days, awake, due, weekdays=calendar.DAYS, last=date(2026, 3, 5)
    )

    assert found(most=4) == tuple(date(2026, 3, day) for day in (6, 7, 8, 9))
    assert found(most=2) == (date(2026, 3, 8), date(2026, 3, 9))
    assert calendar.missing_days(awake, due, weekdays=calendar.DAYS, last=None, most=4) == (
        date(2026, 3, 9),
    )


@settings(
    deadline=None, suppress_health_check=list(HealthCheck)
)  # how fast the machine is does not matter
@given(
    hours=some.lists(some.integers(-100, 100), max_size=40),
    zone=some.sampled_from(ZONES),
    clock=some.times(),
)
def test_a_clock_set_back_and_forth_makes_no_day_twice_and_none_out_of_order(
    hours: list[int], zone: str, clock: time
) -> None:
    due = partial(due_instant, clock=clock.replace(microsecond=0), timezone=zone)
    now = datetime(2026, 3, 29, tzinfo=UTC)
    moments = [now := now + timedelta(hours=step) for step in hours]

    days = made(moments, due, most=400)

    assert days == sorted(set(days))


def test_weekends_can_be_left_out() -> None:
    due = partial(due_instant, clock=time(6), timezone="UTC")
    weekdays = ("mon", "tue", "wed", "thu", "fri")
    monday = datetime(2026, 3, 9, 7, tzinfo=UTC)

    assert calendar.missing_days(monday, due, weekdays=weekdays, last=date(2026, 3, 5), most=9) == (
        date(2026, 3, 6), date(2026, 3, 9),
    )  # fmt: skip
    assert calendar.previous_edition_day(date(2026, 3, 9), weekdays=weekdays) == date(2026, 3, 6)
    assert list(itertools.islice(calendar.upcoming_days(monday, due, weekdays=weekdays), 5)) == [
        date(2026, 3, day) for day in (10, 11, 12, 13, 16)
    ]


def test_the_next_day_is_the_local_one_on_both_sides_of_the_date_line() -> None:
    now = datetime(2026, 3, 9, 11, tzinfo=UTC)
    for zone, today in (("Pacific/Kiritimati", 10), ("Pacific/Pago_Pago", 9)):
        due = partial(due_instant, clock=time(0), timezone=zone)
        assert calendar.missing_days(now, due, weekdays=calendar.DAYS, last=None, most=1) == (
            date(2026, 3, today),
        )
        assert next(calendar.upcoming_days(now, due, weekdays=calendar.DAYS)) == date(
            2026, 3, today + 1
        )


JOB = Job(("/usr/local/bin/briefing",), Path("/srv/desk"))


def test_the_shipped_schedule_is_what_the_program_writes(root: Path) -> None:
    assert (root / "schedule.cron").read_text(encoding="utf-8") == cron.render_crontab(JOB)


def test_a_crontab_gets_the_line_once_and_keeps_every_other() -> None:
    mine = "MAILTO=me@example.org\n# backup\n5 4 * * * /usr/bin/backup\n"
    other = Job(JOB.program, Path("/srv/other"))

    once = cron.merge_crontab(mine, JOB)
    both = cron.merge_crontab(once, other)

    assert once.startswith(mine)
    assert cron.merge_crontab(once, JOB) == once
    assert cron.merge_crontab(both, JOB).count("/srv/desk") == 1
    assert cron.is_installed(both, JOB)
    assert cron.is_installed(both, other)
    assert cron.remove_job(cron.remove_job(both, JOB), other).rstrip() == mine.rstrip()
    assert not cron.is_installed(mine, JOB)
    assert not cron.is_installed("# " + cron.render_crontab(JOB).splitlines()[-1], JOB)


@pytest.mark.parametrize(
    "folder", ["/srv/my desk", "/srv/100%", "/srv/it's", "/srv/$HOME", '/srv/"x"']
)
def test_folders_with_odd_names_reach_the_program_whole(folder: str, tmp_path: Path) -> None:
    job = Job((sys.executable, "-c", "import sys; print(sys.argv[-1])"), Path(folder))
    line = cron.render_crontab(job).splitlines()[-1]
    command = line.split("* * * *", 1)[1].strip()

    # What cron does: an escaped % is a %, the rest is for /bin/sh.
    said = subprocess.run(
        ["/bin/sh", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, env={}
    )

    assert re.search(r"(?<!\\)%", command) is None
    assert said.stdout.strip() == f"{folder}/briefing.toml"
    service = systemd.render_units(job)["briefing-daily.service"]
    words = re.search(r"(?m)^ExecStart=(.*)$", service)
    assert words
    assert (
        shlex.split(words[1].replace("%%", "%").replace("$$", "$"))[-1] == f"{folder}/briefing.toml"
    )


def test_a_file_for_cron_d_names_its_user() -> None:
    assert "*/10 * * * *  news  /usr/local/bin/briefing run --due" in cron.render_crontab(
        JOB, user="news"
    )
    assert set(systemd.render_units(JOB)) == {"briefing-daily.service", "briefing-daily.timer"}


HOLDER = ("import sys, time; sys.path.insert(0, {root!r})\nfrom pathlib import "
"Path\nfrom briefing.schedule.lock import hold_lock\nwith "
"hold_lock(Path({path!r}), what='daily'):\n    print('held', flush=True)\n    "
"time.sleep(60)\n")  # fmt: skip


def test_one_run_at_a_time_and_kill_gives_the_lock_back(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "state" / "daily.lock"
    code = HOLDER.format(root=str(root), path=str(path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        started = stopwatch.monotonic()
        with (
            pytest.raises(LockedError, match=f"process {holder.pid}"),
            hold_lock(path, what="daily"),
        ):
            pass
        assert (
            stopwatch.monotonic() - started < 10
        )  # at once: it does not wait for the holder, who never ends
        holder.kill()
        holder.wait()
    with hold_lock(path, what="daily"):
        assert path.read_text() == f"{os.getpid()}\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace, with a `crontab` of its own that keeps its table in a file."""
    (tmp_path / "briefing.toml").write_text(
        'timezone = "Europe/Berlin"\n[schedule]\ndue = "05:30"\n'
    )
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "crontab").write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then cat {tmp_path}/table; else cat > {tmp_path}/table; fi\n'
    )
    (bin_ / "crontab").chmod(0o755)
    (tmp_path / "table").write_text("# mine\n")
    monkeypatch.setenv("PATH", f"{bin_}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_schedule_is_shown_installed_checked_and_taken_out(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["schedule", "check"]) == 1
    assert "nothing; install it with" in capfd.readouterr().out
    assert run_command(["schedule", "install"]) == 0
    assert run_command(["schedule", "install"]) == 0
    assert (desk / "table").read_text().count("run --due") == 1
    capfd.readouterr()
    assert run_command(["schedule", "check"]) == 0
    out = capfd.readouterr().out
    assert "woken by  crontab" in out
    assert re.search(r"\d{4}-\d\d-\d\d  due \w{3} 05:30 CES?T, 0[34]:30 UTC", out)
    assert run_command(["schedule", "install", "--remove"]) == 0
    assert (desk / "table").read_text().strip() == "# mine"
    assert run_command(["schedule", "show", "--user", "news"]) == 0
    assert run_command(["schedule", "show", "--systemd"]) == 0
    assert "OnCalendar=*:0/10" in capfd.readouterr().out


CHANGES = {  # a day on which the clocks change, or a zone that never does
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-04-04", "2026-10-03"),
    "Asia/Kolkata": ("2026-03-29",),
    "Pacific/Apia": ("2026-03-29",),
    "America/Sao_Paulo": ("2018-11-03", "2018-02-17"),
}


@pytest.mark.parametrize(
    ("zone", "day"), [(zone, day) for zone, days in CHANGES.items() for day in days]
)
def test_systemd_wakes_every_ten_minutes_when_the_clocks_change(zone: str, day: str) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip(
            "left out: systemd-analyze is not installed; on Debian: apt-get install systemd"
        )
    command = [
        "systemd-analyze",
        "calendar",
        f"--base-time={day} 00:00:00 UTC",
        "--iterations=200",
        systemd.CALENDAR,
    ]

    said = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "TZ": zone}
    ).stdout

    # Where the zone is UTC's own the line with UTC is left out; here it never is.
    found = re.findall(r"(?:\(in UTC\)|Next elapse|Iter\. #\d+): \w+ ([\d-]+ [\d:]+) UTC", said)
    times = [datetime.fromisoformat(text) for text in found]
    assert len(times) >= 200
    assert {after - before for before, after in itertools.pairwise(times)} <= {
        timedelta(minutes=10),
        timedelta(0),
    }
    assert times[-1] - times[0] == timedelta(minutes=1990)


def test_units_go_to_the_users_systemd_and_are_looked_at(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["schedule", "install", "--systemd"]) == 0
    service = desk / ".config" / "systemd" / "user" / "briefing-daily.service"
    assert service.with_suffix(".timer").exists()
    assert run_command(["schedule", "check"]) == 0

    service.write_text(service.read_text().replace("oneshot", "never"))
    capfd.readouterr()
    assert run_command(["schedule", "check"]) == 1
    assert "it is not what this installation writes" in capfd.readouterr().err


@pytest.mark.parametrize("folder", ["my desk", "100%", "it's", "$HOME", 'a "b"'])
@pytest.mark.parametrize("title", ["Morning", '100 % $HOME "x"\n[Service]\nUser=root'])
def test_systemd_finds_no_fault_in_units_whatever_folder_and_title(
    tmp_path: Path, folder: str, title: str
) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip(
            "left out: systemd-analyze is not installed; on Debian: apt-get install systemd"
        )
    (tmp_path / folder).mkdir()
    written = systemd.render_units(Job((sys.executable,), tmp_path / folder, title=title))
    for name, text in written.items():
        (tmp_path / name).write_text(text)

    assert systemd.verify_units([tmp_path / name for name in written]) == ()
    (tmp_path / "briefing-daily.service").write_text(
        written["briefing-daily.service"].replace("Type=oneshot", "Type=x")
    )
    assert systemd.verify_units([tmp_path / "briefing-daily.service"]) != ()
    assert "\n[Service]\nUser=" not in written["briefing-daily.service"]


def test_a_folder_whose_name_has_a_line_break_makes_no_second_line_of_a_crontab() -> None:
    with pytest.raises(BriefingError, match="takes no line break"):
        cron.render_crontab(Job(("briefing",), Path("/srv/a\n* * * * * rm")))


def test_a_crontab_that_cannot_be_read_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "crontab"
    program.write_text("#!/bin/sh\necho 'the disk is on fire' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    with pytest.raises(BriefingError, match="the disk is on fire"):
        cron.load_crontab()
    program.write_text("#!/bin/sh\necho 'no crontab for root' >&2\nexit 1\n")
    assert cron.load_crontab() == ""
