"""The message: small enough for every mailbox, whole, well formed, and readable by everyone."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from functools import cache
from itertools import pairwise

import html5lib
import pytest
from lxml import html
from rendition_samples import large, sample

from briefing.model import Edition
from briefing.renditions import House, extract_text, missing_sentences, render
from briefing.renditions.localisation.catalogue import OPENING, load_messages
from briefing.renditions.mail import LIMIT

NOTICE = load_messages("en")(OPENING)
HOUSE = House(
    sender="Desk <desk@example.org>",
    recipient="reader@example.org",
    list_id="briefing.example.org",
    unsubscribe=("https://example.org/leave?u=1", "mailto:leave@example.org"),
)


def sent(edition: Edition, house: House = HOUSE) -> tuple[bytes, EmailMessage]:
    content = render(edition, ["email"], house=house)[1].content
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return content, message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@cache
def page() -> html.HtmlElement:
    return html.document_fromstring(render(sample(), ["email"], house=HOUSE)[0].content)


def test_the_message_has_no_defect() -> None:
    content, message = sent(sample())

    assert not message.defects
    assert all(not one.defects for one in message.walk())
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_its_headers_say_what_it_is() -> None:
    _, message = sent(sample())

    assert message["Subject"] == "5 March: Dockers end walkout"
    assert message["From"] == "Desk <desk@example.org>"
    assert message["Date"] == "Thu, 05 Mar 2026 06:00:00 +0100"
    assert message["Message-ID"].startswith("<2026-03-05.")
    assert message["Message-ID"].endswith("@example.org>")
    assert message["List-Id"] == "<briefing.example.org>"
    assert (
        message["List-Unsubscribe"].strip()
        == "<https://example.org/leave?u=1>, <mailto:leave@example.org>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert [one.get_content_type() for one in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_without_a_sender_it_can_be_looked_at_but_answered_by_nobody() -> None:
    _, message = sent(sample(), House())

    assert message["From"].endswith("<briefing@briefing.invalid>")
    assert message["To"] is None
    assert message["List-Unsubscribe"] is None


def test_both_parts_hold_the_same_sentences() -> None:
    edition = sample()
    page_, message_ = render(edition, ["email"])
    sentences = [str(quote) for quote in edition.quotes]

    assert missing_sentences(page_, sentences) == ()
    assert missing_sentences(message_, [*sentences, *sentences]) == ()


@pytest.mark.parametrize("number", [1, 2, 5, 12, 23, 24, 30, 31, 40, 47, 60, 85, 120, 150, 200])
def test_it_is_never_clipped(number: int) -> None:
    content, message = sent(large(number))

    assert len(content) <= LIMIT
    shown = part(message, "html").count("</h2>")
    assert shown > 0
    assert (NOTICE in part(message, "plain")) == (NOTICE in part(message, "html")) == (number >= 40)


@pytest.mark.parametrize("number", [40, 60, 200])
def test_a_shortened_message_uses_the_room_it_has(number: int) -> None:
    content, _ = sent(large(number))

    assert len(content) > 0.95 * LIMIT


def test_a_shortened_message_keeps_every_lead_while_it_can() -> None:
    edition = large(36, leads=36)
    _, message = sent(edition)

    text = part(message, "plain")

    assert all(str(lead.storyline.headline) in text for lead in edition.leads)
    assert "leads shortened" in text
    assert "left out" not in text


def test_language_and_direction_are_stated_twice() -> None:
    wrapper = page().find("body").find("div[@role='article']")

    assert (page().get("lang"), page().get("dir")) == ("en", "ltr")
    assert (wrapper.get("lang"), wrapper.get("dir")) == ("en", "ltr")


def test_right_to_left_editions_run_so() -> None:
    from dataclasses import replace

    root = html.document_fromstring(render(replace(sample(), language="fa"), ["email"])[0].content)

    assert (root.get("lang"), root.get("dir")) == ("fa", "rtl")


def test_every_table_is_for_layout_only() -> None:
    assert {table.get("role") for table in page().iter("table")} == {"presentation"}


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(element.tag[1]) for element in page().iter("h1", "h2", "h3", "h4")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_says_where_it_goes_and_leaves_the_message() -> None:
    links = list(page().iter("a"))

    assert links
    assert all(len(link.text_content().strip()) > 3 for link in links)
    assert all(link.get("href").startswith("https://") for link in links)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    forbidden = (
        "img",
        "script",
        "link",
        "iframe",
        "object",
        "embed",
        "form",
        "video",
        "svg",
        "base",
    )

    assert not list(page().iter(*forbidden))
    content = html.tostring(page(), encoding="unicode")
    assert "url(" not in content
    assert "@import" not in content


def test_bars_are_hidden_from_screen_readers_and_said_in_words() -> None:
    bars = page().xpath("//span[contains(., '█')]")

    assert bars
    assert all(bar.get("aria-hidden") == "true" for bar in bars)
    assert "8\u00a0articles since yesterday 06:00; 17\u00a0in 5\u00a0days" in page().text_content()


def test_the_preheader_is_hidden_and_holds_the_glance() -> None:
    hidden = page().xpath("//div[contains(@style, 'display')]")[0]

    assert "display:none" in hidden.get("style").replace(" ", "")
    assert hidden.text_content().startswith("Dockers end walkout · The Orla reached")
    assert "font-size" not in hidden.get("style")


def test_the_style_block_is_small_and_plain() -> None:
    styles = list(page().iter("style"))

    assert len(styles) == 1
    assert len(styles[0].text) < 2048
    assert "prefers-color-scheme:dark" in styles[0].text.replace(" ", "")


def test_styles_are_in_the_elements() -> None:
    heading = next(page().iter("h1"))

    assert "Georgia" in heading.get("style")


def contrast(one: str, two: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(two)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["", "dark_"])
@pytest.mark.parametrize("name", ["ink", "muted", "accent", "link"])
def test_text_stands_out(name: str, mode: str) -> None:
    import re

    from briefing.resources import templates_folder

    tokens = dict(
        re.findall(r'set (\w+) = "(#\w{6})"', (templates_folder() / "tokens.html").read_text())
    )

    assert contrast(tokens[mode + name], tokens[mode + "paper"]) >= 4.5
    assert contrast(tokens[mode + name], tokens[mode + "ground"]) >= 4.5


def test_it_is_valid_for_the_html_parser_of_browsers() -> None:
    parser = html5lib.HTMLParser()

    parser.parse(render(sample(), ["email"])[0].content.decode())

    assert [error[1] for error in parser.errors] == []


def test_words_longer_than_a_phone_is_wide_break_in_a_message() -> None:
    """A table as wide as its longest word would scroll sideways (the slow proofs look at one in
    Chromium).
    """
    cells = [cell.get("style") for cell in page().iter("td") if "pad" in (cell.get("class") or "")]

    assert cells
    assert all("word-break:break-word" in str(style) for style in cells)


def test_a_long_list_of_changes_stands_behind_the_news() -> None:
    few, many = (tuple(f"headline: Storyline {n}" for n in range(number)) for number in (4, 20))

    for name in ("text", "markdown", "page", "email"):
        shown = " ".join(
            extract_text(render(replace(sample(), revision=2, changes=many), [name])[0]).split()
        )
        short = " ".join(
            extract_text(render(replace(sample(), revision=2, changes=few), [name])[0]).split()
        )
        news = shown.index("At a glance" if name != "text" else "AT A GLANCE")
        assert shown.index("The other changes are named in the imprint.") < news
        assert shown.count("Storyline 19") == 1
        assert shown.index("Storyline 19") > news > shown.index("Storyline 2")
        assert "in the imprint" not in short
        assert short.index("Storyline 3") < news


def test_the_web_edition_is_linked_where_there_is_one() -> None:
    with_web, without = (
        html.document_fromstring(render(sample(), ["email"], house=House(web=web))[0].content)
        for web in ("https://example.org/today?a=1&b=2", "javascript:alert(1)")
    )

    assert [link.get("href") for link in with_web.xpath("//a[text()='Read on the web']")] == [
        "https://example.org/today?a=1&b=2"
    ]
    assert without.xpath("//a[text()='Read on the web']") == []


@pytest.mark.parametrize("name", ["email", "page", "text", "markdown"])
def test_related_storylines_are_named_in_every_format(name: str) -> None:
    first, second = sample().leads
    linked = replace(first, storyline=replace(first.storyline, related=(second.storyline.id,)))

    text = " ".join(
        extract_text(render(replace(sample(), leads=(linked, second)), [name])[0]).split()
    )

    assert "See also: The Orla reached 8.1 metres at 02:40, when the Lower Dyke gave way" in text
    assert "See also: Dockers end walkout" in text


def test_links_of_the_editors_note_have_the_messages_colours_in_the_dark_too() -> None:
    shown = html.document_fromstring(
        render(sample(), ["email"], house=House(note="See [the desk](https://example.org/)."))[
            0
        ].content
    )

    (link,) = shown.xpath("//a[text()='the desk']")
    assert "link" in link.get("class").split()
    assert link.get("style") == "color:#0b4f8f"
