"""`briefing storylines`: articles to the storylines they belong to, as a tree or as JSON lines, and
why.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli import terminal
from briefing.errors import UsageError
from briefing.model import Article, Storyline

if TYPE_CHECKING:
    from briefing.storylines import Hand
    from briefing.storylines.explanation import Explainer

PARTLY = 3


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="ARTICLES.jsonl|PATH…")
@click.option(
    "--days",
    is_flag=True,
    help="Day by day, each knowing only the days before; storylines keep their ids.",
)
@click.option(
    "--known",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=(
        "What earlier runs found, brought up to date; or lines {id, cluster}, which are only read."
    ),
)
@click.option(
    "--batch-key", metavar="KEY", help="Group the records of each value of KEY by themselves."
)
@click.option(
    "--hand",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="An editor's decisions.  [default: storylines.toml if it is here]",
)
@click.option(
    "--clusterer",
    default="default",
    show_default=True,
    metavar="NAME",
    help="How articles are grouped.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="A line {id, cluster, event} for each article."
)
@click.option(
    "--explain", is_flag=True, help="What holds each storyline together, and how sure it is."
)
@click.option(
    "--pair",
    "pairs",
    nargs=2,
    multiple=True,
    metavar="ID ID",
    help="Why two articles are together or apart.",
)
def storylines(  # noqa: PLR0917 - click hands over by name
    paths: tuple[str, ...],
    days: bool,
    known: Path | None,
    batch_key: str | None,
    hand: Path | None,
    clusterer: str,
    as_json: bool,
    explain: bool,
    pairs: tuple[tuple[str, str], ...],
) -> int:
    """Group articles into storylines, and each storyline's articles by what happened.

    A line of a .jsonl file is an article {id, title, text, date, outlet}; of these only the id is
    required. Other PATHs (documents, folders, - for standard input) are read as `briefing run`
    reads them.

    \b
    Examples:
      briefing storylines ~/clippings
      briefing storylines articles.jsonl --json > storylines.jsonl
      briefing storylines articles.jsonl --days --explain
      briefing storylines today.jsonl --known desk.known.jsonl
    """
    from briefing.registry import find_function
    from briefing.service.on_demand import group
    from briefing.storylines import CLUSTERERS, apply_decisions, unmet_decisions

    if known and batch_key:
        raise UsageError("--batch-key groups each batch by itself; leave --known out")
    found = group.load_articles(paths, batch_key=batch_key)
    decided = _load_decisions(hand)
    method = find_function(clusterer, CLUSTERERS, kind="clusterer")
    records, current = group.load_known(known, found.articles) if known else ((), False)
    batches: dict[Any, list[Article]] = defaultdict(list)
    for article, batch in zip(found.articles, found.batches, strict=True):
        batches[batch].append(article)
    for trouble in found.unread:
        terminal.show_trouble(trouble)
    if not found.articles:
        terminal.show_trouble(f"{', '.join(paths)}: there is no article to group")
    _note_bare_headlines(found.articles)
    for batch, articles in batches.items():
        told, after = group.group_given_articles(articles, method, days=days, known=records)
        for trouble in unmet_decisions(told, decided):
            terminal.show_trouble(trouble)
        told = apply_decisions(told, decided)
        extra = {batch_key: batch} if batch_key else {}
        for line in _batch_lines(
            told, articles, extra, as_json=as_json, explain=explain, pairs=pairs
        ):
            click.echo(line)
        if known and current:
            group.store_known(known, after)
    return PARTLY if found.unread else 0


def _load_decisions(hand: Path | None) -> Hand:
    """Those of the file named, or of the one that is here. Raises UsageError, ConfigError."""
    from briefing.storylines.curation.decisions import FILE, Hand, parse_decisions

    path = hand or Path(FILE)
    if not (hand or path.exists()):
        return Hand()
    try:
        return parse_decisions(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: it cannot be read ({error}); name a file of decisions"
        ) from error


def _note_bare_headlines(articles: Sequence[Article]) -> None:
    """Headlines share few words, so they are grouped by fewer: the reader of the result is told."""
    bare = sum(not article.sentences for article in articles)
    if bare:
        terminal.show_trouble(
            f"{bare} of {len(articles)} articles are bare headlines: they are grouped "
            "by a lower threshold, less surely"
        )


def _batch_lines(
    told: Sequence[Storyline],
    articles: Sequence[Article],
    extra: dict[str, Any],
    *,
    as_json: bool,
    explain: bool,
    pairs: Sequence[tuple[str, str]],
) -> Iterator[str]:
    """The lines of one batch: a record for each article in the order given, or a tree; then the
    pairs asked for.
    """
    from briefing.cli import storyline_tree
    from briefing.storylines.explanation import Explainer
    from briefing.storylines.jsonl import storyline_rows

    why, width = Explainer(told) if explain or pairs else None, terminal.output_width()
    if as_json:
        rows = {row["id"]: row for row in storyline_rows(told)}
        for article in articles:
            reasons = (
                {"why": storyline_tree.membership_reasons(why, article.id)}
                if why and explain
                else {}
            )
            yield json.dumps({**rows[article.id], **extra, **reasons}, ensure_ascii=False)
    else:
        yield from (f"{name}: {value}" for name, value in extra.items())
        yield from storyline_tree.tree_lines(told, why if explain else None, width=width)
    if why:
        for pair in _check_pairs(pairs, why):
            yield (
                json.dumps({"pair": pair, **storyline_tree.pair_verdict(why, *pair)})
                if as_json
                else storyline_tree.describe_pair(why, *pair, width=width)
            )


def _check_pairs(pairs: Sequence[tuple[str, str]], why: Explainer) -> list[tuple[str, str]]:
    """Raises UsageError for an id that no article has."""
    for one in (one for pair in pairs for one in pair):
        if one not in why.place:
            raise UsageError(f"--pair: no article has the id '{one}'; see the ids without --pair")
    return list(pairs)
