"""`briefing read`: documents to what the reader finds in them, for a person or as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from briefing.cli import reading_report, reprints, terminal
from briefing.errors import BriefingError, UnreadableError
from briefing.language import count_words
from briefing.model import Article, Document, Fate

PARTLY = 3


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One article a line, as JSON; `briefing run` and `read` take it again.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="What was kept and what was removed, side by side, with the reasons and sums.",
)
@click.option(
    "--copies", is_flag=True, help="Who reprints whom, and what each copy adds and leaves out."
)
@click.option(
    "--timezone",
    default="UTC",
    show_default=True,
    metavar="ZONE",
    help="Of clock times stated without a zone.",
)
def read(paths: tuple[str, ...], as_json: bool, explain: bool, copies: bool, timezone: str) -> int:
    """Show which articles are found in documents, and how.

    For each article: headline, outlet, author and date with how each was found, and the number of
    sentences. What is not stated in a document is shown as unknown, never guessed. "-" reads
    standard input.

    \b
    Examples:
      briefing read page.html
      briefing read --explain scrape.txt
      briefing read --json folder/ > articles.jsonl
      briefing read --copies folder/
    """
    from briefing.sources import collect_folder, collect_stdin

    unread = 0
    found: list[Article] = []
    for path in paths:
        for document in collect_stdin() if path == "-" else collect_folder(path):
            if isinstance(document, Fate):
                unread += 1
                terminal.show_trouble(f"{document.id}: {document.reason}")
                continue
            try:
                if copies:
                    found += _extract_articles(document, timezone)
                else:
                    _show_document(document, as_json=as_json, explain=explain, timezone=timezone)
            except UnreadableError as error:
                unread += 1
                terminal.show_trouble(str(error))
    for line in reprints.reprint_lines(found) if copies else ():
        click.echo(line)
    return PARTLY if unread else 0


def _extract_articles(document: Document, timezone: str) -> tuple[Article, ...]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from briefing import articles

    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise BriefingError(
            f"--timezone: '{timezone}' is no time zone; write it as in Europe/Vienna"
        ) from None
    return articles.extract_articles(document, timezone=timezone)


def _show_document(document: Document, *, as_json: bool, explain: bool, timezone: str) -> None:
    from briefing import articles

    found = _extract_articles(document, timezone)
    if as_json:
        for article in found:
            click.echo(json.dumps(article_record(article), ensure_ascii=False))
        return
    click.echo(click.style(document.origin, bold=True))
    for article in found:
        click.echo(_describe_article(article))
    if explain:
        _show_explanation(articles.extract_with_text(document, timezone=timezone))


def _show_explanation(pairs: Sequence[tuple[str, Article]]) -> None:
    """Side by side on a terminal; elsewhere one line of the document a line, its reason
    before it.
    """
    rows = reading_report.report_rows(pairs)
    width = terminal.output_width()
    for line in (
        reading_report.side_by_side_lines(rows, width)
        if width
        else reading_report.plain_lines(rows)
    ):
        click.echo(line)
    for line in reading_report.summary_lines(rows, [article for _, article in pairs]):
        click.echo(click.style(line, bold=True) if width else f"# {line}")


def article_record(article: Article) -> dict[str, Any]:
    """An article as plain values; unknown ones are left out. Reading it again gives the same
    article.
    """
    stated = {
        "id": article.id,
        "headline": article.headline,
        "outlet": article.outlet,
        "byline": article.byline,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "embargo": article.embargo.isoformat() if article.embargo else None,
        "language": article.language,
        "url": article.url,
        "section": article.section,
        "genre": article.genre,
        "licence": article.licence,
        "kind": article.kind,
        "part_of": article.part_of,
        "document": article.document,
        "place": article.place,
        "found": dict(article.found),
        "remarks": list(article.remarks),
        "sha256": article.sha256,
        "text": article.text,
    }
    return {name: value for name, value in stated.items() if value is not None}


def _describe_article(article: Article) -> str:
    def line(name: str, value: object) -> str:
        how = article.found.get(name)
        how = reading_report.HOW.get(how.removeprefix("page: "), how) if how else None
        shown = str(value) if value is not None else click.style("unknown", dim=True)
        return f"     {name:<10} {shown}" + (
            click.style(f"  ({how})", dim=True) if how and value is not None else ""
        )

    rows = [
        f"{article.place:>3}  {article.headline or click.style('no headline stated', dim=True)}",
        line("outlet", article.outlet),
        line("byline", article.byline),
        line("published", article.published.isoformat() if article.published else None),
        line(
            "text",
            f"{count_words(article.text)} words, {len(article.sentences)} sentences, "
            f"{article.language or 'language unknown'}",
        ),
    ]
    more = [
        each
        for each in (article.kind if article.kind != "article" else "", *article.remarks)
        if each
    ]
    return "\n".join([*rows, line("remarks", ", ".join(more))] if more else rows)
