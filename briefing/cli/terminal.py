"""What a command says beside its results: progress and notes on a terminal's stderr, troubles
always.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable

import click

from briefing.config import Config
from briefing.model import Delivery, Edition, Fate

UNREAD = frozenset({"unreadable", "failed", "held"})  # fates that whoever runs the desk is told


def show_step(message: str) -> None:
    """One line of progress, shown only to a person."""
    if sys.stderr.isatty():
        click.echo(click.style(f"… {message}", dim=True), err=True)


def show_trouble(message: str) -> None:
    click.echo(message, err=True)


def show_results(deliveries: Iterable[Delivery]) -> None:
    """What was made, one path a line on stdout."""
    for delivery in deliveries:
        click.echo(delivery.address)


def explain_no_news(edition: Edition) -> str:
    """Why an edition is empty: what became of the articles."""
    from briefing.editions.ledger import count_fates

    fates = count_fates(edition.ledger)
    met = ", ".join(f"{count} {fate}" for fate, count in fates.items())
    return f"no news, nothing was written ({f'articles: {met}' if met else 'no article was found'})"


def unread_documents(ledger: Iterable[Fate]) -> list[Fate]:
    """The documents that gave nothing, and articles at which the program failed."""
    return [fate for fate in ledger if fate.fate in UNREAD]


def note_waiting_settings(edition: Edition, config: Config) -> None:
    """Where an edition stands that was published under another title or in another zone, and
    settings wait.
    """
    waiting = [
        f"{name} '{mine}'"
        for name, mine, its in (
            ("title", config.title, edition.title),
            ("time zone", config.timezone, edition.timezone),
        )
        if mine != its
    ]
    if waiting:
        show_trouble(
            f"{edition.date} {edition.profile}: this edition is there with the same "
            "news, and stays as it is; "
            f"{' and '.join(waiting)} will be its successors' (to have this one so, "
            "name another --output)"
        )


def show_summary(edition: Edition, seconds: float) -> None:
    """The run in figures, a small table for a person."""
    if not sys.stderr.isatty():
        return
    rows = {
        **{name: f"{count:,}" for name, count in edition.counts.items()},
        **_edition_figures(edition),
        "seconds": f"{seconds:.1f}",
    }
    width = max(map(len, rows))
    click.echo(err=True)
    for name, value in rows.items():
        click.echo(f"  {click.style(name.ljust(width), dim=True)}  {value:>7}", err=True)


def _edition_figures(edition: Edition) -> dict[str, str]:
    return {
        "leads": str(len(edition.leads)),
        "briefs": str(len(edition.briefs)),
        "words": f"{edition.words:,}",
        "minutes": str(edition.minutes),
    }


def output_width() -> int:
    """Columns of the terminal that reads standard output; 0 where it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def wrap_line(line: str, width: int) -> str:
    """A line as a terminal of so many columns shows it best, what is continued further in; as it is
    for 0.
    """
    if len(line) <= width or not width:
        return line
    inset = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(
        line, width, subsequent_indent=inset, break_long_words=False, break_on_hyphens=False
    )
