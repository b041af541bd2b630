"""Say on which pages something stands, every page once: `5, 6–9, 12`."""

from __future__ import annotations

from collections.abc import Sequence

REFERENCE = "page"  # class of the links of an index
RUN = 3  # pages in a row that are told as first and last


def format_reference(pages: Sequence[int], place: int) -> str:
    """What stands for one of the references of an entry; empty where the ones beside it tell it
    already.

    >>> [format_reference([5, 5, 6, 8, 9, 10, 12], place) for place in range(7)]
    ['5', '', ', 6', ', 8', '', '–10', ', 12']
    """
    page, held = pages[place], frozenset(pages)
    if page in pages[:place]:
        return ""
    before = next(n for n in range(1, len(pages) + 2) if page - n not in held) - 1
    after = next(n for n in range(1, len(pages) + 2) if page + n not in held) - 1
    if before and before + after + 1 >= RUN:
        return "" if after else f"–{page}"
    return f", {page}" if place else f"{page}"
