"""The archive's pages: every edition, month and storyline is there, every link leads somewhere, no
text acts.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import html5lib
import pytest
from hostile import MARKS

from briefing.archive.database.connection import connect
from briefing.archive.store import editions
from briefing.cli import run_command
from briefing.config import load_config
from briefing.deliveries.share import Share, mark_target, pages, publish, verify_target
from briefing.errors import BriefingError
from briefing.model import Rendition
from briefing.renditions.site import parse_chapter, rendering
from briefing.renditions.site import render_pages as site
from briefing.service.distribution import publish as publishing

DAY = date(2026, 3, 5)
STRIKE, FLOOD = "harbour-strike-0a1b2c", "orla-flood-3d4e5f"


def sentence(number: int, what: str = "Dockers") -> str:
    return f"{what} at the Port of Halden walked out for day {number}."


def quote(article: str, text: str) -> dict[str, Any]:
    return {"article": article, "start": 0, "stop": len(text), "text": text}


def record(
    day: date, *storylines: tuple[str, str], profile: str = "daily", number: int = 1
) -> dict[str, Any]:
    """An edition.json with these storylines (id, sentence), the first of them leads; the rest
    briefs.
    """
    articles = {
        f"{place:016x}": {
            "headline": f"Headline {place}", "outlet": "Marrow Wire", "published": f"{day.isoformat()}T09:40+01:00",
            "url": f"https://news.example/{day}/{place}", "document": "a.txt",
        }
        for place in range(len(storylines))
    }  # fmt: skip
    items = [
        {
            "storyline": {"id": id_, "headline": {"article": key, "text": f"{id_} on {day}"}, "articles": [key]},
            "section": "world", "status": f"day {number}", "volume": [0, number, 2], "score": {},
            "quotes": [quote(key, text)], "parts": {"numbers": [quote(key, f"There were {number} of them.")]},
        }
        for key, (id_, text) in zip(articles, storylines, strict=True)
    ]  # fmt: skip
    return {
        "title": "The Halden briefing", "profile": profile, "date": day.isoformat(), "language": "en",
        "timezone": "Europe/Vienna", "words": 90, "minutes": 1, "leads": items[:1], "briefs": items[1:],
        "articles": articles,
    }  # fmt: skip


def made(records: dict[str, dict[str, Any]], **options: Any) -> dict[str, str]:
    chapters = [
        parse_chapter(name, one, ["edition.json", "edition.html", "edition.pdf"])
        for name, one in records.items()
    ]
    return {page.name: page.content.decode() for page in site(chapters, version="1", **options)}


@pytest.fixture
def three() -> dict[str, dict[str, Any]]:
    """Three days across two months: the strike on all of them, the flood on the last."""
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)]
    lines = [[(STRIKE, sentence(number))] for number in range(1, 4)]
    lines[2].append((FLOOD, "The Orla rose to 8.1 metres."))
    return {
        f"{day}-daily": record(day, *told, number=n)
        for n, (day, told) in enumerate(zip(days, lines, strict=True), 1)
    }


def test_there_is_a_page_for_every_edition_month_and_storyline(
    three: dict[str, dict[str, Any]],
) -> None:
    pages = made(three)

    assert sorted(pages) == [
        "editions/2026-02-28-daily.html", "editions/2026-03-01-daily.html", "editions/2026-03-02-daily.html",
        "feed.xml", "index.html", "months/2026-02.html", "months/2026-03.html", "search.html",
        "storylines.html", f"storylines/{STRIKE}.html", f"storylines/{FLOOD}.html",
    ]  # fmt: skip
    assert "../2026/2026-03-02-daily/edition.html" in pages["editions/2026-03-02-daily.html"]
    assert re.search(
        (
            r'href="months/2026-03.html"><span>Mar<span class="unseen"> '
            r"2026:</span></span> <span [^>]*>2<"
        ),
        pages["index.html"],
    )


def test_a_storyline_has_all_its_days_with_every_sentence_sourced_and_dated(
    three: dict[str, dict[str, Any]],
) -> None:
    page = made(three)[f"storylines/{STRIKE}.html"]

    places = [page.index(sentence(number)) for number in (3, 2, 1)]
    assert places == sorted(places)
    for number, day in ((1, "28 February"), (2, "1 March"), (3, "2 March")):
        after = page[page.index(sentence(number)) :]
        assert re.search(r'class="link source" href="([^"]*)">([^<]*)<', after)[
            2
        ] == f"Marrow\xa0Wire, {day} 09:40".replace("Marrow\xa0", "Marrow ").replace(
            f"{day} 09:40", f"{day} 09:40".replace(" ", "\xa0")
        )  # type: ignore[index]
    assert "3\xa0days, 28 Feb – 2 Mar 2026" in page.replace("\u2009", " ")
    assert 'aria-label="2 articles on 2 March; ' in page


def test_every_link_leads_to_a_page_of_the_archive_or_to_a_file_of_an_edition(
    three: dict[str, dict[str, Any]],
) -> None:
    pages = made(three)
    files = {f"2026/{name}/{file}" for name in three for file in ("edition.html", "edition.pdf")}

    for name, text in pages.items():
        for address in re.findall(r'(?:href|action)="([^"]*)"', text):
            if not address.startswith("https://news.example/"):
                path, _, anchor = (
                    urljoin(f"http://x/{name}", address).removeprefix("http://x/").partition("#")
                )
                assert path in pages or path in files, (name, address)
                assert not anchor or f'id="{anchor}"' in pages[path]


def test_the_search_index_holds_every_sentence_and_names_days_that_are_there(
    three: dict[str, dict[str, Any]],
) -> None:
    pages = made(three)

    (found,) = re.findall(
        r'<script type="application/json" id="index">(.*?)</script>', pages["search.html"]
    )
    rows = json.loads(found)
    assert [(headline, path) for headline, path, _, _ in rows] == [
        (f"{STRIKE} on 2026-03-02", f"storylines/{STRIKE}.html"),
        (f"{FLOOD} on 2026-03-02", f"storylines/{FLOOD}.html"),
    ]  # fmt: skip
    assert rows[0][3][0] == ["2026-03-02", f"{sentence(3)} There were 3 of them."]
    assert all(f'id="d-{day}"' in pages[path] for _, path, _, told in rows for day, _ in told)


def test_the_feed_is_read_without_a_complaint(three: dict[str, dict[str, Any]]) -> None:
    feed = feedparser.parse(made(three, web="https://desk.example/news")["feed.xml"])

    assert not feed.bozo
    assert [entry.link for entry in feed.entries][:1] == [
        "https://desk.example/news/editions/2026-03-02-daily.html"
    ]
    assert len({entry.id for entry in feed.entries}) == 3


def test_the_order_of_the_editions_changes_no_byte(three: dict[str, dict[str, Any]]) -> None:
    names = list(three)
    random.Random(1).shuffle(names)

    assert made({name: three[name] for name in names}) == made(three)


def test_a_revision_replaces_its_edition_in_lists_and_storylines_and_both_have_a_page() -> None:
    pages = made(
        {
            "2026-03-05-daily": record(DAY, (STRIKE, sentence(1))),
            "2026-03-05-daily-r2": record(DAY, (FLOOD, "The Orla rose.")),
            "2026-03-04-daily": record(DAY - timedelta(1), (FLOOD, "The Orla rose before.")),
        }
    )

    assert f"storylines/{STRIKE}.html" not in pages
    assert 'href="editions/2026-03-05-daily-r2.html"' in pages["index.html"]
    assert 'href="editions/2026-03-05-daily.html"' not in pages["index.html"]
    assert "../editions/2026-03-05-daily-r2.html" in pages["editions/2026-03-05-daily.html"]
    assert "Edition · Revision 2" in pages["editions/2026-03-05-daily-r2.html"]


@pytest.mark.parametrize(
    ("language", "word"), [("de", "Neueste Ausgabe"), ("fr", "Dernière édition"), ("es", "Última")]
)
def test_the_pages_speak_the_language_of_their_editions(language: str, word: str) -> None:
    one = record(DAY, (STRIKE, sentence(1)))
    one["language"] = language
    pages = made({"2026-03-05-daily": one})

    assert word in pages["index.html"]
    for name, text in pages.items():
        assert f'lang="{language}"' in text
        assert not re.search(r">(Editions|Storylines|Search the archive|Latest edition)<", text), (
            name
        )


def test_two_profiles_tell_one_storyline_once() -> None:
    told = [(STRIKE, sentence(1))]
    pages = made(
        {
            "2026-03-05-daily": record(DAY, *told),
            "2026-03-05-minister": record(DAY, *told, profile="minister"),
        }
    )

    page = pages[f"storylines/{STRIKE}.html"]
    assert page.count(sentence(1)) == 1
    assert page.count("../editions/2026-03-05-") == 2
    assert pages["index.html"].count("Latest edition") == 2


def test_a_storyline_that_went_quiet_is_named_and_has_no_day_of_it() -> None:
    quiet = record(DAY, (FLOOD, "The Orla rose."), (STRIKE, ""))
    quiet["briefs"][0] |= {
        "section": "Followed, no news",
        "status": "no news since 2026-03-04",
        "quotes": [],
        "parts": {},
    }
    pages = made(
        {
            "2026-03-05-daily": quiet,
            "2026-03-04-daily": record(DAY - timedelta(1), (STRIKE, sentence(1))),
        }
    )

    assert 'id="d-2026-03-05"' not in pages[f"storylines/{STRIKE}.html"]
    assert f"../storylines/{STRIKE}.html" in pages["editions/2026-03-05-daily.html"]
    assert "No news since 4 March" in pages["editions/2026-03-05-daily.html"]


def test_a_quiet_day_and_no_edition_at_all() -> None:
    pages = made({"2026-03-05-daily": record(DAY)})

    assert "A quiet day" in pages["index.html"]
    assert not feedparser.parse(pages["feed.xml"]).bozo
    assert made({}) == {}


@pytest.mark.parametrize(
    "change",
    [
        {"date": "2026-03-06"}, {"leads": None}, {"leads": [{}]}, {"words": "many"}, {"articles": {}}, {"title": 5},
        {"timezone": "../../etc/passwd"}, {"language": None},
    ],
)  # fmt: skip
def test_a_damaged_record_is_named(change: dict[str, Any]) -> None:
    with pytest.raises(BriefingError, match=r"2026-03-05-daily: its edition\.json is"):
        parse_chapter("2026-03-05-daily", {**record(DAY, (STRIKE, sentence(1))), **change}, [])


HOSTILE = (
    *MARKS,
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    "</style><script>alert(1)</script>",
    "\u2028\u2029\x00\x1f\ud800",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "../../../etc/passwd",
)
OURS = re.compile(
    "html|head|meta|title|link|style|body|a|header|p|nav|ul|li|main|section|h[123]|time|span|div|svg|rect|footer|article|"
    "form|label|input|button|ol|noscript|script|bdi"
)


def hostile(rng: random.Random) -> dict[str, Any]:
    """An edition in which every text is one of the hostile ones."""
    text = lambda: rng.choice(HOSTILE) + " " + rng.choice(HOSTILE)  # noqa: E731
    one = record(DAY, *((text(), text()) for _ in range(6)))
    one["title"] = text()
    for article in one["articles"].values():
        article |= {
            "headline": text(),
            "outlet": text(),
            "url": rng.choice(HOSTILE),
            "document": text(),
        }
    for item in (*one["leads"], *one["briefs"]):
        item |= {"section": text(), "status": text()}
        item["storyline"]["headline"]["text"] = text()
    return one


def elements(text: str) -> Iterable[Any]:
    return html5lib.parse(text, treebuilder="lxml", namespaceHTMLElements=False).getroot().iter()


@pytest.mark.parametrize("seed", range(6))
def test_nothing_from_outside_becomes_an_element_an_attribute_or_a_path(seed: int) -> None:
    pages = made({"2026-03-05-daily": hostile(random.Random(seed))})
    scripts = []

    for name, text in pages.items():
        assert re.fullmatch(r"((editions|months|storylines)/)?[a-z0-9-]+\.(html|xml)", name)
        if name == "feed.xml":
            assert not feedparser.parse(text).bozo
            continue
        for element in elements(text):
            if not isinstance(element.tag, str):
                continue  # a comment; none is ours
            assert OURS.fullmatch(element.tag.rpartition("}")[2]), (name, element.tag)
            assert not any(
                attribute.startswith("on") or attribute == "style" for attribute in element.attrib
            )
            address = element.get("href") or element.get("action") or ""
            assert re.match(
                r"(https?://|mailto:|#|(\.\./)?[a-z0-9/-]+\.(html|xml|pdf|md)$|$)", address
            ), address
            scripts += [element.get("type", "run")] if element.tag == "script" else []
    assert scripts == ["application/json", "run"]


def test_only_a_pages_own_style_and_script_may_act(three: dict[str, dict[str, Any]]) -> None:
    for name, text in made(three).items():
        if name.endswith(".html"):
            (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
            assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
            assert ("script-src" in policy) == (name == "search.html")
            assert "unsafe" not in policy


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    mark_target(folder)
    return folder


def page(name: str, text: str = "x") -> Rendition:
    return Rendition(name, "text/html", text.encode())


def test_only_changed_pages_are_written_and_others_go(target: Path) -> None:
    first = pages.update_pages(
        [page("index.html"), page("editions/a.html"), page("storylines/b.html")], Share(target)
    )
    times = {path: path.stat().st_mtime_ns for path in target.rglob("*.html")}
    again = pages.update_pages([page("index.html", "y"), page("editions/a.html")], Share(target))

    assert (first.written, again.written, again.kept, again.removed) == (3, 1, 1, 1)
    assert (target / "editions" / "a.html").stat().st_mtime_ns == times[
        target / "editions" / "a.html"
    ]
    assert not (target / "storylines" / "b.html").exists()
    assert verify_target(target) == ()
    (target / "index.html").write_text("z")
    assert [fault.rpartition(": ")[2] for fault in verify_target(target)] == [
        "it was changed since it was published"
    ]


def test_a_lost_or_forged_list_costs_nothing_but_time(target: Path) -> None:
    (target / "precious.txt").write_text("not ours")
    pages.update_pages([page("index.html"), page("editions/a.html")], Share(target))
    (target / "site.json").unlink()
    assert (
        pages.update_pages([page("index.html"), page("editions/a.html")], Share(target)).written
        == 0
    )

    forged = dict.fromkeys(
        ("../secret.html", "precious.txt", "2026/x/edition.html", "/etc/passwd"), "0" * 64
    )
    (target.parent / "secret.html").write_text("mine")
    (target / "site.json").write_text(json.dumps({"pages": forged}))
    assert pages.update_pages([page("index.html")], Share(target)).removed == 0
    assert (target / "precious.txt").exists()
    assert (target.parent / "secret.html").exists()


def test_what_is_linked_to_is_there_before_what_links_to_it(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    replace = Path.replace
    monkeypatch.setattr(
        Path,
        "replace",
        lambda self, to: (order.append(to.relative_to(target).as_posix()), replace(self, to))[1],
    )

    names = (
        "index.html",
        "feed.xml",
        "months/2026-03.html",
        "storylines/b.html",
        "editions/a.html",
        "search.html",
    )
    pages.update_pages([page(name) for name in names], Share(target))

    assert order[:3] == [
        "site.json",
        "editions/a.html",
        "storylines/b.html",
    ]  # the list tells what is about to change
    assert order[3:] == [
        "months/2026-03.html",
        "search.html",
        "feed.xml",
        "index.html",
        "site.json",
    ]


def test_what_a_writer_that_was_cut_off_left_is_put_right(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page it had changed becomes the old one again, one that nobody wants any more goes."""
    old = [page("index.html", "old"), page("editions/a.html", "old")]
    pages.update_pages(old, Share(target))
    with monkeypatch.context() as patch:
        replace = Path.replace

        def cut(self: Path, to: Path) -> Path:
            if to.name == "index.html":
                raise KeyboardInterrupt
            return replace(self, to)

        patch.setattr(Path, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            pages.update_pages(
                [
                    page("index.html", "new"),
                    page("editions/a.html", "new"),
                    page("editions/b.html"),
                ],
                Share(target),
            )
    assert (target / "editions" / "a.html").read_bytes() == page("editions/a.html", "new").content
    assert verify_target(target) == ()

    pages.update_pages(old, Share(target))

    assert (target / "editions" / "a.html").read_bytes() == page("editions/a.html", "old").content
    assert not (target / "editions" / "b.html").exists()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: Path) -> Path:
    (tmp_path / "briefing.toml").write_text('[share]\ntarget = "share"\n')
    monkeypatch.chdir(tmp_path)
    run_command(["publish", "--init", "share"])
    return tmp_path


def stored(desk: Path, *records: dict[str, Any]) -> list[publishing.Published]:
    config = load_config(desk / "briefing.toml")
    db = connect(desk / "state" / "archive.sqlite")
    done = []
    for one in records:
        day = date.fromisoformat(one["date"])
        now = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        files = [
            Rendition("edition.json", "application/json", json.dumps(one).encode()),
            page("edition.html", "News"),
        ]
        done.append(
            publishing.publish_edition(
                db, config, editions.store_edition(db, files, now=now).id, now=now
            )
        )
    db.close()
    return done


def test_publishing_an_edition_brings_the_pages_up_to_it(desk: Path, target: Path) -> None:
    done = stored(
        desk, record(DAY - timedelta(1), (STRIKE, sentence(1))), record(DAY, (STRIKE, sentence(2)))
    )

    assert [one.warnings for one in done] == [(), ()]
    story = (target / "storylines" / f"{STRIKE}.html").read_text()
    assert sentence(1) in story
    assert sentence(2) in story
    assert verify_target(target) == ()


def test_editions_that_another_machine_published_are_told_too(desk: Path, target: Path) -> None:
    content = json.dumps(
        record(DAY - timedelta(1), (STRIKE, sentence(1)), profile="analyst")
    ).encode()
    publish(
        "2026-03-04-analyst",
        [Rendition("edition.json", "application/json", content)],
        Share(target),
    )
    publish(
        "2026-03-03-analyst", [Rendition("edition.json", "application/json", b"[1]")], Share(target)
    )

    (done,) = stored(desk, record(DAY, (STRIKE, sentence(2))))

    assert sentence(1) in (target / "storylines" / f"{STRIKE}.html").read_text()
    assert len(done.warnings) == 1
    assert done.warnings[0].startswith("2026-03-03-analyst: its edition.json is damaged")


def test_pages_of_editions_that_are_no_longer_kept_go_with_them(desk: Path, target: Path) -> None:
    (desk / "briefing.toml").write_text('[share]\ntarget = "share"\nkeep = 1\n')

    stored(
        desk,
        record(DAY - timedelta(1), (FLOOD, "The Orla rose.")),
        record(DAY, (STRIKE, sentence(2))),
    )

    assert [path.name for path in (target / "editions").iterdir()] == ["2026-03-05-daily.html"]
    assert [path.name for path in (target / "storylines").iterdir()] == [f"{STRIKE}.html"]
    assert verify_target(target) == ()


def test_without_pages_there_are_none(desk: Path, target: Path) -> None:
    (desk / "briefing.toml").write_text('[share]\ntarget = "share"\nsite = false\n')

    stored(desk, record(DAY, (STRIKE, sentence(1))))

    assert not (target / "index.html").exists()
    assert (target / "latest.json").exists()


def test_a_template_that_is_wrong_costs_the_pages_and_not_the_edition(
    desk: Path, target: Path
) -> None:
    (desk / "mine").mkdir()
    (desk / "mine" / "site-index.html").write_text("{{ nobody }}")
    (desk / "briefing.toml").write_text('templates = "mine"\n[share]\ntarget = "share"\n')

    (done,) = stored(desk, record(DAY, (STRIKE, sentence(1))))

    assert (target / done.place / "edition.html").exists()
    assert "'nobody' is undefined" in done.warnings[0]


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Templates of pages as they are filled; publishing stays in this process."""
    names: list[str] = []
    fill = rendering.fill
    monkeypatch.setattr(
        rendering,
        "fill",
        lambda name, context, **more: (names.append(name), fill(name, context, **more))[1],
    )
    monkeypatch.setattr(
        "briefing.deliveries.deadline.run_within", lambda seconds, work, *, what: work()
    )
    return names


WHOLE = [
    "site-feed.xml",
    "site-index.html",
    "site-search.html",
    "site-storylines.html",
]  # they tell of all editions


def days(count: int) -> list[dict[str, Any]]:
    """The first day tells of a flood, every other one of a strike; each a month after the one
    before.
    """
    records = [record(DAY, (FLOOD, "The Orla rose."))]
    records += [
        record(date(2026, 3 + n, 5), (STRIKE, sentence(n)), number=n) for n in range(1, count)
    ]
    return records


def made_pages(names: list[str]) -> list[str]:
    pages_ = sorted(
        name for name in names if name.startswith("site-") and name.endswith((".html", ".xml"))
    )
    names.clear()
    return pages_


def test_a_day_more_makes_only_the_pages_that_it_changes(
    desk: Path, target: Path, filled: list[str]
) -> None:
    stored(desk, *days(5))
    filled.clear()

    stored(desk, days(6)[-1])

    # Its own page and those of the days that told the strike (its picture has a day more), their
    # months; not the flood.
    editions_, months = ["site-edition.html"] * 5, ["site-month.html"] * 5
    assert made_pages(filled) == sorted([*WHOLE, *editions_, *months, "site-storyline.html"])
    stored(desk, days(6)[-1])
    assert made_pages(filled) == []


def test_pages_made_in_steps_are_those_made_at_once(
    desk: Path, target: Path, filled: list[str]
) -> None:
    stored(desk, *days(4))
    grown = {
        path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*.html")
    }
    for path in (desk / "state").glob("pages-*.json"):
        path.unlink()
    filled.clear()

    stored(desk, days(4)[-1])

    assert (
        len(made_pages(filled))
        == len([name for name in grown if not name.startswith(("2026/", "latest"))]) + 1
    )  # the feed
    assert {
        path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*.html")
    } == grown


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b'{"schema": "briefing-pages/1", "chapters": [], "pages": {}}', b"\xff"]
)
def test_a_memory_of_pages_that_cannot_be_read_costs_nothing_but_time(
    desk: Path, target: Path, filled: list[str], damage: bytes
) -> None:
    stored(desk, *days(2))
    (memory,) = (desk / "state").glob("pages-*.json")
    memory.write_bytes(damage)
    filled.clear()

    (done,) = stored(desk, days(2)[-1])

    assert done.warnings == ()
    assert len(made_pages(filled)) > len(WHOLE)
    assert json.loads(memory.read_bytes())["pages"]


def test_a_page_that_was_lost_or_a_template_that_changed_is_made_anew(
    desk: Path, target: Path, filled: list[str]
) -> None:
    stored(desk, *days(2))
    (target / "storylines" / f"{STRIKE}.html").unlink()
    filled.clear()
    stored(desk, days(2)[-1])
    assert made_pages(filled) == ["site-storyline.html"]

    (desk / "templates").mkdir()
    (desk / "templates" / "site-index.html").write_text("ours")
    (desk / "briefing.toml").write_text('templates = "templates"\n[share]\ntarget = "share"\n')
    stored(desk, days(2)[-1])

    assert (target / "index.html").read_text() == "ours"
    assert verify_target(target) == ()


def test_old_storylines_stand_on_the_pages_of_their_months(
    three: dict[str, dict[str, Any]],
) -> None:
    months = {
        f"2025-{month:02}-05-daily": record(
            date(2025, month, 5), (f"affair-{month}-0a1b2{month % 10}", "It began.")
        )
        for month in range(1, 9)
    }

    pages_ = made(months)

    listed = re.findall(r'href="(storylines/[^"]+)"', pages_["storylines.html"])
    assert len(listed) == 6
    assert 'href="months/2025-01.html"' in pages_["storylines.html"]
    assert "storylines/affair-1-0a1b21.html" in pages_["months/2025-01.html"]
