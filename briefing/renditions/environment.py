"""Templates in, filled ones out: the user's folder first, then ours; the prefix `shipped/` is always ours."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import BriefingError, UsageError
from briefing.renditions import escape, messages, wording
from briefing.renditions.sandbox import sandbox
from briefing.resources import templates as shipped

if TYPE_CHECKING:
    from jinja2 import Environment


def names() -> tuple[str, ...]:
    """The shipped templates, in alphabetical order."""
    return tuple(sorted(path.name for path in shipped().iterdir() if path.name != "README.md"))


def copy(name: str, folder: Path) -> Path:
    """The path of a shipped template's copy in `folder`. UsageError for an unknown name or a file already there."""
    if name not in names():
        raise UsageError(f"no template is called {name!r}; there are {', '.join(names())}")
    target = folder / name
    if target.exists():
        raise UsageError(f"{target}: is there already; move it away first")
    folder.mkdir(parents=True, exist_ok=True)
    target.write_bytes((shipped() / name).read_bytes())
    return target


def fill(name: str, context: dict[str, Any], *, templates: Path | None = None) -> str:
    """The text of one template. BriefingError says which template is wrong, in which line, and how."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        return _environment(templates, _kind(name)).get_template(name).render(context)
    except TemplateSyntaxError as error:
        place = error.filename or error.name
        raise BriefingError(f"template {place}, line {error.lineno}: {error.message}; put that line right") from error
    except TemplateNotFound as error:
        unknown = f"no template is called {error.name!r}; `briefing templates list` names ours"
        raise BriefingError(f"template {_place(error, name)}: {unknown}") from error
    except (TemplateError, TypeError) as error:
        told = str(error).replace("briefing.renditions.", "")
        raise BriefingError(
            f"template {_place(error, name)}: {told}; what a template is given is in templates/README.md"
        ) from error


def _place(error: Exception, name: str) -> str:
    """File and line of the template that was being filled when it went wrong (Jinja writes them into the traceback)."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = (f"{one.filename}, line {one.lineno}" for one in reversed(frames) if not one.filename.endswith(".py"))
    return next(ours, name)


def _kind(name: str) -> str:
    return (
        "markup"
        if name.endswith((".html", ".xml", ".xhtml", ".css"))
        else "markdown"
        if name.endswith(".md")
        else "text"
    )


def _markup(text: str) -> str:
    """As markupsafe escapes it, in a fifth of its time (a test holds the two together)."""
    shown = escape.shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace('"', "&#34;").replace("'", "&#39;")


_ESCAPES: dict[str, Callable[[str], str]] = {"markup": _markup, "markdown": escape.markdown, "text": escape.shown}


@cache
def _environment(templates: Path | None, kind: str) -> Environment:
    """One for each way of escaping: HTML by Jinja, Markdown and plain text by what every output passes through."""
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, pass_context

    ours = FileSystemLoader(shipped())
    users = [FileSystemLoader(templates)] if templates else []
    environment = sandbox()(
        loader=ChoiceLoader([*users, ours, PrefixLoader({"shipped": ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalise(_ESCAPES[kind]),
    )
    environment.filters.update(
        address=_address,
        attributes=pass_context(_attributes),
        capital=wording.capital,
        counters=_counters,
        isolated=_isolating(kind),
        unbroken=_unbroken,
        yaml=_yaml,
    )
    return environment


def forget() -> None:
    """Look for templates and messages anew: what was put into the user's folder since comes before ours."""
    _environment.cache_clear()
    messages.forget()


def _isolating(kind: str) -> Callable[..., object]:
    """The filter that keeps source text of the other direction in order; in markup it states its language as well."""
    from jinja2 import pass_context
    from markupsafe import Markup

    escaping = _ESCAPES[kind]

    @pass_context
    def isolated(context: Any, text: str, language: str = "") -> object:
        shown = escaping(text)
        turned = escape.runs_against(text, _direction(context))
        if not turned and not language:
            return Markup(shown)  # noqa: S704 (escaped above)
        if kind != "markup":
            return Markup(f"\u2068{shown}\u2069" if turned else shown)  # noqa: S704 (escaped above)
        tag = "bdi" if turned else "span"
        return Markup(f"<{tag}{stated}>{shown}</{tag}>" if (stated := _stated(context, text, language)) else shown)  # noqa: S704

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
    edition = context.get("edition")
    return edition.direction if edition else "ltr"


def _counters(text: str) -> object:
    """`Page {page} of {pages}` as CSS takes it: texts in quotation marks, and the two counters."""
    from markupsafe import Markup

    parts = re.split(r"(\{pages?\})", re.sub(r"[^\w\s.,:;/(){}–—-]", "", text))
    made = [f"counter({part[1:-1]})" if part.startswith("{") else f'"{part}"' for part in parts if part]
    return Markup(" ".join(made))  # noqa: S704 (nothing is left in it that could end a text of CSS)


def _unbroken(text: str) -> object:
    """Words that stay on one line, for markup."""
    from markupsafe import Markup

    return Markup(_markup(text).replace(" ", "\u00a0"))  # noqa: S704 (escaped in this very call)


def _address(url: str) -> object:
    """A checked address as a Markdown link takes it: brackets and what Markdown reads as marks in percent codes."""
    from markupsafe import Markup

    checked = escape.checked_url(url) or ""
    return Markup("".join(f"%{ord(c):02X}" if c in "()<>[]\\*_`|$" else c for c in checked))  # noqa: S704


def _yaml(text: str) -> object:
    """A double-quoted YAML scalar (JSON's strings are YAML's)."""
    from markupsafe import Markup

    return Markup(json.dumps(escape.visible(text), ensure_ascii=False))  # noqa: S704


def _finalise(escaping: Callable[[str], str]) -> Callable[[object], str]:
    """Escape what a template prints, once: what a macro or an address already made safe is left alone."""
    from jinja2 import Undefined
    from markupsafe import Markup

    def finalise(value: object) -> str:
        if type(value) is Markup:
            return value
        if hasattr(value, "__html__") and not isinstance(value, Undefined):
            return str(value.__html__())
        text = str(value)  # of what is undefined: an error that says so
        if text[:1] != " " != text[-1:]:
            return escaping(text)
        return " " * text.startswith(" ") + escaping(text) + " " * text.endswith(" ")  # its own " · " stays apart

    return finalise
