"""A workspace to what is due of it made and delivered; what cron's mail or a person should know is
printed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime

import click

from briefing.cli import terminal
from briefing.config import Config
from briefing.service.report import DONE, FAILED, PARTLY, Report


def _current_time() -> datetime:
    return datetime.now(UTC)


def wake_workspace(config: Config, *, catch_up: int | None, again: date | None = None) -> int:
    """Run what is due and answer the exit code.

    Without a terminal nothing is printed but troubles that the run before did not have: cron mails
    what is printed.
    """
    from briefing.service.morning.profiles import run_all_profiles

    reports = run_all_profiles(
        config, clock=_current_time, step=terminal.show_step, catch_up=catch_up, again=again
    )
    for report in reports:
        for trouble in report.troubles if sys.stderr.isatty() else report.fresh:
            terminal.show_trouble(trouble)
        if sys.stdout.isatty():
            _show_report(report)
    return _worst_exit_code(reports)


def _worst_exit_code(reports: Sequence[Report]) -> int:
    """The exit code of all: an edition that is not there weighs more than one that is
    partly done.
    """
    codes = {report.exit for report in reports}
    return next((code for code in (FAILED, PARTLY) if code in codes), DONE)


def _show_report(report: Report) -> None:
    """For a person: what was done."""
    if report.idle:
        click.echo(f"{report.profile}: nothing is due, nothing is pending")
    for edition in report.editions:
        click.echo(f"made       {edition}")
    for place in report.published:
        click.echo(f"published  {place}")
    for state, count in report.sent.items():
        click.echo(f"mail       {count} {state}")
    for note in report.notes:
        click.echo(f"note       {note}")
