"""Each patch of WeasyPrint is still needed: without it the fault that it mends is there."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint import HTML

from briefing.renditions.printing import weasyprint_patches as patches

WIDTHS = range(80, 160)
INDEX = (
    "<style>@page { size: 200px 100px; margin: 0 } h1 { break-before: page }"
    "a.page::after { content: target-counter(attr(href), page) }</style>"
    '<ul><li>Harbour <a class="page" href="#x"></a><a class="page" href="#y"></a></li></ul>'
    '<h1 id="x">One</h1><p id="y">Two</p>'
)


def shown_lines(width: int) -> list[str]:
    from weasyprint.formatting_structure import boxes

    style = f"@page {{ size: 400px; margin: 0 }} p {{ width: {width}px; font: 16px sans-serif }}"
    page = HTML(string=f"<style>{style}</style><p><i>one two three </i><b>four five</b>").render()
    lines = [b for b in page.pages[0]._page_box.descendants() if isinstance(b, boxes.LineBox)]
    return ["".join(_texts(line, boxes.TextBox)) for line in lines]


def _texts(line: Any, kind: type) -> list[str]:
    return [box.text for box in line.descendants() if isinstance(box, kind)]


def test_weasyprint_alone_breaks_a_text_that_fits_but_for_the_space_at_its_end() -> None:
    alone = {width: shown_lines(width) for width in WIDTHS}
    with patches.hang_trailing_spaces():
        mended = {width: shown_lines(width) for width in WIDTHS}

    changed = [width for width in WIDTHS if alone[width] != mended[width]]
    assert changed, "WeasyPrint lets spaces hang now: the patch can go"
    assert all(len(mended[width]) < len(alone[width]) for width in changed)


@pytest.mark.parametrize(("patched", "expected"), [(False, "Harbour 22"), (True, "Harbour 2")])
def test_weasyprint_alone_names_a_page_as_often_as_it_is_referred_to(
    patched: bool, expected: str
) -> None:
    page = HTML(string=INDEX)
    if patched:
        with patches.merge_page_references(page.etree_element):
            document = page.render()
    else:
        document = page.render()

    assert expected in patches.page_text(document.pages[0]).replace("\n", "").replace("•", "")
