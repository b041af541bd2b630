"""6. edition > renditions: JSON, Markdown, HTML email, PDF: views of one edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from briefing.errors import UsageError
from briefing.model import Edition, Rendition
from briefing.renditions.checks.completeness import missing_sentences
from briefing.renditions.checks.readback import extract_text
from briefing.renditions.context.build import build_view, expected_quotations
from briefing.renditions.context.view import View
from briefing.renditions.edition_json import encode_edition
from briefing.renditions.formats import (
    render_email,
    render_epub,
    render_feed,
    render_markdown,
    render_page,
    render_pdf,
    render_text,
)
from briefing.renditions.pack import PACKS, render_pack
from briefing.renditions.publisher import House
from briefing.renditions.templating.escaping import visible_text

__all__ = [
    "FORMATS",
    "PACKS",
    "House",
    "View",
    "expected_quotations",
    "extract_text",
    "missing_sentences",
    "render",
    "render_pack",
    "visible_text",
]

Renderer = Callable[[View, bytes, House, Path | None], tuple[Rendition, ...]]


def _render_json(
    _view: View, record: bytes, _house: House, _templates: Path | None
) -> tuple[Rendition, ...]:
    return (Rendition("edition.json", "application/json", record),)


FORMATS: Mapping[str, Renderer] = {
    "json": _render_json,
    "markdown": render_markdown,
    "email": render_email,
    "pdf": render_pdf,
    "text": render_text,
    "page": render_page,
    "epub": render_epub,
    "feed": render_feed,
}


def render(
    edition: Edition,
    formats: Iterable[str],
    /,
    *,
    templates: Path | None = None,
    house: House = House(),  # noqa: B008 (a frozen value)
) -> tuple[Rendition, ...]:
    """An edition in the formats named, in their order; `email` is two: a page to look at and a
    message to send.

    A pure function of the edition: same bytes on every run. Raises UsageError for a format nobody
    knows, BriefingError for a template that is wrong and for a PDF in which a sentence is missing.
    A PDF costs about 2 CPU seconds, the rest some milliseconds.
    """
    names = tuple(dict.fromkeys(formats))
    if unknown := [name for name in names if name not in FORMATS]:
        raise UsageError(f"no format is called {unknown[0]!r}; there are {', '.join(FORMATS)}")
    content = encode_edition(edition)
    view = build_view(edition, content, house, templates=templates)
    return tuple(
        rendition for name in names for rendition in FORMATS[name](view, content, house, templates)
    )
