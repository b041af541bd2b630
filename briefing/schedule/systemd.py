"""A program and a workspace to a service and a timer for systemd; installed units to what is wrong
with them.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from briefing.schedule.cron import EVERY, Job

# In UTC: in local time systemd leaves out the hour that comes twice when the clocks go back, and
# wakes nobody for it.
CALENDAR = f"*:0/{EVERY} UTC"


def render_units(job: Job) -> dict[str, str]:
    """File name to content of a service and its timer. `Persistent` makes up for a host that was
    off.
    """
    command = " ".join(_quote_word(word) for word in shlex.split(job.command))
    service = (
        f"[Unit]\nDescription={_escape_line(job.title)}\nAfter=network-online.target\nWants=network-online.target\n\n"
        f"[Service]\nType=oneshot\nWorkingDirectory={_escape_line(str(job.folder))}\nExecStart={command}\n"
        "SuccessExitStatus=75\nNoNewPrivileges=yes\nPrivateTmp=yes\nProtectSystem=full\n"
        "# LoadCredential=smtp:/etc/briefing/smtp-password   with password = "
        '"credential:smtp" in briefing.toml\n'
    )
    timer = (
        f"[Unit]\nDescription={_escape_line(job.title)}, every {EVERY} minutes\n\n"
        f"[Timer]\nOnCalendar={CALENDAR}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
    return {f"briefing-{job.profile}.service": service, f"briefing-{job.profile}.timer": timer}


def _escape_line(text: str) -> str:
    """One line in which systemd finds nothing to expand."""
    return re.sub(r"[\r\n]+", " ", text).replace("%", "%%")


def verify_units(files: Sequence[Path]) -> tuple[str, ...]:
    """What `systemd-analyze verify` says against installed units, a line each; nothing where it is
    not installed.
    """
    program = shutil.which("systemd-analyze")
    if not program:
        return ()
    with (
        tempfile.TemporaryDirectory() as folder
    ):  # it asks for a runtime folder, which no cron and no ssh command has
        environment = {**os.environ, "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", folder)}
        command = [program, "--user", "verify", *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603
    said = [line for line in done.stderr.splitlines() if line.strip()]
    return (
        tuple(said)
        if said or not done.returncode
        else (f"systemd-analyze ends with {done.returncode}",)
    )


def _quote_word(word: str) -> str:
    """A word of ExecStart: systemd expands `%` and `$`, and takes C escapes inside
    quotation marks.
    """
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return plain if re.fullmatch(r"[\w@%+=:,./-]+", plain) else f'"{plain}"'
