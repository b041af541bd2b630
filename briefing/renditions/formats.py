"""A view in, its renditions out: one function a format."""

from __future__ import annotations

from pathlib import Path

from briefing.model import Rendition
from briefing.renditions import mail
from briefing.renditions.environment import fill
from briefing.renditions.house import House
from briefing.renditions.printing import pdf as print_pdf
from briefing.renditions.view import View


def markdown(view: View, record: bytes, house: House, templates: Path | None) -> tuple[Rendition, ...]:  # noqa: ARG001
    text = fill("edition.md", {"edition": view}, templates=templates)
    return (Rendition("edition.md", "text/markdown", text.encode()),)


def email(view: View, record: bytes, house: House, templates: Path | None) -> tuple[Rendition, ...]:  # noqa: ARG001
    """The body to look at and the message ready to send, of one making."""
    message = mail.compose(view, house, templates=templates)
    return (
        Rendition("edition.html", "text/html", message.html.encode()),
        Rendition("edition.eml", "message/rfc822", message.content),
    )


def pdf(view: View, record: bytes, house: House, templates: Path | None) -> tuple[Rendition, ...]:  # noqa: ARG001
    return (Rendition("edition.pdf", "application/pdf", print_pdf(view, templates=templates)),)
