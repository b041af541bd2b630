"""The HTML part of a mail in, its text out: a line a block, what no reader sees left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefing.articles.formats import html

_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
_BUTTON = re.compile(
    r"(?i)(?:read|continue|learn|see|full|open|view|weiter|mehr|lire|leer|seguir)\b.{0,40}|(?:more|here|link)\W*"
)
_BLOCKS = frozenset(
    """address article aside blockquote dd div dl dt figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr li main nav ol p pre section table
    td th tr ul""".split()  # noqa: SIM905  reads as a list
)
_APART = frozenset(["p", "h1", "h2", "h3", "h4", "table"])
_NO_TEXT = "//script|//style|//head|//noscript|//template|//*[@hidden]"
_SPACE = re.compile(r"[ \t\n\r\f]+")
# Filling behind a teaser: signs without a width, so that a mail program shows no more of the text.
_FILLING = re.compile(r"(?:[\u034f\u00ad\u200b-\u200f\u2060\ufeff\u2007]\s*){3,}")
_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|opacity:0(?:\.0+)?(?:;|!|$)|mso-hide:all"
    r"|max-height:0(?:px|em|%)?(?:;|!|$)|max-width:0(?:px)?(?:;|!|$))"
)
_TINY = re.compile(r"(?:^|;)font-size:[01](?:px|pt|em|%)?(?:;|!|$)")
_CLIPPED = re.compile(r"(?:^|;)(?:height|width):0(?:px)?(?:;|!|$)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_CLASS = re.compile(r"^(?:[a-z]+)?\.([\w-]+)$")


def flatten_html(markup: str) -> str:
    """The text of HTML, a line break at each block: rules (hr) as lines, hidden parts left out."""
    tree = html.parse_html(markup)
    hidden = frozenset(_hidden_classes(tree))
    for element in [each for each in tree.iter() if _is_hidden(each, hidden)]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.xpath(_NO_TEXT):
        if element.getparent() is not None:
            element.drop_tree()
    _collapse_spaces(tree)
    _show_links(tree)
    _break_blocks(tree)
    lines = _FILLING.sub(" ", "".join(tree.itertext())).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines))


def _hidden_classes(tree: Any) -> Iterator[str]:
    """Classes that the mail's own styles hide everywhere, not on some screens."""
    for style in tree.iter("style"):
        rules = _MEDIA.sub(" ", re.sub(r"(?s)/\*.*?\*/", " ", (style.text or "")[:100_000]))
        for selectors, body in _RULE.findall(rules):
            if _HIDING.search(_plain_style(body)):
                found = (_CLASS.match(each.strip()) for each in selectors.split(","))
                yield from (match[1] for match in found if match)


def _plain_style(style: str) -> str:
    return "".join(style.split()).lower()


def _is_hidden(element: Any, classes: frozenset[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag in {"html", "body"}:
        return False
    if not classes.isdisjoint((element.get("class") or "").split()):
        return True
    style = _plain_style(element.get("style") or "")
    if not style:
        return False
    if _HIDING.search(style) or len(_CLIPPED.findall(style)) > 1:
        return True
    # A cell around others is often set in no size, which the others set anew.
    return bool(_TINY.search(style)) and not element.xpath(".//*[contains(@style, 'font')]")


def _collapse_spaces(tree: Any) -> None:
    """Line feeds of the source are spaces, but in text that is set as it stands."""
    kept = {each for pre in tree.iter("pre") for each in pre.iter()}
    for element in tree.iter():
        if element not in kept:
            element.text = _SPACE.sub(" ", element.text or "")
        if element not in kept or element.tag == "pre":
            element.tail = _SPACE.sub(" ", element.tail or "")


def _show_links(tree: Any) -> None:
    """Addresses of headings and buttons, for which item a link belongs to is known by them."""
    for element in tree.xpath("//a[starts-with(@href, 'http')]"):
        said = " ".join(element.text_content().split())
        around = (*element.iterancestors(), *element.iterdescendants())
        headed = any(each.tag in _HEADINGS for each in around)
        if headed or _BUTTON.fullmatch(said):
            element.tail = f"\n{element.get('href')}\n" + (element.tail or "")


def _break_blocks(tree: Any) -> None:
    for element in tree.iter():
        if element.tag in _BLOCKS or element.tag == "br":
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
            if element.tag == "hr":
                element.text = "\n\n==========\n\n"
            elif element.tag in _APART:
                element.text, element.tail = "\n" + element.text, "\n" + element.tail
