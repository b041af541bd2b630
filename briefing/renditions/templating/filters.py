"""Values that a template prints in, escaped text out: how each kind of template escapes, and its filters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from briefing.renditions.localisation import formatting as wording
from briefing.renditions.templating import css_inlining as inlining
from briefing.renditions.templating import escaping as escape

_COUNTED = re.compile(r"(?<=\d) (?=[^\W\d_])|(?<=\d\.) (?=[^\W\d_])|(?<=\d de) (?=[^\W\d_])| (?=\(\d)")
_LINK = re.compile("(<a [^<>]*)>")


def _markup(text: str) -> str:
    """As markupsafe escapes it, in a fifth of its time (a test holds the two together)."""
    return _bare(text).replace("'", "&#39;")


def _styled(text: str) -> str:
    """As css-inline writes it; double quotation marks stay safe in attributes and are put right afterwards."""
    return _bare(text).replace("\u00a0", "&nbsp;")


def _bare(text: str) -> str:
    """Without what opens an element or ends an attribute in double quotation marks."""
    shown = escape.shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace('"', "&#34;")


ESCAPES: dict[str, Callable[[str], str]] = {
    "markup": _markup,
    "styled": _styled,
    "markdown": escape.markdown,
    "text": escape.shown,
}


def finalising(escaping: Callable[[str], str]) -> Callable[[object], str]:
    """Escape what a template prints, once: what a macro or an address already made safe is left alone."""
    from jinja2 import Undefined
    from markupsafe import Markup

    def finalise(value: object) -> str:
        if type(value) is Markup:
            return value
        if type(value) is not str:
            if hasattr(value, "__html__") and not isinstance(value, Undefined):
                return str(value.__html__())
            value = str(value)  # of what is undefined: an error that says so
        if value[:1] != " " != value[-1:]:
            return escaping(value)
        return " " * value.startswith(" ") + escaping(value) + " " * value.endswith(" ")  # its own " · " stays apart

    return finalise


def filters(kind: str, sheet: Callable[[], str]) -> dict[str, Callable[..., object]]:
    """The filters of one kind of templates; `sheet` gives the style sheet of messages, for those it is written into."""
    from jinja2 import pass_context

    return {
        "address": _address,
        "attributes": pass_context(_attributes),
        "capital": wording.capital,
        "classes": _classes(kind, sheet),
        "counters": _counters,
        "figures": _figures(kind),
        "isolated": _isolating(kind),
        "styled": _styling(kind, sheet),
        "unbroken": _unbroken(kind),
        "yaml": _yaml,
    }


def _isolating(kind: str) -> Callable[..., object]:
    """The filter that keeps source text of the other direction in order; in markup it states its language as well."""
    from jinja2 import pass_context
    from markupsafe import Markup

    escaping, marked = ESCAPES[kind], kind in ("markup", "styled")
    safe = partial(str.__new__, Markup)  # what is escaped above; Markup itself would ask what it is given

    @pass_context
    def isolated(context: Any, text: str, language: str = "") -> object:
        shown = escaping(text)
        turned = escape.runs_against(text, _direction(context))
        if not turned and not language:
            return safe(shown)
        if not marked:
            return safe(f"\u2068{shown}\u2069" if turned else shown)
        stated = _stated(context, text, language)  # `dir` keeps a span apart as `bdi` is, which few mail clients know
        return safe(f"<span{stated}>{shown}</span>" if stated else shown)

    return isolated


def _attributes(context: Any, text: str, language: str = "") -> object:
    """Language and direction of source text, for the element that holds nothing else; empty where the edition's do."""
    from markupsafe import Markup

    return Markup(_stated(context, text, language))  # noqa: S704 (two letters and one of two words)


def _stated(context: Any, text: str, language: str) -> str:
    spoken = f' lang="{language}"' if re.fullmatch(r"[A-Za-z]{2,3}", language) else ""
    turned = escape.runs_against(text, _direction(context))
    return spoken + (f' dir="{escape.direction(text)}"' if turned else "")


def _direction(context: Any) -> str:
    edition = context.parent.get("edition")  # what a template is given; `get` would ask twice as long
    return edition.direction if edition else "ltr"


def _counters(text: str) -> object:
    """`Page {page} of {pages}` as CSS takes it: texts in quotation marks, and the two counters."""
    from markupsafe import Markup

    parts = re.split(r"(\{pages?\})", re.sub(r"[^\w\s.,:;/(){}–—-]", "", text))
    made = [f"counter({part[1:-1]})" if part.startswith("{") else f'"{part}"' for part in parts if part]
    return Markup(" ".join(made))  # noqa: S704 (nothing is left in it that could end a text of CSS)


def _unbroken(kind: str) -> Callable[[str], object]:
    """The filter for words that stay on one line, for markup."""
    from markupsafe import Markup

    escaping = ESCAPES[kind]
    space = "&nbsp;" if kind == "styled" else "\u00a0"
    return lambda text: str.__new__(Markup, escaping(text).replace(" ", space))


def _figures(kind: str) -> Callable[[str], object]:
    """The filter for words of ours whose figures stay with what they count and days with their months, for markup."""
    from markupsafe import Markup

    escaping = ESCAPES[kind]
    space = "&nbsp;" if kind == "styled" else "\u00a0"
    return lambda text: str.__new__(Markup, _COUNTED.sub(space, escaping(text)))


def _classes(kind: str, sheet: Callable[[], str]) -> Callable[[str, str], object]:
    """The filter for classes that a macro is given for an element: the attribute, or nothing where there are none."""
    from markupsafe import Markup

    def stated(classes: str, tag: str) -> object:
        if kind == "styled":
            return Markup(inlining.attributes(tag, classes, sheet()))  # noqa: S704 (names of our own templates)
        return Markup(f' class="{_markup(classes)}"' if classes else "")  # noqa: S704 (escaped in this very call)

    return stated


def _styling(kind: str, sheet: Callable[[], str]) -> Callable[[str], object]:
    """The filter for the editor's note, which is clean markup: with a message's styles where they are written in."""
    from markupsafe import Markup

    def clean(note: str) -> str:
        return _LINK.sub(r'\1 class="link">', note)  # nh3 leaves no class; ours has a colour, and one in the dark

    if kind == "styled":
        return lambda note: Markup(inlining.styled(clean(note), sheet()).replace("\u00a0", "&nbsp;"))  # noqa: S704
    return lambda note: Markup(clean(note))  # noqa: S704 (nh3 has seen to it)


def _address(url: str) -> object:
    """A checked address as a Markdown link takes it: brackets and what Markdown reads as marks in percent codes."""
    from markupsafe import Markup

    checked = escape.checked_url(url) or ""
    return Markup("".join(f"%{ord(c):02X}" if c in "()<>[]\\*_`|$" else c for c in checked))  # noqa: S704


def _yaml(text: str) -> object:
    """A double-quoted YAML scalar (JSON's strings are YAML's)."""
    from markupsafe import Markup

    return Markup(json.dumps(escape.visible(text), ensure_ascii=False))  # noqa: S704
