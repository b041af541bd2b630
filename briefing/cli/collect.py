"""`briefing collect`: a workspace's sources to documents in its archive."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import click

from briefing.archive.database.connection import open_archive
from briefing.cli import terminal
from briefing.cli.workspace import archive_path, load_workspace, option, parse_day

PARTLY, FAILED = 3, 1


@click.command()
@option
@click.option(
    "--source", "-s", "chosen", multiple=True, metavar="NAME", help="Only this one, due or not."
)
@click.option(
    "--since", metavar="YYYY-MM-DD", help="Take what is newer than this day, known or not."
)
@click.option("--early", is_flag=True, help="Ask sources that are resting, too.")
def collect(file: str, chosen: tuple[str, ...], since: str | None, early: bool) -> int:
    """Fetch what is new from a workspace's sources into its archive.

    Prints the sources that gave something, with how much, one a line; what went wrong goes to
    stderr. A source that hangs or fails keeps nobody waiting. Sources rest between visits as their
    servers ask; calling this every few minutes is right. Exit code 3 when a source failed, 1 when
    all did.

    \b
    Examples:
      briefing collect
      briefing collect --source https://www.example.org/feed --since 2026-03-01
    """
    from briefing.service.collection.collect import collect_documents
    from briefing.sources import Report

    config = load_workspace(file)
    day = parse_day("--since", since)
    start = datetime.combine(day, time(), ZoneInfo(config.timezone)) if day else None

    def tell(report: Report) -> None:
        if report.documents:
            click.echo(f"{report.documents:>5}  {report.source.location}")
        for sentence in (*(fate.reason for fate in report.fates), *report.notes):
            terminal.show_trouble(sentence)

    with open_archive(archive_path(config)) as db:
        reports = collect_documents(
            db, config, now=datetime.now(UTC), chosen=chosen, since=start, early=early, report=tell
        )
    failed = sum(report.fault is not None for report in reports)
    terminal.show_step(
        f"{len(reports)} sources asked, {failed} failed, "
        f"{sum(each.documents for each in reports)} documents"
    )
    return (FAILED if failed == len(reports) else PARTLY) if failed else 0
