"""Pages that an entry of the index names in, what is printed of each out: `5, 6–9, 12`, every page
once.

Which pages they are is known only while WeasyPrint lays them out, so this is asked there, reference
by reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

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


@contextmanager
def merge_page_references(root: Any) -> Iterator[None]:
    """While this lasts, WeasyPrint prints the references below `root`, an element tree, so: it
    knows no neighbours.
    """
    from weasyprint.formatting_structure import build

    original, beside = build.compute_content_list, _entry_references(root)

    def compute(content: Any, box: Any, *rest: Any, **more: Any) -> Any:
        made = original(content, box, *rest, **more)
        if made and box.element_tag == "a::after" and box.element in beside:
            collector = rest[3]
            made[-1].text = format_reference(
                _referenced_pages(beside[box.element], collector),
                beside[box.element].index(box.element),
            )
            return made if made[-1].text else []
        return made

    build.compute_content_list = compute
    try:
        yield
    finally:
        build.compute_content_list = original


def _entry_references(root: Any) -> dict[Any, list[Any]]:
    """Each reference with all of its entry."""
    entries = ([one for one in entry if one.get("class") == REFERENCE] for entry in root.iter("li"))
    return {one: entry for entry in entries for one in entry}


def _referenced_pages(entry: Sequence[Any], collector: Any) -> list[int]:
    found = (collector.target_lookup_items.get(one.get("href")[1:]) for one in entry)
    return [one.cached_page_counter_values.get("page", [0])[-1] if one else 0 for one in found]
