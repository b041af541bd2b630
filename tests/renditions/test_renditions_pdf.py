"""The print edition: complete, tagged, drawn with our own fonts, printed by a process that can
fetch nothing.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader
from rendition_samples import DAY, article, item, large, quotes, sample

from briefing.errors import BriefingError
from briefing.model import Edition, Rendition, Window
from briefing.renditions import extract_text, missing_sentences, render
from briefing.renditions.checks import completeness
from briefing.renditions.checks.readback import pdf_pages
from briefing.renditions.context.build import build_view
from briefing.renditions.edition_json import encode_edition
from briefing.renditions.printing.render import Printed, print_html
from briefing.renditions.printing.worker import _build_fetcher
from briefing.renditions.templating.environment import fill

FACES = {"Briefing-Serif", "Briefing-Serif-Semi-Bold", "Briefing-Sans", "Briefing-Sans-Semi-Bold"}


@cache
def printed(kind: str) -> tuple[bytes, tuple[str, ...], tuple[str, ...]]:
    """PDF, what the press warned of, and the sentences it must hold."""
    made, sentences = pressed(kind)
    return made.pdf, made.warnings, sentences


@cache
def pressed(kind: str) -> tuple[Printed, tuple[str, ...]]:
    edition = {"sample": sample, "large": lambda: large(16)}[kind]()
    view = build_view(edition, encode_edition(edition))
    return print_html(fill("print.html", view.given()), identifier="0" * 32), view.sentences


@cache
def pages_of(kind: str) -> list[str]:
    return pdf_pages(printed(kind)[0])


@pytest.mark.parametrize("kind", ["sample", "large"])
def test_every_sentence_is_printed(kind: str) -> None:
    pdf, _, sentences = printed(kind)

    assert missing_sentences(Rendition("edition.pdf", "application/pdf", pdf), sentences) == ()


def test_a_sentence_that_was_lost_stops_the_edition() -> None:
    made, sentences = pressed("sample")

    completeness.require_sentences(made.pages, sentences)
    with pytest.raises(
        BriefingError, match=r"edition.pdf: 1 of 9 sentences are not in .*, the first is 'Lost\.'"
    ):
        completeness.require_sentences(made.pages, [*sentences[:-1], "Lost."])


LINES = tuple(f"Line number {number} of those that must be printed." for number in range(200))


@pytest.mark.parametrize(
    ("style", "page"),
    [
        ("", "<p>{}</p>"),
        (
            "p { float: footnote } @page { size: 200px 200px; margin: 10px }",
            "<div>Text<p>{}</p></div>",
        ),
        ("html, body { height: 300px; overflow: hidden } p { margin: 0 }", "<p>{}</p>"),
        ("p { position: relative; top: 4000px }", "<p>{}</p>"),
        ("p:nth-child(7n) { display: none }", "<p>{}</p>"),
    ],
)
def test_what_the_press_says_its_pages_show_is_what_is_in_them(style: str, page: str) -> None:
    """What the layout loses is not in the pages: footnotes, tails, what hangs off them."""
    body = "".join(page.format(line) for line in LINES)
    made = print_html(
        f"<html lang=en><title>t</title><style>{style}</style><body>{body}", identifier="0"
    )

    there = "".join("".join(pdf_pages(made.pdf)).split())
    shown = "".join("".join(made.pages).split())
    lost = [line for line in LINES if "".join(line.split()) not in there]
    assert [line for line in lost if "".join(line.split()) in shown] == []
    assert style or [line for line in LINES if "".join(line.split()) not in shown] == []


def test_sentences_out_of_order_are_missed() -> None:
    pdf, _, sentences = printed("sample")

    assert missing_sentences(Rendition("edition.pdf", "application/pdf", pdf), sentences[::-1])


@pytest.mark.parametrize("kind", ["sample", "large"])
def test_a_sentence_and_its_source_are_on_one_page(kind: str) -> None:
    edition = sample() if kind == "sample" else large(16)
    view = build_view(edition, encode_edition(edition))
    pages = ["".join(page.split()) for page in pages_of(kind)]

    for lead in view.leads:
        for group in lead.groups:
            wanted = [
                "".join(text.split())
                for text in (*(s.text for s in group.sentences), group.source.outlet)
            ]
            assert any(all(text in page for text in wanted) for page in pages), wanted


@pytest.mark.parametrize("kind", ["sample", "large"])
def test_the_press_has_nothing_to_warn_of(kind: str) -> None:
    assert printed(kind)[1] == ()


def test_only_the_bundled_fonts_are_used_and_all_are_embedded() -> None:
    reader = PdfReader(io.BytesIO(printed("large")[0]))

    fonts = {
        font["/BaseFont"].partition("+")[2]: font for page in reader.pages for font in _fonts(page)
    }

    assert set(fonts) <= FACES
    assert all(
        "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts.values()
    )


def _fonts(page: object) -> Iterator[dict]:  # type: ignore[type-arg]
    for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
        yield font.get_object()


def test_it_is_tagged_titled_and_in_a_language() -> None:
    reader = PdfReader(io.BytesIO(printed("sample")[0]))

    assert reader.metadata is not None
    assert reader.metadata.title == "Morning briefing, Thursday 5 March 2026"
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.root_object
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()


def test_dates_and_identifier_come_from_the_edition() -> None:
    reader = PdfReader(io.BytesIO(printed("sample")[0]))

    assert reader.metadata is not None
    assert reader.metadata["/CreationDate"] == "D:20260305060000+01'00"
    assert reader.trailer["/ID"][0] == "0" * 32


def test_it_has_an_outline_and_links_that_lead_somewhere() -> None:
    reader = PdfReader(io.BytesIO(printed("sample")[0]))
    destinations = reader.named_destinations

    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    inner = [link["/Dest"] for link in links if "/Dest" in link]
    outer = [link["/A"]["/URI"] for link in links if "/A" in link]

    titles = [entry["/Title"] for entry in _flat(reader.outline)]
    assert titles[:2] == ["Morning briefing", "Dockers end walkout"]
    assert inner
    assert all(name in destinations for name in inner)
    assert outer
    assert all(address.startswith("https://news.example/2026/") for address in outer)


def _flat(outline: object) -> list[dict]:  # type: ignore[type-arg]
    return [entry for one in outline for entry in (_flat(one) if isinstance(one, list) else [one])]  # type: ignore[attr-defined]


def test_pages_count_themselves_and_name_the_story() -> None:
    pages = pages_of("large")

    assert all(
        f"Page {number} of {len(pages)}" in " ".join(page.split())
        for number, page in enumerate(pages, 1)
    )
    assert all("Morning briefing" in page for page in pages)


def test_a_page_is_headed_by_the_story_that_it_begins_with() -> None:
    edition = large(6)
    html = fill("print.html", build_view(edition, encode_edition(edition)).given())
    apart = html.replace("</style>", ".lead { break-before: page }</style>", 1)
    first, *pages = [
        " ".join(page.split()) for page in pdf_pages(print_html(apart, identifier="0").pdf)
    ]

    assert first.endswith("Thursday 5 March 2026 Page 1 of 7")
    assert [page.partition(" Headline")[0] for page in pages[:4]] == [
        f"World · New Storyline {n} in the news" for n in range(4)
    ]
    assert [
        page.rpartition("Morning briefing ")[2].partition(" Thursday")[0] for page in pages
    ] == [
        *(f"Storyline {n} in the news" for n in range(4)),
        "In brief",
        "Imprint",
    ]


def test_contents_name_the_right_pages() -> None:
    pages = [" ".join(page.split()) for page in pages_of("large")]
    contents = " ".join(pages[:2]).replace(". ", "").replace(".", "")

    for number in (0, 3, 8):
        title = f"Storyline {number} in the news"
        named = int(contents.split(title + " ", 1)[1].split()[0])
        assert f"World · New {title} Headline" in pages[named - 1]


LETTERS = (
    "Żółć, Ångström, ‘naïve’ façade — straße – “ﬁn” ¾ № 5 x − y ≤ 3 €20 ½ … • ™ soft\u00adly.",
    "Ο πρωθυπουργός δήλωσε χθες ότι η συμφωνία ισχύει.",
    "Президент заявив, що переговори тривають; Ґанок, їжак, ђ, џ.",
    "A word of " + "exceptional" * 12 + " length.",
)


def test_letters_of_europe_are_drawn_by_our_fonts() -> None:
    pdf, warnings = _one(*LETTERS)

    drawn = {
        font["/BaseFont"].partition("+")[2]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in _fonts(page)
    }
    assert warnings == ()
    assert missing_sentences(Rendition("edition.pdf", "application/pdf", pdf), LETTERS) == ()
    assert drawn <= FACES


GERMAN = (
    (
        "Der Bundesverfassungsgerichtspräsident erläuterte die "
        "Straßenverkehrszulassungsordnung der Donauanrainerstaaten."
    ),
    (
        "Am Donnerstagnachmittag sprachen Oberbürgermeisterinnen der Grenzlandkreise und "
        "Regierungspräsidien."
    ),
)


def test_long_words_are_divided_by_their_language_and_read_whole() -> None:
    source = replace(article(1, GERMAN, headline="Verkehr", outlet="Ostra Bote"), language="de")
    edition = Edition(
        "Briefing",
        "daily",
        DAY,
        Window(),
        (item("s", (source,), quotes(source, 0, 1)),),
        version="0.1.0",
    )

    (made,) = render(edition, ["pdf"])
    pages = "".join(pdf_pages(made.content))

    assert "\u2010\n" in pages
    assert all(one in extract_text(made) for one in GERMAN)
    assert missing_sentences(made, GERMAN) == ()
    assert "\u2010" not in "".join(pages_of("large"))


def _one(*texts: str) -> tuple[bytes, tuple[str, ...]]:
    """PDF and warnings."""
    source = article(1, texts, headline="A headline", outlet="Marrow Wire")
    story = item("s", (source,), quotes(source, *range(len(texts))))
    edition = Edition("Briefing", "daily", DAY, Window(), (story,), version="0.1.0")
    view = build_view(edition, encode_edition(edition))
    made = print_html(fill("print.html", view.given()), identifier="0" * 32)
    return made.pdf, made.warnings


@pytest.mark.slow
def test_a_character_without_a_font_is_named_and_still_in_the_text() -> None:
    text = "A seal \U000f1234 on the quay."
    source = article(1, [text], headline="A headline", outlet="Marrow Wire")
    edition = Edition(
        "Briefing",
        "daily",
        DAY,
        Window(),
        (item("s", (source,), quotes(source, 0)),),
        version="0.1.0",
    )

    (pdf,) = render(edition, ["pdf"])

    assert "No font on the computer that printed this draws U+F1234" in extract_text(pdf)
    assert missing_sentences(pdf, [text]) == ()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "https://h.example/x.png",
        "file:///etc/hostname",
        "briefing-font:../../../etc/passwd",
        "briefing-font:",
        "data:,x",
        "",
    ],
)
def test_the_press_refuses_every_address_but_its_fonts(address: str) -> None:
    with pytest.raises(ValueError, match="is not fetched"):
        _build_fetcher().fetch(address)  # type: ignore[attr-defined]


def test_a_page_full_of_addresses_prints_without_them() -> None:
    page = (
        "<html lang=en><title>t</title><img src='file:///etc/hostname' alt=a><img "
        "src='http://127.0.0.1:9/' alt=b>"
        "<style>@import 'http://127.0.0.1:9/'; p { background: "
        "url(file:///etc/hostname) }</style><p>Text.</p>"
        "<object data='file:///etc/hostname'></object><link rel=attachment "
        "href='file:///etc/hostname'>"
    )

    made = print_html(page, identifier="0")

    assert b"EmbeddedFile" not in made.pdf
    assert sum("is not fetched" in line for line in made.warnings) >= 4
    assert "Text." in "".join(pdf_pages(made.pdf))


def test_a_press_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.renditions.printing.render.MEMORY_MB", 40)

    with pytest.raises(BriefingError, match=r"^edition\.pdf: not printed: "):
        print_html("<p>x", identifier="0")


def test_a_press_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.renditions.printing.render.SECONDS", 0.05)
    monkeypatch.setattr("briefing.renditions.printing.render.PATIENCE", 1)

    with pytest.raises(BriefingError, match=r"not printed within 0\.05 seconds"):
        print_html("<p>x", identifier="0")


@pytest.mark.skipif(not shutil.which("qpdf"), reason="left out: qpdf is not on this machine")
@pytest.mark.parametrize("kind", ["sample", "large"])
def test_qpdf_finds_no_fault(kind: str, tmp_path: Path) -> None:
    (tmp_path / "edition.pdf").write_bytes(printed(kind)[0])

    done = subprocess.run(
        ["qpdf", "--check", tmp_path / "edition.pdf"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="left out: poppler is not on this machine")
def test_poppler_reads_headings_lists_and_figures_with_their_words(tmp_path: Path) -> None:
    (tmp_path / "edition.pdf").write_bytes(printed("sample")[0])

    tree = subprocess.run(
        ["pdfinfo", "-struct-text", tmp_path / "edition.pdf"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    roles = [line.split()[0] for line in tree.splitlines() if line.strip()]
    assert roles.count("H1") == 1
    assert roles.count("H2") == 4
    assert "L" in roles
    assert tree.count("8 articles since yesterday 06:00; 17 in 5 days") >= 1


@pytest.mark.slow
def test_a_shorter_edition_prints_too() -> None:
    edition = replace(sample(), leads=(), briefs=())

    (pdf,) = render(edition, ["pdf"])

    assert "A quiet day" in extract_text(pdf)
