"""An edition and the articles behind it in, a pack out: PDF, Markdown, HTML or EPUB."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from briefing.errors import UsageError
from briefing.model import Article, Edition, Rendition
from briefing.renditions import formats
from briefing.renditions.context.build import build_view
from briefing.renditions.context.pack import EXCERPT, Pack, build_annex
from briefing.renditions.context.view import View
from briefing.renditions.edition_json import encode_edition
from briefing.renditions.epub import render_epub as book
from briefing.renditions.printing import render
from briefing.renditions.publisher import House

Packer = Callable[[View, Pack, Path | None], Rendition]


def _render_pdf(view: View, behind: Pack, templates: Path | None) -> Rendition:
    return Rendition(
        "pack.pdf", "application/pdf", render.print_pack(view, behind, templates=templates)
    )


def _render_markdown(view: View, behind: Pack, templates: Path | None) -> Rendition:
    text = formats.fill_compactly("edition.md", view.given(pack=behind), templates)
    return Rendition("pack.md", "text/markdown", text.encode())


def _render_page(view: View, behind: Pack, templates: Path | None) -> Rendition:
    text = formats.fill_compactly("page.html", view.given(pack=behind), templates)
    return Rendition("pack.html", "text/html", text.lstrip().encode())


def _render_epub(view: View, behind: Pack, templates: Path | None) -> Rendition:
    return Rendition("pack.epub", "application/epub+zip", book(view, behind, templates=templates))


PACKS: Mapping[str, Packer] = {
    "pdf": _render_pdf,
    "markdown": _render_markdown,
    "page": _render_page,
    "epub": _render_epub,
}


def render_pack(
    edition: Edition,
    articles: Sequence[Article] = (),
    /,
    *,
    kind: str = "pdf",
    client: str = "",
    query: str = "",
    full_text: bool | None = None,
    templates: Path | None = None,
    house: House = House(),  # noqa: B008 (a frozen value)
) -> Rendition:
    """An edition with its sources behind it: summary table, storylines, each article, an index; a
    PDF has a cover.

    `articles` are printed after those of the edition's storylines. Each is an excerpt unless its
    licence allows more; `full_text` true prints all whole (for desks that hold the rights), false
    none. Words of the `query` are marked. Texts that are printed whole are attached to a PDF.
    Raises UsageError for a kind nobody knows, BriefingError as `render` does. A PDF costs a CPU
    second for about 15 pages, and proving it complete half as much again.
    """
    if kind not in PACKS:
        raise UsageError(f"no kind of pack is called {kind!r}; there are {', '.join(PACKS)}")
    behind = build_annex(
        edition, articles, client=client, query=query, full_text=full_text, templates=templates
    )
    view = build_view(edition, encode_edition(edition), house, templates=templates)
    limit = view.say("pack_limit", words=view.say.count("words", EXCERPT))
    return PACKS[kind](replace(view, imprint=replace(view.imprint, limit=limit)), behind, templates)
