"""Web pages to documents: those of a list, of a sitemap, or that an index page links to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Document, Fate, Source
from briefing.sources.faults import FetchError
from briefing.sources.links import find_links
from briefing.sources.sitemap import Place, parse_sitemap
from briefing.sources.visits import Visit, add_stated_facts, load_password, text_digest

# sitemaps of an index that are followed, the newest first: a news site keeps one for each day or
# month
PARTS = 10
NEVER_AGAIN = {401, 403, 404, 410, 451}  # answers to a page that an index goes on naming
REMEMBERED = 20_000  # pages


def collect_pages(
    location: str,
    *,
    source: Source | None = None,
    visit: Visit | None = None,
    pattern: str | None = None,
    private: bool = False,
    password: str | None = None,
    backfill: float = 3,
    items: int = 200,
    **_: Any,
) -> Iterator[Document | Fate]:
    """Documents as their sites send them; a page that cannot be had comes as its Fate. robots.txt
    is respected.

    `location` is a file with an address a line, the address of a sitemap (a news sitemap, or an
    index of them), that of an index page with `pattern` saying which of its links are reports, or
    that of a single page. A page that a sitemap or an index names is fetched once (again when its
    <lastmod> changes); a listed one is fetched at each visit.
    """
    visit = visit or Visit()
    access = {"private": private, "password": load_password(password)}
    reader = _Reader(location, source or Source("pages", location), visit, pattern, access)
    wanted = [
        place
        for place in reader.places(visit.horizon(backfill))
        if visit.since or reader.is_due(place)
    ]
    for place in wanted[:items]:
        thing = reader.page(place)
        if thing:
            yield thing
    if wanted[items:]:
        visit.notes.append(
            f"{len(wanted) - items} more pages wait for the next visit; raise items "
            "to take them at once"
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    """A list, sitemap or index and what is known of its pages."""

    location: str
    source: Source
    visit: Visit
    pattern: str | None
    access: Mapping[str, Any]

    def places(self, horizon: datetime | None) -> list[Place]:
        """What to fetch: dated places before `horizon` are left out, and remembered as seen."""
        if not self.location.startswith(("http://", "https://")):
            return [Place(url) for url in _load_addresses(Path(self.location).expanduser())]
        answer = self.visit.fetch(self.location, robots=True, **self.access)
        self.visit.rest = answer.fresh_for
        places = self._in(answer.content, answer.url)
        if places is None:
            return [Place(self.location)]
        old = {place for place in places if horizon and self._is_old(place, horizon)}
        self.visit.remember(
            ((text_digest(place.url), _change_stamp(place)) for place in places if place in old),
            most=REMEMBERED,
        )
        return [place for place in places if place not in old]

    def _is_old(self, place: Place, horizon: datetime) -> bool:
        """An index page shows what is current; a sitemap lists everything there ever was, and may
        not say from when.
        """
        return place.when < horizon if place.when else place.is_archived

    def _in(self, content: bytes, url: str) -> list[Place] | None:
        """The places a page names; None when it names none and is the document itself."""
        found = parse_sitemap(content, url)
        if found is None:
            return [Place(link, is_archived=False) for link in self._links(content, url)] or None
        parts = sorted((each for each in found if each.is_sitemap), key=_newest_first_key)
        return [each for each in found if not each.is_sitemap] + [
            place for part in parts[:PARTS] for place in self._part(part)
        ]

    def _links(self, content: bytes, url: str) -> tuple[str, ...]:
        return find_links(content, url, self.pattern) if self.pattern else ()

    def _part(self, part: Place) -> tuple[Place, ...]:
        """A sitemap of an index; a further index in it is not followed."""
        try:
            answer = self.visit.fetch(part.url, robots=True, **self.access)
            return tuple(
                each
                for each in parse_sitemap(answer.content, answer.url) or ()
                if not each.is_sitemap
            )
        except FetchError as error:
            self.visit.notes.append(str(error))
            return ()

    def is_due(self, place: Place) -> bool:
        """Not fetched yet, or changed since; a listed page always."""
        return self._is_listed(place) or self.visit.state.seen.get(
            text_digest(place.url)
        ) != _change_stamp(place)

    def _is_listed(self, place: Place) -> bool:
        return place.url == self.location or not self.location.startswith(("http://", "https://"))

    def page(self, place: Place) -> Document | Fate | None:
        try:
            answer = self.visit.fetch(place.url, robots=True, **self.access)
        except FetchError as error:
            if error.kind == "refused" or error.status in NEVER_AGAIN:
                self.visit.remember(
                    [(text_digest(place.url), _change_stamp(place))], most=REMEMBERED
                )
            return Fate("document", place.url, "failed", str(error), outlet=self.source.name)
        words = text_digest(answer.content.decode("latin-1"))
        page = f"page {text_digest(place.url)}"
        same = (
            self._is_listed(place)
            and self.visit.state.seen.get(page) == words
            and not self.visit.since
        )
        self.visit.rest = self.visit.rest or 0.0
        self.visit.remember(
            [(page, words), (text_digest(place.url), _change_stamp(place))], most=REMEMBERED
        )
        if same:
            return None
        published = place.published.isoformat() if place.published else None
        stated = add_stated_facts(self.source, headline=place.title, published=published)
        return Document(
            place.url, answer.content, answer.media_type, self.visit.now, stated, answer.fetch
        )


def _change_stamp(place: Place) -> str:
    return place.changed.isoformat() if place.changed else "-"


def _newest_first_key(place: Place) -> tuple[bool, float, str]:
    return (place.changed is None, -(place.changed.timestamp() if place.changed else 0), place.url)


def _load_addresses(path: Path) -> list[str]:
    """The addresses in a file: one a line, '#' opens a comment."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BriefingError(
            f"{path}: this list of addresses cannot be read; name a file with one a line"
        ) from error
    return list(
        dict.fromkeys(
            line.split()[0] for line in lines if line.strip() and not line.strip().startswith("#")
        )
    )
