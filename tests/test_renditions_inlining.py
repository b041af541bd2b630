"""Styles of a message: written into our templates once, and the same bytes as css-inline makes of each message."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rendition_samples import full, large, sample

from briefing.errors import BriefingError
from briefing.model import Edition
from briefing.renditions import House, render
from briefing.renditions.context.build import look
from briefing.renditions.context.truncation import shorten
from briefing.renditions.context.view import View
from briefing.renditions.templating.css_inlining import attributes, inline, is_simple, quoted, styled
from briefing.renditions.templating.environment import fill, fill_message, only_ours

NOTE = "# To “all” \"of\" 'you' & <b>\n\nA [link](https://example.org/?a=1&b=2) *here*, a\u00a0b.\n\n- one\n\n> said"
HOUSE = House(web="https://example.org/a?b=1&c='x'", unsubscribe=("https://example.org/leave?u=1&v='",), note=NOTE)
TITLE = "A \"title\" of <some> & 'others'\u00a0» x"


def seen(edition: Edition) -> View:
    return look(edition, b"record", HOUSE)


def by_css_inline(view: View, templates: Path | None = None) -> str:
    return inline(fill("email.html", view.given(), templates=templates))


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "fa"])
@pytest.mark.parametrize("edition", [sample(), full(), large(3)], ids=["sample", "full", "three"])
def test_a_message_is_byte_for_byte_what_css_inline_makes(edition: Edition, language: str) -> None:
    view = seen(replace(edition, language=language, title=TITLE))

    assert fill_message(view.given()) == by_css_inline(view)


@pytest.mark.parametrize("number", [1, 2, 12, 47, 120, 200])
def test_so_is_one_of_many_storylines_and_one_that_was_shortened(number: int) -> None:
    view = seen(large(number))

    for shown in (view, shorten(view, number // 2), shorten(view, 2 * number)):
        assert fill_message(shown.given()) == by_css_inline(shown)


def test_so_is_an_edition_without_news() -> None:
    view = seen(replace(sample(), leads=(), briefs=()))

    assert fill_message(view.given()) == by_css_inline(view)


def test_a_users_style_sheet_has_every_selector_that_css_inline_knows(tmp_path: Path) -> None:
    (tmp_path / "email.css").write_text("li + li { color: #123456; }\n.glance > li { margin: 0; }", encoding="utf-8")
    view = seen(sample())

    message = fill_message(view.given(), templates=tmp_path)

    assert message == by_css_inline(view, tmp_path)
    assert "color:#123456" in message


def test_a_users_colours_are_in_the_elements(tmp_path: Path) -> None:
    ours = (Path(__file__).parent.parent / "templates" / "tokens.html").read_text(encoding="utf-8")
    (tmp_path / "tokens.html").write_text(ours.replace("#0b4f8f", "#00540a"), encoding="utf-8")

    message = fill_message(seen(sample()).given(), templates=tmp_path)

    assert 'style="color:#00540a' in message
    assert "#0b4f8f" not in message


@pytest.mark.parametrize(
    ("sheet", "simple"),
    [
        ("p { margin: 0 }\nh3.kicker { margin: 1px }\n.a, .b.c { color: red }", True),
        ("", True),
        ("ul li { margin: 0 }", False),
        ("li > a { margin: 0 }", False),
        ("li:first-child { margin: 0 }", False),
        ("[lang] { margin: 0 }", False),
        ("#top { margin: 0 }", False),
        ("* { margin: 0 }", False),
        ("@media print { p { margin: 0 } }", False),
        ("/* note */ p { margin: 0 }", False),
    ],
)
def test_only_rules_for_tags_and_classes_are_written_into_templates(sheet: str, simple: bool) -> None:
    assert is_simple(sheet) == simple


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("<p>", '<p style="margin:0">'),
        ('<p class="a b">', '<p class="a b" style="margin:0;color:red">'),
        ('<td class="a">', '<td class="a" style="color:red">'),
        ('<i class="a" href="{{ x }}">', '<i class="a" href="{{ x }}" style="color:red">'),
        ('<i role="x" class="a">', '<i class="a" role="x" style="color:red">'),
        ("<i>", "<i>"),
        ("</p>", "</p>"),
        ("<p{{ x }}>", "<p{{ x }}>"),
        ("{% if a < b %}<p>", '{% if a < b %}<p style="margin:0">'),
    ],
)
def test_each_element_of_a_template_gets_its_style(source: str, made: str) -> None:
    assert styled(source, "p { margin: 0 }\n.a { color: red }") == made


def test_no_template_of_a_message_fills_in_a_class_but_by_the_filter() -> None:
    templates = Path(__file__).parent.parent / "templates"

    for name in ("email.html", "macros.html"):
        assert 'class="{' not in (templates / name).read_text(encoding="utf-8")


def test_classes_that_a_macro_is_given_have_their_style_too() -> None:
    assert attributes("p", "a", "p { margin: 0 }\n.a { color: red }") == ' class="a" style="margin:0;color:red"'
    assert attributes("i", "", "p { margin: 0 }") == ""


@pytest.mark.parametrize(
    ("escaped", "shown"),
    [
        ("a &#34;b&#34;", 'a "b"'),
        ("<p>&#34;b&#34;</p>", '<p>"b"</p>'),
        ('<p title="&#34;b&#34;">&#34;', '<p title="&quot;b&quot;">"'),
        ('<p title="a &#34;b&#34; &#34;c" id="&#34;">', '<p title="a &quot;b&quot; &quot;c" id="&quot;">'),
    ],
)
def test_quotation_marks_never_end_an_attribute(escaped: str, shown: str) -> None:
    assert quoted(escaped) == shown


def test_a_folder_of_messages_holds_no_template_and_any_other_file_does(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "messages-en.toml").write_text("", encoding="utf-8")
    (tmp_path / "both" / "parts").mkdir(parents=True)
    (tmp_path / "both" / "parts" / "x.html").write_text("", encoding="utf-8")

    assert only_ours(None)
    assert only_ours(tmp_path / "words")
    assert not only_ours(tmp_path / "both")


def test_a_users_template_runs_in_the_sandbox_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "x.html").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    (tmp_path / "email.html").write_text('{% include "parts/x.html" %}', encoding="utf-8")

    with pytest.raises(BriefingError, match="unsafe"):
        render(sample(), ["email"], templates=tmp_path)
