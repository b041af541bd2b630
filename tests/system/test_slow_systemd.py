"""A real systemd, first process of a namespace of its own: the timer as it is installed wakes, one
edition is made.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mailserver import MailServer, certificates, server_context

from briefing.schedule import systemd
from briefing.schedule.cron import Job

pytestmark = pytest.mark.slow

SYSTEMD = Path("/lib/systemd/systemd")
LONG = 300  # seconds for a sign to come: a generous bound, nothing is measured
TARGETS = (
    "sysinit",
    "basic",
    "timers",
    "shutdown",
    "umount",
    "network-online",
    "time-set",
    "time-sync",
)
ALONE = "[Unit]\nDefaultDependencies=no\n"
START = f"{ALONE}AllowIsolate=yes\nWants=probe.service briefing-daily.timer\n"
OFTEN = "[Timer]\nOnCalendar=*:*:0/5 UTC\nAccuracySec=1s\n"  # beside the timer's own times
CONFINED = ("NoNewPrivileges=yes", "ProtectSystem=full")
# Nothing of the machine's own systemd, its units, its timers or its runtime folder is seen or
# touched.
PREPARE = """set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p /var/lib/systemd
mount -t tmpfs tmpfs /var/lib/systemd
mkdir -p /var/lib/systemd/timers
touch -d '3 days ago' /var/lib/systemd/timers/stamp-briefing-daily.timer
mount -t proc proc /proc
mount -t cgroup2 cgroup2 /sys/fs/cgroup
exec {systemd} --system --unit=start.target
"""
PAGE = """<html><head><title>Dockers walk out at Halden</title>
<meta property="article:published_time" content="{when}"><meta property="og:site_name" content="The Halden Courier">
</head><body><article><h1>Dockers walk out at Halden</h1>
<p>Dockers walked out at the port of Halden on Tuesday over pay, and ships waited in the roads.</p>
<p>Marit Osei, leader of the harbour union, said the strike would last until an offer was made.</p>
<p>The port put the cost of the stoppage at 18 million crowns a day, and asked for talks.</p>
</article></body></html>"""
SETTINGS = """timezone = "UTC"
formats = ["markdown", "email"]
[schedule]
due = "00:00"
[[sources]]
location = "corpus"
[mail]
server = "localhost"
port = {port}
security = "smtps"
ca_file = "{ca}"
user = "desk"
password = "file:{password}"
sender = "Desk <desk@example.org>"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    if os.geteuid() != 0 or not SYSTEMD.exists() or not shutil.which("unshare"):
        pytest.skip("left out: a systemd of one's own needs root, systemd and unshare")
    return tmp_path


@contextlib.contextmanager
def booted(units: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """systemd with these units alone; ended with everything it started."""
    command = ["unshare", "--pid", "--fork", "--mount", "--uts", "--cgroup", "--kill-child=KILL"]
    environment = {
        "PATH": os.environ["PATH"],
        "container": "other",
        "SYSTEMD_UNIT_PATH": str(units),
    }
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*command, "sh", "-c", PREPARE.format(systemd=SYSTEMD)],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)  # the namespace ends with its first process
            process.wait(LONG)


def wait_for(
    sign: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, *, probing: bool = False
) -> None:
    stop = time.monotonic() + LONG
    while not sign():
        late = time.monotonic() > stop
        if process.poll() is not None or (late and probing):
            pytest.skip(
                f"left out: no systemd starts here: {log.read_text(errors='replace')[-300:]}"
            )
        assert not late, log.read_text(errors="replace")[-3000:]
        time.sleep(0.2)


def written(desk: Path, port: int, ca: Path) -> Path:
    """A workspace with news of yesterday and one reader, and its units; the folder of the units."""
    yesterday = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(
        hours=12
    )
    (desk / "corpus").mkdir()
    (desk / "corpus" / "strike.html").write_text(PAGE.format(when=yesterday.isoformat()))
    (desk / "briefing.toml").write_text(
        SETTINGS.format(port=port, ca=ca, password=desk / "password")
    )
    (desk / "password").write_text("Pa55-of-the-desk\n")
    command = [sys.executable, "-m", "briefing", "recipients", "add", "ada@example.org"]
    subprocess.run(command, cwd=desk, check=True, capture_output=True)
    units = desk / "units"
    units.mkdir()
    for name in TARGETS:
        (units / f"{name}.target").write_text(ALONE)
    (units / "start.target").write_text(START)
    for name, text in systemd.render_units(Job((sys.executable, "-m", "briefing"), desk)).items():
        (units / name).write_text(text)
        (units / f"{name}.d").mkdir()
    (units / "briefing-daily.timer.d" / "often.conf").write_text(OFTEN)
    (units / "briefing-daily.service.d" / "test.conf").write_text(
        f"[Service]\nPrivateTmp=no\nStandardOutput=append:{desk}/said\nStandardError=append:{desk}/said\n"
        f"ExecStopPost=/bin/sh -c 'echo $$SERVICE_RESULT $$EXIT_STATUS >> {desk}/runs'\n"
    )
    # As confined as the service itself, and nothing else: whether this machine lets a systemd do
    # that at all.
    kept = [
        line
        for line in (units / "briefing-daily.service").read_text().splitlines()
        if line in CONFINED
    ]
    (units / "probe.service").write_text(
        f"{ALONE}[Service]\nType=oneshot\nWorkingDirectory={desk}\nExecStart=/bin/true\n"
        + "\n".join(kept)
        + "\n"
        "ExecStopPost=/bin/sh -c 'echo $$SERVICE_RESULT $$EXIT_STATUS > "
        f"{desk}/probe.part; mv probe.part probe'\n"
    )
    return units


def test_the_timer_makes_one_edition_and_mails_it_once(desk: Path) -> None:
    """Off for three days, `Persistent` starts the first run at once; then it is woken again and
    again.
    """
    ca, both = certificates(desk)
    log, runs, began = desk / "log", desk / "runs", datetime.now(UTC).date()
    with MailServer(context=server_context(both), tls_at_once=True) as server:
        units = written(desk, server.port, ca)
        with booted(units, log) as process:
            wait_for((desk / "probe").exists, process, log, probing=True)
            if (desk / "probe").read_text().split() != ["success", "0"]:
                pytest.skip(
                    "left out: the systemd of this machine cannot run so confined a program here"
                )
            wait_for(
                lambda: runs.exists() and len(runs.read_text().splitlines()) >= 3, process, log
            )

    said = (desk / "said").read_text()
    assert set(runs.read_text().splitlines()) == {"success 0"}, said
    if datetime.now(UTC).date() != began:
        pytest.skip("left out: midnight came, and with it a second edition")
    assert [path.name for path in (desk / "output").iterdir()] == [f"{began}-daily"]
    assert [address for address, _ in server.taken] == ["ada@example.org"]
    assert said == ""
