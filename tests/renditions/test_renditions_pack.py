"""The pack: an edition with its sources behind it, as much of them as a licence allows."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache

import pytest
from pypdf import PdfReader
from rendition_samples import DAY, article, item, quotes

from briefing.model import Analysis, Article, Edition, Rendition, Span, Window
from briefing.renditions import missing_sentences, render_pack
from briefing.renditions.checks.readback import pdf_pages
from briefing.renditions.context.pack import EXCERPT, build_annex
from briefing.renditions.printing import page_references

LONG = tuple(
    f"Sentence {n} of the report says that Marit Osei counted {n} ships off Halden that day."
    for n in range(70)
)


def named(source: Article, *names: str) -> Article:
    spans = tuple(Span(at, at + len(name)) for name in names for at in [source.text.index(name)])
    return replace(source, analysis=Analysis(source.analysis.sentences, (), spans))


def edition() -> Edition:
    whole = named(
        article(1, LONG, headline="All of it", outlet="Marrow Wire", licence="CC BY 4.0"),
        "Marit Osei",
        "Halden",
    )
    part = named(
        article(2, LONG[:20], headline="A part", outlet="The Halden Courier"), "Marit Osei"
    )
    one = item(
        "harbour-strike",
        (whole, part),
        quotes(whole, 0) + quotes(part, 1),
        status="new",
        volume=(1, 2),
    )
    two = item("queue", (part,), quotes(part, 2))
    return Edition("A pack", "desk", DAY, Window(), (one,), (two,), version="0.1.0")


@cache
def printed() -> Rendition:
    return render_pack(edition(), client="The night desk", query="ships")


@cache
def pages() -> list[str]:
    return [" ".join(page.split()) for page in pdf_pages(printed().content)]


def test_every_paragraph_is_printed_though_pages_divide_them() -> None:
    behind = build_annex(edition(), query="ships")

    assert len(behind.texts) > 70
    assert missing_sentences(printed(), behind.texts) == ()
    assert missing_sentences(printed(), [*behind.texts[:50], "Nobody wrote this."]) == (
        "Nobody wrote this.",
    )


def test_a_long_paragraph_over_two_pages_is_found_and_a_changed_one_is_not() -> None:
    text = " ".join(LONG[:60])
    long = article(5, [text], headline="One paragraph", outlet="A", licence="full text")
    made = render_pack(
        Edition(
            "P",
            "d",
            DAY,
            Window(),
            (item("s", (long,), quotes(article(6, LONG[:1]), 0)),),
            version="1",
        )
    )

    assert missing_sentences(made, [text]) == ()
    assert missing_sentences(made, [text.replace("Sentence 30", "Sentence 31")]) != ()


def test_full_text_only_where_the_licence_allows_it() -> None:
    free, kept = build_annex(edition()).sheets

    assert len(free.paragraphs) == 70
    assert free.remark == ""
    assert (
        sum(len(piece.text.split()) for paragraph in kept.paragraphs for piece in paragraph)
        <= EXCERPT
    )
    assert kept.remark.startswith("Excerpt: ")
    assert "no licence stated" in kept.remark


def test_a_desk_that_holds_the_rights_prints_everything() -> None:
    assert all(not sheet.remark for sheet in build_annex(edition(), full_text=True).sheets)


@pytest.mark.parametrize(
    ("licence", "whole"),
    [
        ("CC BY 4.0", True),
        ("cc-by-sa", True),
        ("full text", True),
        ("Public domain", True),
        ("quotation with credit", False),
        ("all rights reserved", False),
        ("CC BY-ND 4.0", True),
        ("CC BY-NC-ND", False),
        (None, False),
    ],
)
def test_licences(licence: str | None, *, whole: bool) -> None:
    source = article(1, LONG, licence=licence)
    made = build_annex(Edition("P", "d", DAY, Window(), (item("s", (source,), quotes(source, 0)),)))

    assert (made.sheets[0].remark == "") == whole


def test_the_cover_and_the_summary_come_first() -> None:
    assert "For The night desk Query ships" in pages()[0]
    assert "Storyline Articles Outlets First Last State All of it 2 2" in pages()[1]


def test_words_of_the_query_are_marked() -> None:
    (first, *_), *_ = [
        sheet.paragraphs for sheet in build_annex(edition(), query="ships and Osei").sheets
    ]

    assert [piece.text for piece in first if piece.hit] == ["Osei", "ships"]


def told(entry: str, text: str) -> list[int]:
    """The pages that an index names for an entry, those between a first and a last among them."""
    (found,) = re.findall(rf"{re.escape(entry)} ([0-9][0-9, –]*)", text)
    pages = []
    for part in found.replace(" ", "").strip(",").split(","):
        first, _, last = part.partition("–")
        pages += range(int(first), int(last or first) + 1)
    return pages


def test_the_index_names_the_pages_that_names_stand_on_each_once() -> None:
    """Of each article the first: it may be on the second page of it, or the same page as
    another's.
    """
    last = " and ".join(["Late words of the report", *LONG[:3], "so said Ada Fjord"])
    sources = [
        named(
            article(1, [*LONG[:60], last], headline="One", outlet="A", licence="CC BY"),
            "Marit Osei",
            "Ada Fjord",
        ),
        *(
            named(
                article(n, LONG[:2], headline=f"No {n}", outlet="B", licence="CC BY"), "Marit Osei"
            )
            for n in (2, 3, 4)
        ),
        named(
            article(5, [*LONG[:20], last], headline="Five", outlet="C"), "Marit Osei", "Ada Fjord"
        ),
    ]
    made = render_pack(
        Edition("P", "d", DAY, Window(), (item("s", sources, quotes(sources[0], 0)),), version="1")
    )
    pages = [" ".join(page.split()) for page in pdf_pages(made.content)]

    index = pages[next(number for number, page in enumerate(pages) if "Index Outlets" in page)]
    for name, articles in (("Marit Osei", 5), ("Ada Fjord", 1)):
        numbers = told(name, index)
        assert len(numbers) == len(set(numbers)) <= articles
        assert all(name in pages[number - 1] for number in numbers), (name, numbers)
    assert "Ada Fjord" not in "".join(pages[: told("Ada Fjord", index)[0] - 1])
    assert told("A", index) == [min(told("Marit Osei", index))]


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ([7], "7"),
        ([7, 7, 7], "7"),
        ([5, 6], "5, 6"),
        ([5, 6, 6, 7], "5–7"),
        ([1, 3, 4, 5, 5, 8, 10, 11], "1, 3–5, 8, 10, 11"),
    ],
)
def test_an_entry_names_each_page_once_and_three_in_a_row_as_first_and_last(
    pages: list[int], printed: str
) -> None:
    assert (
        "".join(page_references.format_reference(pages, place) for place in range(len(pages)))
        == printed
    )


def test_every_place_that_the_index_leads_to_is_in_the_text() -> None:
    """Whatever a name begins with, whatever nobody sees stands before it, whichever way the text
    runs.
    """
    lines = (
        "“Abd” spoke.",
        "\u200b\u00ad 'Ndrangheta  Two came.",
        "قال Marrow Wire إن دوكرز",
        "The الجزيرة said.",
        "x‑ray Moe.",
    )
    names = ("“Abd”", "'Ndrangheta  Two", "Marrow Wire", "الجزيرة", "ray Moe")
    source = named(article(1, lines, licence="CC BY"), *names)
    behind = build_annex(
        Edition("P", "d", DAY, Window(), (item("s", (source,), quotes(source, 0)),)),
        query="marrow spoke",
    )
    (only,) = behind.sheets

    places = [place for entry in behind.names for place in entry.places]
    assert len(places) == len(names)
    assert {*places} <= {
        only.anchor,
        *(one for line in only.placed for piece in line for one in piece.anchors),
    }
    assert ["".join(piece.text for piece in line) for line in only.placed] == [*behind.texts]
    assert [len(line) for line in only.placed[2:4]] == [
        1,
        1,
    ]  # an element of its own would turn the words around


def test_names_of_many_letters_stand_under_them_without_regard_to_accents() -> None:
    names = [
        f"{first} {last}"
        for first in ("Ada", "Östen", "Olga", "Zoë", "ada", "7th")
        for last in "ABCDEFGH"
    ]
    source = named(article(1, [f"{name} came." for name in names], licence="CC BY"), *names)

    entries = build_annex(
        Edition("P", "d", DAY, Window(), (item("s", (source,), quotes(source, 0)),))
    ).names

    assert [(entry.letter, entry.name) for entry in entries if entry.letter] == [
        ("0–9", "7th A"),
        ("A", "Ada A"),
        ("O", "Olga A"),
        ("Z", "Zoë A"),
    ]


def test_a_whole_article_begins_a_page_and_an_excerpt_follows_on() -> None:
    begun = [number for number, page in enumerate(pages()) if "SHA-256" in page]

    assert "Articles All of it" in pages()[begun[0]]
    assert "Sentence 69" in pages()[begun[1]]


def test_the_pack_is_tagged() -> None:
    assert PdfReader(io.BytesIO(printed().content)).root_object["/MarkInfo"]["/Marked"]


@pytest.mark.slow
def test_the_pack_is_the_same_each_time() -> None:
    assert (
        render_pack(edition(), client="The night desk", query="ships").content == printed().content
    )
