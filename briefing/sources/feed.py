"""A feed to a document for each entry that is new or was edited."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from briefing.model import Document, Fetch, Source
from briefing.sources.faults import FetchError
from briefing.sources.visits import Visit, add_stated_facts, load_password, text_digest
from briefing.syndication import Entry, Feed, FeedError, encode_entry, parse_feed, strip_markup

if TYPE_CHECKING:
    from briefing.sources.web import Answer

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, */*;q=0.5"
)
MEDIA_TYPE = "application/feed+json"  # each entry becomes a JSON Feed of its own
# words; shorter entries are held to be teasers: the shortest agency flashes have 60, articles 300
TEASER = 120
DOTS = ("…", "...", "[…]", "[...]")
MORE = (
    "read more",
    "continue reading",
    "weiterlesen",
    "lire la suite",
    "leer más",
    "read the full story",
)


def collect_feed(
    location: str,
    *,
    source: Source | None = None,
    visit: Visit | None = None,
    full: str = "never",
    private: bool = False,
    password: str | None = None,
    backfill: float = 3,
    items: int = 200,
    **_: Any,
) -> Iterator[Document]:
    """Documents of media type application/feed+json, newest entries first as the feed lists them.

    Raises FetchError and FeedError. An entry is new when neither its id nor its words were seen
    before: a new date on old words is no news. `full` fetches the pages behind "teasers" or
    "always", if the site's robots.txt allows it.
    """
    visit = visit or Visit()
    answer = _fetch_feed(location, visit, private=private, password=load_password(password))
    if answer.unchanged:
        return
    found = _parse_feed(location, answer)
    visit.asked = found.minutes
    entries = _key_entries(found)
    fresh = _new_entries(entries, visit)
    horizon = visit.horizon(backfill)
    wanted = [
        each for each in fresh if horizon is None or (each[2].published or visit.now) >= horizon
    ]
    taken = {key for key, _words, _entry in wanted}
    visit.remember((key, words) for key, words, _entry in reversed(entries) if key not in taken)
    maker = _Maker(found, location, source, visit, answer.fetch, full, private)
    for key, words, entry in wanted[:items]:
        document = maker.document(entry, key)
        visit.remember([(key, words)])
        yield document
    left = len(wanted[items:])
    if left:  # they are taken next time, which an unchanged feed must not prevent
        visit.notes.append(
            f"{left} more entries wait for the next visit; raise items to take them at once"
        )
    etag, modified = (
        None if left else answer.headers.get(name) for name in ("etag", "last-modified")
    )
    visit.state = dataclasses.replace(visit.state, etag=etag, last_modified=modified)


def _fetch_feed(location: str, visit: Visit, **access: Any) -> Answer:
    """The feed's bytes, or word that they are as they were."""
    state = visit.state
    validators = {} if visit.since else _validator_headers(visit)
    answer = visit.fetch(
        state.moved_to or location, headers={"Accept": ACCEPT, **validators}, **access
    )
    visit.rest = answer.fresh_for
    visit.state = dataclasses.replace(state, moved_to=answer.moved_to or state.moved_to)
    return answer


def _parse_feed(location: str, answer: Answer) -> Feed:
    try:
        return parse_feed(
            answer.content, url=answer.url, media_type=answer.headers.get("content-type")
        )
    except FeedError as error:
        raise FeedError(f"{location}: {error}") from error


def _validator_headers(visit: Visit) -> dict[str, str]:
    stated = {"If-None-Match": visit.state.etag, "If-Modified-Since": visit.state.last_modified}
    return {name: value for name, value in stated.items() if value}


def _key_entries(found: Feed) -> list[tuple[str, str, Entry]]:
    """(what the entry is known by, digest of its words, entry), each key once."""
    keyed = {
        entry.id or entry.url or entry.title or text_digest(entry.html): (
            text_digest(entry.title or "", entry.url or "", strip_markup(entry.html)),
            entry,
        )
        for entry in reversed(found.entries)
        if entry.title or entry.html
    }
    return [(text_digest(key), words, entry) for key, (words, entry) in reversed(keyed.items())]


def _new_entries(
    entries: list[tuple[str, str, Entry]], visit: Visit
) -> list[tuple[str, str, Entry]]:
    """Those not seen, or edited. The same words under a new id are a feed that was rebuilt."""
    if visit.since:
        return entries
    seen = visit.state.seen
    told = set(seen.values())
    return [each for each in entries if seen.get(each[0]) != each[1] and each[1] not in told]


def rebuild_documents(fetch: Fetch, source: Source) -> dict[str, Document]:
    """What today's parser makes of a feed that was kept: documents by origin. Raises FeedError."""
    found = parse_feed(fetch.content, url=fetch.url, media_type=fetch.media_type)
    maker = _Maker(found, source.location, source, Visit(now=fetch.retrieved), fetch)
    made = (maker.document(entry, key) for key, _words, entry in _key_entries(found))
    return {document.origin: document for document in made}


@dataclass(frozen=True)
class _Maker:
    """A feed's entries to documents."""

    feed: Feed
    location: str
    source: Source | None
    visit: Visit
    fetch: Fetch
    full: str = "never"
    private: bool = False

    @cached_property
    def urls(self) -> Counter[str | None]:
        """How many entries have each address."""
        return Counter(entry.url for entry in self.feed.entries)

    def document(self, entry: Entry, key: str) -> Document:
        page = (
            self._page(entry)
            if self.full == "always" or (self.full == "teasers" and is_teaser(entry))
            else None
        )
        content = encode_entry(self.feed, entry)
        return page or Document(
            self._origin(entry, key), content, MEDIA_TYPE, self.visit.now, self.source, self.fetch
        )

    def _origin(self, entry: Entry, key: str) -> str:
        """The entry's address, told apart where a feed gives several entries the same."""
        return (
            entry.url
            if entry.url and self.urls[entry.url] == 1
            else f"{entry.url or self.location}#{key}"
        )

    def _page(self, entry: Entry) -> Document | None:
        """The page behind an entry, with what the feed says of it; None, and a note, when it cannot
        be had.
        """
        if not entry.url:
            return None
        try:
            answer = self.visit.fetch(entry.url, private=self.private, robots=True)
        except FetchError as error:
            self.visit.notes.append(str(error))
            return None
        stated = add_stated_facts(
            self.source or Source("feed", self.location),
            headline=entry.title,
            byline=entry.author,
            published=entry.published.isoformat() if entry.published else None,
            section=entry.section,
            embargo=entry.embargo,
            language=entry.language,
            feed_title=self.feed.title,
        )
        return Document(
            entry.url, answer.content, answer.media_type, self.visit.now, stated, answer.fetch
        )


def is_teaser(entry: Entry) -> bool:
    """Whether an entry only whets the appetite."""
    text = strip_markup(entry.html).lower().strip()
    return len(text.split()) < TEASER or text.endswith(DOTS) or text.rstrip(" .>»→").endswith(MORE)
