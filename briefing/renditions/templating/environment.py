"""Fill templates: the user's folder comes first, then ours; the prefix `shipped/` is always
ours.
"""

from __future__ import annotations

import traceback
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import BriefingError, UsageError
from briefing.renditions.localisation import catalogue
from briefing.renditions.templating.css_inlining import inline_styles
from briefing.renditions.templating.filters import ESCAPES, filters, finalising
from briefing.resources import templates_folder as shipped

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment


def names() -> tuple[str, ...]:
    """The shipped templates, in alphabetical order."""
    return tuple(sorted(path.name for path in shipped().iterdir() if path.name != "README.md"))


def copy(name: str, folder: Path) -> Path:
    """The path of a shipped template's copy in `folder`. UsageError for an unknown name or a file
    already there.
    """
    if name not in names():
        raise UsageError(f"no template is called {name!r}; there are {', '.join(names())}")
    target = folder / name
    if target.exists():
        raise UsageError(f"{target}: is there already; move it away first")
    folder.mkdir(parents=True, exist_ok=True)
    target.write_bytes((shipped() / name).read_bytes())
    return target


def fill_message(context: dict[str, Any], *, templates: Path | None = None) -> str:
    """The HTML of a message, its styles in its elements. BriefingError as `fill` raises it."""
    return inline_styles(fill("email.html", context, templates=templates))


def fill(name: str, context: dict[str, Any], *, templates: Path | None = None) -> str:
    """The text of one template. BriefingError says which template is wrong, in which line,
    and how.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        return _environment(templates, _kind(name)).get_template(name).render(context)
    except TemplateSyntaxError as error:
        place = error.filename or error.name
        raise BriefingError(
            f"template {place}, line {error.lineno}: {error.message}; put that line right"
        ) from error
    except TemplateNotFound as error:
        unknown = f"no template is called {error.name!r}; `briefing templates list` names ours"
        raise BriefingError(f"template {_place(error, name)}: {unknown}") from error
    except (TemplateError, TypeError) as error:
        told = str(error).replace("briefing.renditions.", "")
        raise BriefingError(
            f"template {_place(error, name)}: {told}; what a template is given is in "
            "templates/README.md"
        ) from error


def _place(error: Exception, name: str) -> str:
    """File and line of the template that was being filled when it went wrong (Jinja writes them
    into the traceback).
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = (
        f"{one.filename}, line {one.lineno}"
        for one in reversed(frames)
        if not one.filename.endswith(".py")
    )
    return next(ours, name)


def _kind(name: str) -> str:
    if name.endswith((".html", ".xml", ".xhtml", ".css")):
        return "markup"
    return "markdown" if name.endswith(".md") else "text"


@cache
def sheet(name: str, templates: Path | None = None) -> str:
    """A style sheet with the tokens filled in: markup, and the same in every page."""
    from markupsafe import Markup

    environment = _environment(templates, "markup")
    tokens = environment.get_template("tokens.html").module
    return Markup(environment.get_template(name).render(tokens=tokens))  # noqa: S704 (tokens are escaped)


@cache
def _environment(templates: Path | None, kind: str) -> Environment:
    """One for each way of escaping; every output passes through `finalise`, which escapes
    it once.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=_files(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=finalising(ESCAPES[kind]),
        auto_reload=templates is not None,
    )
    environment.globals["sheet"] = partial(sheet, templates=templates)
    environment.filters.update(filters(kind))
    return environment


def _files(templates: Path | None) -> BaseLoader:
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

    ours = FileSystemLoader(shipped())
    users = [FileSystemLoader(templates)] if templates else []
    return ChoiceLoader([*users, ours, PrefixLoader({"shipped": ours})])


def forget() -> None:
    """Look for templates and messages anew: what was put into the user's folder since comes before
    ours.
    """
    for cached in (_environment, sheet):
        cached.cache_clear()
    catalogue.forget_messages()
