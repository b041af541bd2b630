"""`briefing schedule`: a workspace to the lines that wake the program, shown, installed or
checked.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from briefing.cli import terminal
from briefing.cli.workspace import load_workspace, option
from briefing.config import Config
from briefing.errors import BriefingError
from briefing.schedule import calendar, cron, systemd
from briefing.schedule.cron import Job

UNITS = Path(".config", "systemd", "user")
NEXT = 5


@click.group()
def schedule() -> None:
    """Show, install or check what makes an edition every morning.

    \b
    Examples:
      briefing schedule install
      briefing schedule show --user news > /etc/cron.d/briefing
      briefing schedule check
    """


@schedule.command()
@option
@click.option("--user", metavar="NAME", help="As a file for /etc/cron.d, run by this user.")
@click.option("--systemd", "units", is_flag=True, help="As a service and a timer for systemd.")
def show(file: str, user: str | None, units: bool) -> None:
    """Print the lines for crontab, for /etc/cron.d or for systemd."""
    job = _workspace_job(load_workspace(file), file)
    if not units:
        click.echo(cron.render_crontab(job, user=user), nl=False)
        return
    for name, text in systemd.render_units(job).items():
        click.echo(f"# {name}\n{text}")


@schedule.command()
@option
@click.option(
    "--systemd",
    "units",
    is_flag=True,
    help="A service and a timer of the user's systemd instead of cron.",
)
@click.option("--remove", is_flag=True, help="Take the line out of the crontab instead.")
def install(file: str, units: bool, remove: bool) -> int:
    """Put the line into this user's crontab, once; every other line stays as it is."""
    job = _workspace_job(load_workspace(file), file)
    if units:
        return _install_units(job)
    present = cron.load_crontab()
    cron.write_crontab(
        cron.remove_job(present, job) if remove else cron.merge_crontab(present, job)
    )
    click.echo(f"{job.folder}: {'taken out of' if remove else 'in'} the crontab")
    return 0


@schedule.command()
@option
def check(file: str) -> int:
    """Print the next five editions, what cron will run and in which environment; exit code 1 when
    nothing wakes it.
    """
    from briefing.service.morning.due import due_times

    config = load_workspace(file)
    job = _workspace_job(config, file)
    days = calendar.upcoming_days(
        datetime.now(UTC), due_times(config), weekdays=config.schedule.days
    )
    for day in islice(days, NEXT):
        when = due_times(config)(day)
        local = when.astimezone(ZoneInfo(config.timezone))
        click.echo(f"{day.isoformat()}  due {local:%a %H:%M %Z}, {when.astimezone(UTC):%H:%M} UTC")
    click.echo(f"command  {job.command}")
    click.echo("environment  HOME, LOGNAME, SHELL=/bin/sh, PATH=/usr/bin:/bin and nothing else")
    woken = _find_wakers(job)
    click.echo(
        "woken by  "
        f"{', '.join(woken) if woken else 'nothing; install it with: briefing schedule install'}"
    )
    faults = _unit_faults(job)
    for fault in faults:
        terminal.show_trouble(fault)
    return 0 if woken and not faults else 1


def _find_wakers(job: Job) -> list[str]:
    """Who wakes this workspace: the user's crontab, a file in /etc/cron.d, a timer."""
    found = []
    with contextlib.suppress(BriefingError):  # without cron there may be a timer
        found += ["crontab"] if cron.is_installed(cron.load_crontab(), job) else []
    for path in sorted(Path("/etc/cron.d").glob("*")) if Path("/etc/cron.d").is_dir() else []:
        if os.access(path, os.R_OK) and cron.is_installed(
            path.read_text(encoding="utf-8", errors="replace"), job
        ):
            found.append(str(path))
    timer = Path.home() / UNITS / f"briefing-{job.profile}.timer"
    return [*found, *([str(timer)] if timer.exists() else [])]


def _unit_faults(job: Job) -> list[str]:
    """What is wrong with the units installed for this workspace, if there are any."""
    files = {Path.home() / UNITS / name: text for name, text in systemd.render_units(job).items()}
    present = [path for path in files if path.exists()]
    others = [
        (
            f"{path}: it is not what this installation writes; put it right with: "
            "briefing schedule install --systemd"
        )
        for path in present
        if path.read_text(encoding="utf-8", errors="replace") != files[path]
    ]
    return [*others, *(systemd.verify_units(present) if present else ())]


def _install_units(job: Job) -> int:
    """Write them and let systemd look at them; the exit code."""
    folder = Path.home() / UNITS
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in systemd.render_units(job).items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(folder / name)
    faults = _unit_faults(job)
    for fault in faults:
        terminal.show_trouble(fault)
    click.echo(f"now run: systemctl --user enable --now briefing-{job.profile}.timer", err=True)
    return 1 if faults else 0


def _workspace_job(config: Config, file: str) -> Job:
    """What is to be woken, by places that do not depend on where or as whom it runs."""
    return Job(program_command(), Path(file).absolute().parent, config.profile, config.title)


def program_command() -> tuple[str, ...]:
    """The words that start this very installation from anywhere."""
    beside = Path(sys.executable).with_name("briefing")
    found = str(beside) if beside.exists() else shutil.which("briefing")
    return (str(Path(found).absolute()),) if found else (sys.executable, "-m", "briefing")
