"""`briefing recipients`: who gets the workspace's editions by mail."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from briefing.archive.database.connection import open_archive
from briefing.archive.store import recipients as store
from briefing.cli import terminal
from briefing.cli.archive import input_lines
from briefing.cli.workspace import archive_path, load_workspace, of_reader, option
from briefing.deliveries.mail import unsubscribe_tokens


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
def import_recipients(file: str, source: Path) -> None:
    """Add the addresses of a FILE: one a line, or CSV with a column address or email.

    Whoever was suppressed stays so; `briefing recipients add` lifts it.
    """
    config = load_workspace(file)
    new = list(store.parse_recipient_list(input_lines(source, what="a list in UTF-8")))
    with open_archive(archive_path(config)) as db:
        click.echo(
            "added "
            f"{store.add_recipients(db, config.profile, new, now=datetime.now(UTC), lift=False)} "
            f"of {len(new)}"
        )


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
    """Read returned mail; print the addresses that failed.

    PLACE is a mailbox on a server, a maildir, mbox, folder or file; without it, what mail.returned
    names. A mailbox is read on from where the last look stopped, with the password that
    mail.returned_password or mail.password names; nothing in it is marked.

    \b
    Examples:
      briefing recipients bounces ~/Maildir
      briefing recipients bounces imaps://desk@mail.example.org/Returned
    """
    from briefing.service.distribution.bounces import collect_bounces

    config = load_workspace(file)
    with open_archive(archive_path(config), durable=True) as db:
        failed = collect_bounces(db, config, place, now=datetime.now(UTC))
    for address in failed:
        click.echo(address)


def _report_unknown(missing: list[str]) -> int:
    for text in missing:
        terminal.show_trouble(f"{text}: no such recipient")
    return 1 if missing else 0
