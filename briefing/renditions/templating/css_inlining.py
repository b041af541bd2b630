"""A page and its style sheet in, the page with its styles in the elements out.

css-inline does it for any page. Our own templates name their elements in a few dozen ways (`p.small.muted`), and rules
for tags and classes give each of them the same style in every message: css-inline is asked once for each way, and the
style is written into the template. Tests hold such messages to what css-inline makes of them, byte for byte.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from css_inline import CSSInliner

_ATTRIBUTE = r' [\w-]+="(?:\{\{[^{}"<>]*\}\}|[^{}"<>])*"'  # no other mark of Jinja's than a place to be filled
_ELEMENT = re.compile(rf"<([a-z][a-z0-9]*)((?:{_ATTRIBUTE})*)>")
_CLASSES = re.compile(r' class="([^"{}]*)"')
_SIMPLE = re.compile(r"\s*(?:[a-z][a-z0-9]*)?(?:\.[\w-]+)*\s*")  # a selector that an element alone decides about
_AROUND = {"td": "<table><tbody><tr>", "th": "<table><tbody><tr>", "tr": "<table><tbody>", "tbody": "<table>"}
_EMPTY = re.compile("\n\n+")
_QUOTE = "&#34;"


def inline(html: str) -> str:
    """Styles moved into the elements; nothing is fetched. Without the empty lines that a template's loops leave."""
    return without_empty_lines(_inliner().inline(html))


def styled(html: str, sheet: str) -> str:
    """Markup, or the source of a template, with the style of each element in it, of a sheet that `is_simple`.

    Elements of which more than values of attributes is yet to be filled in stay as they are.
    """
    return _ELEMENT.sub(lambda found: _opened(found, sheet), html)


@cache
def is_simple(sheet: str) -> bool:
    """Whether all rules are for tags and classes: such a style does not depend on what stands around an element."""
    return all(map(_SIMPLE.fullmatch, re.sub(r"\{[^{}@]*\}", ",", sheet).split(",")))


@cache
def attributes(tag: str, classes: str, sheet: str) -> str:
    """`class` and `style` of an element, each with a space before it."""
    style = _style(tag, classes, sheet)
    return (f' class="{classes}"' if classes else "") + (f' style="{style}"' if style else "")


def quoted(html: str) -> str:
    """Quotation marks as css-inline writes them: in text as they are, in attributes `&quot;`."""
    first, *others = html.split(_QUOTE)
    made, before, in_text = [first], first, True
    for part in others:
        in_text = before.rfind("<") <= before.rfind(">") if "<" in before or ">" in before else in_text
        made += ['"' if in_text else "&quot;", part]
        before = part
    return "".join(made)


def without_empty_lines(html: str) -> str:
    return _EMPTY.sub("\n", html).strip("\n")


def _opened(found: re.Match[str], sheet: str) -> str:
    tag, others = found[1], found[2]
    given = _CLASSES.search(others)
    if given:
        others = others.replace(given[0], "", 1)
    styles = attributes(tag, given[1] if given else "", sheet)
    classes, _, style = styles.partition(" style=")
    return f"<{tag}{classes}{others}{f' style={style}' if style else ''}>"


def _style(tag: str, classes: str, sheet: str) -> str:
    opening = f'<{tag} class="{classes}">' if classes else f"<{tag}>"
    page = _inliner().inline(f"<style>{sheet}</style><body>{_AROUND.get(tag, '')}{opening}")
    found = re.findall(rf'<{tag}(?: class="[^"]*")?(?: style="([^"]*)")?>', page)
    return str(found[-1]) if found else ""


@cache
def _inliner() -> CSSInliner:
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, minify_css=True, keep_link_tags=False)
