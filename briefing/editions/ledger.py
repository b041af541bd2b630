"""What became of every document and article: fates in, a ledger whose sums add up out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from briefing.model import Article, Fate

LEFT_OUT = (
    "without a report left out"  # how the remark ends that a document's first article carries
)


def article_fate(article: Article, fate: str, reason: str = "") -> Fate:
    return Fate(
        "article", article.id, fate, reason, article.document, article.outlet, article.headline
    )


def compile_ledger(
    fates: Iterable[Fate], made: Iterable[Fate], articles: Sequence[Article]
) -> tuple[Fate, ...]:
    """One line for each document and each article: those set aside so far first, then what the
    edition decided.

    The first line about an id counts. Documents that gave articles are read; their copies are
    folded.
    """
    lines: dict[tuple[str, str], Fate] = {}
    for fate in (*fates, *made, *_copy_fates(articles), *_document_fates(articles)):
        lines.setdefault((fate.kind, fate.id), fate)
    return tuple(
        sorted(lines.values(), key=lambda fate: (fate.kind, fate.origin or fate.id, fate.id))
    )


def count_fates(fates: Iterable[Fate]) -> Mapping[str, int]:
    """How many articles met each fate, commonest first; the sum is the number of articles."""
    return dict(
        sorted(
            Counter(one.fate for one in fates if one.kind == "article").items(),
            key=lambda x: (-x[1], x[0]),
        )
    )


def _copy_fates(articles: Iterable[Article]) -> Iterable[Fate]:
    for article in articles:
        for copy in article.copies:
            yield article_fate(
                copy,
                "folded",
                f"a copy of {article.id}" + (f", {article.outlet}" if article.outlet else ""),
            )


def _document_fates(articles: Iterable[Article]) -> Iterable[Fate]:
    every = [copy for article in articles for copy in (article, *article.copies)]
    held = Counter(copy.document for copy in every)
    left = {
        copy.document: remark
        for copy in every
        for remark in copy.remarks
        if remark.endswith(LEFT_OUT)
    }
    for document in sorted(held):
        count = held[document]
        said = [
            f"{count} article{'s' if count > 1 else ''}",
            *([left[document]] if document in left else []),
        ]
        yield Fate("document", document, "read", "; ".join(said), document)
