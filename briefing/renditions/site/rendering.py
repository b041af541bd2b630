"""Chapters in, every page of the archive out, each by its path below the target: the same chapters, the same bytes."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from briefing.model import Rendition
from briefing.renditions.context.build import RIGHT_TO_LEFT
from briefing.renditions.localisation.catalogue import messages
from briefing.renditions.site import contexts
from briefing.renditions.site import navigation as shelves
from briefing.renditions.site import search_index as searching
from briefing.renditions.site.contexts import Shelf
from briefing.renditions.site.entries import Chapter
from briefing.renditions.site.page_inputs import Makings, Sheet, filled, press
from briefing.renditions.templating.environment import fill

HTML, ATOM = "text/html", "application/atom+xml"


def pages(
    chapters: Iterable[Chapter], *, version: str, templates: Path | None = None, web: str | None = None
) -> Iterator[Rendition]:
    """The archive of these editions, page by page; none without editions. `web` is the address of its folder, if any.

    Raises BriefingError for a template that is wrong. Costs one to two milliseconds of CPU a page: one each for an
    edition, a storyline and a month, and four more.
    """
    return filled(sheets(chapters, version=version, templates=templates, web=web))


def sheets(
    chapters: Iterable[Chapter], *, version: str, templates: Path | None = None, web: str | None = None
) -> list[Sheet]:
    """The same pages, not made yet; where every chapter has a key, with what each is made of."""
    ordered = shelves.ordered(chapters)
    if not ordered:
        return []
    shelf = Shelf(ordered, messages(ordered[0].language, templates))
    paper, makings = Paper(shelf, version, templates), Makings(shelf, press(version, templates), web)
    return [*_of_everything(paper, makings, web), *_of_months(paper, makings), *_of_each(paper, makings)]


def _of_everything(paper: Paper, makings: Makings, web: str | None) -> Iterator[Sheet]:
    """Pages that tell of all editions."""
    shelf = paper.shelf
    fills: dict[str, Callable[[], Rendition]] = {
        "index.html": lambda: paper.page("index.html", "site-index.html", contexts.front(shelf)),
        "storylines.html": lambda: paper.page("storylines.html", "site-storylines.html", contexts.by_month(shelf)),
        "search.html": paper.search,
        "feed.xml": lambda: paper.feed(web),
    }
    for path, fill_ in fills.items():
        yield Sheet(path, makings.everything(path), fill_)


def _of_months(paper: Paper, makings: Makings) -> Iterator[Sheet]:
    shelf = paper.shelf
    for run, (path, context) in zip(contexts.by_months(shelf), contexts.months(shelf), strict=True):
        made_of = makings.month(run, context["told"], [context["month"], context["newer"], context["older"]])
        yield Sheet(path, made_of, partial(_month, paper, path, context, run))


def _month(paper: Paper, path: str, context: dict[str, Any], run: list[Chapter]) -> Rendition:
    return paper.page(path, "site-month.html", {**context, "list": contexts.days(paper.shelf, run)})


def _edition(paper: Paper, path: str, context: dict[str, Any], chapter: Chapter) -> Rendition:
    return paper.page(path, "site-edition.html", {**context, "edition": contexts.told(paper.shelf, chapter)})


def _of_each(paper: Paper, makings: Makings) -> Iterator[Sheet]:
    """A page for each edition and storyline."""
    for one, (path, context) in zip(paper.shelf.chapters, contexts.editions(paper.shelf), strict=True):
        yield Sheet(path, makings.edition(one, context), partial(_edition, paper, path, context, one))
    for telling in paper.shelf.tellings:
        fill_ = partial(paper.page, telling.path, "site-storyline.html", {"storyline": telling})
        yield Sheet(telling.path, makings.storyline(telling), fill_)


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

    def feed(self, web: str | None) -> Rendition:
        context = {**contexts.feed(self.shelf, web), "version": self.version}
        return Rendition("feed.xml", ATOM, fill("site-feed.xml", context, templates=self.templates).lstrip().encode())


def policy(style: str, script: str) -> str:
    """Nothing is loaded, from anywhere; a page's own style and script count because their bytes are named."""
    scripts = f"; script-src '{_digest(script)}'" if script else ""
    return f"default-src 'none'; style-src '{_digest(style)}'{scripts}; base-uri 'none'"


def _digest(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
