"""Many sources at once: the good ones complete, the bad ones told, whatever the bad ones do."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import loopback
import pytest
from loopback import Site

from briefing.errors import BriefingError
from briefing.model import Document, Fate, Source
from briefing.sources import Memory, Report, SourceState, Visit, visit_sources
from briefing.sources.gathering import AHEAD, BATCH, run_visits
from briefing.sources.web import Client, Limits

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)
HERE = Path(__file__).parent


def documents(count: int) -> list[Document]:
    return [Document(f"d/{number}", f"text {number}".encode()) for number in range(count)]


def gathered(
    *readings: Any, store: Any = None, **settings: Any
) -> tuple[list[str], tuple[Report, ...]]:
    """The settings are those of all but the good ones, which are given the time that a busy machine
    takes.
    """
    kept: list[str] = []
    visits = [
        (Source("x", f"s{n}", settings={} if read is good else settings), read, Visit(now=NOW))
        for n, read in enumerate(readings)
    ]
    reports = run_visits(
        visits,
        keep=lambda _, things: kept.extend(thing.origin for thing in things),
        store=store or Memory(),
    )
    return kept, reports


def good(_location: str, **_: Any) -> Iterator[Document]:
    yield from documents(3)


def hanging(_location: str, **_: Any) -> Iterator[Document]:
    threading.Event().wait(300)
    yield from documents(2)


def stalling(_location: str, **_: Any) -> Iterator[Document]:
    yield from documents(2)
    threading.Event().wait(300)


def failing(_location: str, **_: Any) -> Iterator[Document]:
    yield from documents(1)
    raise BriefingError("s: it is broken; mend it")


def faulty(_location: str, **_: Any) -> Iterator[Document]:
    raise ZeroDivisionError("division by zero")
    yield


def refusing(_location: str, **_: Any) -> Iterator[Document]:
    raise TypeError("it takes no settings")


def endless(_location: str, **_: Any) -> Iterator[Document]:
    while True:
        yield Document("d", b"x")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (hanging, "not done after 0.3 seconds; what came until then is kept"),
        (failing, "it is broken; mend it"),
        (faulty, "has a fault of its own (ZeroDivisionError: division by zero); tell its author"),
        (refusing, "has a fault of its own (TypeError"),
    ],
)
def test_a_bad_source_is_one_line_and_the_good_ones_are_complete(bad: Any, reason: str) -> None:
    started = time.monotonic()

    kept, reports = gathered(good, bad, good, seconds=0.3)

    assert [report.documents for report in (reports[0], reports[2])] == [3, 3]
    assert len(kept) == sum(report.documents for report in reports)
    assert [fate.fate for fate in reports[1].fates] == ["failed"]
    assert reason in reports[1].fates[0].reason
    assert reports[1].state.failures == 1
    assert time.monotonic() - started < 60  # what hangs does so for five minutes


@pytest.mark.parametrize("slow", [stalling, endless])
def test_a_source_that_is_late_but_gave_something_is_well_and_goes_on_next_time(slow: Any) -> None:
    kept, (report,) = gathered(slow, seconds=1.5)

    assert len(kept) == report.documents >= 2
    assert (report.fault, report.state.failures) == (None, 0)
    assert "not done after 1.5 seconds" in report.notes[0]


def test_sources_that_hang_do_not_keep_the_others_from_starting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("briefing.sources.gathering.SLOW", 0.1)
    readings = [*[hanging] * 20, *[good] * 20]
    visits = [
        (
            Source("x", f"s{n}", settings={"seconds": 3.0} if read is hanging else {}),
            read,
            Visit(now=NOW),
        )
        for n, read in enumerate(readings)
    ]
    ended: list[int] = []

    run_visits(
        visits,
        keep=lambda *_: None,
        store=Memory(),
        report=lambda report: ended.append(report.documents),
    )

    assert (
        ended == [3] * 20 + [0] * 20
    )  # the good ones are done before the first of the others is given up


def test_sources_of_one_host_are_visited_one_after_the_other_beside_those_of_others() -> None:
    inside: list[str] = []
    most: list[int] = []

    def visiting(location: str, **_: Any) -> Iterator[Document]:
        host = location.split("/")[2]
        inside.append(host)
        most.append(inside.count("a.example"))
        time.sleep(0.01)
        yield Document(location, b"x")
        inside.remove(host)

    places = [f"https://{host}/{n}" for n in range(8) for host in ("a.example", f"b{n}.example")]
    visits = [(Source("x", place), visiting, Visit(now=NOW)) for place in places]

    reports = run_visits(visits, keep=lambda *_: None, store=Memory())

    assert [report.source.location for report in reports if report.documents] == places
    assert max(most) == 1


def test_everybody_gets_the_same_client_made_when_first_asked_for() -> None:
    made: list[Client] = []

    def make() -> Client:
        time.sleep(0.05)
        made.append(Client())
        return made[-1]

    def asking(_location: str, visit: Visit, **_: Any) -> Iterator[Document]:
        yield Document(f"{id(visit.clients())}", b"x")

    from briefing.sources.visits import share_client

    shared = share_client(make)
    visits = [(Source("x", f"s{n}"), asking, Visit(now=NOW, clients=shared)) for n in range(8)]
    origins: set[str] = set()

    run_visits(
        visits,
        keep=lambda _, things: origins.update(thing.origin for thing in things),
        store=Memory(),
    )

    assert len(made) == len(origins) == 1


def test_a_single_file_that_cannot_be_read_does_not_fail_its_source() -> None:
    def partly(_location: str, **_: Any) -> Iterator[Document | Fate]:
        yield Fate("document", "a", "unreadable", "x")
        yield from documents(1)

    _, (report,) = gathered(partly)

    assert (report.documents, len(report.fates), report.state.failures) == (1, 1, 0)


def test_documents_are_stored_before_the_state_that_covers_them_and_in_parts() -> None:
    """A store that fails at some point has never saved a state for documents that it has
    not kept.
    """
    events: list[tuple[str, int]] = []

    class Noting(Memory):
        def save(self, key: str, table: Any) -> None:
            events.append(("state", SourceState.from_table(table).marks.get("n", 0)))

    def counting(_location: str, visit: Visit, **_: Any) -> Iterator[Document]:
        for number, document in enumerate(documents(3 * BATCH), 1):
            visit.state = SourceState(marks={"n": number})
            yield document

    visit = (Source("x", "s"), counting, Visit(now=NOW))
    run_visits(
        [visit], keep=lambda _, things: events.append(("documents", len(things))), store=Noting()
    )

    stored = 0
    for what, number in events:
        stored += number if what == "documents" else 0
        assert what == "documents" or number <= stored
    assert events.count(("documents", BATCH)) == 3


def test_what_is_fetched_faster_than_it_is_stored_waits() -> None:
    ahead: list[int] = []
    made = 0

    def fast(_location: str, **_: Any) -> Iterator[Document]:
        nonlocal made
        for document in documents(2000):
            made += 1
            yield document

    kept = 0

    def keep(_source: Source, things: Sequence[Document]) -> None:
        nonlocal kept
        ahead.append(made - kept)
        kept += len(things)
        time.sleep(0.001)

    run_visits([(Source("x", "s"), fast, Visit(now=NOW))], keep=keep, store=Memory())

    assert (kept, made) == (2000, 2000)
    assert max(ahead) <= AHEAD + BATCH + 2


BAD: list[loopback.Answering] = [
    loopback.slow_body,
    loopback.slow_head,
    loopback.silent,
    loopback.endless,
    loopback.gzipped(b" " * 30_000_000),
    loopback.lying_gzip,
    loopback.cut_short,
    loopback.no_http,
    loopback.redirect("/bad/9"),
    loopback.redirect("http://169.254.169.254/"),
    loopback.redirect("file:///etc/passwd"),
    loopback.status(500),
    loopback.status(410),
    loopback.status(429, Retry_After="60"),
    loopback.text("<!doctype html><html>"),
    loopback.text("{"),
    loopback.text(b""),
    loopback.text(b"\xff\xfe\x00"),
    loopback.text(b"<rss><channel><item>" + b"<a>" * 100_000),
    loopback.redirect("http://10.0.0.1:1/"),
]


class Quick(Client):
    """The client with limits that a test can wait for, where nothing good is to come."""

    def get(self, url: str, **settings: Any) -> Any:
        limits = (
            Limits(connect=5, read=2, whole=4)
            if "/bad/" in url
            else Limits(connect=100, read=100, whole=100)
        )
        return super().get(url, **{**settings, "limits": limits})


def named(report: Report) -> str:
    """`/bad/7` of the address of a report."""
    return "/" + "/".join(report.source.location.rsplit("/", 2)[1:])


def test_of_200_feeds_of_which_20_misbehave_the_180_are_complete() -> None:
    with Site() as site:
        site.pages |= {
            f"/feed/{n}": loopback.conditional(loopback.rss(20, f"F{n}")) for n in range(180)
        }
        site.pages |= {f"/bad/{n}": answering for n, answering in enumerate(BAD)}
        paths = [*(f"/feed/{n}" for n in range(180)), *(f"/bad/{n}" for n in range(20))]
        random.Random(3).shuffle(paths)
        # A host each, as feeds have: a host is asked by one at a time.
        sources = [
            Source(
                "feed",
                f"http://127.{n // 250}.{n % 250}.1:{site.port}{path}",
                settings={"private": True},
            )
            for n, path in enumerate(paths, 1)
        ]
        kept: list[Document] = []
        store = Memory()
        client = Quick(pause=0)
        started = time.monotonic()

        reports = visit_sources(
            sources,
            keep=lambda _, things: kept.extend(things),
            store=store,
            now=NOW,
            clients=lambda: client,
        )
        spent = time.monotonic() - started
        sent = site.sent
        again = visit_sources(
            [report.source for report in reports if not report.fault],
            keep=lambda _, things: kept.extend(things),
            store=store,
            now=NOW,
            early=True,
            clients=lambda: client,
        )

    assert len(kept) == len({document.origin for document in kept}) == 180 * 20
    assert {named(report) for report in reports if report.fault} == {
        path for path in paths if "bad" in path
    }
    assert spent < 300
    assert sum(report.documents for report in again) == 0
    assert site.sent - sent <= 0.02 * sent
