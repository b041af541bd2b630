"""The archive is checked, copied, searched, thinned, carried elsewhere, and brought up from every
earlier schema.
"""

from __future__ import annotations

import contextlib
import lzma
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from briefing.archive import export, maintenance, search
from briefing.archive.database import schema
from briefing.archive.database.connection import APPLICATION, connect, open_archive
from briefing.archive.maintenance import Pruned, Retention
from briefing.archive.store import (
    articles,
    documents,
    editions,
    recipients,
    runs,
    source_states,
    storylines,
)
from briefing.cli import run_command
from briefing.errors import BriefingError, UsageError
from briefing.model import Article, Document, Headline, Moment, Rendition, Source, Storyline

NOW = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)
RECORD = b'{"profile": "daily", "date": "2026-03-05", "briefs": [], "leads": []}'


def article(
    number: int, text: str, headline: str = "News", day: int = 4, licence: str | None = None
) -> Article:
    published = Moment.on(date(2026, 3, day))
    return Article(
        f"{number:016x}",
        text,
        headline=headline,
        outlet="Post",
        published=published,
        licence=licence,
    )


ARTICLES = (
    article(
        1, "The budget vote was postponed after the port strike.", "Budget vote postponed", day=3
    ),
    article(
        2,
        "Dockers went on strike in the port; the vote on the budget is on Friday.",
        "Dockers strike",
        day=4,
    ),
    article(
        3, "Rates stay at two per cent, the bank said. Café owners are relieved.", "Rates", day=5
    ),
)


def filled(path: Path) -> sqlite3.Connection:
    db = connect(path)
    source = Source("folder", "clips", licence="press agency")
    read = [
        Document(f"clips/{number}.txt", one.text.encode(), source=source)
        for number, one in enumerate(ARTICLES)
    ]
    documents.store_documents(db, read, now=NOW)
    for document, one in zip(read, ARTICLES, strict=True):
        articles.store_reading(db, document, (one,), version="1", now=NOW)
    search.refresh_index(db)
    line = Storyline("budget-1a2b3c", ARTICLES[:2], Headline(ARTICLES[0]), date(2026, 3, 3))
    storylines.store_storylines(db, [line], profile="daily", day=date(2026, 3, 4))
    editions.store_edition(db, [Rendition("edition.json", "application/json", RECORD)], now=NOW)
    source_states.store_state(db, "feed", {"etag": "x"}, now=NOW)
    runs.begin_run(db, profile="daily", now=NOW)
    return db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "archive.sqlite"


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    connection = filled(path)
    yield connection
    connection.close()


def ids(found: tuple[search.Found, ...]) -> list[int]:
    return [int(one.article, 16) for one in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("budget", [1, 2]),
        ("BUDGET strike", [1, 2]),
        ('"port strike"', [1]),
        ("vote -dockers", [1]),
        ("strik*", [2, 1]),
        ("votes", [1, 2]),
        ("cafe", [3]),
        ('"on the budget"', [2]),
        ("budget rates", []),
        ("NEAR(", []),
        ('headline:"rates"', []),
        ("rates OR budget", []),
    ],
)
def test_a_query_finds_articles_with_all_its_words(
    db: sqlite3.Connection, query: str, expected: list[int]
) -> None:
    assert ids(search.search_articles(db, query)) == expected


def test_newest_first_and_filters(db: sqlite3.Connection) -> None:
    assert ids(search.search_articles(db, "budget", newest=True)) == [2, 1]
    assert ids(search.search_articles(db, "budget", since=date(2026, 3, 4))) == [2]
    assert ids(search.search_articles(db, "budget", until=date(2026, 3, 3))) == [1]
    assert ids(search.search_articles(db, "budget", outlet="Nobody")) == []
    assert ids(search.search_articles(db, "budget", limit=1)) == [1]


def test_an_excerpt_marks_the_words(db: sqlite3.Connection) -> None:
    assert search.search_articles(db, '"port strike"', marks=("<", ">"))[0].excerpt == (
        "The budget vote was postponed after the <port strike>."
    )


@settings(
    deadline=None, suppress_health_check=list(HealthCheck)
)  # how fast the machine is does not matter
@given(query=some.text(max_size=30))
def test_no_query_is_an_error_in_the_database(query: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (a)")
    try:
        with contextlib.suppress(UsageError):
            db.execute(
                "SELECT * FROM t WHERE t MATCH ?", (search.match_expression(query),)
            ).fetchall()
    finally:
        db.close()


def test_a_mended_headline_is_found_and_the_old_one_no_longer(db: sqlite3.Connection) -> None:
    articles.store_articles(
        db, [article(3, ARTICLES[2].text, "Interest unchanged", day=5)], now=NOW
    )

    assert ids(search.search_articles(db, "interest")) == [3]
    assert ids(search.search_articles(db, '"rates" -stay')) == []
    assert maintenance.check_integrity(db) == ()


def test_a_sound_archive_has_no_faults(db: sqlite3.Connection) -> None:
    assert maintenance.check_integrity(db) == ()


def test_every_kind_of_damage_is_named(db: sqlite3.Connection) -> None:
    db.execute("UPDATE document SET content = x'00' WHERE size = 52")
    db.execute("UPDATE article SET sha256 = 'x' WHERE number = 2")
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("DELETE FROM receipt WHERE origin = 'clips/2.txt'")
    db.execute("DELETE FROM article_index_data WHERE id > 10")

    faults = maintenance.check_integrity(db)

    assert [fault.split(":")[0].split("(")[0].strip() for fault in faults] == [
        "table found_in, row None",
        "the search index is damaged",
        f"document {Document('', ARTICLES[0].text.encode()).sha256}",
        "article 0000000000000002",
    ]
    maintenance.rebuild_search_index(db)
    assert len(maintenance.check_integrity(db)) == 3


def test_flipped_bytes_of_the_file_are_found(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    content = bytearray(path.read_bytes())
    place = content.index(b"Budget vote postponed")
    content[place : place + 6] = b"FORGED"
    path.write_bytes(content)

    again = connect(path)

    assert maintenance.check_integrity(again) != ()
    again.close()


def test_a_backup_is_the_archive_of_one_moment_in_one_file(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    maintenance.back_up_archive(db, tmp_path / "backup.sqlite")

    assert [one.name for one in tmp_path.glob("*backup*")] == ["backup.sqlite"]
    copy = connect(tmp_path / "backup.sqlite")
    assert list(export.export_archive(copy)) == list(export.export_archive(db))
    copy.close()
    with pytest.raises(BriefingError, match="never overwritten"):
        maintenance.back_up_archive(db, tmp_path / "backup.sqlite")
    with pytest.raises(BriefingError, match="cannot be written"):
        maintenance.back_up_archive(db, tmp_path / "nowhere" / "backup.sqlite")


def test_an_export_is_the_whole_archive(db: sqlite3.Connection, tmp_path: Path) -> None:
    lines = list(export.export_archive(db))
    other = connect(tmp_path / "other.sqlite")

    added = export.import_archive(other, lines)

    assert added == len(lines) - 1
    assert list(export.export_archive(other)) == lines
    assert ids(search.search_articles(other, "budget")) == [1, 2]
    assert export.import_archive(other, lines) == 0
    assert maintenance.check_integrity(other) == ()
    other.close()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "line 2: this is no row"),
        ('{"table": "sqlite_schema", "row": {}}', "no table is called 'sqlite_schema'"),
        ('{"table": "run", "row": {"x); DROP TABLE run": 1}}', "run has no column"),
        ('{"table": "told", "row": {"edition": "x"}}', "line 2: this is no row"),
        ("[]", "line 2: this is no row"),
    ],
)
def test_what_is_no_export_is_refused_and_adds_nothing(
    db: sqlite3.Connection, line: str, message: str
) -> None:
    before = list(export.export_archive(db))

    with pytest.raises(BriefingError) as refusal:
        export.import_archive(db, [before[0], line])
    with pytest.raises(BriefingError, match="no export of an archive"):
        export.import_archive(db, ['{"format": "other"}'])

    assert message in str(refusal.value)
    assert list(export.export_archive(db)) == before


def test_licences_say_how_long_documents_and_texts_stay(db: sqlite3.Connection, path: Path) -> None:
    free = article(9, "A free text about the budget.", licence="CC BY")
    old = article(8, "A licensed text about the budget.", licence="press agency")
    articles.store_articles(db, [free, old], now=NOW)
    search.refresh_index(db)
    rules = [Retention("CC*"), Retention("press agency", documents=7, texts=30)]

    assert maintenance.prune(db, rules, now=NOW + timedelta(days=6)) == Pruned(0, 0)
    assert maintenance.prune(db, rules, now=NOW + timedelta(days=8)) == Pruned(3, 0)
    assert maintenance.prune(db, rules, now=NOW + timedelta(days=31)) == Pruned(0, 1)

    assert ids(search.search_articles(db, "licensed")) == []
    assert ids(search.search_articles(db, "free")) == [9]
    assert articles.load_articles(db, [old.id])[old.id].headline == "News"
    assert (
        documents.load_document(db, "clips/0.txt", Document("", ARTICLES[0].text.encode()).sha256)
        is None
    )
    assert maintenance.check_integrity(db) == ()


def test_the_first_rule_that_fits_decides(db: sqlite3.Connection) -> None:
    rules = [Retention("press*"), Retention("*", documents=1, texts=1)]

    assert maintenance.prune(db, rules, now=NOW + timedelta(days=9)) == Pruned(0, 3)


def test_figures_count_every_table(db: sqlite3.Connection, path: Path) -> None:
    figures = maintenance.archive_statistics(db, path)

    assert {
        name: figures[name] for name in ("document", "article", "storyline", "edition", "run")
    } == {
        "document": 3,
        "article": 3,
        "storyline": 1,
        "edition": 1,
        "run": 1,
    }
    assert set(maintenance.TABLES) | {"bytes"} == figures.keys()
    assert maintenance.article_day_range(db) == (date(2026, 3, 3), date(2026, 3, 5))


def steps(last: int) -> dict[int, str]:
    return {number: script for number, script in schema.load_migrations().items() if number <= last}


@pytest.mark.parametrize("before", list(schema.load_migrations())[:-1] or [0])
def test_every_earlier_schema_is_brought_up_with_a_backup(path: Path, before: int) -> None:
    path.parent.mkdir()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.row_factory = sqlite3.Row
    if before:
        schema.migrate_database(raw, path, application=APPLICATION, steps=steps(before))
        raw.execute("INSERT INTO source_state VALUES ('feed', '{}', '2026-03-05T05:00:00Z')")
    raw.close()

    db = connect(path)

    assert schema.user_version(db) == max(schema.load_migrations())
    assert list(source_states.load_all_states(db)) == (["feed"] if before else [])
    assert maintenance.check_integrity(db) == ()
    db.close()
    copies = [sqlite3.connect(copy) for copy in path.parent.glob("*.before-*")]
    assert [copy.execute("PRAGMA user_version").fetchone()[0] for copy in copies] == (
        [before] if before else []
    )
    for copy in copies:
        copy.close()


KEPT = (
    Path(__file__).parents[1] / "data" / "archives"
)  # each filled by the program that wrote that schema, with `filled`


@pytest.mark.parametrize("before", list(schema.load_migrations())[:-1])
def test_an_archive_that_an_earlier_program_wrote_loses_nothing(path: Path, before: int) -> None:
    path.parent.mkdir()
    path.write_bytes(lzma.decompress((KEPT / f"{before}.sqlite.xz").read_bytes()))

    db = connect(path)

    assert schema.user_version(db) == max(schema.load_migrations())
    assert maintenance.check_integrity(db) == ()
    assert [
        one.text for one in articles.load_articles(db, [one.id for one in ARTICLES]).values()
    ] == [a.text for a in ARTICLES]
    assert [found.article for found in search.search_articles(db, "budget strike")] == [
        ARTICLES[0].id,
        ARTICLES[1].id,
    ]
    (edition,) = editions.latest_editions(db, profile="daily")
    assert editions.load_renditions(db, edition.id)[0].content == RECORD
    assert list(storylines.known_storylines(db, profile="daily", since=date(2026, 3, 1)))
    assert source_states.load_all_states(db) == {"feed": {"etag": "x"}}
    assert [one.address for one in recipients.load_recipients(db, "daily")] == (
        ["reader@example.org"] if before > 1 else []
    )
    db.close()


def test_a_newer_schema_is_refused(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA user_version = 999")

    with pytest.raises(BriefingError, match="install the newer briefing"):
        connect(path)


def test_a_failing_migration_changes_nothing(db: sqlite3.Connection, path: Path) -> None:
    last = schema.user_version(db)
    bad = {**schema.load_migrations(), last + 1: "CREATE TABLE good (a);\nCREATE TABLE run (a);\n"}
    before = list(db.execute("SELECT sql FROM sqlite_schema"))

    with pytest.raises(BriefingError, match=f"migration {last + 1} failed"):
        schema.migrate_database(db, path, application=APPLICATION, steps=bad)

    assert schema.user_version(db) == last
    assert [row[:] for row in db.execute("SELECT sql FROM sqlite_schema")] == [
        row[:] for row in before
    ]


def test_a_migration_that_loses_parents_changes_nothing(db: sqlite3.Connection, path: Path) -> None:
    last = schema.user_version(db)
    bad = {**schema.load_migrations(), last + 1: "DELETE FROM document;\n"}

    with pytest.raises(BriefingError, match="without parents"):
        schema.migrate_database(db, path, application=APPLICATION, steps=bad)

    assert db.execute("SELECT count(*) FROM document").fetchone()[0] == 3


@pytest.mark.parametrize(
    "content", [b"", b"no database at all, only text" * 99, b"SQLite format 3\0" + b"\0" * 4000]
)
def test_what_is_no_archive_is_refused_or_begun(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "archive.sqlite"
    path.write_bytes(content)

    if content:
        with pytest.raises(BriefingError, match=r"archive\.sqlite"):
            connect(path)
    else:
        connect(path).close()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mail.sqlite"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE mail (a)")
    raw.close()
    before = path.read_bytes()

    with pytest.raises(BriefingError, match="another program"):
        connect(path)

    assert path.read_bytes() == before


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "briefing.toml").write_text(
        '[[retention]]\nlicence = "press agency"\ndocuments = 1\n'
    )
    filled(tmp_path / "state" / "archive.sqlite").close()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_of_the_archive(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_command(["archive", "check"]) == 0
    assert run_command(["archive", "stats"]) == 0
    assert run_command(["archive", "backup", "copy.sqlite"]) == 0
    capfd.readouterr()
    assert run_command(["archive", "export"]) == 0
    (desk / "all.jsonl").write_text(capfd.readouterr().out)
    assert run_command(["archive", "import", "all.jsonl"]) == 0
    assert capfd.readouterr().out == "added 0 rows\n"
    assert run_command(["archive", "prune"]) == 0
    assert capfd.readouterr().out == "removed 3 documents and 0 texts\n"


def test_the_command_of_searching(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_command(["search", "port", "strike", "--limit", "1"]) == 0
    assert capfd.readouterr().out == (
        "2026-03-04  Post: Dockers strike  (0000000000000002)\n"
        "    Dockers went on [strike] in the [port]; the vote on the budget is on Friday.\n"
    )
    assert run_command(["search", "zebra"]) == 1
    assert run_command(["search", "-c", "nowhere.toml", "x"]) == 64
    assert run_command(["search", "x", "--since", "soon"]) == 64


def test_commands_make_no_archive_where_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "briefing.toml").write_text("")
    monkeypatch.chdir(tmp_path)

    assert run_command(["archive", "check"]) == 1
    assert not (tmp_path / "state").exists()


def overfill(path: Path) -> None:
    """As on a full disk: SQLite gets no more room."""
    with open_archive(path) as db:
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
        db.execute("INSERT INTO source_state VALUES ('b', ?, '')", ("x" * 100_000,))


def test_a_full_disk_is_told_in_a_sentence_and_costs_nothing_that_was_stored(
    tmp_path: Path,
) -> None:
    path = tmp_path / "archive.sqlite"
    with open_archive(path) as db:
        db.execute("INSERT INTO source_state VALUES ('a', '{}', '')")

    with pytest.raises(
        BriefingError, match="make room on its disk; what was stored before is kept"
    ):
        overfill(path)

    with open_archive(path) as db:
        assert [row["location"] for row in db.execute("SELECT location FROM source_state")] == ["a"]


def test_an_error_of_the_program_stays_one(tmp_path: Path) -> None:
    with (
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        open_archive(tmp_path / "archive.sqlite") as db,
    ):
        db.execute("SELECT * FROM nowhere")
