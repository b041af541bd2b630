"""Styles of a message: every rule in the elements, as mail programs need it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from rendition_samples import sample

from briefing.errors import BriefingError
from briefing.model import Edition
from briefing.renditions import House, render
from briefing.renditions.context.build import build_view
from briefing.renditions.context.view import View
from briefing.renditions.templating.environment import fill, fill_message

NOTE = (
    "# To “all” \"of\" 'you' & <b>\n\nA [link](https://example.org/?a=1&b=2) "
    "*here*, a\u00a0b.\n\n- one\n\n> said"
)
HOUSE = House(
    web="https://example.org/a?b=1&c='x'",
    unsubscribe=("https://example.org/leave?u=1&v='",),
    note=NOTE,
)
TITLE = "A \"title\" of <some> & 'others'\u00a0» x"


def seen(edition: Edition) -> View:
    return build_view(edition, b"record", HOUSE)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "fa"])
def test_the_style_sheet_goes_into_the_elements_and_words_stay(language: str) -> None:
    view = seen(replace(sample(), language=language, title=TITLE))

    message = fill_message(view.given())
    page = fill("email.html", view.given())

    assert re.sub(r"\W", "", _words(message)) == re.sub(r"\W", "", _words(page))
    assert message.count(' style="') > 20
    assert "\n\n" not in message


def _words(html: str) -> str:
    root = lxml.html.fromstring(html)
    for sheet in root.xpath("//style"):
        sheet.drop_tree()
    return str(root.text_content())


def test_a_users_style_sheet_has_every_selector_that_css_inline_knows(tmp_path: Path) -> None:
    (tmp_path / "email.css").write_text(
        "li + li { color: #123456; }\n.glance > li { margin: 0; }", encoding="utf-8"
    )
    view = seen(sample())

    message = fill_message(view.given(), templates=tmp_path)

    assert "color:#123456" in message


def test_a_users_colours_are_in_the_elements(tmp_path: Path) -> None:
    ours = (Path(__file__).parents[2] / "templates" / "tokens.html").read_text(encoding="utf-8")
    (tmp_path / "tokens.html").write_text(ours.replace("#0b4f8f", "#00540a"), encoding="utf-8")

    message = fill_message(seen(sample()).given(), templates=tmp_path)

    assert 'style="color:#00540a' in message
    assert "#0b4f8f" not in message


def test_a_users_template_runs_in_the_sandbox_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "x.html").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    (tmp_path / "email.html").write_text('{% include "parts/x.html" %}', encoding="utf-8")

    with pytest.raises(BriefingError, match="unsafe"):
        render(sample(), ["email"], templates=tmp_path)
