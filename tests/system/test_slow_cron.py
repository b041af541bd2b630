"""A real Debian cron under a clock that runs 2,000 times as fast: a week across a change of the
clocks.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SPEED = 2_000
FIRST = date(2026, 3, 27)  # a Friday; on Sunday the clocks of Berlin go forward
DAYS = 7
# minutes between two wakings: less than a second of ours, in which a slow machine must start a
# Python
EVERY = 30

# cron gives its jobs a bare environment, so the fast clock is worked out again here; the edition
# itself is a stub.
JOB = """
import json, sys, time
sys.path.insert(0, {root!r})
from datetime import UTC, datetime, timedelta
from pathlib import Path
from briefing.config import Config
from briefing.model import Rendition
from briefing.settings import ScheduleSettings
from briefing.service.morning.due import Made, run_due_editions
def clock():
    return datetime.fromisoformat({first!r}) + timedelta(seconds=(time.time() - {began}) * {speed})
def make(db, day, window):
    with open({log!r}, "a") as file:
        file.write(f"{{day}} {{clock().isoformat()}}\\n")
    record = json.dumps({{"profile": "daily", "date": str(day), "briefs": [], "leads": []}}).encode()
    return Made((Rendition("edition.json", "application/json", record),))
config = Config(output={home!r} + "/output", state={home!r} + "/state", timezone="Europe/Berlin",
                schedule=ScheduleSettings(due="02:30"))
sys.exit(run_due_editions(config, clock=clock, make=make).exit)
"""


def installed() -> None:
    if os.geteuid() != 0:
        pytest.skip("left out: cron needs root")
    if not (shutil.which("cron") and shutil.which("faketime")):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "cron", "faketime"]
        if (
            not shutil.which("apt-get")
            or subprocess.run(command, capture_output=True, env=environment).returncode
        ):
            pytest.skip("left out: cron and faketime are not installed and cannot be")


# The system's own crontabs are hidden from this cron, and this one's from the system.
HIDDEN = (
    "mount --bind {0}/cron.d /etc/cron.d && mount --bind {0}/crontabs /var/spool/cron/crontabs && "
    "mount --bind {0}/crontab /etc/crontab && mount -t tmpfs tmpfs /run && exec "
)


def hiding(folder: Path, command: str) -> list[str]:
    return ["unshare", "-m", "sh", "-c", HIDDEN.format(folder) + command]


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that no other test run clears away; it takes five minutes."""
    installed()
    made = Path(tempfile.mkdtemp(prefix="briefing-cron-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


def test_debian_cron_makes_every_edition_of_a_week_once(folder: Path, root: Path) -> None:
    for name in ("cron.d", "crontabs", "run"):
        (folder / name).mkdir()
    log = folder / "made"
    log.write_text("")
    began = time.time()
    first = f"{FIRST.isoformat()}T00:00:00+01:00"
    (folder / "job.py").write_text(
        JOB.format(
            root=str(root), first=first, began=began, speed=SPEED, log=str(log), home=str(folder)
        )
    )
    (folder / "crontab").write_text(
        f'MAILTO=""\n*/{EVERY} * * * * root {sys.executable} {folder}/job.py\n'
    )
    if subprocess.run(hiding(folder, "true"), capture_output=True).returncode:
        pytest.skip(
            "left out: this machine permits no mounts of one's own, and the system's "
            "crontabs are left alone"
        )
    fast = f"faketime -f '@{FIRST.isoformat()} 00:00:00 x{SPEED}' cron -f -L 0"
    environment = {**os.environ, "TZ": "Europe/Berlin"}
    cron = subprocess.Popen(hiding(folder, fast), env=environment, start_new_session=True)
    last = (FIRST + timedelta(days=DAYS - 1)).isoformat()
    until = time.monotonic() + 3 * DAYS * 86_400 / SPEED
    try:
        while last not in log.read_text() and time.monotonic() < until:
            assert cron.poll() is None, "cron has ended"
            time.sleep(1)
        time.sleep(
            3 * EVERY * 60 / SPEED + 3
        )  # three wakings more, which must make nothing of these days
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(cron.pid, signal.SIGKILL)  # faketime starts cron as a child of its own
        cron.wait()
    time.sleep(2)  # for a job that was under way

    made = [line.split()[0] for line in log.read_text().splitlines()]
    sys.stdout.write("\n" + log.read_text())
    expected = [(FIRST + timedelta(days=number)).isoformat() for number in range(DAYS)]
    # The first day's edition is that of the day before when cron comes before it is due.
    assert [day for day in made if day in expected] == expected
    assert len(set(made)) == len(made)
