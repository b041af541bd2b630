"""What servers sent is kept, and read again: from the bytes as they came, by the readers of
today.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import loopback
import pytest
from loopback import Site

from briefing.archive import export, maintenance, search
from briefing.archive.database import schema
from briefing.archive.database.connection import APPLICATION, connect, open_archive
from briefing.archive.maintenance import Retention
from briefing.archive.query import select_articles
from briefing.archive.store import articles, documents, fetches
from briefing.articles import extract_articles, fold_versions
from briefing.cli import run_command
from briefing.model import Article, Document, Fate, Fetch, Source
from briefing.service.collection.reread import reread_documents
from briefing.sources import Memory, rebuild_documents, visit_sources
from briefing.sources.web import Client

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)
DAY = timedelta(days=1)
HEAD = "Harbour open\n\nThe Post\n4 March 2026\n\n"
BODY = (
    "The harbour of Grünau reopened on Thursday after eleven days. Ships had waited "
    "outside since the storm. "
    "The pilots were back at work by noon. The first ferry left at two, with ninety "
    "people on board."
)
Told = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "archive.sqlite")
    yield connection
    connection.close()


def count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def collected(
    db: sqlite3.Connection, source: Source, store: Memory | None = None, now: datetime = NOW
) -> int:
    (report,) = visit_sources(
        [source], keep=lambda _, things: documents.store_documents(db, things, now=now), store=store or Memory(), now=now,
        early=True, clients=lambda: Client(pause=0, now=lambda: NOW),
    )  # fmt: skip
    assert not report.fault
    return report.documents


def a_feed(site: Site, **settings: object) -> Source:
    return Source("feed", f"{site.url}/feed", settings={"private": True, **settings})


def test_a_feed_is_kept_as_it_came_once_for_all_its_entries_and_an_unchanged_one_not_again(
    db: sqlite3.Connection,
) -> None:
    raw, store = loopback.rss(5), Memory()
    with Site() as site:
        site.pages["/feed"] = loopback.conditional(raw)
        assert collected(db, a_feed(site), store) == 5
        assert collected(db, a_feed(site), store, NOW + DAY) == 0

    (row,) = db.execute("SELECT * FROM fetch").fetchall()
    kept = fetches.load_fetch(db, row["id"])

    assert kept
    assert (kept.content, kept.url, kept.media_type) == (
        raw,
        f"{site.url}/feed",
        "application/rss+xml",
    )
    assert kept.headers["etag"]
    assert {each["fetch"] for each in db.execute("SELECT fetch FROM receipt")} == {row["id"]}
    assert count(db, "document") == 6


def test_a_page_is_its_own_answer_and_costs_no_second_copy(db: sqlite3.Connection) -> None:
    with Site() as site:
        site.pages["/a"] = loopback.text(f"<h1>Open</h1><p>{BODY}</p>", Set_Cookie="session=s3cret")
        collected(db, Source("pages", f"{site.url}/a", settings={"private": True}))

    assert (count(db, "fetch"), count(db, "document")) == (1, 1)
    assert "s3cret" not in "".join(
        row["headers"] for row in db.execute("SELECT headers FROM fetch")
    )


def test_a_password_in_an_address_is_not_kept_with_the_answer(db: sqlite3.Connection) -> None:
    with Site() as site:
        site.pages["/feed"] = loopback.text(loopback.rss(1))
        collected(
            db, replace(a_feed(site), location=f"http://ann:s3cret@127.0.0.1:{site.port}/feed")
        )

    assert "s3cret" not in "".join(row["url"] for row in db.execute("SELECT url FROM fetch"))


def test_the_licence_says_how_long_an_answer_stays(db: sqlite3.Connection) -> None:
    with Site() as site:
        site.pages["/feed"] = loopback.text(loopback.rss(2))
        collected(db, replace(a_feed(site), licence="press agency"))
    rules = [Retention("press *", documents=10)]

    early = maintenance.prune(db, rules, now=NOW + 9 * DAY)
    late = maintenance.prune(db, rules, now=NOW + 11 * DAY)

    assert (early.documents, late.documents) == (0, 3)
    assert fetches.load_fetch(db, db.execute("SELECT id FROM fetch").fetchone()[0]) is None
    assert maintenance.check_integrity(db) == ()
    assert reread_documents(db, timezone="UTC", now=NOW + 12 * DAY).documents == 0


def test_what_is_made_again_of_a_feed_is_what_was_made_of_it(db: sqlite3.Connection) -> None:
    given: list[Document] = []
    with Site() as site:
        site.pages["/feed"] = loopback.text(loopback.rss(4))
        visit_sources([a_feed(site)], keep=lambda _, things: given.extend(things), store=Memory(), now=NOW,
                  clients=lambda: Client(pause=0, now=lambda: NOW))  # fmt: skip
    assert given[0].fetch

    again = rebuild_documents(given[0].fetch, a_feed(site))

    assert {document.origin: document.content for document in given} == {
        origin: document.content for origin, document in again.items()
    }


def test_documents_are_made_anew_of_what_came_and_old_texts_stay_for_old_editions(
    db: sqlite3.Connection,
) -> None:
    """As if a poorer parser had seen only the beginning of each entry."""
    raw = loopback.rss(3, words=200)
    source = Source("feed", "https://news.example/feed")
    fetch = Fetch("https://news.example/feed", raw, "application/rss+xml", {}, NOW)
    made = rebuild_documents(fetch, source)
    poor = [
        replace(each, content=each.content.replace(b"</p>", b""), fetch=fetch)
        for each in made.values()
    ]
    poor[0] = replace(poor[0], content=poor[0].content.replace(b"Sentence 1 of", b"Phrase 1 of"))
    documents.store_documents(db, poor, now=NOW)
    for document in poor:
        articles.store_reading(db, document, extract_articles(document), version="0", now=NOW)
    (old,) = articles.load_latest_reading(db, poor[0]) or ()

    done = reread_documents(db, timezone="UTC", now=NOW)
    again = reread_documents(db, timezone="UTC", now=NOW)

    assert (done.documents, done.made_anew) == (3, 3)
    assert [(change.kind, change.attributes) for change in done.changes] == [("changed", ("text",))]
    assert (again.made_anew, again.changes) == (0, [])
    assert {each.content for each in documents.documents_between(db, NOW - DAY, NOW)} == {
        each.content for each in made.values()
    }
    assert articles.load_article_texts(db, [old.id]) == {old.id: old.text}
    assert old.id not in {one.id for one in select_articles(db)}
    assert [one.article for one in search.search_articles(db, "phrase")] == []
    assert len(select_articles(db)) == 3
    assert documents.load_document(db, poor[0].origin, poor[0].sha256)


def test_what_is_found_again_after_all_stands_again(db: sqlite3.Connection) -> None:
    document = Document("a.txt", (HEAD + BODY).encode(), source=Source("folder", "x"))
    documents.store_documents(db, [document], now=NOW)
    right = extract_articles(document)
    gone = Fate("document", "a.txt", "unreadable", "why")

    listed = []
    for result in (right, gone, right):
        articles.store_reading(db, document, result, version="1", now=NOW)
        listed.append([one.id for one in select_articles(db)])

    assert listed == [[right[0].id], [], [right[0].id]]


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        (lambda right: (replace(right, url="https://old.example/"),), ["changed"]),
        (lambda right: (), ["new"]),
        (lambda right: (right, replace(right, id="0" * 16, headline="Menu", text="Home. Sport. Weather.",
                                       analysis=replace(right.analysis, sentences=()))), ["gone"]),
        (lambda right: (right,), []),
        (lambda right: Fate("document", "a.txt", "unreadable", "why"), ["new"]),
    ],
)  # fmt: skip
def test_what_is_read_otherwise_is_told(
    db: sqlite3.Connection, before: Callable[..., object], kinds: list[str]
) -> None:
    document = Document("a.txt", (HEAD + BODY).encode(), source=Source("folder", "x"))
    documents.store_documents(db, [document], now=NOW)
    (right,) = extract_articles(document)
    articles.store_reading(db, document, before(right), version="0", now=NOW)  # type: ignore[arg-type]

    done = reread_documents(db, timezone="UTC", now=NOW)

    assert [change.kind for change in done.changes] == kinds
    assert articles.load_latest_reading(db, document) == (right,)


def test_only_what_is_asked_for_is_read_again(db: sqlite3.Connection) -> None:
    for number, name in enumerate(["A", "B"]):
        source = Source("folder", name.lower(), name=name)
        documents.store_documents(
            db, [Document(f"{name}.txt", BODY.encode(), source=source)], now=NOW + number * DAY
        )

    def told(**asked: object) -> int:
        return reread_documents(db, timezone="UTC", now=NOW + 2 * DAY, **asked).documents  # type: ignore[arg-type]

    assert (told(), told(source="A"), told(source="b"), told(since=NOW), told(source="C")) == (
        2,
        1,
        1,
        1,
        0,
    )


def test_a_report_that_was_edited_is_one_article_and_the_later_one() -> None:
    first, edited = (
        extract_articles(Document("https://a.example/1", (HEAD + text).encode()))
        for text in (BODY, BODY + " The mayor came to see it.")
    )
    rates = HEAD.replace("Harbour open", "Rates stay") + "The bank kept its rate. " * 9
    other = extract_articles(Document("https://a.example/1", rates.encode()))

    assert kept(fold_versions([first, edited])) == [edited[0].id]
    assert kept(fold_versions([first, other])) == [first[0].id, other[0].id]
    assert kept(fold_versions([edited, edited])) == [edited[0].id]
    (fate,) = [each for each in fold_versions([first, edited]) if isinstance(each, Fate)]
    assert (fate.id, fate.reason) == (first[0].id, f"an earlier version of {edited[0].id}")
    assert not [each for each in fold_versions([edited, edited]) if isinstance(each, Fate)]


def kept(results: tuple[tuple[Article, ...] | Fate, ...]) -> list[str]:
    return [article.id for result in results if not isinstance(result, Fate) for article in result]


def test_the_version_that_came_last_is_the_present_one_whichever_bytes_were_known(
    db: sqlite3.Connection,
) -> None:
    source = Source("pages", "https://a.example/")
    one, two = (Document("https://a.example/", text, source=source) for text in (b"one", b"two"))

    orders = []
    for document in (one, two, one, one):
        documents.store_documents(db, [document], now=NOW)
        orders.append([each.content for each in documents.documents_between(db, NOW - DAY, NOW)])

    assert orders == [[b"one"], [b"one", b"two"], [b"two", b"one"], [b"two", b"one"]]


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Told:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clips").mkdir()
    (tmp_path / "briefing.toml").write_text('[[sources]]\nlocation = "clips"\n')

    def call(*arguments: str) -> tuple[int, list[str], str]:
        code = run_command(arguments)
        caught = capsys.readouterr()
        return code, caught.out.splitlines(), caught.err

    return call


def test_a_sidecar_that_comes_late_changes_its_article(tmp_path: Path, told: Told) -> None:
    (tmp_path / "clips" / "a.txt").write_text(HEAD + BODY)
    told("collect")
    told("archive", "reread")
    (tmp_path / "clips" / "a.txt.toml").write_text(
        'outlet = "The Courier"\nurl = "https://courier.example/1"\n'
    )

    again = told("collect")
    with open_archive(tmp_path / "state" / "archive.sqlite") as db:
        (document,) = documents.documents_between(db, NOW - 9999 * DAY, datetime.now(UTC))
        unread = articles.load_reading(db, document, version="0.0")
    told("archive", "reread")
    with open_archive(tmp_path / "state" / "archive.sqlite") as db:
        (article,) = articles.load_latest_reading(db, document) or ()
        texts = count(db, "article")

    assert again[1] == [f"    1  {tmp_path}/clips"]
    assert unread is None
    assert (article.outlet, article.url) == ("The Courier", "https://courier.example/1")
    assert texts == 2  # what the old reading gave stays, for editions that quote it
    assert told("collect")[1] == []


def test_the_command_prints_what_is_read_otherwise(tmp_path: Path, told: Told) -> None:
    (tmp_path / "clips" / "a.txt").write_text(HEAD + BODY)
    told("collect")
    first = told("archive", "reread")
    with open_archive(tmp_path / "state" / "archive.sqlite") as db:
        (document,) = documents.documents_between(db, NOW - 9999 * DAY, datetime.now(UTC))
        (right,) = articles.load_latest_reading(db, document) or ()
        articles.store_reading(
            db, document, (replace(right, byline="By all of them"),), version="0", now=NOW
        )

    assert first[:2] == (0, [])
    assert told("archive", "reread")[:2] == (0, [f"changed  clips/a.txt  {right.headline}: byline"])
    assert told("archive", "reread", "--source", "nobody")[0] == 1
    assert told("archive", "reread", "--since", "soon")[0] == 64


def test_an_exported_archive_can_be_read_again_elsewhere(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    with Site() as site:
        site.pages["/feed"] = loopback.text(loopback.rss(2))
        collected(db, a_feed(site))
    other = connect(tmp_path / "other.sqlite")

    export.import_archive(other, export.export_archive(db))
    export.import_archive(other, export.export_archive(db))

    assert [count(other, table) for table in ("fetch", "receipt", "document")] == [1, 2, 3]
    assert reread_documents(other, timezone="UTC", now=NOW).documents == 2
    assert maintenance.check_integrity(other) == ()
    other.close()


def test_documents_of_an_earlier_schema_know_their_source_and_are_read_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.sqlite"
    raw = sqlite3.connect(path, isolation_level=None)
    raw.row_factory = sqlite3.Row
    steps = {number: script for number, script in schema.load_migrations().items() if number < 4}
    schema.migrate_database(raw, path, application=APPLICATION, steps=steps)
    content = (HEAD + BODY).encode()
    digest = Document("a.txt", content).sha256
    raw.execute(
        "INSERT INTO document VALUES (?, ?, ?)", (digest, len(content), zlib.compress(content))
    )
    source = '{"kind":"folder","location":"clips","settings":{}}'
    stamp = "2026-03-05T05:00:00Z"
    raw.execute(
        "INSERT INTO receipt VALUES ('a.txt', ?, NULL, NULL, ?, ?, NULL, NULL)",
        (digest, stamp, source),
    )
    raw.close()

    db = connect(path)
    again = documents.store_documents(
        db, [Document("a.txt", content, source=Source("folder", "clips"))], now=NOW
    )
    done = reread_documents(db, timezone="UTC", now=NOW)

    assert (again, done.documents, done.articles) == ((), 1, 1)
    assert db.execute("SELECT giver FROM receipt").fetchone()[0] == "folder clips"
    db.close()
