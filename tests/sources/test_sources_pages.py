"""Web pages: lists, sitemaps, index pages; what is fetched once, again, or never."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import loopback
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Site

from briefing.errors import BriefingError
from briefing.model import Document, Fate
from briefing.sources import SourceState, Visit, collect_pages
from briefing.sources.faults import FetchError
from briefing.sources.links import find_links
from briefing.sources.sitemap import parse_sitemap
from briefing.sources.web import Client

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        for number in range(6):
            running.pages[f"/news/{number}"] = loopback.text(f"<h1>Report {number}</h1>")
        yield running


def read(
    location: str, state: SourceState | None = None, **settings: Any
) -> tuple[list[Any], SourceState]:
    visit = Visit(state or SourceState(), NOW, settings.pop("since", None), lambda: Client(pause=0))
    found = list(collect_pages(location, visit=visit, private=True, **settings))
    state = SourceState.from_table(visit.state.to_table() | {"last_good": NOW.isoformat()})
    return found, state


def sitemap(site: Site, *entries: str, kind: str = "urlset") -> bytes:
    body = "".join(entry.replace("SITE", site.url) for entry in entries)
    return (
        f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {NEWS}>{body}</{kind}>'
    ).encode()


NEWS = (
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def entry(number: int, *, day: int = 5, title: str = "") -> str:
    news = (
        f"<news:news><news:publication_date>2026-03-{day:02}T10:00:00+01:00</news:publication_date>"
    )
    return (
        f"<url><loc>SITE/news/{number}</loc>{news}<news:title>{title}</news:title></news:news>"
        "<image:image><image:loc>SITE/picture.jpg</image:loc><image:title>A "
        "picture</image:title></image:image></url>"
    )


def test_the_pages_of_a_list_come_in_its_order_and_again_only_when_they_change(
    site: Site, tmp_path: Path
) -> None:
    places = tmp_path / "pages.txt"
    places.write_text(
        f"# the ministry\n{site.url}/news/2\n\n{site.url}/news/1  the minister\n{site.url}/news/2\n"
    )

    first, state = read(str(places))
    site.pages["/news/1"] = loopback.text("<h1>Report 1, corrected</h1>")
    second, state = read(str(places), state)
    third, _ = read(str(places), state)

    assert [document.origin for document in first] == [f"{site.url}/news/2", f"{site.url}/news/1"]
    assert [document.content for document in second] == [b"<h1>Report 1, corrected</h1>"]
    assert third == []


def test_a_news_sitemap_gives_its_recent_pages_once_with_what_it_says_of_them(site: Site) -> None:
    content = sitemap(site, entry(1, title="Harbour reopens"), entry(2, day=1), entry(3))
    site.pages["/sitemap.xml"] = loopback.text(content, "application/xml")

    first, state = read(f"{site.url}/sitemap.xml", backfill=2)
    second, _ = read(f"{site.url}/sitemap.xml", state)

    assert [document.origin[-1] for document in first] == ["1", "3"]
    assert first[0].stated == {
        "headline": "Harbour reopens",
        "published": "2026-03-05T10:00:00+01:00",
    }
    assert second == []


def test_a_page_whose_lastmod_changes_is_fetched_again(site: Site) -> None:
    def stating(day: int) -> None:
        entries = f"<url><loc>SITE/news/1</loc><lastmod>2026-03-{day:02}</lastmod></url>"
        site.pages["/s.xml"] = loopback.text(sitemap(site, entries))

    stating(4)
    _, state = read(f"{site.url}/s.xml")
    stating(5)
    again, _ = read(f"{site.url}/s.xml", state)

    assert len(again) == 1


def test_a_sitemap_without_dates_floods_nothing_and_gives_what_is_added(site: Site) -> None:
    bare = [f"<url><loc>SITE/news/{number}</loc></url>" for number in range(6)]
    site.pages["/s.xml"] = loopback.text(sitemap(site, *bare[:5]))
    first, state = read(f"{site.url}/s.xml")
    site.pages["/s.xml"] = loopback.text(sitemap(site, *bare))

    second, _ = read(f"{site.url}/s.xml", state)

    assert first == []
    assert [document.origin[-1] for document in second] == ["5"]


def test_the_sitemaps_of_an_index_are_followed_compressed_ones_too(site: Site) -> None:
    index = [
        f"<sitemap><loc>SITE/{name}</loc></sitemap>"
        for name in ("a.xml.gz", "b.xml", "none.xml", "loop.xml")
    ]
    site.pages |= {
        "/index.xml": loopback.text(sitemap(site, *index, kind="sitemapindex")),
        "/a.xml.gz": loopback.text(gzip.compress(sitemap(site, entry(1))), "application/gzip"),
        "/b.xml": loopback.text(sitemap(site, entry(2))),
        "/loop.xml": loopback.text(sitemap(site, *index, kind="sitemapindex")),
    }

    found, _ = read(f"{site.url}/index.xml")

    assert [document.origin[-1] for document in found] == ["1", "2"]
    assert site.asked.count("/loop.xml") == 1


INDEX = """<a href="/news/1">One</a> <a class=x href='news/2?x=1&amp;y=2#top'>Two</a> <a href=/about>About</a>
<a href="https://else.example/news/9">Else</a> <a href="javascript:news/3">x</a> <a href="/news/1#comments">1</a>"""


def test_an_index_page_gives_the_links_that_match_once(site: Site) -> None:
    site.pages |= {"/": loopback.text(INDEX), "/news/2?x=1&y=2": loopback.text("Two")}

    first, state = read(f"{site.url}/", pattern=r"^http://127.*/news/\d")
    second, _ = read(f"{site.url}/", state, pattern=r"^http://127.*/news/\d")

    assert [document.origin for document in first] == [
        f"{site.url}/news/1",
        f"{site.url}/news/2?x=1&y=2",
    ]
    assert second == []


def test_a_single_page_is_its_own_document(site: Site) -> None:
    first, state = read(f"{site.url}/news/4")

    assert [document.content for document in first] == [b"<h1>Report 4</h1>"]
    assert read(f"{site.url}/news/4", state)[0] == []


def test_a_page_that_is_not_there_is_a_line_of_the_ledger_and_is_not_asked_for_again(
    site: Site,
) -> None:
    site.pages["/"] = loopback.text(
        '<a href="/news/1">1</a><a href="/news/gone">2</a><a href="/news/later">3</a>'
    )
    site.pages["/news/later"] = loopback.status(500)

    first, state = read(f"{site.url}/", pattern="/news/")
    read(f"{site.url}/", state, pattern="/news/")

    assert [type(thing) for thing in first] == [Document, Fate, Fate]
    assert (site.asked.count("/news/gone"), site.asked.count("/news/later")) == (1, 2)


def test_robots_forbid_pages_and_indexes(site: Site) -> None:
    site.pages |= {
        "/robots.txt": loopback.text(
            "User-agent: *\nDisallow: /news/1\nDisallow: /secret", "text/plain"
        ),
        "/": loopback.text('<a href="/news/1">1</a><a href="/news/2">2</a>'),
    }

    found, _ = read(f"{site.url}/", pattern="/news/")

    assert [getattr(thing, "origin", thing) for thing in found][1:] == [f"{site.url}/news/2"]
    assert "/news/1" not in site.asked
    with pytest.raises(FetchError, match=r"robots\.txt"):
        read(f"{site.url}/secret")


def test_what_is_over_the_limit_waits(site: Site) -> None:
    site.pages["/s.xml"] = loopback.text(sitemap(site, *(entry(number) for number in range(6))))
    state, counts = None, []

    for _ in range(4):
        found, state = read(f"{site.url}/s.xml", state, items=2, since=None)
        counts.append(len(found))

    assert counts == [2, 2, 2, 0]


def test_since_takes_a_sitemap_back_to_that_day(site: Site) -> None:
    site.pages["/s.xml"] = loopback.text(
        sitemap(site, *(entry(number, day=number + 1) for number in range(5)))
    )
    _, state = read(f"{site.url}/s.xml")

    found, _ = read(f"{site.url}/s.xml", state, since=NOW - timedelta(days=3))

    assert len(found) == 3


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="this list of addresses cannot be read"):
        read(str(tmp_path / "none.txt"))


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"<urlset", b"<urlset><url></url></urlset>", b"<urlset>" + b"<url>" * 100_000],
)
def test_a_broken_sitemap_holds_nothing(content: bytes) -> None:
    assert not parse_sitemap(content, "https://a.example/")


def test_a_sitemap_that_is_a_bomb_is_refused() -> None:
    with pytest.raises(FetchError, match="unpacks to more than"):
        parse_sitemap(gzip.compress(b"<urlset>" + b" " * 30_000_000), "https://a.example/")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_sitemap_or_none(content: bytes) -> None:
    parse_sitemap(b"<urlset>" + content, "https://a.example/")
    find_links(content, "https://a.example/", ".")
