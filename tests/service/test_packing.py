"""`briefing pack`: articles chosen by words, days, outlet or storyline, each of them behind the
news in one file.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from proof_tools import program
from proof_tools import run as run_program
from pypdf import PdfReader
from rendition_samples import STRIKE, article, item, quotes, sample

from briefing.archive import search
from briefing.archive.database.connection import open_archive
from briefing.archive.query import select_articles
from briefing.archive.store import articles as articles_
from briefing.archive.store import storylines
from briefing.cli import run_command
from briefing.config import Config, SourceSettings
from briefing.errors import BriefingError, UsageError
from briefing.model import Analysis, Article, Edition, Moment, Window
from briefing.profiles import MuteSettings, ProfileSettings
from briefing.renditions import (
    PACKS,
    expected_quotations,
    extract_text,
    missing_sentences,
    render_pack,
)
from briefing.renditions.checks import completeness
from briefing.renditions.context.pack import build_annex
from briefing.service.on_demand.pack import KINDS, Wanted, split_query_and_paths
from briefing.service.on_demand.pack import write_pack as make
from briefing.wiring import reader_config

NOW = datetime(2026, 3, 6, tzinfo=UTC)


def read(source: Article) -> Article:
    """The article with the words of its sentences, as reading leaves it."""
    spans = source.sentences
    terms = tuple(tuple(re.findall(r"\w+", span.of(source.text).lower())) for span in spans)
    return replace(source, analysis=Analysis(spans, terms, (), tuple(range(len(spans)))))


FIRST = read(
    article(
        1,
        STRIKE,
        headline="Dockers walk out",
        outlet="Marrow Wire",
        published=Moment.on(date(2026, 3, 3)),
    )
)
DEAL = (
    "The pickets went home once the port had signed, a spokeswoman said.",
    "Cranes moved again at dusk.",
)
LATER = read(
    article(
        2, DEAL, headline="A deal", outlet="Radio Vestra", published=Moment.on(date(2026, 3, 5))
    )
)
UNDATED = read(
    article(3, ["The Lower Dyke gave way at night."], headline="Flood", outlet="Marrow Wire")
)


@pytest.fixture
def workspace(tmp_path: Path) -> Config:
    """An archive of three articles, two of them a storyline."""
    with open_archive(tmp_path / "state" / "archive.sqlite") as db:
        articles_.store_articles(db, (FIRST, LATER, UNDATED), now=NOW)
        search.refresh_index(db)
        strike = item("harbour-strike-1a2b", (FIRST, LATER), quotes(FIRST, 0)).storyline
        storylines.store_storylines(db, [strike], profile="daily", day=date(2026, 3, 5))
    return Config(state=str(tmp_path / "state"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [UNDATED, FIRST, LATER]),
        ({"query": "pickets"}, [FIRST, LATER]),
        ({"query": '"Lower Dyke" -pickets'}, [UNDATED]),
        ({"outlet": "Marrow Wire"}, [UNDATED, FIRST]),
        ({"since": date(2026, 3, 4)}, [LATER]),
        ({"until": date(2026, 3, 4)}, [FIRST]),
        ({"query": "volcano"}, []),
    ],
)
def test_articles_are_chosen_by_words_outlet_and_days(
    workspace: Config, asked: dict[str, object], found: list[object]
) -> None:
    with open_archive(Path(workspace.state) / "archive.sqlite") as db:
        assert list(select_articles(db, **asked)) == found  # type: ignore[arg-type]


def test_a_pack_of_the_archive_holds_what_was_asked_for_and_nothing_else(
    workspace: Config, tmp_path: Path
) -> None:
    made = make(
        workspace,
        Wanted(storyline="harbour", client="Night desk"),
        tmp_path / "p.md",
        paths=False,
        now=NOW,
    )

    text = Path(made.address).read_text(encoding="utf-8")
    assert re.findall(r"(?m)^### (\d\. .*)", text) == ["1. Dockers walk out", "2. A deal"]
    assert "For: Night desk" in text
    assert "Lower Dyke" not in text


def test_the_same_is_asked_twice_the_same_bytes_are_made(workspace: Config, tmp_path: Path) -> None:
    first, second = (
        make(workspace, Wanted(query="pickets"), tmp_path / name, paths=False, now=NOW)
        for name in ("a.html", "b.html")
    )

    assert Path(first.address).read_bytes() == Path(second.address).read_bytes()


@pytest.mark.parametrize(
    ("wanted", "name", "message"),
    [
        (
            Wanted(query="volcano"),
            "p.md",
            "no article is as asked for, among 3 of 2026-03-03 to 2026-03-05: nothing was",
        ),
        (
            Wanted(outlet="Nobody"),
            "p.md",
            "for other words; the outlets are Marrow Wire, Radio Vestra$",
        ),
        (
            Wanted(since=date(2026, 3, 5), until=date(2026, 3, 1)),
            "p.md",
            "is later than --until 2026-03-01; exchange them",
        ),
        (Wanted(), "p.docx", r"ends in \.pdf, \.md, \.html, \.epub"),
        (
            Wanted(storyline="nothing"),
            "p.md",
            "0 storylines are called so; there are .*harbour-strike-1a2b",
        ),
    ],
)
def test_what_cannot_be_packed_is_said(
    workspace: Config, tmp_path: Path, wanted: Wanted, name: str, message: str
) -> None:
    with pytest.raises(BriefingError, match=message):
        make(workspace, wanted, tmp_path / name, paths=False, now=NOW)

    assert not (tmp_path / name).exists()


def test_without_an_archive_documents_must_be_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no archive; name documents"):
        make(
            Config(state=str(tmp_path / "none")),
            Wanted("strike"),
            tmp_path / "p.md",
            paths=False,
            now=NOW,
        )


def test_what_is_there_is_a_path_and_the_rest_are_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clippings").mkdir()
    monkeypatch.chdir(tmp_path)

    assert split_query_and_paths(("port", "strike", "clippings", "-")) == (
        "port strike",
        ("clippings", "-"),
    )
    with pytest.raises(UsageError, match="there is no such file or folder"):
        split_query_and_paths(("port", "clipings/march"))


def test_documents_are_packed_without_a_workspace(
    corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert (
        run_command(
            ["pack", "dockers", str(corpus / "2026-03-03"), "-o", "strike.epub", "--excerpts"]
        )
        == 0
    )
    assert capsys.readouterr().out == "strike.epub\n"


def test_every_article_of_documents_is_behind_the_pack(corpus: Path, tmp_path: Path) -> None:
    config = Config(sources=(SourceSettings(str(corpus / "2026-03-03")),), timezone="Europe/Vienna")
    made = make(config, Wanted(full_text=True), tmp_path / "all.md", paths=True, now=NOW)

    headings = re.findall(r"(?m)^### \d+\. ", Path(made.address).read_text(encoding="utf-8"))
    assert len(headings) > 20


@pytest.mark.parametrize("kind", [kind for kind in PACKS if kind != "pdf"])
def test_a_pack_of_every_kind_holds_every_sentence_and_every_paragraph(kind: str) -> None:
    edition, extra = (
        sample(),
        article(77, ["Only in the annex."], headline="Apart", licence="CC BY 4.0"),
    )
    made = render_pack(edition, [extra], kind=kind, query="pickets", full_text=True)

    behind = build_annex(edition, [extra], full_text=True)
    assert missing_sentences(made, [str(quote) for quote in edition.quotes]) == ()
    assert missing_sentences(made, behind.texts) == ()
    assert "Only in the annex." in extract_text(made)


def test_a_pack_as_a_book_has_a_chapter_for_each_storyline_and_article() -> None:
    edition = sample()
    with zipfile.ZipFile(io.BytesIO(render_pack(edition, kind="epub").content)) as book:
        pages = {
            name: book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")
        }
    nav = pages.pop("EPUB/nav.xhtml")
    names = {name.removeprefix("EPUB/") for name in pages}
    ids = {
        f"{name.removeprefix('EPUB/')}#{one}"
        for name in pages
        for one in re.findall(r' id="([^"]+)"', pages[name])
    }

    assert {
        "front.xhtml",
        "story-1.xhtml",
        "story-2.xhtml",
        "briefs.xhtml",
        "article-3.xhtml",
        "index.xhtml",
    } <= names
    assert set(re.findall(r'<a href="([^"#]+)"', nav)) == names
    inner = [
        link
        for page in pages.values()
        for link in re.findall(r'href="([a-z0-9-]+\.xhtml#[^"]+)"', page)
    ]
    assert inner
    assert set(inner) <= ids


def test_a_pack_for_a_reader_leaves_out_what_is_muted(workspace: Config, tmp_path: Path) -> None:
    mute = MuteSettings(words=("Dyke",))
    config = replace(
        workspace, profiles=(ProfileSettings("night", mutes=(mute,)), ProfileSettings("day"))
    )

    night, day = (
        Path(
            make(
                reader_config(config, name), Wanted(), tmp_path / f"{name}.md", paths=False, now=NOW
            ).address
        ).read_text()
        for name in ("night", "day")
    )

    assert "Lower Dyke" in day
    assert "Lower Dyke" not in night
    assert "Dockers" in night


def test_kinds_of_pack_are_those_that_files_end_in() -> None:
    assert set(KINDS.values()) == set(PACKS)


def test_texts_are_attached_where_they_are_printed_whole() -> None:
    free = article(1, STRIKE, headline="Free", outlet="Marrow Wire", licence="CC BY 4.0")
    kept = article(2, STRIKE * 9, headline="Kept", outlet="Marrow Wire")
    edition = Edition(
        "P",
        "d",
        date(2026, 3, 5),
        Window(),
        (item("s", (free, kept), quotes(free, 0)),),
        version="1",
    )

    files = PdfReader(io.BytesIO(render_pack(edition).content)).attachments

    assert {name: b"".join(content) for name, content in files.items()} == {
        f"{free.id}.txt": free.text.encode()
    }
    assert build_annex(edition, full_text=False).attached == ()
    assert len(build_annex(edition, full_text=True).attached) == 2


@pytest.mark.slow
def test_a_pack_of_five_hundred_pages_is_made_within_the_limits_and_poppler_finds_every_paragraph(
    tmp_path: Path,
) -> None:
    report = [
        f"Sentence {n} says that {n} ships were counted off Halden and that the pickets went on."
        for n in range(60)
    ]
    articles = [
        article(
            n, [f"Report {n}. {one}" for one in report], headline=f"Report {n}", licence="CC BY 4.0"
        )
        for n in range(1, 121)
    ]
    leads = tuple(item(f"s-{one.id}", (one,), quotes(one, 0, 1)) for one in articles[:50])
    edition = Edition("P", "d", date(2026, 3, 5), Window(), leads, version="1")
    (tmp_path / "pack.pdf").write_bytes(render_pack(edition, articles[50:]).content)

    text = run_program(program("pdftotext"), "-raw", str(tmp_path / "pack.pdf"), "-").stdout
    pages = text.split("\f")[:-1]
    wanted = [*expected_quotations(edition), *build_annex(edition, articles[50:]).texts]

    sys.stdout.write(
        f"\n{len(pages)} pages, {len(wanted):,} paragraphs and sentences, all found by poppler\n"
    )
    assert len(pages) >= 484
    assert len(wanted) > 7_000
    completeness.require_sentences(pages, wanted)
    with pytest.raises(BriefingError, match="1 of"):
        completeness.require_sentences(pages, [*wanted, "Nobody wrote this."])
