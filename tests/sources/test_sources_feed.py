"""The feed source: what is new, what is known, what is fetched behind it, and what its server can
do to it.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import loopback
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Site

from briefing.model import Document, Source
from briefing.sources import (
    Memory,
    Report,
    SourceState,
    StateFolder,
    StateStore,
    collect_documents,
    visit_sources,
)
from briefing.sources.faults import FetchError
from briefing.sources.feed import is_teaser
from briefing.sources.scheduling import (
    LONGEST,
    PATIENCE,
    SHORTEST,
    is_due,
    state_after_failure,
    state_after_success,
)
from briefing.sources.states import state_key
from briefing.sources.web import Client
from briefing.syndication import Entry, parse_feed

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def clients() -> Client:
    return Client(pause=0, now=lambda: NOW)


def a_feed(site: Site, path: str = "/feed", **settings: Any) -> Source:
    return Source("feed", site.url + path, settings={"private": True, **settings})


class Desk:
    """Visits sources again and again, an hour apart, and keeps what they give."""

    def __init__(self, store: StateStore | None = None) -> None:
        self.store = store or Memory()
        self.now = NOW
        self.documents: list[Document] = []

    def visit(self, *sources: Source, **settings: Any) -> tuple[list[Document], tuple[Report, ...]]:
        before = len(self.documents)
        reports = visit_sources(
            sources,
            keep=lambda _source, things: self.documents.extend(things),
            store=self.store,
            now=self.now,
            clients=clients,
            **{"early": True, **settings},
        )
        self.now += timedelta(hours=1)
        return self.documents[before:], reports

    def state(self, source: Source) -> SourceState:
        return SourceState.from_table(self.store.load(state_key(source)))


def test_each_entry_becomes_a_document_that_is_a_feed_of_its_own(site: Site) -> None:
    site.pages["/feed"] = loopback.text(loopback.rss(3), "application/rss+xml")

    documents, _ = Desk().visit(a_feed(site))

    assert [document.origin for document in documents] == [
        f"https://news.example/A/{n}" for n in range(3)
    ]
    first = parse_feed(documents[0].content)
    assert (first.title, first.entries[0].title, first.entries[0].id) == (
        "Outlet A",
        "A report 0",
        "A-0",
    )
    assert {document.media_type for document in documents} == {"application/feed+json"}
    assert {document.retrieved for document in documents} == {NOW}


def test_an_unchanged_feed_costs_a_fiftieth_and_gives_nothing(site: Site) -> None:
    site.pages["/feed"] = loopback.conditional(loopback.rss(50))
    desk = Desk()
    desk.visit(a_feed(site))
    first = site.sent

    documents, (report,) = desk.visit(a_feed(site))

    assert documents == []
    assert site.sent - first <= 0.02 * first
    assert report.state.silent_since == NOW + timedelta(hours=1)


def test_only_what_is_new_comes_the_second_time_even_from_a_server_that_sends_all_again(
    site: Site,
) -> None:
    desk = Desk()
    site.pages["/feed"] = loopback.text(loopback.rss(3))
    desk.visit(a_feed(site))
    site.pages["/feed"] = loopback.text(loopback.rss(5))

    documents, _ = desk.visit(a_feed(site))

    assert [document.origin[-1] for document in documents] == ["3", "4"]


def test_an_edited_entry_comes_again_under_the_same_origin(site: Site) -> None:
    desk = Desk()
    site.pages["/feed"] = loopback.text(loopback.rss(3))
    before, _ = desk.visit(a_feed(site))
    site.pages["/feed"] = loopback.text(loopback.rss(3).replace(b"A 1.", b"A 1, corrected."))

    (again,), _ = desk.visit(a_feed(site))

    assert again.origin == before[1].origin
    assert again.sha256 != before[1].sha256


@pytest.mark.parametrize(
    "edit",
    [("05 Mar", "06 Mar"), ("A-", "new-guid-"), (">Outlet A<", ">Outlet A, now in colour<")],
    ids=str,
)
def test_old_words_with_a_new_date_or_a_new_id_are_no_news(
    site: Site, edit: tuple[str, str]
) -> None:
    desk = Desk()
    site.pages["/feed"] = loopback.text(loopback.rss(3))
    desk.visit(a_feed(site))
    site.pages["/feed"] = loopback.text(loopback.rss(3).decode().replace(*edit))

    documents, _ = desk.visit(a_feed(site))

    assert documents == []


def test_the_first_visit_takes_the_last_days_and_never_floods(site: Site) -> None:
    site.pages["/feed"] = loopback.text(
        loopback.rss(4, day=5).replace(b"</channel></rss>", b"")
        + loopback.rss(90, "B", day=1).partition(b"</link>")[2]
    )
    desk = Desk()

    first, _ = desk.visit(a_feed(site, backfill=2))
    second, _ = desk.visit(a_feed(site, backfill=2))

    assert len(first) == 4
    assert second == []


def test_since_takes_what_is_newer_even_if_it_is_known(site: Site) -> None:
    site.pages["/feed"] = loopback.conditional(loopback.rss(5))
    desk = Desk()
    desk.visit(a_feed(site))

    again, _ = desk.visit(a_feed(site), since=NOW - timedelta(days=30))
    later, _ = desk.visit(a_feed(site), since=NOW)

    assert (len(again), later) == (5, [])


def test_what_is_over_the_limit_waits_for_the_next_visit_and_is_not_lost(site: Site) -> None:
    site.pages["/feed"] = loopback.conditional(loopback.rss(25))
    desk = Desk()

    counts = [len(desk.visit(a_feed(site, items=10))[0]) for _ in range(4)]

    assert counts == [10, 10, 5, 0]
    assert len({document.origin for document in desk.documents}) == 25


def test_a_feed_that_breaks_off_while_its_pages_are_fetched_goes_on_where_it_stopped(
    site: Site,
) -> None:
    site.pages["/feed"] = loopback.conditional(
        loopback.rss(9)
        .replace(b"https://news.example", site.url.encode())
        .replace(b"Sentence", b"Read")
    )
    site.pages |= {f"/A/{n}": loopback.text(f"<h1>{n}</h1>") for n in range(9)}
    site.pages["/A/4"] = loopback.silent
    desk = Desk()

    first, (report,) = desk.visit(a_feed(site, full="always", seconds=0.6))
    site.pages["/A/4"] = loopback.text("<h1>4</h1>")
    second, _ = desk.visit(a_feed(site, full="always", seconds=30))

    assert (len(first), len(second)) == (4, 5)
    assert report.fault is None
    assert "not done after" in report.notes[0]


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(site: Site) -> None:
    site.pages |= {
        "/feed": loopback.redirect("/new", 301),
        "/new": loopback.conditional(loopback.rss(1)),
    }
    desk = Desk()

    desk.visit(a_feed(site))
    desk.visit(a_feed(site))

    assert site.asked == ["/feed", "/new", "/new"]


def test_a_feed_that_is_gone_is_never_asked_again(site: Site) -> None:
    site.pages["/feed"] = loopback.status(410)
    desk = Desk()

    _, (report,) = desk.visit(a_feed(site))
    desk.now += timedelta(days=400)
    _, none = desk.visit(a_feed(site), early=False)

    assert report.fault
    assert "410" in report.fates[0].reason
    assert (none, len(site.asked)) == ((), 1)


@pytest.mark.parametrize(
    ("answering", "hours"),
    [
        (loopback.status(503, Retry_After="7200"), 2),
        (loopback.status(429, Retry_After="Thu, 05 Mar 2026 21:00:00 GMT"), 3),
        (loopback.text(loopback.rss(1), Cache_Control="max-age=18000"), 5),
    ],
)
def test_a_server_that_says_when_to_come_back_is_heeded(
    site: Site, answering: loopback.Answering, hours: float
) -> None:
    site.pages["/feed"] = answering
    desk = Desk()
    desk.visit(a_feed(site))

    state = desk.state(a_feed(site))

    assert not is_due(state, NOW + timedelta(hours=hours, minutes=-1))
    assert is_due(state, NOW + timedelta(hours=hours))


@pytest.mark.parametrize(
    "answering",
    [
        loopback.text("<!doctype html><html>No feed"),
        loopback.text(b"\0\1\2"),
        loopback.text("{"),
        loopback.status(500),
        loopback.redirect("http://169.254.169.254/"),
        loopback.lying_gzip,
        loopback.cut_short,
        loopback.no_http,
    ],
)
def test_a_source_that_fails_is_one_line_of_the_ledger_and_its_failures_are_counted(
    site: Site, answering: loopback.Answering
) -> None:
    site.pages |= {"/feed": answering, "/well": loopback.text(loopback.rss(2))}
    desk = Desk()

    documents, (bad, good) = desk.visit(a_feed(site), a_feed(site, "/well"))

    assert len(documents) == good.documents == 2
    assert [(fate.id, fate.fate) for fate in bad.fates] == [(site.url + "/feed", "failed")]
    assert bad.fates[0].reason.startswith(site.url + "/feed: ")
    assert (bad.state.failures, bad.state.last_good) == (1, None)
    site.pages["/feed"] = loopback.text(loopback.rss(1))
    assert desk.visit(a_feed(site))[1][0].state.failures == 0


@pytest.mark.parametrize(("full", "pages"), [("never", 0), ("teasers", 1), ("always", 2)])
def test_the_page_behind_a_teaser_is_fetched_where_that_is_wanted(
    site: Site, full: str, pages: int
) -> None:
    long = "<p>" + "A plain sentence of seven words here. " * 40
    site.pages |= {
        "/feed": loopback.text(
            "<rss "
            f"version='2.0'><channel><title>Post</title><item><title>Short</title><link>{site.url}/1</link>"
            "<description>It began when "
            f"…</description></item><item><title>Long</title><link>{site.url}/2</link>"
            f"<description><![CDATA[{long}]]></description></item></channel></rss>"
        ),
        "/1": loopback.text("<h1>Short</h1><p>The whole report."),
        "/2": loopback.text("<h1>Long</h1>"),
    }

    documents, _ = Desk().visit(a_feed(site, full=full))

    fetched = [document for document in documents if document.media_type == "text/html"]
    assert (len(documents), len(fetched)) == (2, pages)
    if fetched:
        assert fetched[0].origin == f"{site.url}/1"
        assert fetched[0].stated == {"headline": "Short", "feed_title": "Post"}
        assert "/robots.txt" in site.asked


def test_a_page_that_may_not_be_fetched_leaves_the_teaser(site: Site) -> None:
    site.pages |= {
        "/feed": loopback.text(
            "<rss "
            f"version='2.0'><channel><item><title>S</title><link>{site.url}/1</link></item></channel></rss>"
        ),
        "/robots.txt": loopback.text("User-agent: *\nDisallow: /", "text/plain"),
    }

    (document,), (report,) = Desk().visit(a_feed(site, full="always"))

    assert document.media_type == "application/feed+json"
    assert "robots.txt" in report.notes[0]


@pytest.mark.parametrize(
    ("html", "teaser"),
    [
        ("<p>Short.</p>", True),
        ("<p>" + "word " * 130 + "end.</p>", False),
        ("<p>" + "word " * 130 + "…</p>", True),
        ("<p>" + "word " * 130 + "<a href=x>Read more »</a></p>", True),
    ],
)
def test_a_teaser_is_told_from_a_report(html: str, teaser: bool) -> None:
    assert is_teaser(Entry(html=html)) == teaser


def test_entries_that_share_an_address_are_told_apart(site: Site) -> None:
    site.pages["/feed"] = loopback.text(
        "<rss version='2.0'><channel>"
        + "".join(
            f"<item><guid>{n}</guid><title>{n}</title><link>https://a.example/</link></item>"
            for n in (1, 2)
        )
        + "<item><title>No address</title></item></channel></rss>"
    )

    documents, _ = Desk().visit(a_feed(site))

    assert len({document.origin for document in documents}) == 3


def test_the_states_of_a_folder_are_those_of_the_memory(site: Site, tmp_path: Any) -> None:
    site.pages["/feed"] = loopback.conditional(loopback.rss(7))
    stores: list[Callable[[], StateStore]] = [lambda: memory, lambda: StateFolder(tmp_path)]
    memory = Memory()

    counts = [[len(Desk(make()).visit(a_feed(site))[0]) for _ in range(2)] for make in stores]

    assert counts == [[7, 0], [7, 0]]


STATES = st.builds(
    SourceState,
    etag=st.none() | st.text(min_size=1),
    gone=st.booleans(),
    last_good=st.none() | st.datetimes(timezones=st.just(UTC)),
    failures=st.integers(0, 99),
    interval=st.none() | st.floats(1, 1000),
    seen=st.dictionaries(st.text(), st.text()),
    marks=st.dictionaries(st.text(), st.integers()),
)


@given(STATES)
def test_any_state_survives_its_table(state: SourceState) -> None:
    import json

    assert SourceState.from_table(json.loads(json.dumps(state.to_table()))) == state


def test_a_state_of_a_later_version_is_read_as_far_as_it_is_understood() -> None:
    assert SourceState.from_table({"etag": "x", "mood": "good"}) == SourceState(etag="x")


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.floats(0, 1e6))
def test_visits_are_never_closer_than_polite_nor_further_apart_than_a_day(
    news: list[bool], rest: float
) -> None:
    state, now = SourceState(), NOW
    for given_something in news:
        state = state_after_success(state, now=now, given=int(given_something), rest=rest)
        assert state.interval is not None
        assert state.not_before is not None
        assert SHORTEST <= state.interval <= LONGEST
        assert (
            timedelta(minutes=SHORTEST * 0.9)
            <= state.not_before - now
            <= timedelta(minutes=PATIENCE)
        )
        now = state.not_before


def test_pauses_after_failures_grow_to_a_day_with_a_jitter_that_repeats() -> None:
    def pauses(seed: str) -> list[float]:
        states = itertools.accumulate(
            range(12),
            lambda state, _: state_after_failure(
                state, now=NOW, error=FetchError("x: y"), seed=seed
            ),
            initial=SourceState(),
        )
        return [
            (state.not_before - NOW).total_seconds() / 60 for state in states if state.not_before
        ]

    assert pauses("a") == pauses("a") != pauses("b")
    assert all(later > earlier for earlier, later in itertools.pairwise(pauses("a")[:6]))
    assert max(pauses("a")) <= PATIENCE


def test_without_a_memory_a_source_is_collected_like_a_folder(site: Site, tmp_path: Any) -> None:
    site.pages |= {"/feed": loopback.text(loopback.rss(2))}
    (tmp_path / "a.txt").write_text("News.")
    sources: Sequence[Source] = [
        a_feed(site),
        Source("folder", str(tmp_path)),
        a_feed(site, "/none"),
    ]

    collected = collect_documents(sources, now=NOW, clients=clients)

    assert len(collected.documents) == 3
    assert [fate.id for fate in collected.failed] == [site.url + "/none"]


def test_an_entry_is_read_into_the_same_article_from_the_feed_and_from_its_own_document(
    root: Any,
) -> None:
    from briefing.articles import extract_articles
    from briefing.syndication import encode_entry

    content = (root / "corpus" / "2026-03-05" / "courier-feed.xml").read_bytes()
    feed = parse_feed(content)

    whole = extract_articles(Document("feed.xml", content))
    alone = [
        extract_articles(
            Document(entry.url or "", encode_entry(feed, entry), "application/feed+json")
        )[0]
        for entry in feed.entries
    ]

    def told(article: Any) -> tuple[Any, ...]:
        return (
            article.id,
            article.text,
            article.headline,
            article.outlet,
            article.byline,
            article.section,
        )

    assert [told(article) for article in alone] == [told(article) for article in whole]
    assert [article.published for article in alone] == [article.published for article in whole]


def test_a_feed_behind_a_login_gets_the_password_from_where_it_is_kept(
    site: Site, tmp_path: Path
) -> None:
    site.pages["/feed"] = loopback.text(loopback.rss(1))
    (tmp_path / "password").write_text("s3cret\n")
    settings = {"private": True, "password": f"file:{tmp_path}/password"}
    source = Source("feed", f"http://ann@127.0.0.1:{site.port}/feed", settings=settings)

    (document,) = Desk().visit(source)[0]

    assert site.headers[0]["authorization"] == "Basic " + base64.b64encode(b"ann:s3cret").decode()
    assert "s3cret" not in repr((document, document.source, document.fetch))
