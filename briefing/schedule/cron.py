"""A program and a workspace to lines for cron that survive an empty environment.

The program decides what is due, in the profile's own time zone: Debian's cron ignores CRON_TZ, and
no cron makes the days that a sleeping host has missed. So it is only woken every ten minutes; when
nothing is to be done that costs a third of a second and prints nothing.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import BriefingError

EVERY = 10  # minutes; retries of mails that were put off wait at least one
HEAD = """# {title}: wakes the program, which makes and delivers what is due (to see when: briefing schedule check).
# cron's environment is nearly empty, so every place is absolute. Nothing is printed, and so nothing is mailed,
# when all is well."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is woken: `program` are the words of the command, `folder` holds briefing.toml."""

    program: tuple[str, ...]
    folder: Path
    profile: str = "daily"
    title: str = "Briefing"

    @property
    def command(self) -> str:
        """For a shell; `%` would be a line break in a crontab."""
        words = [*self.program, "run", "--due", "--config", str(self.folder / "briefing.toml")]
        return " ".join(map(shlex.quote, words))


def render_crontab(job: Job, *, user: str | None = None) -> str:
    """Lines for `crontab -`, or with a `user` those of a file in /etc/cron.d."""
    who = f"{user}  " if user else ""
    return (
        f"{HEAD.format(title=_single_line(job.title))}\n*/{EVERY} * * * *  "
        f"{who}{_escape_command(job)}\n"
    )


def _escape_command(job: Job) -> str:
    """Raises BriefingError for a place that would be two lines of a crontab."""
    if "\n" in job.command or "\r" in job.command:
        raise BriefingError(
            f"{str(job.folder)!r}: cron takes no line break in a name; call the folder otherwise"
        )
    return job.command.replace("%", r"\%")


def _single_line(text: str) -> str:
    return " ".join(text.split())


def merge_crontab(present: str, job: Job) -> str:
    """A user's crontab with this workspace's line in it once; every other line stays as it is."""
    kept = remove_job(present, job)
    return kept + ("\n" if kept and not kept.endswith("\n\n") else "") + render_crontab(job)


def remove_job(present: str, job: Job) -> str:
    """The crontab without this workspace's line and the remark above it."""
    head = re.escape(HEAD.format(title="\0")).replace("\0", "[^\n]*")
    own = re.escape(
        f"run --due --config {shlex.quote(str(job.folder / 'briefing.toml'))}".replace("%", r"\%")
    )
    return re.sub(rf"(?m)^(?:{head}\n)?[^\n]*{own}[^\n]*\n?", "", present)


def is_installed(present: str, job: Job) -> bool:
    return any(
        line.strip().endswith(_escape_command(job))
        for line in present.splitlines()
        if not line.startswith("#")
    )


def load_crontab() -> str:
    """The user's crontab. Raises BriefingError without cron, and for one that cannot be read: it
    would be lost.
    """
    try:
        done = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)  # noqa: S607 - the user's own cron
    except OSError as error:
        raise BriefingError(
            "crontab is not installed; install cron, or use: briefing schedule show --systemd"
        ) from error
    if done.returncode and not re.search("no crontab|no such file", done.stderr, re.IGNORECASE):
        why = " ".join(done.stderr.split()) or f"crontab -l ends with {done.returncode}"
        raise BriefingError(f"the crontab cannot be read ({why}); nothing was changed")
    return done.stdout if done.returncode == 0 else ""


def write_crontab(text: str) -> None:
    try:
        subprocess.run(["crontab", "-"], input=text, capture_output=True, text=True, check=True)  # noqa: S607 - the user's own cron
    except (OSError, subprocess.CalledProcessError) as error:
        raise BriefingError(
            f"the crontab cannot be written ({error}); nothing was changed"
        ) from error
