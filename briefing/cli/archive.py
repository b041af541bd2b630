"""`briefing archive`: the workspace's archive to faults, figures, copies, and less of it."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

import click

from briefing.archive import export as transfer
from briefing.archive import maintenance
from briefing.archive.database.connection import connect, open_archive
from briefing.archive.store import withdrawals
from briefing.cli import terminal
from briefing.cli.workspace import archive_path, load_workspace, option, parse_day
from briefing.config import Config
from briefing.errors import BriefingError, UsageError
from briefing.model import Document

PROGRESS = 100  # documents between two notes


@click.group()
def archive() -> None:
    """Check, back up, prune, describe, export or import the archive.

    The archive is one SQLite file in the workspace's state folder; every command may run while
    editions are made.

    \b
    Examples:
      briefing archive check
      briefing archive backup /srv/backups/briefing-2026-03-05.sqlite
      briefing archive export | gzip > archive.jsonl.gz
    """


@archive.command()
@option
@click.option("--mend", is_flag=True, help="Make the search index anew first.")
def check(file: str, mend: bool) -> int:
    """Read every byte and name what is damaged; exit code 1 for any fault."""
    with open_archive(existing_archive(load_workspace(file))) as db:
        if mend:
            maintenance.rebuild_search_index(db)
        faults = maintenance.check_integrity(db)
    for fault in faults:
        terminal.show_trouble(fault)
    if not faults:
        click.echo("the archive is sound")
    return 1 if faults else 0


@archive.command()
@option
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
def backup(file: str, target: Path) -> None:
    """Copy the archive to FILE, consistent while others write."""
    with open_archive(existing_archive(load_workspace(file))) as db:
        maintenance.back_up_archive(db, target)
    click.echo(target)


@archive.command()
@option
def prune(file: str) -> None:
    """Remove documents and texts that the [[retention]] settings no longer allow to be kept."""
    config = load_workspace(file)
    if not config.retention:
        raise UsageError(
            "nothing says how long to keep what; write a [[retention]] table into briefing.toml"
        )
    rules = [
        maintenance.Retention(rule.licence, rule.documents or None, rule.texts or None)
        for rule in config.retention
    ]
    with open_archive(existing_archive(config)) as db:
        pruned = maintenance.prune(db, rules, now=datetime.now(UTC))
    click.echo(f"removed {pruned.documents} documents and {pruned.texts} texts")


@archive.command()
@option
@click.option("--since", metavar="YYYY-MM-DD", help="Only what was collected from this day on.")
@click.option("--source", "-s", metavar="NAME", help="Only this source, by its location or name.")
def reread(file: str, since: str | None, source: str | None) -> None:
    """Read old documents again with today's readers, from what was really received.

    Prints the articles that are read otherwise than before, one a line: changed, new or gone, where
    they are from, and what differs. Editions that were made stay as they are: the texts that they
    quote are kept.

    \b
    Examples:
      briefing archive reread
      briefing archive reread --since 2026-03-01 --source "Halden Post"
    """
    from briefing.service.collection.reread import Change, Rereading, reread_documents

    config = load_workspace(file)
    day = parse_day("--since", since)
    start = datetime.combine(day, time(), ZoneInfo(config.timezone)) if day else None
    printed = 0

    def tell(done: Rereading, document: Document) -> None:
        nonlocal printed
        for change in done.changes[printed:]:
            click.echo(line(change))
        printed = len(done.changes)
        if done.documents % PROGRESS == 0:
            terminal.show_step(f"{done.documents} documents, at {document.origin}")

    def line(change: Change) -> str:
        article = change.now or change.before
        told = f": {', '.join(change.attributes)}" if change.attributes else ""
        return (
            f"{change.kind:<8} {change.document}  "
            f"{article.headline or article.id if article else ''}{told}"
        )

    with open_archive(existing_archive(config)) as db:
        done = reread_documents(
            db,
            timezone=config.timezone,
            now=datetime.now(UTC),
            since=start,
            source=source,
            tell=tell,
        )
    terminal.show_step(
        f"{done.documents} documents read again, {done.made_anew} of them made anew "
        "of what servers sent; "
        f"{done.articles} articles: {done.count('changed')} changed, "
        f"{done.count('new')} new, {done.count('gone')} gone"
    )
    if not done.documents:
        raise BriefingError("nothing was read again: no document is kept that this asks for")


@archive.command()
@option
def stats(file: str) -> None:
    """Print how many of everything there are, and the size of the file."""
    path = existing_archive(load_workspace(file))
    with open_archive(path) as db:
        figures = maintenance.archive_statistics(db, path)
        days = maintenance.article_day_range(db)
    for name, count in figures.items():
        click.echo(f"{name:<14} {count:>14,}")
    if days:
        click.echo(
            f"{'articles from':<14} {days[0].isoformat():>14}\n{'to':<14} {days[1].isoformat():>14}"
        )


@archive.command()
@option
def export(file: str) -> None:
    """Print everything as lines of JSON, one a row."""
    with open_archive(existing_archive(load_workspace(file))) as db:
        for line in transfer.export_archive(db):
            click.echo(line)


@archive.command()
@option
@click.argument("names", nargs=-1, required=True, metavar="ID|DOCUMENT...")
@click.option("--reason", metavar="TEXT", help="Why; printed in the ledger of later editions.")
@click.option("--undo", is_flag=True, help="Let later editions have it again.")
@click.option("--dry-run", is_flag=True, help="Only tell which editions held it.")
def remove(
    file: str, names: tuple[str, ...], reason: str | None, undo: bool, dry_run: bool
) -> None:
    """Keep an article, or a document with all its articles, out of every later edition.

    Named by the id of the article or by the document, as `briefing search --json` and the ledger
    have them. Editions that were made stay as they are; those that quote it are printed, one a
    line, with who has them.

    \b
    Examples:
      briefing archive remove 3f2a9c0d1e4b5a67 --reason "The outlet withdrew it."
      briefing archive remove press/bridge.txt --reason "Not for publication."
      briefing archive remove press/bridge.txt --undo
    """
    if not (reason or undo or dry_run):
        raise UsageError(
            "--reason: nothing is said; write why, it stands in the ledger of later editions"
        )
    done = "nothing was changed" if dry_run else ("back" if undo else "removed")
    with open_archive(existing_archive(load_workspace(file)), durable=True) as db:
        found = {name: withdrawals.known(db, name) for name in names}
        if unknown := [name for name, meant in found.items() if meant is None]:
            raise UsageError(
                f"{unknown[0]}: no article has this id, and no document, or more than "
                "one, is called so; "
                f"see: briefing search"
            )
        for meant in filter(None, found.values()):
            articles = (
                (meant,) if withdrawals.is_article(db, meant) else withdrawals.articles(db, meant)
            )
            if not dry_run:
                withdrawals.remove(db, meant, None if undo else reason)
            click.echo(
                f"{meant}: {done}, {len(articles)} article{'s' if len(articles) != 1 else ''}"
            )
            for holder in dict.fromkeys(
                one for key in articles for one in withdrawals.holders(db, key)
            ):
                click.echo(f"  {holder}")


@archive.command("import")
@option
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
def import_archive(file: str, source: Path) -> None:
    """Add the rows of an exported FILE (plain or .gz, or - for standard input)."""
    db = connect(archive_path(load_workspace(file)))
    try:
        added = transfer.import_archive(db, input_lines(source))
    finally:
        db.close()
    click.echo(f"added {added} rows")


def input_lines(source: Path, *, what: str = "a file of briefing archive export") -> Iterator[str]:
    if str(source) == "-":
        yield from sys.stdin
        return
    try:
        with _open_text(source) as stream:
            yield from stream
    except (OSError, UnicodeDecodeError) as error:
        raise BriefingError(
            f"{source}: it cannot be read ({_error_reason(error)}); name {what}"
        ) from error


def _error_reason(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "it is not in UTF-8"


def _open_text(source: Path) -> IO[str]:
    if source.suffix == ".gz":
        return gzip.open(source, "rt", encoding="utf-8")
    return source.open(encoding="utf-8")


def existing_archive(config: Config) -> Path:
    """The archive's path. Raises BriefingError where there is none yet: these commands make
    none.
    """
    path = archive_path(config)
    if not path.exists():
        raise BriefingError(
            f"{path}: there is no archive yet; it is made by the first: briefing run --due"
        )
    return path
