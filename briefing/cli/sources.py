"""`briefing sources`: where a workspace's documents come from, and how each source is doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.archive.database.connection import open_archive
from briefing.archive.store import source_states
from briefing.cli import terminal
from briefing.cli.workspace import archive_path, load_workspace, option
from briefing.config import configured_sources as configured
from briefing.errors import BriefingError, UsageError

FAILED, TROUBLE = 1, 3
COLOURS = {"well": "green", "resting": "green", "silent": "yellow", "failing": "red", "gone": "red"}


@click.group()
def sources() -> None:
    """List, add, remove, test, import, export or check where documents come from.

    \b
    Examples:
      briefing sources add https://www.example.org/
      briefing sources import subscriptions.opml
      briefing sources health
    """


@sources.command("list")
@option
def list_sources(file: str) -> None:
    """Print every source, one a line: kind, location, name."""
    for source in load_workspace(file).sources:
        click.echo("  ".join(filter(None, (source.kind.ljust(6), source.location, source.name))))


@sources.command()
@option
@click.option("--private", is_flag=True, help="It lies in a network of one's own.")
@click.argument("location", nargs=-1, required=True)
def add(file: str, private: bool, location: tuple[str, ...]) -> None:
    """Add feeds, sites, mailboxes or folders to briefing.toml.

    A site's address is enough: its feed is looked up. Prints what was added.

    \b
    Example:
      briefing sources add https://www.example.org/ imaps://desk@mail.example.org/Newsletters ~/clippings
    """
    from briefing.service.collection import collect, subscriptions

    client = collect.build_client(load_workspace(file))
    _add_sources(
        file, [subscriptions.recognise_source(each, client, private=private) for each in location]
    )


@sources.command()
@option
@click.argument("name")
def remove(file: str, name: str) -> None:
    """Remove a source, by its location or name, from briefing.toml; what was collected stays.
    Prints its location.
    """
    from briefing.service.collection import subscriptions

    load_workspace(file)
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    rest = subscriptions.remove_source(text, name)
    subscriptions.replace_file(path, rest)
    for location in sorted(
        subscriptions.source_locations(text) - subscriptions.source_locations(rest)
    ):
        click.echo(location)


@sources.command()
@option
@click.argument("name")
def test(file: str, name: str) -> int:
    """Visit one source and print what it gives, ten at most; nothing is stored or remembered.

    One document a line: its day, how many words were read in it, its headline, where it is from.
    What cannot be read is told with the reason.
    """
    from briefing.service.collection.collect import build_client, find_source
    from briefing.service.collection.trial import try_source

    config = load_workspace(file)
    trial = try_source(
        find_source(configured(config), name),
        timezone=config.timezone,
        clients=lambda: build_client(config),
    )
    for sample in trial.samples:
        day = sample.day.isoformat() if sample.day else "no date"
        click.echo(
            sample.fault
            or f"{day:<10}  {sample.words:>5}  {sample.headline or '-'}  {sample.origin}"
        )
    for sentence in (*(fate.reason for fate in trial.report.fates), *trial.report.notes):
        terminal.show_trouble(sentence)
    if trial.report.fault:
        return FAILED
    if not trial.report.documents:
        raise BriefingError(
            f"{name}: it answers, and holds nothing of the last days; raise backfill "
            "to go further back"
        )
    terminal.show_step(f"{trial.report.documents} documents in {trial.report.seconds:.1f} seconds")
    return TROUBLE if any(sample.fault for sample in trial.samples) else 0


@sources.command("import")
@option
@click.option("--private", is_flag=True, help="They lie in a network of one's own.")
@click.argument("listed", metavar="OPML", type=click.Path(path_type=Path))
def import_sources(file: str, private: bool, listed: Path) -> None:
    """Add the feeds of an OPML file, as every feed reader exports it. Prints what was added."""
    from briefing.service.collection import subscriptions
    from briefing.syndication import FeedError, parse_opml

    try:
        tables = subscriptions.import_feeds(parse_opml(listed.read_bytes()), private=private)
    except OSError as error:
        raise UsageError(f"{listed}: it cannot be opened ({error.strerror})") from error
    except FeedError as error:
        raise UsageError(f"{listed}: {error}") from error
    _add_sources(file, tables)


@sources.command()
@option
def export(file: str) -> None:
    """Print the feeds as OPML, for every feed reader."""
    from briefing.service.collection import subscriptions
    from briefing.syndication import render_opml

    config = load_workspace(file)
    click.echo(
        render_opml(subscriptions.export_feeds(configured(config)), title=config.title), nl=False
    )


@sources.command()
@option
def health(file: str) -> int:
    """Print how each source is doing, one a line; exit code 3 when one is silent, failing
    or gone.
    """
    from briefing.service.collection.source_health import assess_sources

    config = load_workspace(file)
    with open_archive(archive_path(config)) as db:
        found = assess_sources(
            configured(config), source_states.load_all_states(db), datetime.now(UTC)
        )
    for each in found:
        condition = click.style(each.condition.ljust(8), fg=COLOURS.get(each.condition))
        click.echo(f"{condition} {each.source.location}: {each.sentence}")
    return TROUBLE if any(each.is_trouble for each in found) else 0


def _add_sources(file: str, tables: Sequence[Mapping[str, str | bool]]) -> None:
    """Write the tables that are new, and print them."""
    from briefing.service.collection import subscriptions

    load_workspace(file)
    path = Path(file)
    text, fresh = subscriptions.add_sources(path.read_text(encoding="utf-8"), tables)
    subscriptions.replace_file(path, text)
    for table in fresh:
        click.echo(f"{table['kind']}  {table['location']}")
    terminal.show_step(f"{len(fresh)} added, {len(tables) - len(fresh)} were there already")
    if not fresh:
        terminal.show_trouble("nothing was added: all of it is there already")
