"""`briefing summarise`: a text, or lines of texts, to the best sentences of each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from briefing.articles import extract_articles
from briefing.errors import UsageError
from briefing.model import Article, Document, Headline
from briefing.registry import find_function
from briefing.summaries import (
    LEVELS,
    SUMMARISERS,
    Limit,
    Summariser,
    default_summariser,
    headline_line,
)
from briefing.summaries.jsonl import explanation_records, parse_articles, summary_record

SENTENCES, WORDS = 3, 150  # of one article, of several


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option(
    "--sentences",
    type=click.IntRange(1),
    metavar="N",
    help="At most so many sentences (3 of one article).",
)
@click.option(
    "--words",
    type=click.IntRange(1),
    metavar="N",
    help="At most so many words (150 of several articles).",
)
@click.option(
    "--level",
    type=click.Choice(tuple(LEVELS)),
    help="How much: the headline (else the best sentence), one sentence, three, or 250 words.",
)
@click.option(
    "--method", metavar="NAME", help="How sentences are ranked; `briefing doctor` lists the names."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON record a line.")
@click.option("--explain", is_flag=True, help="Every sentence with its points and what refused it.")
@click.option(
    "--no-constraints",
    is_flag=True,
    help="Take the best whatever a reader would stumble over; to compare.",
)
def summarise(  # noqa: PLR0917 - click hands over by name
    file: str,
    sentences: int | None,
    words: int | None,
    level: str | None,
    method: str | None,
    as_json: bool,
    explain: bool,
    no_constraints: bool,
) -> int:
    """Condense a text, or each line of a JSONL file, to its best sentences.

    A line {id, title, text} is one article; a line {id, documents: [{title, text}, …]} is one
    digest of several.

    \b
    Examples:
      briefing summarise report.html
      briefing summarise articles.jsonl --sentences 2 > summaries.jsonl
      briefing summarise clusters.jsonl --words 100 --method lexrank
      briefing summarise report.html --level sentence
      briefing summarise report.html --explain --no-constraints
    """
    if level and (sentences or words):
        raise UsageError(
            "--level says how much already; leave out --sentences and --words, or --level"
        )
    chosen = find_function(method, SUMMARISERS, kind="summariser") if method else None
    lines = file.endswith((".jsonl", ".ndjson"))
    for name, articles in (
        _load_records(file)
        if lines
        else [(one.headline or file, (one,)) for one in _load_articles(file)]
    ):
        ranked = chosen or default_summariser(articles)
        limit = LEVELS[level] if level else _choose_limit(sentences, words, many=len(articles) > 1)
        limit = replace(limit, constraints=not no_constraints)
        line = (
            _headline_record(name, articles, ranked)
            if level == "headline" and not explain
            else None
        )
        for row in (
            [line] if line else _summary_rows(name, articles, ranked, limit, explain=explain)
        ):
            click.echo(
                json.dumps(row, ensure_ascii=False) if lines or as_json else _format_row(row)
            )
    return 0


def _choose_limit(sentences: int | None, words: int | None, *, many: bool) -> Limit:
    if sentences or words:
        return Limit(sentences, words)
    return Limit(words=WORDS) if many else Limit(SENTENCES)


def _headline_record(
    name: str, articles: tuple[Article, ...], summariser: Summariser
) -> dict[str, Any] | None:
    """{id, headline, document}: the headline and the number of the text it belongs to; None where
    no text has one.
    """
    line = headline_line(articles, summariser)
    if not isinstance(line, Headline):
        return None
    return {"id": name, "headline": str(line), "document": articles.index(line.article)}


def _summary_rows(
    name: str, articles: tuple[Article, ...], summariser: Summariser, limit: Limit, *, explain: bool
) -> list[dict[str, Any]]:
    if explain:
        return [{"id": name, **row} for row in explanation_records(articles, summariser, limit)]
    return [summary_record(articles, summariser, limit, name=name)]


def _load_records(file: str) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """The articles of each line, one line after the other."""
    with Path(file).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    record = json.loads(line)
                    yield str(record.get("id", number)), parse_articles(record)
                except (ValueError, AttributeError, UsageError) as error:
                    raise UsageError(f"{file}: line {number}: {error}") from error


def _load_articles(file: str) -> tuple[Article, ...]:
    """The articles that one document holds."""
    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    return extract_articles(Document(file, content))


def _format_row(row: Mapping[str, Any]) -> str:
    """A record for people."""
    if "headline" in row:
        return str(row["headline"])
    if "summary" in row:
        return "\n".join([str(row["id"]), *(f"  {sentence}" for sentence in row["summary"])])
    parts = ", ".join(f"{name} {value:+.2f}" for name, value in row["parts"].items())
    fate = (
        f"taken {row['rank']}" if row["rank"] else "; ".join(row["refused"]) or "others were better"
    )
    if row["rank"] and row["refused"]:
        fate += f", though {'; '.join(row['refused'])}"
    return f"{row['points']:+.2f}  {fate}  ({parts})\n       {row['sentence']}"
