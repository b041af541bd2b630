"""`briefing search`: words to the archive's articles that hold them."""

from __future__ import annotations

import sys
from datetime import date

import click

from briefing.archive.database.connection import open_archive
from briefing.archive.search import Found
from briefing.archive.search import search_articles as find
from briefing.cli.archive import existing_archive
from briefing.cli.workspace import load_workspace, option
from briefing.errors import UsageError

OPEN, CLOSE = (
    "\x02",
    "\x03",
)  # stand around a match until it is known whether a terminal can show it


@click.command()
@option
@click.argument("query", nargs=-1, required=True, metavar="QUERY")
@click.option("--newest", is_flag=True, help="Newest first instead of best first.")
@click.option("--outlet", metavar="NAME", help="Only articles of this outlet.")
@click.option("--since", metavar="YYYY-MM-DD", help="Only articles of this day or later.")
@click.option("--until", metavar="YYYY-MM-DD", help="Only articles of this day or earlier.")
@click.option("--limit", default=20, show_default=True, metavar="N", help="At most so many.")
def search(  # noqa: PLR0917 - click hands over by name
    file: str,
    query: tuple[str, ...],
    newest: bool,
    outlet: str | None,
    since: str | None,
    until: str | None,
    limit: int,
) -> int:
    """Find articles in the archive, best first, with the words marked.

    All words must stand in the article; quotation marks hold words together, a minus excludes, a
    star completes. Exit code 1 when nothing is found.

    \b
    Examples:
      briefing search budget vote
      briefing search '"port strike" -rail dock*' --newest
    """
    with open_archive(existing_archive(load_workspace(file))) as db:
        found = find(
            db,
            " ".join(query),
            newest=newest,
            outlet=outlet,
            since=parse_day("--since", since),
            until=parse_day("--until", until),
            limit=limit,
            marks=(OPEN, CLOSE),
        )
    for one in found:
        _show_hit(one)
    return 0 if found else 1


def parse_day(name: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{name}: '{text}' is no day; write it as in 2026-03-05") from error


def _show_hit(found: Found) -> None:
    """Day, outlet, headline and id on one line, the words in their place below."""
    day = found.published.day.isoformat() if found.published else "no date"
    head = (
        f"{day}  {found.outlet or 'unknown outlet'}: "
        f"{found.headline or 'no headline'}  ({found.article})"
    )
    marks = ("\x1b[1m", "\x1b[22m") if sys.stdout.isatty() else ("[", "]")
    excerpt = (
        _strip_control_characters(found.excerpt, keep=OPEN + CLOSE)
        .replace(OPEN, marks[0])
        .replace(CLOSE, marks[1])
    )
    click.echo(f"{_strip_control_characters(head)}\n    {excerpt}")


def _strip_control_characters(text: str, keep: str = "") -> str:
    """Without control characters: what stands in a source must not move a terminal's cursor."""
    return "".join(character for character in text if character.isprintable() or character in keep)
