"""Hold an edition's record against its texts of record: names of articles, whole sentences, the
edition before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from briefing.articles.identity import article_id
from briefing.language import split_sentences
from briefing.model import Article, Edition, Quote
from briefing.proof.provenance import PROOF
from briefing.summaries.coherence.datelines import strip_dateline


def faults(record: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    """Every fault as a sentence."""
    yield from _misnamed(edition)
    if record.get("version") == edition.version:
        yield from _broken(edition)


def _misnamed(edition: Edition) -> Iterator[str]:
    """Articles whose headline, outlet or text is another than that they were named after."""
    for article in {quote.article.id: quote.article for quote in _quotes(edition)}.values():
        if article_id(article.text, article.headline, article.outlet) != article.id:
            yield (
                f"article {article.id}: its headline, outlet or text is not the one "
                "it was named after"
            )


def _broken(edition: Edition) -> Iterator[str]:
    """Quotations that are not whole sentences: what was cut off may have said the contrary."""
    for quote in _quotes(edition):
        if not _is_whole(quote):
            where = (
                f"article {quote.article.id}, characters {quote.span.start} to {quote.span.stop}"
            )
            yield f"{where}: these are not whole sentences of it: '{quote}'"


def _quotes(edition: Edition) -> Iterator[Quote]:
    yield from edition.quotes
    yield from (
        head for item in edition.items if isinstance(head := item.storyline.headline, Quote)
    )


def _is_whole(quote: Quote) -> bool:
    starts, stops = _ends(quote.article)
    return quote.span.stop in stops and quote.span.start in starts


@cache
def _ends(article: Article) -> tuple[frozenset[int], frozenset[int]]:
    """Where sentences begin, datelines left out or not, and where they end."""
    spans = split_sentences(article.text, language=article.language or "en")
    starts = {
        start for span in spans for start in (span.start, strip_dateline(article.text, span).start)
    }
    return frozenset(starts), frozenset(span.stop for span in spans)


def chain_faults(folder: Path) -> Iterator[str]:
    """An edition before that is another than this one was made after, where it lies beside it."""
    try:
        before = json.loads((folder / PROOF).read_bytes())["before"]
        name, wanted = (before["edition"], before["sha256"]) if before else ("", "")
        place = folder.resolve().parent / name / "edition.json"
        if not name or "/" in name or not place.is_file():
            return
        found = hashlib.sha256(place.read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    if found != wanted:
        yield f"{name}: it is not the edition that this one was made after; it was replaced since"
