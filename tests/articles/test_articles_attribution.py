"""Who wrote a page and whose it is: what stands there as such, and nobody where nothing does."""

from __future__ import annotations

import pytest

from briefing.articles.formats import html
from briefing.articles.metadata import bylines, site_names

STORY = "".join(
    f"<p>{each}</p>"
    for each in (
        (
            "The harbour board of Korsvik voted on Tuesday to close the old swing bridge "
            "for eleven weeks of repairs."
        ),
        (
            "Its chairman, Ove Hallström, said that the steel had rusted through in "
            "three places and could not wait."
        ),
        (
            "Ferries will run every twelve minutes until the bridge opens again in June, "
            "the board said on Tuesday."
        ),
        (
            "Shopkeepers on the north quay fear for their spring trade and have asked "
            "the town for help with the rent."
        ),
    )
)
ADDRESS = "https://www.korsvikcourier.example/2026/03/03/bridge"


def author(above: str, head: str = "") -> str | None:
    body = f"<article><h1>The old bridge of Korsvik closes</h1>{above}{STORY}</article>"
    title = "<title>The old bridge of Korsvik closes</title>"

    return html.draft_page(f"<html><head>{title}{head}</head><body>{body}</body></html>", ADDRESS)[
        0
    ].facts.byline


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("<div>By Nora Feld</div>", "Nora Feld"),
        ("<div>By <span>Nora Feld</span> <span>March 3, 2026</span></div>", "Nora Feld"),
        ("<div>By<a href='/f'>Nora Feld</a></div>", "Nora Feld"),
        ("<div>Written by:</div><div>Nora Feld</div><div>Updated</div>", "Nora Feld"),
        ("<div>3 March 2026 · 4 min read · By Nora Feld</div>", "Nora Feld"),
        (
            "<div>By Nora Feld and Anders van der Berg, Halden</div>",
            "Nora Feld, Anders van der Berg",
        ),
        ("<div>By Nora Feld, chief of the water desk</div>", "Nora Feld"),
        ("<div>Von Jürgen Østby | 3. März 2026</div>", "Jürgen Østby"),
        ("<div>By Amanda · 4 comments</div>", "Amanda"),
        ("<div class='author'>Nora Feld</div>", "Nora Feld"),
        ("<div class='author'><span>Nora Feld</span></div><div>Senior Reporter</div>", "Nora Feld"),
        ("<div>Harbour News</div><div>3 March 2026</div>", None),
        ("<div class='author'>Latest News</div>", None),
        ("<div>By the numbers: what it costs</div>", None),
        ("<div>By admin</div>", None),
        ("<div>Reviewed by Nora Feld</div>", None),
    ],
)
def test_the_line_under_a_headline_names_the_author(above: str, name: str | None) -> None:
    assert author(above) == name


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Nora Feld", "Nora Feld"),
        ("By Nora Feld", "Nora Feld"),
        ("Nora Feld, Korsvik Courier", "Nora Feld"),
        ("Korsvik Courier", None),
        (", Korsvik Courier", None),
        ("korsvikcourier", None),
        ("admin", None),
        ("nfeld2026", None),
        ("nora.feld@korsvikcourier.example", None),
        ("page.head.author", None),
        ("118263540", None),
        ("Staff", None),
    ],
)
def test_an_author_of_data_is_somebody(stated: str, name: str | None) -> None:
    assert bylines.clean_author_name(stated, "Korsvik Courier", ADDRESS) == name


def test_a_name_that_readers_see_stands_in_for_a_user_of_the_system() -> None:
    assert (
        author("<div>By Nora Feld</div>", '<meta name="author" content="admin_04">') == "Nora Feld"
    )


@pytest.mark.parametrize(
    ("head", "foot", "outlet"),
    [
        ("<title>The old bridge closes | Korsvik Courier</title>", "", "Korsvik Courier"),
        ("<title>The old bridge closes - The Korsvik Courier</title>", "", "The Korsvik Courier"),
        (
            "<title>Korsvik Courier Harbour: The old bridge | Korsvik Courier Online</title>",
            "",
            "Korsvik Courier Online",
        ),
        (
            "<title>The old bridge closes</title>",
            "<p>© 2026 Korsvik Courier. All rights reserved.</p>",
            "Korsvik Courier",
        ),
        (
            "<title>The old bridge</title>",
            '<a href="/"><img src="l" alt="Korsvik Courier logo"></a>',
            "Korsvik Courier",
        ),
        ("<title>The old bridge closes | Lowland Post</title>", "<p>© 2026 Lowland Post</p>", None),
        ("<title>The old bridge of the Korsvik couriers closes</title>", "", None),
    ],
)
def test_the_outlet_is_the_name_that_the_address_spells(
    head: str, foot: str, outlet: str | None
) -> None:
    tree = html.parse_html(f"<html><head>{head}</head><body>{STORY}{foot}</body></html>")

    assert site_names.find_outlet(tree, ADDRESS).outlet == outlet


def test_a_platform_is_no_outlet() -> None:
    tree = html.parse_html(
        f"<html><head><title>The old bridge | Substack</title></head><body>{STORY}</body></html>"
    )

    assert site_names.find_outlet(tree, "https://norafeld.substack.com/p/bridge").outlet is None
