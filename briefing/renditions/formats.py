"""A view in, its renditions out: one function a format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from briefing.model import Rendition
from briefing.renditions import mail
from briefing.renditions.context.view import View
from briefing.renditions.epub import render_epub as book
from briefing.renditions.printing.render import print_edition as print_pdf
from briefing.renditions.publisher import House
from briefing.renditions.templating.environment import fill


def render_markdown(
    view: View, record: bytes, house: House, templates: Path | None
) -> tuple[Rendition, ...]:
    text = fill_compactly("edition.md", view.given(), templates)
    return (Rendition("edition.md", "text/markdown", text.encode()),)


def fill_compactly(name: str, context: dict[str, Any], templates: Path | None) -> str:
    """A filled template without the empty lines that its loops leave."""
    return re.sub(r"\n{3,}", "\n\n", fill(name, context, templates=templates))


def render_email(
    view: View, record: bytes, house: House, templates: Path | None
) -> tuple[Rendition, ...]:
    """The body to look at and the message ready to send, of one making."""
    message = mail.compose(view, house, templates=templates)
    return (
        Rendition("edition.html", "text/html", message.html.encode()),
        Rendition("edition.eml", "message/rfc822", message.content),
    )


def render_pdf(
    view: View, record: bytes, house: House, templates: Path | None
) -> tuple[Rendition, ...]:
    return (Rendition("edition.pdf", "application/pdf", print_pdf(view, templates=templates)),)


def render_text(
    view: View, record: bytes, house: House, templates: Path | None
) -> tuple[Rendition, ...]:
    """The message's plain-text part by itself, whatever its length."""
    filled = mail.wrap_text(fill("email.txt", view.given(), templates=templates))
    return (Rendition("edition.txt", "text/plain", filled.encode()),)


def render_page(
    view: View, record: bytes, house: House, templates: Path | None
) -> tuple[Rendition, ...]:
    """The web edition, with the full ledger."""
    html = fill("page.html", view.given(), templates=templates)
    return (Rendition("page.html", "text/html", html.lstrip().encode()),)


def render_epub(
    view: View, record: bytes, house: House, templates: Path | None
) -> tuple[Rendition, ...]:
    return (Rendition("edition.epub", "application/epub+zip", book(view, templates=templates)),)


def render_feed(
    view: View, record: bytes, house: House, templates: Path | None
) -> tuple[Rendition, ...]:
    """An Atom feed of this edition."""
    return (
        Rendition(
            "feed.xml", "application/atom+xml", _fill_feed((view,), templates=templates).encode()
        ),
    )


def _fill_feed(views: Sequence[View], *, templates: Path | None = None) -> str:
    """An Atom feed of editions, newest first."""
    return fill("feed.xml", views[0].given(editions=views), templates=templates)
