"""Chapters in, every page of the archive out, each by its path below the target: the same chapters, the same bytes."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from briefing.model import Rendition
from briefing.renditions.environment import fill
from briefing.renditions.looking import RIGHT_TO_LEFT
from briefing.renditions.messages import messages
from briefing.renditions.site import contexts, searching, shelves
from briefing.renditions.site.chapters import Chapter
from briefing.renditions.site.contexts import Shelf

HTML, ATOM = "text/html", "application/atom+xml"


def pages(
    chapters: Iterable[Chapter], *, version: str, templates: Path | None = None, web: str | None = None
) -> Iterator[Rendition]:
    """The archive of these editions, page by page; none without editions. `web` is the address of its folder, if any.

    Raises BriefingError for a template that is wrong. Costs one to two milliseconds of CPU a page: one each for an
    edition, a storyline and a month, and four more.
    """
    ordered = shelves.ordered(chapters)
    if not ordered:
        return
    shelf = Shelf(ordered, messages(ordered[0].language, templates))
    paper = Paper(shelf, version, templates)
    yield paper.page("index.html", "site-index.html", contexts.front(shelf))
    yield paper.page("storylines.html", "site-storylines.html", contexts.by_month(shelf))
    for path, context in contexts.months(shelf):
        yield paper.page(path, "site-month.html", context)
    for path, context in contexts.editions(shelf):
        yield paper.page(path, "site-edition.html", context)
    for telling in shelf.tellings:
        yield paper.page(telling.path, "site-storyline.html", {"storyline": telling})
    yield paper.search()
    text = fill("site-feed.xml", {**contexts.feed(shelf, web), "version": version}, templates=templates)
    yield Rendition("feed.xml", ATOM, text.lstrip().encode())


@dataclass(frozen=True)
class Paper:
    """What every page has around it."""

    shelf: Shelf
    version: str
    templates: Path | None

    @cached_property
    def style(self) -> str:
        return fill("site.css", {}, templates=self.templates).strip()

    def page(self, path: str, template: str, context: dict[str, Any], script: str = "") -> Rendition:
        from markupsafe import Markup

        newest = self.shelf.newest
        common = {
            "say": self.shelf.say,
            "root": "../" * path.count("/"),
            "here": path,
            "title": newest.title,
            "language": newest.language,
            "direction": "rtl" if newest.language in RIGHT_TO_LEFT else "ltr",
            "style": Markup(self.style),  # noqa: S704 - a template of the desk, filled
            "script": Markup(script),  # noqa: S704 - likewise
            "policy": policy(self.style, script),
            "version": self.version,
        }
        text = fill(template, {**common, **context}, templates=self.templates)
        return Rendition(path, HTML, text.lstrip().encode())

    def search(self) -> Rendition:
        from markupsafe import Markup

        index = Markup(searching.index(self.shelf.tellings))  # noqa: S704 - JSON without <, > and &
        script = fill("site-search.js", {}, templates=self.templates).strip()
        return self.page("search.html", "site-search.html", {"index": index}, script)


def policy(style: str, script: str) -> str:
    """Nothing is loaded, from anywhere; a page's own style and script count because their bytes are named."""
    scripts = f"; script-src '{_digest(script)}'" if script else ""
    return f"default-src 'none'; style-src '{_digest(style)}'{scripts}; base-uri 'none'"


def _digest(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
