"""`briefing sources` and `briefing collect`: lists kept, sources told apart, documents in the
archive.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import loopback
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Site

from briefing.archive.database.connection import open_archive
from briefing.cli import run_command
from briefing.config import configured_sources as configured
from briefing.config import load_config
from briefing.errors import ConfigError, UsageError
from briefing.model import Source
from briefing.service.collection.source_health import assess_source
from briefing.service.collection.subscriptions import add_sources, remove_source
from briefing.sources import SourceState
from briefing.syndication import parse_opml

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)
Told = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Told:
    """`told("sources", "list")` in a workspace with one empty folder: exit code, lines on stdout,
    stderr.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clips").mkdir()
    (tmp_path / "briefing.toml").write_text(
        '[collect]\npause = 0\n\n[[sources]]\nlocation = "clips"\n'
    )

    def call(*arguments: str) -> tuple[int, list[str], str]:
        code = run_command(arguments)
        caught = capsys.readouterr()
        return code, caught.out.splitlines(), caught.err

    return call


def stored(folder: Path) -> int:
    with open_archive(folder / "state" / "archive.sqlite") as db:
        return int(db.execute("SELECT count(*) FROM receipt").fetchone()[0])


def test_a_site_is_added_by_the_feed_that_it_announces(site: Site, told: Told) -> None:
    site.pages |= {
        "/": loopback.text('<link rel="alternate" type="application/rss+xml" href="/news.rss">'),
        "/news.rss": loopback.text(loopback.rss(3)),
    }

    added_now = told("sources", "add", "--private", f"{site.url}/")
    again = told("sources", "add", "--private", f"{site.url}/")

    assert added_now[:2] == (0, [f"feed  {site.url}/news.rss"])
    assert "there already" in again[2]
    assert told("sources", "list")[1][1] == f"feed    {site.url}/news.rss  Outlet A"


def test_a_site_that_announces_nothing_is_looked_at_in_the_usual_places(
    site: Site, told: Told
) -> None:
    site.pages |= {"/": loopback.text("<h1>News"), "/rss.xml": loopback.text(loopback.rss(3))}

    assert told("sources", "add", "--private", f"{site.url}/")[1] == [f"feed  {site.url}/rss.xml"]


def test_a_site_without_a_feed_says_what_to_write_instead(site: Site, told: Told) -> None:
    site.pages["/"] = loopback.text("<h1>News")

    code, _, error = told("sources", "add", "--private", f"{site.url}/")

    assert code == 1
    assert 'add kind = "pages"' in error


def test_mailboxes_and_folders_are_told_apart(tmp_path: Path, told: Told) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    (tmp_path / "old.mbox").touch()

    told("sources", "add", "box", "old.mbox", "imaps://ann@mail.example.org/News", ".")

    assert [line.split()[0] for line in told("sources", "list")[1]] == [
        "folder",
        "mail",
        "mail",
        "mail",
        "folder",
    ]
    assert told("sources", "add", "nowhere")[0] == 64


def test_a_list_of_feeds_goes_in_and_comes_out(tmp_path: Path, told: Told) -> None:
    (tmp_path / "in.opml").write_text(
        '<opml version="2.0"><body><outline text="A &amp; B" xmlUrl="https://a.example/feed"/>'
        '<outline text="C" xmlUrl="https://c.example/feed"/></body></opml>'
    )

    assert told("sources", "import", "in.opml")[1] == [
        "feed  https://a.example/feed",
        "feed  https://c.example/feed",
    ]
    listed = parse_opml("\n".join(told("sources", "export")[1]).encode())

    assert [(each.url, each.title) for each in listed] == [
        ("https://a.example/feed", "A & B"),
        ("https://c.example/feed", "C"),
    ]
    assert told("sources", "import", "none.opml")[0] == 64


def test_a_source_is_removed_by_name_and_the_rest_of_the_file_left_as_it_was(
    tmp_path: Path, told: Told
) -> None:
    before = (tmp_path / "briefing.toml").read_text()
    told("sources", "import", str(opml(tmp_path)))

    assert told("sources", "remove", "A")[0] == 0

    assert (tmp_path / "briefing.toml").read_text().strip() == before.strip()
    assert told("sources", "remove", "A")[0] == 64


def opml(folder: Path) -> Path:
    path = folder / "a.opml"
    path.write_text('<opml><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>')
    return path


def test_collecting_stores_what_is_new_and_rests_in_between(
    site: Site, tmp_path: Path, told: Told
) -> None:
    (tmp_path / "clips" / "a.txt").write_text("News.")
    site.pages["/feed"] = loopback.text(fresh(3), "application/rss+xml")
    told("sources", "add", "--private", f"{site.url}/feed")
    before = len(site.asked)

    first = told("collect")
    second = told("collect")
    third = told("collect", "--early")

    assert (first[0], sorted(first[1])) == (
        0,
        [f"    1  {tmp_path}/clips", f"    3  {site.url}/feed"],
    )
    assert (second[:2], third[:2]) == ((0, []), (0, []))
    assert len(site.asked) - before == 2
    assert stored(tmp_path) == 4


def fresh(count: int) -> bytes:
    """A feed of today, whatever day that is."""
    return loopback.rss(count).replace(
        b"Thu, 05 Mar 2026", f"{datetime.now(UTC):%a, %d %b %Y}".encode()
    )


def test_a_source_that_fails_is_named_and_the_exit_code_says_so(
    site: Site, tmp_path: Path, told: Told
) -> None:
    site.pages["/feed"] = loopback.text(fresh(1))
    told("sources", "add", "--private", f"{site.url}/feed")
    site.pages["/feed"] = loopback.status(500)
    (tmp_path / "clips" / "a.txt").write_text("News.")

    code, lines, error = told("collect")

    assert (code, len(lines)) == (3, 1)
    assert f"{site.url}/feed: the server answered 500" in error
    assert told("collect", "--source", f"{site.url}/feed")[0] == 1
    assert told("collect", "--source", "nobody")[0] == 64
    code, lines, _ = told("sources", "health")
    assert code == 3
    assert lines[1].startswith(
        f"failing  {site.url}/feed: failed 2 times in a row; last well never: "
    )


def test_a_source_is_tried_without_storing_anything(site: Site, tmp_path: Path, told: Told) -> None:
    site.pages["/feed"] = loopback.text(fresh(30))
    told("sources", "add", "--private", f"{site.url}/feed")

    code, lines, _ = told("sources", "test", f"{site.url}/feed")

    assert (code, len(lines)) == (0, 10)
    assert not (tmp_path / "state").exists()


def test_every_setting_of_a_source_reaches_it(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(
        """
        [[sources]]
        kind = "pages"
        location = "https://a.example/"
        pattern = '/20\\d\\d/'
        items = 9
        private = true
        [[sources]]
        kind = "desk.wire:entries"
        location = "wire"
        [sources.options]
        channel = 4
        """
    )

    pages, own = configured(load_config(tmp_path / "briefing.toml"))

    assert (pages.settings["pattern"], pages.settings["items"], pages.settings["private"]) == (
        r"/20\d\d/",
        9,
        True,
    )
    assert own.settings["channel"] == 4


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("pattern = '('", "is no regular expression"),
        ("password = 's3cret'", "the password itself must not stand here"),
        (
            "location = 'https://ann:s3cret@example.org/feed'",
            "a password must not stand in an address",
        ),
        ("full = 'sometimes'", "is none of never, teasers, always"),
        ("options = 3", "a table is expected"),
    ],
)
def test_a_wrong_setting_of_a_source_is_refused(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "briefing.toml").write_text(f"[[sources]]\n{line}\n")

    with pytest.raises(ConfigError, match=message):
        load_config(tmp_path / "briefing.toml")


HEALTH = SourceState(last_visit=NOW, last_good=NOW, last_changed=NOW, given=4)


@pytest.mark.parametrize(
    ("state", "condition", "sentence"),
    [
        (SourceState(), "new", "not collected yet"),
        (HEALTH, "well", r"2026-03-05 \(4 documents\)"),
        (SourceState(last_visit=NOW, gone=True), "gone", "remove it"),
        (
            SourceState(last_visit=NOW, failures=3, fault="x: y"),
            "failing",
            "failed 3 times in a row; last well never: x: y",
        ),
        (
            SourceState(last_visit=NOW, last_changed=NOW - timedelta(days=9)),
            "silent",
            "nothing new for 9 days",
        ),
        (
            SourceState(last_visit=NOW, silent_since=NOW - timedelta(days=30)),
            "silent",
            "for 30 days",
        ),
        (
            SourceState(last_visit=NOW, last_changed=NOW, not_before=NOW + timedelta(hours=1)),
            "resting",
            "19:00 UTC",
        ),
    ],
)
def test_how_a_source_is_doing_is_one_word_and_one_sentence(
    state: SourceState, condition: str, sentence: str
) -> None:
    found = assess_source(Source("feed", "https://a.example/"), state, NOW)

    assert found.condition == condition
    with pytest.raises(AssertionError, match=sentence):
        raise AssertionError(found.sentence)


FILE = """# ours
title = "Desk"

[[sources]]  # first
location = "a"
name = "A"

[sources.options]
x = 1

# the second
[[ sources ]]
location = "b"

# mail
[mail]
server = "x"
"""


def test_only_the_lines_of_a_source_are_cut() -> None:
    rest = remove_source(FILE, "A")

    assert "# the second" in rest
    assert "# ours" in rest
    assert [each["location"] for each in tomllib.loads(rest)["sources"]] == ["b"]
    assert remove_source(FILE, "b").count("# mail") == 1


@pytest.mark.parametrize(
    "text", ['sources = [{location = "a", name = "A"}]\n', 'x = """\n[[sources]]\n"""\n' + FILE]
)
def test_a_file_that_cannot_be_edited_safely_is_left_alone(text: str) -> None:
    with pytest.raises((ConfigError, UsageError)):
        remove_source(text, "A")


@given(st.text(), st.text())
def test_any_name_survives_being_written(location: str, name: str) -> None:
    location, name = (each.encode("utf-8", "replace").decode() for each in (location, name))
    text, _ = add_sources(FILE, [{"kind": "feed", "location": location, "name": name}])

    assert tomllib.loads(text)["sources"][-1] == {
        "kind": "feed",
        "location": location,
        "name": name,
    }


def test_trying_a_source_tells_what_would_be_read_of_it(
    site: Site, tmp_path: Path, told: Told
) -> None:
    site.pages["/feed"] = loopback.text(fresh(2))
    told("sources", "add", "--private", f"{site.url}/feed")
    (tmp_path / "clips" / "empty.txt").write_text("")

    feed = told("sources", "test", "Outlet A")
    folder = told("sources", "test", "clips")
    site.pages["/feed"] = loopback.status(500)
    failing = told("sources", "test", "Outlet A")

    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert feed[1] == [f"{today}     58  A report {n}  https://news.example/A/{n}" for n in (0, 1)]
    assert (folder[0], folder[1]) == (
        3,
        ["nothing readable was found (empty); kept out of the edition"],
    )
    assert (failing[0], failing[1]) == (1, [])
    assert "the server answered 500" in failing[2]


STORIES = {
    "harbour": "The harbour of Grünau reopened after eleven days of storm and "
    "repairs to its gates. Ninety ferries had "
    "waited outside the mole. The pilots' guild asks for a second lock.",
    "budget": "The council of Marl passed its budget for schools with a majority of "
    "three votes. Two new teachers will "
    "come to each class of beginners. The opposition calls the sum too small for the roofs alone.",
    "rail": "Trains between Halden and Sundby ran again after the bridge had been "
    "inspected twice by engineers. "
    "Commuters had taken buses for a month. The railway promises free tickets until "
    "the end of spring.",
}


def feeds_in_all_shapes(day: datetime) -> dict[str, tuple[bytes, str]]:
    """Three outlets with the same three stories: RSS 2.0, Atom, JSON Feed."""
    entries = [(f"{name.title()} news", f"{text}", name) for name, text in STORIES.items()]
    rss = "".join(
        f"<item><title>{title}</title><link>https://a.example/{name}</link><description>{text} "
        "(A)</description>"
        f"<pubDate>{day:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for title, text, name in entries
    )
    atom = "".join(
        f"<entry><title>{title}</title><link href='https://b.example/{name}'/><id>b:{name}</id>"
        f"<updated>{day.isoformat()}</updated><content>{text} So the Post.</content></entry>"
        for title, text, name in entries
    )
    items = [
        {"id": name, "url": f"https://c.example/{name}", "title": title, "content_text": f"{text} Readers asked.",
         "date_published": day.isoformat()}
        for title, text, name in entries
    ]  # fmt: skip
    return {
        "/rss": (
            f"<rss version='2.0'><channel><title>Courier</title>{rss}</channel></rss>".encode(),
            "text/xml",
        ),
        "/atom": (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title>{atom}</feed>".encode(),
            "application/atom+xml",
        ),
        "/json": (
            json.dumps(
                {"version": "https://jsonfeed.org/version/1.1", "title": "Herald", "items": items}
            ).encode(),
            "application/feed+json",
        ),
    }


def test_a_newcomer_comes_from_a_list_of_feeds_to_a_first_edition(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands of docs/sources.md; only the feeds lie on this machine."""
    monkeypatch.chdir(tmp_path)
    shapes = feeds_in_all_shapes(datetime.now(UTC))
    site.pages |= {
        path: loopback.text(content, media_type) for path, (content, media_type) in shapes.items()
    }
    outlines = "".join(
        f'<outline text="Courier {path[1:]}" xmlUrl="{site.url}{path}"/>' for path in shapes
    )
    (tmp_path / "subscriptions.opml").write_text(
        f'<opml version="2.0"><body>{outlines}</body></opml>'
    )

    codes = [run_command(["init", "desk"])]
    monkeypatch.chdir(tmp_path / "desk")
    codes += [run_command(["sources", "import", "--private", "../subscriptions.opml"])]
    codes += [
        run_command(["sources", "test", "Courier rss"]),
        run_command(["run", "--format", "markdown"]),
    ]
    said = capsys.readouterr()

    assert codes == [0, 0, 0, 0], said.err
    (edition,) = (tmp_path / "desk" / "output").glob("*/edition.md")
    text = edition.read_text()
    assert "3 storylines" in text
    assert all(f".example/{name}" in text for name in STORIES)
    assert "Courier" in text
