"""Untrusted text stays the text it is: Markdown, addresses, header lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import markdown as python_markdown
import markupsafe
import pytest
from hostile import MARKS, texts
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from briefing.renditions import visible_text
from briefing.renditions.templating.escaping import (
    _CONTROL,
    _INVISIBLE,
    escape_header,
    escape_markdown,
    escape_text,
    safe_url,
    text_fragment_url,
)
from briefing.renditions.templating.filters import _markup

ENGINES: dict[str, Callable[[str], str]] = {
    "commonmark": MarkdownIt("commonmark").render,
    "tables and strike-through": MarkdownIt("commonmark").enable(["table", "strikethrough"]).render,
    "python-markdown": python_markdown.markdown,
    "python-markdown extra": partial(python_markdown.markdown, extensions=["extra"]),
}
PLACES = ("- {}", "{}", "## {}", "1. {}", "[{}](http://a.example/b)")
ALLOWED = {"div", "p", "ul", "li", "ol", "h2", "a"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("engine", ENGINES)
def test_no_markdown_reader_changes_a_text(engine: str, place: str) -> None:
    changed = []

    for text in texts(len(MARKS) * 4 + 50):
        if wanted := visible_text(text):
            page = html.fragment_fromstring(
                ENGINES[engine](place.replace("{}", escape_markdown(text))), create_parent="div"
            )
            if (
                " ".join(page.text_content().split()) != wanted
                or {e.tag for e in page.iter()} - ALLOWED
            ):
                changed.append(text)

    assert changed == []


@given(st.text(max_size=80))
def test_any_text_survives_commonmark(text: str) -> None:
    if not visible_text(text):
        return

    page = html.fragment_fromstring(
        ENGINES["commonmark"]("- " + escape_markdown(text)), create_parent="div"
    )

    assert " ".join(page.text_content().split()) == " ".join(visible_text(text).split())


def test_news_text_grows_by_less_than_a_hundredth() -> None:
    text = (
        "“We’re 5.5 per cent short,” Dr. Osei said at 7 a.m. – the No. 2 quay (east) "
        "isn't open; 41 ships wait."
    ) * 20

    assert len(escape_markdown(text)) <= 1.01 * len(text)


@given(st.text())
def test_what_is_visible_stays_so(text: str) -> None:
    assert visible_text(visible_text(text)) == visible_text(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u202eb", "ab"),
        ("so\u00adft", "soft"),
        ("a\u00a0b\n c", "a b c"),
        ("\x00\x1b[31mred", "[31mred"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_a_reader_sees(text: str, seen: str) -> None:
    assert visible_text(text) == seen


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("http://news.example", "http://news.example/"),
        ("HTTPS://News.Example/A?b=c&d=e#f", "https://news.example/A?b=c&d=e#f"),
        ("https://grünau.example/straße", "https://xn--grnau-lva.example/stra%C3%9Fe"),
        ("https://news.example/a%20b", "https://news.example/a%20b"),
        ("https://news.example/(a)[b]<c>", "https://news.example/%28a%29%5Bb%5D%3Cc%3E"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("mailto:desk@news.example?bcc=x@y.example", "mailto:desk@news.example"),
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://user:secret@news.example/", None),
        ("https://news.example\\@evil.example/", None),
        ("https://news.example/a b", None),
        ("https://news.example/\nX: y", None),
        ("https://[::1", None),
        ("https:///a", None),
        ("//news.example/a", None),
        ("ftp://news.example/a", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_checked(url: str | None, checked: str | None) -> None:
    assert safe_url(url) == checked


@given(
    st.text(max_size=40),
    st.sampled_from(["", "http://", "https://", "mailto:", "javascript:", "https://x.example/"]),
)
def test_a_checked_address_is_plain_and_of_a_known_kind(text: str, start: str) -> None:
    checked = safe_url(start + text)

    assert checked is None or (
        checked.isascii() and checked.startswith(("http://", "https://", "mailto:"))
    )
    assert checked is None or not set(checked) & set(" \"'<>`\\\r\n") - {"'"}
    assert checked is None or safe_url(checked) == checked


@pytest.mark.parametrize(
    ("url", "sentences", "link"),
    [
        ("https://n.example/a", ["One two."], "https://n.example/a#:~:text=One%20two."),
        (
            "https://n.example/a",
            ["Well-known, a & b."],
            "https://n.example/a#:~:text=Well%2Dknown%2C%20a%20%26%20b.",
        ),
        (
            "https://n.example/a",
            ["a b c d e f g h i j k."],
            "https://n.example/a#:~:text=a%20b%20c%20d%20e,g%20h%20i%20j%20k.",
        ),
        ("https://n.example/a", ["One.", "Two."], "https://n.example/a#:~:text=One.&text=Two."),
        ("https://n.example/a#part", ["One."], "https://n.example/a#part:~:text=One."),
        ("https://n.example/a", [], "https://n.example/a"),
        ("mailto:a@n.example", ["One."], "mailto:a@n.example"),
        (None, ["One."], None),
        ("javascript:x", ["One."], None),
    ],
)
def test_a_link_goes_to_the_very_words(
    url: str | None, sentences: list[str], link: str | None
) -> None:
    assert text_fragment_url(url, sentences) == link


@given(st.text())
def test_a_header_is_one_line_of_at_most_sixty_characters(text: str) -> None:
    line = escape_header(text)

    assert len(line) <= 60
    assert line == visible_text(line)


def test_a_long_header_is_cut_at_a_word() -> None:
    assert escape_header("word " * 30) == "word " * 11 + "word…"


@given(
    st.text()
    | st.sampled_from(
        ["  two  spaces ", " ", "a\u00a0b", "a\u200bb", "a\u2028b", "\ud800", "plain"]
    )
)
def test_the_short_way_shows_what_the_long_way_shows(text: str) -> None:
    """What is printable is not searched for control characters."""
    assert visible_text(text) == " ".join(_INVISIBLE.sub("", _CONTROL.sub("", text)).split())


@given(st.text() | st.text(alphabet="<>&\"' a"))
def test_markup_is_escaped_as_markupsafe_escapes_it(text: str) -> None:
    assert _markup(text) == str(markupsafe.escape(escape_text(text)))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Titre\u00a0: x\u202f; y", "Titre\u00a0: x\u00a0; y"),
        ("«\u00a0CC BY\u00a0»", "«\u00a0CC BY\u00a0»"),
        ("1\u202f200 mots, 50\u00a0%", "1\u00a0200 mots, 50\u00a0%"),
        ("a\u00a0b \u00a0: c\u200b", "a b : c"),
    ],
)
def test_no_break_spaces_stay_where_typesetters_put_them(text: str, seen: str) -> None:
    assert escape_text(text) == seen
    assert escape_text(seen) == seen
    assert visible_text(text) == seen.replace("\u00a0", " ")
