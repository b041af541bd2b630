"""`briefing build`: one collection to the editions of all its readers."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from briefing.cli import terminal
from briefing.cli.formats import option as formats_option
from briefing.cli.run import PARTLY, parse_day
from briefing.cli.workspace import load_workspace
from briefing.config import FILE
from briefing.errors import UsageError
from briefing.model import Window


@click.command()
@click.option(
    "--profile",
    "-p",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this reader's; may be repeated.",
)
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    help="Only the news of this day; without it, everything found.",
)
@click.option(
    "--since",
    metavar="WHEN",
    help="News from then on: a day, or a day and a time as in 2026-03-05T06:00.",
)
@click.option("--until", metavar="WHEN", help="News up to then.")
@click.option("--week", is_flag=True, help="A round-up of the seven days up to --date.")
@click.option(
    "--query", metavar="WORDS", help="An extra: only storylines that are about these words."
)
@click.option(
    "--note", default="", metavar="TEXT", help="The editor's note below the masthead, in Markdown."
)
@click.option("--output", "-o", metavar="DIR", help="Folder for editions.  [default: output]")
@formats_option
@click.option(
    "--config", "-c", "file", default=FILE, show_default=True, metavar="FILE", help="Configuration."
)
def build(  # noqa: PLR0917 - click hands over by name
    names: tuple[str, ...],
    day: str | None,
    since: str | None,
    until: str | None,
    week: bool,
    query: str | None,
    note: str,
    output: str | None,
    formats: tuple[str, ...],
    file: str,
) -> int:
    """Make the editions of a workspace's readers, from one collection.

    The documents are read once; each [[profiles]] table of briefing.toml gives an edition, in its
    own time zone. A catch-up after absence is --since, a round-up --week, an extra --query. The
    same news again is the same bytes; other news is a revision in a folder beside it. Prints the
    files made, one a line; exit code 3 when a document could not be read.

    \b
    Examples:
      briefing build
      briefing build --profile minister --date 2026-03-05
      briefing build --since 2026-03-02 --until 2026-03-05T06:00
      briefing build --week --date 2026-03-05
      briefing build --query "port strike" --note "Made at the editor's wish."
    """
    from briefing.editions import week_window
    from briefing.pipeline import (
        deliver_publication,
        edit_collection,
        gather_collection,
        latest_day,
        narrow_collection,
    )
    from briefing.wiring import reader_configs

    if (day or week) and (since or until):
        raise UsageError(
            f"--{'week' if week else 'date'} is a window of its own; leave --since "
            "and --until out, or it"
        )
    wishes = {"output": output, "formats": formats or None}
    stated: dict[str, Any] = {key: value for key, value in wishes.items() if value}
    config = dataclasses.replace(load_workspace(file), **stated)
    chosen = reader_configs(config, names)
    collection = gather_collection(config, now=datetime.now(UTC), step=terminal.show_step)
    collection = narrow_collection(collection, query) if query else collection
    kind = "extra" if query else "week" if week else "catch-up" if since or until else ""
    last = parse_day(day) or (latest_day(collection.articles, datetime.now(UTC)) if week else None)
    unread: list[str] = []
    for one in chosen:
        window = _parse_window(since, until, one.timezone)
        if week and last:
            window = week_window(last, one.timezone)
        made = edit_collection(
            collection,
            one,
            now=datetime.now(UTC),
            day=last or _last_day(window, one.timezone),
            window=window,
            kind=kind,
            note=note,
            step=terminal.show_step,
        )
        if not made.edition.items:
            terminal.show_trouble(f"{one.profile}: {terminal.explain_no_news(made.edition)}")
        terminal.show_results(deliver_publication(made, one.output))
        terminal.note_waiting_settings(made.edition, one)
        unread = [
            f"{fate.id}: {fate.reason}" for fate in terminal.unread_documents(made.edition.ledger)
        ]
    for line in unread:
        click.echo(line, err=True)
    return PARTLY if unread else 0


def _last_day(window: Window | None, timezone: str) -> date | None:
    """The local day that a window ends in, where it has an end."""
    if window is None or window.stop is None:
        return None
    return window.stop.astimezone(ZoneInfo(timezone)).date()


def _parse_window(since: str | None, until: str | None, timezone: str) -> Window | None:
    """None where neither side is named."""
    if not (since or until):
        return None
    window = Window(
        _parse_time("--since", since, timezone), _parse_time("--until", until, timezone)
    )
    if window.start and window.stop and window.start >= window.stop:
        raise UsageError(
            f"--until: {until} is not after --since {since}; put the earlier one first"
        )
    return window


def _parse_time(option: str, text: str | None, timezone: str) -> datetime | None:
    """A moment in the reader's zone; a day is its midnight. Raises UsageError."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(
            f"{option}: '{text}' is no time; write it as in 2026-03-05 or 2026-03-05T06:00"
        ) from error
    return found.replace(tzinfo=ZoneInfo(timezone)) if found and found.tzinfo is None else found
