"""A page's headline is what its readers see: headings and titles vote, and marks of the site are no
part of it.
"""

from __future__ import annotations

import pytest

from briefing.articles.formats import html
from briefing.articles.metadata import headlines

ADDRESS = "https://www.korsvikcourier.example/2026/03/bridge"
TITLE = "Old swing bridge of Korsvik closes for eleven weeks"


def found(
    head: str, body: str, *, said: str | None = None, outlet: str | None = "Korsvik Courier"
) -> str | None:
    tree = html.parse_html(f"<html><head>{head}</head><body>{body}</body></html>")
    meta = {each.get("property"): each.get("content") for each in tree.iter("meta")}
    best = headlines.choose_headline(tree, said, meta, outlet, ADDRESS)
    return best[0] if best else None


def titled(title: str = TITLE) -> str:
    return f'<title>{title} | Korsvik Courier</title><meta property="og:title" content="{title}">'


@pytest.mark.parametrize(
    "heading",
    [
        f"<h1>{TITLE}</h1>",
        f"<h1>{TITLE} – Korsvik Courier</h1>",
        f"<h1>{TITLE} | Harbour news</h1>",
        f"<h1>{TITLE} <span>Posted on 3 March 2026</span> <span>by Nora Feld</span></h1>",
        f"<h1><time>3 March 2026</time> {TITLE}</h1>",
        f"<h1><a href='/x'>{TITLE}</a> <span>(lowlandpost.example)</span> <span>87</span></h1>",
        "<h1>Old swing bridge of Kors<b>vik</b> closes for eleven weeks</h1>",
        f"<h1>Korsvikcourier blog</h1><h2>{TITLE}</h2>",
        f"<h1>Old bridge closes for its repairs</h1><h1>{TITLE}</h1>",
    ],
)
def test_a_heading_gives_the_headline_and_nothing_else(heading: str) -> None:
    assert found(titled(), heading) == TITLE


@pytest.mark.parametrize("seam", [" | ", " - ", " – "])
def test_a_site_s_name_in_h1_is_no_headline_where_the_title_holds_the_h2_too(seam: str) -> None:
    head = f"<title>{TITLE}{seam}The Harbour Post</title>"
    body = f"<header><h1>The Harbour Post</h1></header><article><h2>{TITLE}</h2></article>"

    assert found(head, body, outlet=None) == TITLE


def test_a_heading_that_says_what_the_titles_say_goes_before_them() -> None:
    heading = "Old swing bridge closes: what travellers need to know"

    assert found(titled(), f"<h1>{heading}</h1>") == heading


def test_words_in_lines_of_their_own_stay_apart() -> None:
    head = "<title>The bridge closes</title>"

    assert (
        found(head, "<h1><span>The bridge</span><br><span>Closes</span></h1>")
        == "The bridge Closes"
    )


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("BRIDGE OPEN | korsvikcourier.example", "BRIDGE OPEN"),
        ("Korsvik Courier | korsvikcourier.example - The bridge is open", "The bridge is open"),
        ("Salt &amp;amp; rust: what ails the bridge", "Salt & rust: what ails the bridge"),
    ],
)
def test_a_title_is_cut_at_the_names_of_its_site(title: str, headline: str) -> None:
    assert found(f"<title>{title}</title>", "<p>No heading.</p>") == headline


def test_a_short_heading_is_the_headline_where_a_title_opens_on_it() -> None:
    assert (
        found(
            "<title>Bridge repairs | Town of Korsvik, Vestmark</title>", "<h1>Bridge repairs</h1>"
        )
        == "Bridge repairs"
    )


def test_a_page_without_heading_and_title_has_no_headline() -> None:
    assert found("", "<p>Nothing.</p>") is None
