"""A parsed page in, the text of its article out: trafilatura, strict first and lenient where strict lost much."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

KEPT = 0.6  # of the lenient run's length; below it the strict run has lost text (chosen before any score was seen)


def body(tree: Any, markup: str, headline: str | None) -> str:
    """Paragraphs, one a line; empty when the page has no text."""
    strict, lenient = _extract(tree, precision=True), _extract(tree, precision=False)
    return strict if len(strict) >= KEPT * len(lenient) else lenient


def _extract(tree: Any, *, precision: bool) -> str:
    import trafilatura  # noqa: PLC0415  heavy: 0.3 s of import

    # deduplicate=True would make a page depend on the pages read before it.
    found = trafilatura.extract(
        deepcopy(tree), favor_precision=precision, include_comments=False, deduplicate=False, with_metadata=False, include_tables=True
    )
    return found or ""
