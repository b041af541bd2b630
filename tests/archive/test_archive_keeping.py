"""The archive gives back what it was given: documents, articles, storylines, editions, states,
runs.
"""

from __future__ import annotations

import dataclasses
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from briefing.archive.database.connection import connect, transaction
from briefing.archive.store import articles, documents, editions, runs, source_states, storylines
from briefing.errors import VerificationError
from briefing.model import (
    Analysis,
    Article,
    Document,
    Fate,
    Headline,
    Moment,
    Quote,
    Removal,
    Rendition,
    Source,
    Span,
    Storyline,
)

NOW = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)
TEXT = "The harbour closed at noon. Dockers walked out over pay.\nTalks resume on Friday."


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "archive.sqlite")
    yield connection
    connection.close()


def article(number: int = 0, **changes: object) -> Article:
    values: dict[str, object] = {
        "id": f"{number:016x}",
        "text": TEXT,
        "headline": f"Harbour closed, day {number}",
        "outlet": "Halden Post",
        "published": Moment(datetime(2026, 3, 4, 9, number % 60, tzinfo=UTC)),
        "document": f"clips/{number}.txt",
    }
    return Article(**{**values, **changes})  # type: ignore[arg-type]


def plain(thing: Article) -> dict[str, object]:
    """Every field, as two articles are equal as soon as their ids are."""
    return {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}


words = some.text(max_size=12)
spans = some.builds(
    lambda start, size: Span(start, start + size), some.integers(0, 900), some.integers(1, 90)
)
moments = some.one_of(
    some.none(),
    some.dates(date(1990, 1, 1), date(2090, 1, 1)).map(Moment.on),
    some.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=some.just(UTC)).map(  # noqa: DTZ001
        lambda at: Moment(at.replace(second=0, microsecond=0))
    ),
)
stories = some.builds(
    Article,
    id=some.text("0123456789abcdef", min_size=16, max_size=16),
    text=some.text(some.characters(exclude_categories=["Cs"]), min_size=1),
    headline=some.none() | words,
    outlet=some.none() | words,
    byline=some.none() | words,
    published=moments,
    updated=moments,
    section=some.none() | words,
    licence=some.none() | words,
    part_of=some.none() | words,
    kind=some.sampled_from(["article", "live blog", "update", "related", "item"]),
    found=some.dictionaries(words, words, max_size=3),
    remarks=some.lists(words, max_size=2).map(tuple),
    removals=some.lists(
        some.builds(Removal, some.integers(0, 9), some.integers(10, 99), words), max_size=2
    ).map(tuple),
    analysis=some.builds(
        Analysis,
        sentences=some.lists(spans, max_size=3).map(tuple),
        terms=some.lists(some.lists(words, max_size=3).map(tuple), max_size=3).map(tuple),
        names=some.lists(spans, max_size=3).map(tuple),
        paragraphs=some.lists(some.integers(0, 9), max_size=3).map(tuple),
    ),
    headline_terms=some.lists(words, max_size=3).map(tuple),
    copies=some.just(()),
)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(story=stories)
def test_an_article_comes_back_with_every_field(db: sqlite3.Connection, story: Article) -> None:
    db.execute("DELETE FROM article")

    articles.store_articles(db, [story], now=NOW)

    assert plain(articles.load_articles(db, [story.id])[story.id]) == plain(story)


def test_a_document_comes_back_byte_for_byte_and_is_stored_once(db: sqlite3.Connection) -> None:
    source = Source("folder", "clips", name="Halden Post", licence="CC BY")
    one = Document("clips/a.html", b"<p>harbour</p>" * 99, "text/html", NOW, source)
    again = Document("clips/copy.html", one.content)

    new = documents.store_documents(db, [one, again], now=NOW)

    assert new == (one, again)
    assert documents.store_documents(db, [one], now=NOW) == ()
    assert documents.load_document(db, one.origin, one.sha256) == one
    assert documents.load_document(db, again.origin, again.sha256) == again
    assert db.execute("SELECT count(*), sum(length(content)) < 200 FROM document").fetchone()[
        :
    ] == (1, 1)


def test_documents_collected_in_a_time_are_those_an_edition_was_made_of(
    db: sqlite3.Connection,
) -> None:
    early, late = Document("a", b"one"), Document("b", b"two")
    documents.store_documents(db, [early], now=NOW)
    documents.store_documents(db, [late], now=NOW + timedelta(days=1))

    assert documents.documents_between(db, NOW, NOW + timedelta(days=1)) == (late,)


def test_bytes_that_changed_in_the_archive_are_refused(db: sqlite3.Connection) -> None:
    one = Document("a", b"one")
    documents.store_documents(db, [one], now=NOW)
    db.execute("UPDATE document SET content = ?", (zlib.compress(b"other"),))

    with pytest.raises(VerificationError, match="bytes have changed"):
        documents.load_document(db, one.origin, one.sha256)


def test_a_document_is_read_once_by_each_version(db: sqlite3.Connection) -> None:
    document, broken = Document("clips/0.txt", b"x"), Document("clips/1.txt", b"y")
    fate = Fate("document", "clips/1.txt", "unreadable", "no news")
    documents.store_documents(db, [document, broken], now=NOW)
    assert articles.load_reading(db, document, version="1") is None

    articles.store_reading(
        db, document, (article(0), article(1, document="clips/0.txt")), version="1", now=NOW
    )
    articles.store_reading(db, broken, fate, version="1", now=NOW)

    found = articles.load_reading(db, document, version="1")
    assert isinstance(found, tuple)
    assert [plain(one) for one in found] == [
        plain(article(0)),
        plain(article(1, document="clips/0.txt")),
    ]
    assert articles.load_reading(db, broken, version="1") == fate
    assert articles.load_reading(db, document, version="2") is None


def test_the_same_bytes_elsewhere_give_articles_of_that_place(db: sqlite3.Connection) -> None:
    document = Document("moved.txt", b"x")
    documents.store_documents(db, [document], now=NOW)
    articles.store_reading(db, document, (article(0, document="moved.txt"),), version="1", now=NOW)
    articles.store_articles(db, [article(0)], now=NOW)

    found = articles.load_reading(db, document, version="1")

    assert isinstance(found, tuple)
    assert found[0].document == "moved.txt"


def test_a_text_of_record_never_changes(db: sqlite3.Connection) -> None:
    articles.store_articles(db, [article()], now=NOW)

    with pytest.raises(VerificationError, match="another text under this id"):
        articles.store_articles(db, [article(text="Something else.")], now=NOW)
    with pytest.raises(sqlite3.IntegrityError, match="never changes"):
        db.execute("UPDATE article SET text = 'forged'")

    assert articles.load_article_texts(db, [article().id, "unknown"]) == {article().id: TEXT}


def test_what_is_found_anew_replaces_what_was_found(db: sqlite3.Connection) -> None:
    articles.store_articles(db, [article(headline=None)], now=NOW)
    articles.store_articles(db, [article(byline="A. Writer")], now=NOW)

    assert plain(articles.load_articles(db, [article().id])[article().id]) == plain(
        article(byline="A. Writer")
    )


def test_copies_are_kept_as_articles_of_their_own(db: sqlite3.Connection) -> None:
    articles.store_articles(db, [article(0, copies=(article(1),))], now=NOW)

    assert list(articles.load_articles(db, [article(1).id, article(0).id])) == [
        article(1).id,
        article(0).id,
    ]


def test_articles_of_days_come_by_day_and_id(db: sqlite3.Connection) -> None:
    days = {2: 3, 1: 3, 3: 4, 4: 5}
    articles.store_articles(
        db,
        [article(n, published=Moment.on(date(2026, 3, day))) for n, day in days.items()],
        now=NOW,
    )

    assert [
        int(one.id, 16) for one in articles.articles_between(db, date(2026, 3, 3), date(2026, 3, 4))
    ] == [1, 2, 3]


def test_storylines_grow_by_days_and_come_back_for_the_next_grouping(
    db: sqlite3.Connection,
) -> None:
    one, two = article(1), article(2)
    articles.store_articles(db, [one, two], now=NOW)
    first = Storyline(
        "harbour-1a2b3c", (one,), Headline(one), date(2026, 3, 4), related=("rail-ffffff",)
    )
    storylines.store_storylines(db, [first], profile="daily", day=date(2026, 3, 4))
    grown = dataclasses.replace(first, articles=(one, two), headline=Quote(two, Span(0, 27)))
    storylines.store_storylines(db, [grown], profile="daily", day=date(2026, 3, 5))

    assert storylines.known_storylines(db, profile="daily", since=date(2026, 3, 4)) == (grown,)
    assert storylines.known_storylines(db, profile="daily", since=date(2026, 3, 6)) == ()
    assert storylines.known_storylines(db, profile="other", since=date(2026, 3, 4)) == ()
    assert storylines.growth_days(db, profile="daily", storyline=first.id) == (
        storylines.Day(date(2026, 3, 4), (one.id,)),
        storylines.Day(date(2026, 3, 5), (two.id,)),
    )


RECORD = (
    b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": '
    b'[{"storyline": {"id": "harbour-1a2b3c"}, '
    b'"quotes": [{"article": "a", "start": 0, "stop": 3, "text": "The"}], '
    b'"parts": {"numbers": [{"article": "b", "start": 1, "stop": 3, "text": "wo"}]}}]}'
)
FILES = (
    Rendition("edition.json", "application/json", RECORD),
    Rendition("edition.md", "text/markdown", b"# News\n"),
)


def test_an_edition_comes_back_byte_for_byte_and_never_changes(db: sqlite3.Connection) -> None:
    stored = editions.store_edition(db, FILES, now=NOW)

    assert (stored.id, stored.revision) == ("2026-03-05-daily", 1)
    assert editions.load_renditions(db, stored.id) == FILES
    assert editions.edition_by_id(db, stored.id) == stored
    for table in ("edition SET date = '2027-01-01'", "rendition SET name = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="never changes"):
            db.execute(f"UPDATE {table}")


def test_the_same_edition_again_is_the_stored_one_and_another_is_a_revision_when_asked(
    db: sqlite3.Connection,
) -> None:
    changed = (Rendition("edition.json", "application/json", RECORD + b"\n"),)
    first = editions.store_edition(db, FILES, now=NOW)

    assert editions.store_edition(db, FILES, now=NOW + timedelta(hours=1)) == first
    assert editions.store_edition(db, changed, now=NOW) == first
    second = editions.store_edition(db, changed, now=NOW, revise=True)

    assert (second.id, second.revision) == ("2026-03-05-daily-r2", 2)
    assert editions.latest_editions(db, profile="daily", limit=9) == (second,)


def test_what_a_profile_was_shown_is_known_the_next_day(db: sqlite3.Connection) -> None:
    editions.store_edition(db, FILES, now=NOW)

    told = editions.shown_quotations(db, profile="daily", before=date(2026, 3, 6))

    assert [(one.storyline, one.article, one.start, one.stop, one.text) for one in told] == [
        ("harbour-1a2b3c", "a", 0, 3, "The"),
        ("harbour-1a2b3c", "b", 1, 3, "wo"),
    ]
    assert editions.shown_quotations(db, profile="daily", before=date(2026, 3, 5)) == ()
    assert editions.shown_quotations(db, profile="other", before=date(2026, 3, 6)) == ()


def test_a_source_finds_its_state_again(db: sqlite3.Connection) -> None:
    assert source_states.load_state(db, "https://news.example/feed") is None

    source_states.store_state(
        db, "https://news.example/feed", {"etag": '"x"', "failures": 0}, now=NOW
    )
    source_states.store_state(
        db, "https://news.example/feed", {"etag": '"y"', "failures": 1}, now=NOW
    )

    assert source_states.load_state(db, "https://news.example/feed") == {
        "etag": '"y"',
        "failures": 1,
    }
    assert list(source_states.load_all_states(db)) == ["https://news.example/feed"]


def test_the_archive_is_a_store_of_sources_states(db: sqlite3.Connection) -> None:
    store = source_states.States(db, lambda: NOW)

    store.save("feed https://news.example/feed", {"etag": "x", "seen": {"1": "a"}})

    assert store.load("feed https://news.example/feed") == {"etag": "x", "seen": {"1": "a"}}
    assert store.load("feed https://other.example") is None


def test_a_run_that_was_cut_off_has_no_end(db: sqlite3.Connection) -> None:
    done = runs.begin_run(db, profile="daily", now=NOW)
    runs.finish_run(
        db,
        done,
        now=NOW,
        exit_code=3,
        edition="2026-03-05-daily",
        counts={"articles": 9},
        troubles=["a feed"],
    )
    runs.begin_run(db, profile="daily", now=NOW)

    cut, whole = runs.latest_runs(db, profile="daily", limit=5)

    assert (cut.finished, cut.exit) == (None, None)
    assert (whole.exit, whole.counts, whole.troubles) == (3, {"articles": 9}, ("a feed",))


def test_a_transaction_is_kept_whole_or_not_at_all(db: sqlite3.Connection) -> None:
    with pytest.raises(ZeroDivisionError), transaction(db), transaction(db):
        source_states.store_state(
            db, f"a{source_states.store_state(db, 'b', {}, now=NOW)}", {"": 1 / 0}, now=NOW
        )

    assert source_states.load_all_states(db) == {}


def test_building_from_the_archive_imports_no_heavy_library(tmp_path: Path) -> None:
    """The reason why an article is kept with its analysis: seconds of imports are saved."""
    code = (
        "import sys; from pathlib import Path; from briefing.archive import search;"
        "from briefing.archive.store import articles, storylines, editions;"
        "from briefing.archive.database.connection import connect; connect(Path(sys.argv[1]));"
        "print(sorted({'spacy', 'sumy', 'sklearn', 'numpy', 'weasyprint', 'jinja2'} "
        "& sys.modules.keys()))"
    )

    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.sqlite")], capture_output=True, text=True
    )

    assert (result.stdout, result.stderr) == ("[]\n", "")
