"""The Markdown edition before two readers that nobody here wrote, cmark-gfm and pandoc; fast tests
have four more.
"""

from __future__ import annotations

import sys

import pytest
from every_edition import everything
from hostile import texts
from lxml import html
from markdown_it import MarkdownIt
from proof_tools import program, run

from briefing.renditions import render, visible_text
from briefing.renditions.templating.escaping import escape_markdown

pytestmark = pytest.mark.slow

READERS = {
    "cmark-gfm": ("-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tagfilter"),
    "pandoc": ("-f", "gfm", "-t", "html", "--wrap=none"),
}
NUMBER = 590  # hostile texts: as many as the CommonMark specification has examples


def read(reader: str, text: str) -> html.HtmlElement:
    done = run(program(reader), *READERS[reader], input=text)
    assert done.returncode == 0, done.stderr
    return html.fragment_fromstring(done.stdout, create_parent="div")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("reader", READERS)
def test_no_text_is_changed(reader: str) -> None:
    asked = [text for text in texts(NUMBER) if visible_text(text)]

    items = list(read(reader, "".join(f"- {escape_markdown(text)}\n" for text in asked)).iter("li"))

    changed = [
        text
        for text, item in zip(asked, items, strict=True)
        if words(item) != " ".join(visible_text(text).split())
    ]
    sys.stdout.write(f"\n{reader}: {len(changed)} of {len(asked)} hostile texts changed\n")
    assert changed == []


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("reader", READERS)
def test_an_edition_has_the_same_headings_lists_links_and_words(reader: str, language: str) -> None:
    text = render(everything(language), ["markdown"])[0].content.decode().split("\n---\n", 1)[1]

    shown = read(reader, text)
    expected = html.fragment_fromstring(MarkdownIt("commonmark").render(text), create_parent="div")

    assert words(shown) == words(expected)
    assert [one.get("href") for one in shown.iter("a")] == [
        one.get("href") for one in expected.iter("a")
    ]
    assert [one.tag for one in shown.iter("h1", "h2", "h3", "ol", "ul", "li")] == [
        one.tag for one in expected.iter("h1", "h2", "h3", "ol", "ul", "li")
    ]
