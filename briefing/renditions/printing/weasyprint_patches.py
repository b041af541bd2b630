"""Mend what WeasyPrint 70 leaves undone: the one module that reaches into a library's private parts.

- `hang_trailing_spaces`: a text that would just fit but for the space at its end is broken after
  its first word; the space hangs over the end of the line (CSS Text 3, 4.1.2).
- `merge_page_references`: an index names each page once, runs as `6–9`; no style sheet can say so.
- `prepare_document`, `apply_ua_tags`, `finish_tags`: PDF/UA-1 (ISO 14289-1). Running heads, feet
  and leaders are artifacts, a link has one annotation with words of its own, header cells say what
  they are the head of, quotations state their language, figures their place.
- `page_text`: the text laid out on a page; to extract it from the finished PDF takes half as long
  as to print it.

Each patch has a test that fails when WeasyPrint no longer needs it. They are for WeasyPrint 70 and
pydyf 0.13; `pyproject.toml` allows no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from briefing.renditions.printing.page_references import REFERENCE, format_reference

POINTS = 0.75  # of PDF in one pixel of CSS
NOTHING = 0.01  # pixels; a link that shows nothing is no wider


@contextmanager
def hang_trailing_spaces() -> Iterator[None]:
    """While this lasts, WeasyPrint breaks lines so."""
    from weasyprint.layout import inline

    original = inline.split_first_line

    def split(text: str, style: Any, context: Any, width: Any, *rest: Any, **more: Any) -> Any:
        made = original(text, style, context, width, *rest, **more)
        if made[2] is None or text[-1:] != " " or b" " in text.encode()[: made[2]].strip(b" "):
            return made
        fitting = original(text[:-1], style, context, width, *rest, **more)
        return fitting if fitting[2] is None and fitting[3] <= width else made

    inline.split_first_line = split
    try:
        yield
    finally:
        inline.split_first_line = original


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


def prepare_document(document: Any) -> None:
    """Before the document is written: one annotation for each link that shows something, by its own
    element.
    """
    from weasyprint.formatting_structure import boxes

    for page in document.pages:
        page.links = [
            one
            for one in page.links
            if one[3].element_tag == "a" and one[2][2] - one[2][0] > NOTHING
        ]
        for box in (within for link in page.links for within in link[3].descendants()):
            if getattr(box, "is_leader", False):
                for dots in box.descendants():
                    dots.edge = ""
        for edge in page._page_box.children:  # noqa: SLF001 - there is no public way to it
            if isinstance(edge, boxes.MarginBox):
                for box in edge.descendants():
                    box.edge = "/Header" if edge.at_keyword.startswith("@top") else "/Footer"


def finish_tags(document: Any, pdf: Any) -> None:
    """Before the bytes are made: each link's annotation says its words, each header cell what it is
    the head of.
    """
    import pydyf

    for page in document.pages:
        for _, target, _, box in page.links:
            words = box.element.get("aria-label") or " ".join(
                "".join(box.element.itertext()).split()
            )
            if box.link_annotation is not None:
                box.link_annotation["Contents"] = pydyf.String(words or target)
    heights = dict(zip(pdf.page_references, (page.height for page in document.pages), strict=True))
    for one in pdf.objects:
        kind = one.get("S") if isinstance(one, pydyf.Dictionary) else None
        if kind in {"/TH", "/TD"}:
            one.pop("ID", None)  # of no use without a tree of all of them
            one["A"].pop("Headers", None)
        if kind == "/TH":
            one["A"]["Scope"] = "/Column"
        elif kind == "/Figure":
            left, top, right, bottom = one["A"]["BBox"]
            height = heights[one["Pg"]]
            one["A"]["BBox"] = pydyf.Array(
                round(POINTS * side, 3) for side in (left, height - bottom, right, height - top)
            )


@contextmanager
def apply_ua_tags() -> Iterator[None]:
    """While this lasts, WeasyPrint marks and tags so."""
    from weasyprint.pdf import stream, tags

    kept = tags._get_pdf_tag, tags._build_box_tree, stream.Stream.marked  # noqa: SLF001 - nothing of this is public
    tags._get_pdf_tag = lambda tag: "Span" if tag and tag.startswith("a::") else kept[0](tag)  # noqa: SLF001
    tags._build_box_tree, stream.Stream.marked = _wrap_tree_builder(kept[1]), _wrap_marking(kept[2])  # noqa: SLF001
    try:
        yield
    finally:
        tags._get_pdf_tag, tags._build_box_tree, stream.Stream.marked = kept  # noqa: SLF001


def _wrap_tree_builder(built: Any) -> Any:
    """WeasyPrint's elements of a box, without running heads, leaders, links that show nothing; with
    languages.
    """
    import pydyf
    from weasyprint.formatting_structure import boxes

    def tree(box: Any, parent: Any, pdf: Any, number: int, *rest: Any) -> Iterator[Any]:
        if isinstance(box, boxes.MarginBox) or getattr(box, "is_leader", False):
            return
        for element in built(box, parent, pdf, number, *rest):
            if element["S"] == "/Link" and not element["K"]:
                continue
            if element["S"] == "/L" and box.style["column_count"] != "auto":
                element["S"] = "/Div"  # each of its columns is a list
            if (
                box.element_tag != "html"
                and box.element is not None
                and (spoken := box.element.get("lang"))
            ):
                element["Lang"] = pydyf.String(spoken)
            yield element

    return tree


def _wrap_marking(marked: Any) -> Any:
    import pydyf

    @contextmanager
    def marking(self: Any, box: Any, tag: str) -> Iterator[None]:
        edge = getattr(box, "edge", None)
        if edge is None or self._tags is None:
            with marked(self, box, tag):
                yield
            return
        kind = {"Type": "/Pagination", "Subtype": edge} if edge else {"Type": "/Layout"}
        pydyf.Stream.begin_marked_content(self, "Artifact", pydyf.Dictionary(kind))
        try:
            yield
        finally:
            pydyf.Stream.end_marked_content(self)

    return marking


def page_text(page: Any) -> str:
    """The text laid out on one page, in the order it is drawn, without running heads; what hangs
    off it is not there.

    Read from WeasyPrint's own boxes: to extract the text of a finished PDF again takes half as long
    as to print it.
    """
    from weasyprint.formatting_structure import boxes

    sheet = page._page_box  # noqa: SLF001 - there is no public way to it
    parts = [part for part in sheet.children if not isinstance(part, boxes.MarginBox)]
    found = (
        box
        for part in parts
        for box in part.descendants(placeholders=True)
        if isinstance(box, boxes.TextBox)
    )
    return "\n".join(box.text for box in found if -1 < box.position_y < sheet.margin_height())
