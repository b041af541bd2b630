"""Articles to who reprints whom, for a person: the earliest text first, its copies below it with
what they changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import click

from briefing.model import Article, Quote

SHOWN = 3  # sentences of each kind that are shown of a copy
WIDEST = 100  # characters of a sentence


def reprint_lines(articles: Sequence[Article]) -> Iterator[str]:
    """Lines about the articles of which there are copies; one that says so when there are none."""
    from briefing.articles import fold_reprints
    from briefing.articles.deduplication.edits import find_edits

    kept = [article for article in fold_reprints(articles).articles if article.copies]
    for original in kept:
        yield click.style(original.headline or "no headline stated", bold=True)
        yield f"  first       {_source_line(original)}"
        for copy in original.copies:
            found = find_edits(original, copy)
            yield f"  reprinted   {_source_line(copy)}: {found}"
            for added, left_out in list(zip_longest(found.added, found.left_out))[:SHOWN]:
                yield from (
                    f"              {mark} {_shorten_quote(quote)}"
                    for mark, quote in (("+", added), ("-", left_out))
                    if quote
                )
    if not kept:
        yield f"no copies among {len(articles)} article{'s' if len(articles) != 1 else ''}"


def _source_line(article: Article) -> str:
    when = article.published.isoformat() if article.published else "date unknown"
    return f"{article.outlet or 'outlet unknown'}, {when} ({article.document})"


def _shorten_quote(quote: Quote) -> str:
    line = " ".join(str(quote).split())
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"
