"""A laid-out document in, its tags as PDF/UA-1 (ISO 14289-1) asks for them out: what WeasyPrint 70
leaves to be done.

Running heads, feet and leaders are artifacts, a link has one annotation in one Link with words of
its own, header cells say what they are the head of, a quotation in another language says so, a
figure states where it stands on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

POINTS = 0.75  # of PDF in one pixel of CSS
NOTHING = 0.01  # pixels; a link that shows nothing is no wider


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
