"""A view in, an EPUB 3 out: an edition in one chapter, a pack in one for each storyline and each
article.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape as xml

from briefing.renditions.context.pack import Pack
from briefing.renditions.context.view import View
from briefing.renditions.templating.environment import fill

_OLD = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip archive can state: no clock enters the file

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<dc:date>{date}</dc:date>
<meta property="dcterms:modified">{modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
_NAV = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{language}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body><nav epub:type="toc" id="toc"><h1>{title}</h1><ol>
{entries}
</ol></nav></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the book."""

    name: str  # of the file, without its ending
    title: str
    parts: tuple[str, ...]  # templates, one after another
    anchors: tuple[str, ...]  # that links lead to
    given: dict[str, Any] = field(
        default_factory=dict
    )  # what its templates are given beside the view
    under: bool = False  # the articles stand in the contents below their heading

    @property
    def file(self) -> str:
        return f"{self.name}.xhtml"


def render_epub(
    view: View, behind: Pack | None = None, /, *, templates: Path | None = None
) -> bytes:
    """The book of an edition or of a pack, the same bytes on every run; 10 ms, a pack 2 ms a
    chapter.

    BriefingError for a template that is wrong. A pack has a chapter for each storyline and each
    article, so that a reading device turns to one of hundreds at once.
    """
    chapters = tuple(_list_chapters(view, behind)) if behind else ()
    pages = (
        _render_chapters(view, behind, chapters, templates)
        if behind
        else _render_single_chapter(view, templates)
    )
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": _package_document(view, pages),
        "EPUB/nav.xhtml": _navigation_document(
            view, _pack_links(view, chapters) if chapters else _edition_links(view)
        ),
        **{f"EPUB/{name}": page for name, page in pages.items()},
        "EPUB/style.css": fill("book.css", view.given(), templates=templates),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for name, text in files.items():
            # The first file is stored, not packed: readers know a book by its first bytes.
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            book.writestr(zipfile.ZipInfo(name, _OLD), text.encode(), packing)
    return target.getvalue()


def _render_single_chapter(view: View, templates: Path | None) -> dict[str, str]:
    return {"edition.xhtml": fill("edition.xhtml", view.given(), templates=templates).lstrip()}


def _list_chapters(view: View, behind: Pack) -> Iterator[Chapter]:
    say = view.say
    yield Chapter(
        "front", say("summary"), ("page-masthead.html", "pack-summary.html"), ("summary",)
    )
    for number, lead in enumerate(view.leads, start=1):
        yield Chapter(
            f"story-{number}", lead.headline, ("page-story.html",), (lead.anchor,), {"lead": lead}
        )
    if view.sections:
        briefs = tuple(brief.anchor for section in view.sections for brief in section.briefs)
        yield Chapter("briefs", say("briefs"), ("page-briefs.html",), ("briefs", *briefs))
    for sheet in behind.sheets:
        title = f"{sheet.number}. {sheet.headline}"
        name = f"article-{sheet.number}"
        yield Chapter(
            name, title, ("pack-sheet.html",), (sheet.anchor,), {"sheet": sheet}, under=True
        )
    yield Chapter("index", say("index"), ("pack-index.html",), ("index",))
    yield Chapter("imprint", say("imprint"), ("page-imprint.html",), ("imprint",))


def _render_chapters(
    view: View, behind: Pack, chapters: Sequence[Chapter], templates: Path | None
) -> dict[str, str]:
    places = {anchor: f"{one.file}#{anchor}" for one in chapters for anchor in one.anchors}
    common = {"pack": behind, "places": places}
    return {
        one.file: fill(
            "chapter.xhtml",
            view.given(title=one.title, parts=one.parts, **one.given, **common),
            templates=templates,
        ).lstrip()
        for one in chapters
    }


def _package_document(view: View, pages: dict[str, str]) -> str:
    items = []
    for number, (name, page) in enumerate(pages.items()):
        drawn = ' properties="svg"' if "<svg" in page else ""
        items.append(
            f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"{drawn}/>'
        )
    return _PACKAGE.format(
        language=xml(view.language),
        identifier=view.entry_id,
        title=xml(f"{view.title}, {view.date}"),
        date=view.iso,
        modified=re.sub(r"T.*", "T00:00:00Z", view.updated),
        items="\n".join(items),
        spine="\n".join(f'<itemref idref="c{number}"/>' for number in range(len(pages))),
    )


def _edition_links(view: View) -> str:
    places = [(lead.anchor, lead.headline) for lead in view.leads]
    places += [("briefs", view.say("briefs"))] if view.sections else []
    return "\n".join(
        _contents_entry(f"edition.xhtml#{a}", text)
        for a, text in (*places, ("imprint", view.say("imprint")))
    )


def _pack_links(view: View, chapters: Sequence[Chapter]) -> str:
    """Every chapter; the articles in a list of their own."""
    entries, sheets = [], [one for one in chapters if one.under]
    for one in chapters:
        if one not in sheets:
            entries.append(_contents_entry(one.file, one.title))
        elif one is sheets[0]:
            below = "\n".join(_contents_entry(sheet.file, sheet.title) for sheet in sheets)
            entries.append(
                f'<li><a href="{one.file}">{xml(view.say("annex"))}</a><ol>\n{below}\n</ol></li>'
            )
    return "\n".join(entries)


def _contents_entry(href: str, text: str) -> str:
    return f'<li><a href="{href}">{xml(text)}</a></li>'


def _navigation_document(view: View, entries: str) -> str:
    return _NAV.format(language=xml(view.language), title=xml(view.title), entries=entries)
