"""A parsed page in, the text of its article out: its blocks as they are judged, a library's where none are."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.articles.extraction.html.extract import Chosen

FEWEST = 25  # words; below it a page is asked again before it is called empty
MOST = 5_000  # elements of a page that is; each costs as much as four in the first reading


def body(tree: Any) -> Chosen:
    """Paragraphs in their order and what stands above them; none when the page has no text."""
    from briefing.articles.extraction.html import extract as choosing

    found = choosing.chosen(tree)
    words = sum(len(line.split()) for line in found.lines)
    if words >= FEWEST or sum(1 for _ in islice(tree.iter(), MOST + 1)) > MOST:
        return found
    other = _extracted(tree)
    return replace(found, lines=tuple(other.split("\n"))) if len(other.split()) > words else found


def _extracted(tree: Any) -> str:
    import trafilatura

    # deduplicate=True would make a page depend on the pages read before it.
    found = trafilatura.extract(
        deepcopy(tree), include_comments=False, deduplicate=False, with_metadata=False, include_tables=True
    )
    return found or ""
