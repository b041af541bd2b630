"""The PDF for who hears it: tags, links with words, languages, running heads outside, after
PDF/UA-1.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from accessible_pdf import artifacts, faults, languages
from pypdf import PdfReader
from rendition_samples import article, full, item, quotes

from briefing.model import Analysis, Edition, Span
from briefing.renditions import render, render_pack

NAMES = [
    f"{first} {last}"
    for first in ("Ada", "Bo", "Cy", "Åse", "Eva")
    for last in ("Ahl", "Berg", "Dahl", "Ek", "Holm", "Lind", "Moe", "Ås")
]


def foreign() -> Edition:
    """The fullest sample with a quotation in German and an editor's list."""
    edition = full()
    lead, *others = edition.leads
    bote = replace(article(31, ["Die Deiche halten.", "Noch."], outlet="Ostra Bote"), language="de")
    told = replace(lead, parts={**lead.parts, "they said": quotes(bote, 0)})
    return replace(
        edition,
        leads=(told, *others),
        note="Read:\n\n- *slowly*\n- [twice](https://news.example/)\n",
    )


@cache
def made(kind: str) -> bytes:
    if kind == "edition":
        return render(foreign(), ["pdf"])[0].content
    text = [f"{name} spoke." for name in NAMES]
    source = article(41, text, headline="Who spoke", outlet="Marrow Wire", licence="CC BY 4.0")
    names = tuple(Span(at, at + len(name)) for name in NAMES for at in [source.text.index(name)])
    whole = replace(source, analysis=Analysis(source.analysis.sentences, (), names))
    edition = replace(foreign(), briefs=(item("who", (whole,), quotes(whole, 0)),))
    return render_pack(edition, client="Night desk", query="spoke").content


@pytest.mark.parametrize("kind", ["edition", "pack"])
def test_nothing_is_in_the_way_of_pdf_ua(kind: str) -> None:
    assert faults(made(kind)) == []


@pytest.mark.parametrize("kind", ["edition", "pack"])
def test_running_heads_and_feet_are_no_part_of_the_text(kind: str) -> None:
    pages, found = len(PdfReader(io.BytesIO(made(kind))).pages), Counter(artifacts(made(kind)))

    assert found["/Footer"] == 2 * pages
    assert found["/Header"] == 2 * (pages - 1)


def test_a_quotation_in_another_language_says_so() -> None:
    assert languages(made("edition")) == {"de"}


def test_links_say_what_they_lead_to_in_words() -> None:
    words = [
        annotation.get_object()["/Contents"]
        for page in PdfReader(io.BytesIO(made("pack"))).pages
        for annotation in page.get("/Annots", [])
    ]

    assert {"Dockers end walkout", "The Halden Courier", "Ada Berg", "twice", "Index"} <= set(words)
    assert not [one for one in words if one.startswith(("a-", "n1", "s-"))]


def test_what_is_checked_here_is_what_weasyprint_alone_leaves_undone() -> None:
    from weasyprint import HTML

    page = (
        "<html lang=en><title>t</title><style>@page { @top-left { content: 'Head' } "
        "} li { list-style: none }"
        " a::after { content: target-counter(attr(href), page) }</style><h1 "
        "id=a>T</h1><p><a href='#a'><b>Here</b></a>"
        "<dl><div><dt>a<dd>b</div></dl><h4>Deep</h4><table><tr><th>a<tr><td>b</table>"
    )
    found = faults(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))

    assert {one[:6] for one in found} == {
        "01-006",
        "09-004",
        "09-005",
        "14-003",
        "15-003",
        "28-011",
    }
