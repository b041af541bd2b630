"""Chapters in, every page of the archive out, each by its path below the target: the same chapters,
the same bytes.
"""

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
from briefing.renditions.localisation.catalogue import load_messages
from briefing.renditions.site import contexts, navigation, search_index
from briefing.renditions.site.contexts import Shelf
from briefing.renditions.site.entries import Chapter
from briefing.renditions.site.page_inputs import Makings, Sheet, digest_program, fill_sheets
from briefing.renditions.templating.environment import fill

HTML, ATOM = "text/html", "application/atom+xml"


def render_pages(
    chapters: Iterable[Chapter],
    *,
    version: str,
    templates: Path | None = None,
    web: str | None = None,
) -> Iterator[Rendition]:
    """The archive of these editions, page by page; none without editions. `web` is the address of
    its folder, if any.

    Raises BriefingError for a template that is wrong. Costs one to two milliseconds of CPU a page:
    one each for an edition, a storyline and a month, and four more.
    """
    return fill_sheets(plan_sheets(chapters, version=version, templates=templates, web=web))


def plan_sheets(
    chapters: Iterable[Chapter],
    *,
    version: str,
    templates: Path | None = None,
    web: str | None = None,
) -> list[Sheet]:
    """The same pages, not made yet; where every chapter has a key, with what each is made of."""
    ordered = navigation.sort_chapters(chapters)
    if not ordered:
        return []
    shelf = Shelf(ordered, load_messages(ordered[0].language, templates))
    paper, makings = (
        Paper(shelf, version, templates),
        Makings(shelf, digest_program(version, templates), web),
    )
    return [
        *_overview_sheets(paper, makings, web),
        *_month_sheets(paper, makings),
        *_edition_and_storyline_sheets(paper, makings),
    ]


def _overview_sheets(paper: Paper, makings: Makings, web: str | None) -> Iterator[Sheet]:
    """Pages that tell of all editions."""
    shelf = paper.shelf
    fills: dict[str, Callable[[], Rendition]] = {
        "index.html": lambda: paper.page(
            "index.html", "site-index.html", contexts.front_context(shelf)
        ),
        "storylines.html": lambda: paper.page(
            "storylines.html", "site-storylines.html", contexts.storylines_context(shelf)
        ),
        "search.html": paper.search,
        "feed.xml": lambda: paper.feed(web),
    }
    for path, fill_ in fills.items():
        yield Sheet(path, makings.everything(path), fill_)


def _month_sheets(paper: Paper, makings: Makings) -> Iterator[Sheet]:
    shelf = paper.shelf
    for run, (path, context) in zip(
        contexts.editions_by_month(shelf), contexts.month_contexts(shelf), strict=True
    ):
        made_of = makings.month(
            run, context["told"], [context["month"], context["newer"], context["older"]]
        )
        yield Sheet(path, made_of, partial(_render_month, paper, path, context, run))


def _render_month(
    paper: Paper, path: str, context: dict[str, Any], run: list[Chapter]
) -> Rendition:
    return paper.page(
        path, "site-month.html", {**context, "list": contexts.editions_by_day(paper.shelf, run)}
    )


def _render_edition(
    paper: Paper, path: str, context: dict[str, Any], chapter: Chapter
) -> Rendition:
    return paper.page(
        path,
        "site-edition.html",
        {**context, "edition": contexts.edition_context(paper.shelf, chapter)},
    )


def _edition_and_storyline_sheets(paper: Paper, makings: Makings) -> Iterator[Sheet]:
    """A page for each edition and storyline."""
    for one, (path, context) in zip(
        paper.shelf.chapters, contexts.edition_contexts(paper.shelf), strict=True
    ):
        yield Sheet(
            path, makings.edition(one, context), partial(_render_edition, paper, path, context, one)
        )
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

    def page(
        self, path: str, template: str, context: dict[str, Any], script: str = ""
    ) -> Rendition:
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
            "policy": _security_policy(self.style, script),
            "version": self.version,
        }
        text = fill(template, {**common, **context}, templates=self.templates)
        return Rendition(path, HTML, text.lstrip().encode())

    def search(self) -> Rendition:
        from markupsafe import Markup

        index = Markup(search_index.build_search_index(self.shelf.tellings))  # noqa: S704 - JSON without <, > and &
        script = fill("site-search.js", {}, templates=self.templates).strip()
        return self.page("search.html", "site-search.html", {"index": index}, script)

    def feed(self, web: str | None) -> Rendition:
        context = {**contexts.feed_context(self.shelf, web), "version": self.version}
        return Rendition(
            "feed.xml",
            ATOM,
            fill("site-feed.xml", context, templates=self.templates).lstrip().encode(),
        )


def _security_policy(style: str, script: str) -> str:
    """Nothing is loaded, from anywhere; a page's own style and script count because their bytes are
    named.
    """
    scripts = f"; script-src '{_content_hash(script)}'" if script else ""
    return f"default-src 'none'; style-src '{_content_hash(style)}'{scripts}; base-uri 'none'"


def _content_hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
