"""Escape what a template prints, each kind of template in its way, and give templates their
filters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from briefing.renditions.localisation import formatting
from briefing.renditions.templating import escaping as escape

if TYPE_CHECKING:
    from markupsafe import Markup

_COUNTED = re.compile(
    r"(?<=\d) (?=[^\W\d_])|(?<=\d\.) (?=[^\W\d_])|(?<=\d de) (?=[^\W\d_])| (?=\(\d)"
)
_LINK = re.compile("(<a [^<>]*)>")


def _markup(text: str) -> str:
    from markupsafe import escape as escape_markup

    return str(escape_markup(escape.escape_text(text)))


ESCAPES: dict[str, Callable[[str], str]] = {
    "markup": _markup,
    "markdown": escape.escape_markdown,
    "text": escape.escape_text,
}


def finalising(escaping: Callable[[str], str]) -> Callable[[object], Markup]:
    """Escape what a template prints, once: what a macro or an address already made safe is left
    alone.
    """
    from jinja2 import Undefined
    from markupsafe import Markup

    def finalise(value: object) -> Markup:
        if isinstance(value, Undefined):
            str(value)  # an error that says what is not there
        if hasattr(value, "__html__"):
            return Markup(value)  # noqa: S704 (escaped already)
        text = str(value)
        before, after = (
            " " * text.startswith(" "),
            " " * text.endswith(" "),
        )  # its own " · " stays apart
        return Markup(before + escaping(text) + after)  # noqa: S704 (escaped here)

    return finalise


def filters(kind: str) -> dict[str, Callable[..., object]]:
    """The filters of one kind of templates."""
    from jinja2 import pass_context

    return {
        "address": _address,
        "attributes": pass_context(_attributes),
        "capital": formatting.capitalise,
        "counters": _counters,
        "figures": _figures(kind),
        "isolated": _isolating(kind),
        "with_link_class": _with_link_class,
        "unbroken": _unbroken(kind),
        "yaml": _yaml,
    }


def _isolating(kind: str) -> Callable[..., object]:
    """The filter that keeps source text of the other direction in order; in markup it states its
    language as well.
    """
    from jinja2 import pass_context
    from markupsafe import Markup

    escaping = ESCAPES[kind]

    @pass_context
    def isolated(context: Any, text: str, language: str = "") -> object:
        shown = escaping(text)
        turned = escape.has_opposite_direction(text, _direction(context))
        if not turned and not language:
            return Markup(shown)  # noqa: S704 (escaped above)
        if kind != "markup":
            return Markup(f"\u2068{shown}\u2069" if turned else shown)  # noqa: S704 (escaped above)
        stated = _stated(
            context, text, language
        )  # `dir` keeps a span apart as `bdi` is, which few mail clients know
        return Markup(f"<span{stated}>{shown}</span>" if stated else shown)  # noqa: S704 (escaped above)

    return isolated


def _attributes(context: Any, text: str, language: str = "") -> object:
    """Language and direction of source text, for the element that holds nothing else; empty where
    the edition's do.
    """
    from markupsafe import Markup

    return Markup(_stated(context, text, language))  # noqa: S704 (two letters and one of two words)


def _stated(context: Any, text: str, language: str) -> str:
    spoken = f' lang="{language}"' if re.fullmatch(r"[A-Za-z]{2,3}", language) else ""
    turned = escape.has_opposite_direction(text, _direction(context))
    return spoken + (f' dir="{escape.text_direction(text)}"' if turned else "")


def _direction(context: Any) -> str:
    edition = context.get("edition")
    return edition.direction if edition else "ltr"


def _counters(text: str) -> object:
    """`Page {page} of {pages}` as CSS takes it: texts in quotation marks, and the two counters."""
    from markupsafe import Markup

    parts = re.split(r"(\{pages?\})", re.sub(r"[^\w\s.,:;/(){}–—-]", "", text))
    made = [
        f"counter({part[1:-1]})" if part.startswith("{") else f'"{part}"' for part in parts if part
    ]
    return Markup(" ".join(made))  # noqa: S704 (nothing is left in it that could end a text of CSS)


def _unbroken(kind: str) -> Callable[[str], object]:
    """The filter for words that stay on one line, for markup."""
    from markupsafe import Markup

    escaping = ESCAPES[kind]
    return lambda text: Markup(escaping(text).replace(" ", "\u00a0"))  # noqa: S704 (escaped here)


def _figures(kind: str) -> Callable[[str], object]:
    """The filter for words of ours whose figures stay with what they count and days with their
    months, for markup.
    """
    from markupsafe import Markup

    escaping = ESCAPES[kind]
    return lambda text: Markup(_COUNTED.sub("\u00a0", escaping(text)))  # noqa: S704 (escaped here)


def _with_link_class(note: str) -> object:
    """The editor's note, which nh3 made clean markup without classes; links have a colour, and one
    in the dark.
    """
    from markupsafe import Markup

    return Markup(_LINK.sub(r'\1 class="link">', note))  # noqa: S704 (nh3 has seen to it)


def _address(url: str) -> object:
    """A checked address as a Markdown link takes it: brackets and what Markdown reads as marks in
    percent codes.
    """
    from markupsafe import Markup

    checked = escape.safe_url(url) or ""
    return Markup("".join(f"%{ord(c):02X}" if c in "()<>[]\\*_`|$" else c for c in checked))  # noqa: S704


def _yaml(text: str) -> object:
    """A double-quoted YAML scalar (JSON's strings are YAML's)."""
    from markupsafe import Markup

    return Markup(json.dumps(escape.visible_text(text), ensure_ascii=False))  # noqa: S704
