"""`briefing recipients`: who gets the workspace's editions by mail."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.archive.database.connection import open_archive
from briefing.archive.store import recipients as store
from briefing.archive.store.recipient_lists import decode_list, parse_recipient_list
from briefing.cli import terminal
from briefing.cli.workspace import archive_path, load_workspace, of_reader, option
from briefing.deliveries.mail import unsubscribe_tokens
from briefing.errors import BriefingError
from briefing.service.report import PARTLY


@click.group()
def recipients() -> None:
    """List, add, import, remove or suppress who gets the editions by mail.

    \b
    Examples:
      briefing recipients add 'Ada Berg <ada@example.org>' ben@example.org
      briefing recipients import readers.csv
      briefing recipients bounces ~/Maildir
    """


@recipients.command("list")
@option
@of_reader
def list_recipients(file: str) -> None:
    """Print everyone, one a line; those who get no mail with the reason."""
    config = load_workspace(file)
    with open_archive(archive_path(config)) as db:
        for one in store.load_recipients(db, config.profile):
            name = f"{one.name} <{one.address}>" if one.name else one.address
            click.echo(
                name + (f"  (suppressed {one.suppressed}: {one.reason})" if one.suppressed else "")
            )


@recipients.command()
@option
@of_reader
@click.argument("address", nargs=-1, required=True)
def add(file: str, address: tuple[str, ...]) -> None:
    """Add addresses; one that was suppressed gets mail again."""
    config = load_workspace(file)
    new = [store.parse_recipient(text) for text in address]
    with open_archive(archive_path(config)) as db:
        click.echo(f"added {store.add_recipients(db, config.profile, new, now=datetime.now(UTC))}")


@recipients.command("import")
@option
@of_reader
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Print who would be added, and change nothing.")
def import_recipients(file: str, source: Path, dry_run: bool) -> int:
    """Add the addresses of a FILE: one a line, or CSV with a column address or email.

    Exports of mailing lists and address books are read as they are, in UTF-8, UTF-16 or
    Windows-1252. Whoever left by the list's own columns (blocklisted, unsubscribed, bounced …) is
    refused and named, and whoever was suppressed here stays so; `briefing recipients add` lifts it.
    Exit code 3 when lines are no recipients: each is named, the others are added.

    \b
    Examples:
      briefing recipients import readers.csv --dry-run
      briefing recipients import readers.csv
    """
    config = load_workspace(file)
    found = parse_recipient_list(decode_list(_load_list(source)))
    if dry_run:
        for one in found.recipients:
            click.echo(f"{one.name} <{one.address}>" if one.name else one.address)
    else:
        with open_archive(archive_path(config)) as db:
            now = datetime.now(UTC)
            added = store.add_recipients(db, config.profile, found.recipients, now=now, lift=False)
        click.echo(f"added {added} of {len(found.recipients)}")
    if found.gone:
        terminal.show_trouble(f"refused {len(found.gone)} who left: {', '.join(found.gone)}")
    for fault in found.faults:
        terminal.show_trouble(fault)
    return PARTLY if found.faults else 0


def _load_list(source: Path) -> bytes:
    if str(source) == "-":
        return sys.stdin.buffer.read()
    try:
        return source.read_bytes()
    except OSError as error:
        raise BriefingError(
            f"{source}: it cannot be read ({error.strerror}); name a list of addresses"
        ) from error


@recipients.command()
@option
@of_reader
@click.argument("address", nargs=-1, required=True)
def remove(file: str, address: tuple[str, ...]) -> int:
    """Remove addresses; exit code 1 when one was not there."""
    config = load_workspace(file)
    with open_archive(archive_path(config)) as db:
        missing = [
            text
            for text in address
            if not store.remove_recipient(db, config.profile, store.parse_recipient(text).address)
        ]
    return _report_unknown(missing)


@recipients.command()
@option
@of_reader
@click.argument("address", nargs=-1, required=True)
@click.option("--reason", default="asked for", show_default=True, help="Kept beside it.")
def suppress(file: str, address: tuple[str, ...], reason: str) -> int:
    """Send no more mail to addresses, however often they are imported; exit code 1 when one was not
    there.
    """
    config, now = load_workspace(file), datetime.now(UTC)
    with open_archive(archive_path(config)) as db:
        found = [
            store.suppress_recipient(
                db, config.profile, store.parse_recipient(text).address, reason=reason, now=now
            )
            for text in address
        ]
    return _report_unknown([text for text, known in zip(address, found, strict=True) if not known])


@recipients.command()
@option
@of_reader
@click.argument("token")
def unsubscribe(file: str, token: str) -> None:
    """Suppress the address that a token from a List-Unsubscribe address stands for."""
    config = load_workspace(file)
    profile, address = unsubscribe_tokens.verify_token(
        unsubscribe_tokens.load_key(Path(config.state)), token
    )
    with open_archive(archive_path(config)) as db:
        store.suppress_recipient(db, profile, address, reason="unsubscribed", now=datetime.now(UTC))
    click.echo(f"{address} gets no more mail")


@recipients.command()
@option
@click.argument("place", required=False)
def bounces(file: str, place: str | None) -> None:
    """Read returned mail; print the addresses that failed, complained or ask to leave.

    PLACE is a mailbox on a server, a maildir, mbox, folder or file; without it, what mail.returned
    names. A mailbox is read on from where the last look stopped, with the password that
    mail.returned_password or mail.password names; nothing in it is marked.

    \b
    Examples:
      briefing recipients bounces ~/Maildir
      briefing recipients bounces imaps://desk@mail.example.org/Returned
    """
    from briefing.service.distribution.bounces import collect_returned, explain_unclear

    config = load_workspace(file)
    with open_archive(archive_path(config), durable=True) as db:
        found = collect_returned(db, config, place, now=datetime.now(UTC))
    for line in found.addresses:
        click.echo(line)
    if found.unclear:
        terminal.show_trouble(explain_unclear(config, found.unclear))


def _report_unknown(missing: list[str]) -> int:
    for text in missing:
        terminal.show_trouble(f"{text}: no such recipient")
    return 1 if missing else 0
