"""a record of one or several texts > a record of its summary: what `briefing summarise` reads and
prints by line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from briefing import language
from briefing.errors import UsageError
from briefing.model import Article, Articles
from briefing.summaries.coherence.constraints import choose_reader
from briefing.summaries.explanation import Judgement, explain_summary
from briefing.summaries.methods.greedy_selection import select_ranked_sentences
from briefing.summaries.protocols import Limit, Summariser

SURE = 200  # characters from which on a text's language is identified and not taken for English
Record = Mapping[str, Any]


def parse_articles(record: Record) -> tuple[Article, ...]:
    """The articles of a record {id, title, text} or {id, documents: [{title, text}, …]}. Raises
    UsageError.
    """
    documents = record.get("documents", [record])
    if not isinstance(documents, Sequence) or not all(
        isinstance(d, Mapping) and isinstance(d.get("text"), str) for d in documents
    ):
        raise UsageError(
            "a line must hold {id, title, text} or {id, documents: [{title, text}, …]}"
        )
    return tuple(
        _parse_article(f"{record.get('id', '')}/{i}", document)
        for i, document in enumerate(documents)
    )


def _parse_article(name: str, document: Record) -> Article:
    """A text as an article, analysed in its own language."""
    text, headline = (
        str(document["text"]),
        str(document.get("title") or document.get("headline") or "") or None,
    )
    spoken = (
        document.get("language")
        or (language.detect_language(text) if len(text) >= SURE else None)
        or "en"
    )
    terms = language.extract_terms(headline, language=spoken) if headline else ()
    analysis = language.analyse(text, language=spoken)
    return Article(name, text, headline, language=spoken, analysis=analysis, headline_terms=terms)


def summary_record(
    articles: Articles, summariser: Summariser, limit: Limit, *, name: str = ""
) -> dict[str, Any]:
    """{id, summary: [sentence, …], spans: [[article, start, stop], …]}."""
    reader = choose_reader(articles, limit)
    chosen = reader.ordered(
        select_ranked_sentences(
            list(dict.fromkeys(summariser(articles, limit=limit))), reader, limit
        )
    )
    spans = [(place[0], reader.span(place)) for place in chosen]
    return {
        "id": name,
        "summary": [str(reader.quote(place)) for place in chosen],
        "spans": [[number, span.start, span.stop] for number, span in spans],
    }


def explanation_records(
    articles: Articles, summariser: Summariser, limit: Limit
) -> list[dict[str, Any]]:
    """One record a sentence: its place, text, points by part, rank when taken, and what
    refused it.
    """
    return [
        _judgement_record(judgement)
        for judgement in explain_summary(articles, summariser, limit=limit)
    ]


def _judgement_record(judgement: Judgement) -> dict[str, Any]:
    return {
        "sentence": str(judgement.quote),
        "rank": judgement.rank,
        "points": round(sum(judgement.parts.values()), 4),
        "parts": dict(judgement.parts),
        "refused": list(judgement.reasons),
    }
