"""Feeds: what is read of good ones, bad ones and hostile ones; lists of them; where a page
announces them.
"""

from __future__ import annotations

import contextlib
import io
import resource
import shutil
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import loopback
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.syndication import (
    Entry,
    Feed,
    FeedError,
    Subscription,
    discover_feeds,
    encode_entry,
    parse_feed,
    parse_opml,
    render_opml,
    strip_markup,
)
from briefing.syndication.written_dates import parse_moment

ROOT = Path(__file__).parents[2]
HEAD = b'<rss version="2.0"><channel><title>T</title>'


def fixtures() -> list[Path]:
    """Feeds of other people, ordinary and broken, where they are at hand; ours always."""
    theirs = ROOT.parent / "shared" / "corpora" / "feeds"
    found = [
        path
        for path in theirs.rglob("*")
        if path.suffix in {".xml", ".json"} and ".serde" not in path.name
    ]
    return sorted(
        [*found, *(ROOT / "corpus").rglob("*feed.xml"), *(ROOT / "corpus").rglob("*atom.xml")]
    )


@pytest.mark.parametrize("path", fixtures(), ids=lambda path: path.name)
def test_entries_are_those_that_feedparser_finds(path: Path) -> None:
    import feedparser

    content = path.read_bytes()
    theirs = feedparser.parse(io.BytesIO(content)).entries
    if path.suffix == ".json" or not theirs:
        pytest.skip("left out: feedparser reads nothing in it")

    ours = parse_feed(content).entries

    assert [entry.id or "" for entry in ours] == [entry.get("id", "").strip() for entry in theirs]
    assert [entry.title or "" for entry in ours] == [
        strip_markup(entry.get("title", "")) for entry in theirs
    ]
    for entry, other in zip(ours, theirs, strict=True):
        if other.get("published_parsed") and not other["published"].endswith("PM"):
            # which feedparser takes for the morning
            assert entry.published is not None
            assert entry.published.utctimetuple()[:5] == other.published_parsed[:5]


def test_the_corpora_of_feeds_are_at_hand() -> None:
    if not (ROOT.parent / "shared" / "corpora" / "feeds").is_dir():
        pytest.skip("left out: the development corpora (../shared/corpora) are not on this machine")

    assert len(fixtures()) > 50


ENTRY = Entry(
    id="n-1",
    url="https://news.example/1",
    title="Harbour & sea reopen",
    html="<p>The harbour reopened on Thursday.</p>",
    author="Nora Feld",
    published=datetime(2026, 3, 5, 10, 30, tzinfo=timezone(timedelta(hours=1))),
    language="en",
)


@pytest.mark.parametrize(
    "content",
    [
        HEAD
        + b"""<language>en-GB</language><item><title>Harbour &amp;amp; sea reopen</title>
        <link>https://news.example/1</link><guid isPermaLink="false">n-1</guid><author>Nora Feld</author>
        <pubDate>Thu, 05 Mar 2026 10:30:00 +0100</pubDate>
        <description>&lt;p>The harbour reopened on Thursday.&lt;/p></description></item></channel></rss>""",
        b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><entry><id>n-1</id>
        <title type="html">Harbour &amp;amp; sea reopen</title><link href="https://news.example/1"/>
        <author><name>Nora Feld</name></author><published>2026-03-05T10:30:00+01:00</published>
        <content type="html">&lt;p>The harbour reopened on Thursday.&lt;/p></content></entry></feed>""",
        b"""{"version": "https://jsonfeed.org/version/1.1", "language": "en-GB", "items": [{"id": "n-1",
        "url": "https://news.example/1", "title": "Harbour & sea reopen", "authors": [{"name": "Nora Feld"}],
        "content_html": "<p>The harbour reopened on Thursday.</p>", "date_published": "2026-03-05T10:30:00+01:00"}]}""",
    ],
    ids=["RSS", "Atom", "JSON Feed"],
)
def test_the_formats_give_the_same_entry_its_time_in_the_zone_it_was_written_in(
    content: bytes,
) -> None:
    (entry,) = parse_feed(content).entries

    assert entry == ENTRY
    assert entry.published
    assert entry.published.utcoffset() == timedelta(hours=1)


def test_an_entry_written_as_a_feed_of_its_own_is_read_back_the_same() -> None:
    feed = Feed((ENTRY,), title="The Harbour Post", url="https://news.example/", language="en")

    again = parse_feed(encode_entry(feed, ENTRY))

    assert again == feed


@given(st.builds(Entry, st.text(min_size=1), st.none(), st.text(), st.text(), plain=st.booleans()))
def test_any_entry_can_be_written_and_read_back(entry: Entry) -> None:
    again = parse_feed(encode_entry(Feed((entry,)), entry)).entries[0]

    assert again.html == entry.html.encode("utf-8", "replace").decode().strip()


def test_what_has_the_wrong_type_in_a_json_feed_counts_as_not_there() -> None:
    content = b"""{"title": 3, "items": [7, {"id": 12, "title": ["x"], "url": "javascript:alert(1)",
    "authors": "Ann", "tags": 1}]}"""

    (entry,) = parse_feed(content).entries

    assert entry == Entry(id="12", plain=True)


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "http://[x"],
)
def test_only_addresses_of_the_web_are_kept(link: str) -> None:
    (entry,) = parse_feed(
        HEAD + f"<item><title>x</title><link>{link}</link></item></channel></rss>".encode()
    ).entries

    assert entry.url is None


def test_relative_addresses_are_completed_with_the_feeds() -> None:
    content = HEAD + b"<item><title>x</title><link>/2026/x</link></item></channel></rss>"

    assert (
        parse_feed(content, url="https://news.example/feed").entries[0].url
        == "https://news.example/2026/x"
    )


@pytest.mark.parametrize(
    "coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252"]
)
def test_a_feed_is_read_in_the_encoding_it_declares(coding: str) -> None:
    declared = coding.removesuffix("-sig").removesuffix("-le")
    text = (
        '<?xml version="1.0" '
        f'encoding="{declared}"?>{HEAD.decode()}<item><title>Grünau è '
        "città</title></item>"
    )

    assert parse_feed(text.encode(coding)).entries[0].title == "Grünau è città"


@pytest.mark.parametrize(
    ("coding", "declared", "served", "read"),
    [
        ("utf-8", "utf-8", "iso-8859-1", "Grünau"),
        ("utf-8", None, "iso-8859-1", "Grünau"),
        ("iso-8859-1", "iso-8859-1", "utf-8", "Grünau"),
        ("iso-8859-1", None, "iso-8859-1", "Grünau"),
        ("koi8-r", None, "koi8-r", "Грюнау"),
    ],
)
def test_what_the_feed_says_of_its_encoding_outweighs_its_server(
    coding: str, declared: str | None, served: str, read: str
) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    content = (
        f'{head}<rss version="2.0"><channel><item><title>{read}</title></item></channel></rss>'
    ).encode(coding)

    assert parse_feed(content, media_type=f"text/xml; charset={served}").entries[0].title == read


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"<!DOCTYPE html><html><body>News</body></html>", "web page and no feed"),
        (b"<!-- x --><html>", "web page and no feed"),
        (b"just text", "no feed was found"),
        (b'{"items": 3}', "no list of items"),
        (b"[1]", "no list of items"),
        (b"{", "is not"),
        (b"[" * 200_000, "is not"),
        (b"{" + b" " * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_no_feed_is_told_in_a_sentence(content: bytes, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        parse_feed(content)


def test_only_so_many_entries_are_read_and_the_rest_counted() -> None:
    feed = parse_feed(loopback.rss(800), most=100)

    assert (len(feed.entries), feed.left_out) == (100, 700)
    assert feed.title == "Outlet A"


HOSTILE = {
    "nested, ill-formed": HEAD + b"<item><description>" + b"<a>" * 200_000,
    "nested, well-formed": HEAD
    + b"<item>"
    + b"<a>" * 200_000
    + b"</a>" * 200_000
    + b"</item></channel></rss>",
    "200,000 entries": HEAD + b"<item><title>x</title></item>" * 200_000 + b"</channel></rss>",
    "a million elements": HEAD + b"<item>" + b"<a/>" * 1_000_000 + b"</item></channel></rss>",
    "attributes": HEAD + b"<item " + b'a="b" ' * 600_000 + b"/></channel></rss>",
    "open brackets": HEAD + b"<" * 3_000_000,
    "comments": HEAD + b"<!--" * 1_000_000,
    "billion laughs": b'<!DOCTYPE l [<!ENTITY l "lol">'
    + b"".join(
        b'<!ENTITY l%d "%s">' % (n, (b"&l%d;" % (n - 1) if n > 1 else b"&l;") * 10)
        for n in range(1, 10)
    )
    + b"]>"
    + HEAD
    + b"<item><title>&l9;</title></item></channel></rss>",
    "wide JSON": b'{"items":[' + b"[]," * 1_600_000 + b"{}]}",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_costs_at_most_five_seconds_and_200_megabytes(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "feed").write_bytes(HOSTILE[name])
    program = (
        "import resource, sys, time; from briefing.syndication import parse_feed, "
        "FeedError; started = time.monotonic()\n"
        "try: parse_feed(open(sys.argv[1], 'rb').read())\n"
        "except FeedError as error: assert str(error)\n"
        "spent = time.monotonic() - started\n"
        # Its own peak by VmHWM: ru_maxrss begins with that of the process it was forked from, which
        # is pytest's.
        "own = next(line.split()[1] for line in open('/proc/self/status') if "
        "line.startswith('VmHWM'))\n"
        "child = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(spent, time.process_time() + child.ru_utime + child.ru_stime, own, child.ru_maxrss)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "feed")], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    seconds, cpu, *kilobytes = map(float, done.stdout.split())
    assert (
        cpu < 30
        # five for the child, which the system sees to; the rest for starting two, on the slowest
        # machine
    )
    assert seconds < 300
    assert max(kilobytes) < 200_000


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret")
    content = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file://%s">]>' % str(tmp_path / "secret").encode()

    feed = parse_feed(content + HEAD + b"<item><title>a &x; b</title></item></channel></rss>")

    assert "s3cret" not in str(feed)


ANY = [path.read_bytes()[:60_000] for path in fixtures()] + [loopback.rss(5)]
EDITS = st.lists(
    st.tuples(
        st.integers(0, 60_000),
        st.integers(0, 40),
        st.binary(max_size=12) | st.sampled_from([b"<", b"]]>", b"&", b"\0"]),
    ),
    min_size=1,
    max_size=6,
)


def mutated(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, new in edits:
        start = place % (len(content) + 1)
        content = content[:start] + new + content[start + length :]
    return content


def read_or_refused(number: int, edits: list[tuple[int, int, bytes]]) -> None:
    started = time.monotonic()
    with contextlib.suppress(FeedError):
        feed = parse_feed(mutated(ANY[number % len(ANY)], edits), url="https://news.example/feed")
        assert all(encode_entry(feed, entry) for entry in feed.entries)
    assert time.monotonic() - started < 120


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1000), EDITS)
def test_a_mutated_feed_gives_entries_or_one_sentence(
    number: int, edits: list[tuple[int, int, bytes]]
) -> None:
    read_or_refused(number, edits)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1000), EDITS)
def test_five_thousand_mutated_feeds_give_entries_or_one_sentence(
    number: int, edits: list[tuple[int, int, bytes]]
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read_or_refused(number, edits)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu, 05 Mar 2026 10:30:00 +0100", "2026-03-05T10:30:00+01:00"),
        ("2026-03-05T10:30:00Z", "2026-03-05T10:30:00+00:00"),
        ("2026-03-05", "2026-03-05T00:00:00+00:00"),
        ("mer, 16 nov 2022 00:38:15 +0100", "2022-11-16T00:38:15+01:00"),
        ("0001-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_keeps_its_zone_and_an_impossible_one_is_unknown(
    text: str | None, expected: str | None
) -> None:
    found = parse_moment(text)

    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two &amp; three.</p>", "One.\nTwo & three."),
        ("a<br/>b", "a\nb"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("<script>alert(1)</script>x<style>p{}</style>", "x"),
        ("x<script>never closed", "x"),
        ("<!-- a --><b>bold</b> word", "bold word"),
        ("&lt;b&gt; stays text", "<b> stays text"),
        ("un<b>divid</b>ed", "undivided"),
    ],
)
def test_markup_becomes_plain_text(markup: str, text: str) -> None:
    assert strip_markup(markup) == text


@pytest.mark.parametrize(
    "piece", ["<p ", "<script ", "<!--", "<", "&", "</p", "<svg><script>", "<a "]
)
def test_stripping_is_linear(piece: str) -> None:
    started = time.process_time()

    strip_markup(piece * (400_000 // len(piece)))

    assert time.process_time() - started < 10  # quadratic would be minutes


def test_a_list_of_feeds_survives_export_and_import() -> None:
    feeds = (
        Subscription(
            "https://a.example/feed?x=1&y=2", 'The "A" & <Co>', "https://a.example/", "World"
        ),
        Subscription("https://b.example/rss", "Grünau", None, None),
        Subscription("https://c.example/atom", "C", None, "World"),
    )

    assert set(parse_opml(render_opml(feeds))) == set(feeds)


@given(st.lists(st.text(max_size=20), max_size=5))
def test_any_title_can_be_exported(titles: list[str]) -> None:
    feeds = [
        Subscription(f"https://{number}.example/", title) for number, title in enumerate(titles)
    ]

    assert [feed.url for feed in parse_opml(render_opml(feeds))] == [feed.url for feed in feeds]


def test_a_list_from_elsewhere_is_read_with_folders_and_each_address_once() -> None:
    content = b"""<?xml version="1.0"?><opml version="1.0"><body><outline text="World">
      <outline text="A" xmlURL="https://a.example/"/>
      <outline text="again" xmlUrl="https://a.example/"/><outline text="bad" xmlUrl="javascript:1"/></outline>
      <outline title="B" xmlUrl="feed://b.example/rss"/></body></opml>"""

    feeds = parse_opml(content)

    assert [(feed.url, feed.folder) for feed in feeds] == [
        ("https://a.example/", "World"),
        ("https://b.example/rss", None),
    ]


@pytest.mark.parametrize("content", [b"", b"x", b"<rss/>", b"\0\1\2"])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(FeedError, match="no OPML"):
        parse_opml(content)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            '<link rel="alternate" type="application/rss+xml" href="/feed">',
            ["https://a.example/feed"],
        ),
        (
            "<LINK TYPE='application/atom+xml' HREF=atom.xml REL=alternate />",
            ["https://a.example/news/atom.xml"],
        ),
        (
            (
                "<link rel=alternate type=application/rss+xml href=/comments/feed>"
                "<link rel=alternate type=application/feed+json href=/feed.json>"
            ),
            ["https://a.example/feed.json", "https://a.example/comments/feed"],
        ),
        (
            '<base href="https://b.example/x/"><a href="rss.xml">RSS</a><a href="/about">x</a>',
            ["https://b.example/x/rss.xml"],
        ),
        ('<link rel="stylesheet" type="text/css" href="/a.css"><a href="javascript:rss">', []),
        ("<link " * 50_000, []),
    ],
)
def test_the_feeds_of_a_page_are_found(html: str, found: list[str]) -> None:
    assert list(discover_feeds(html.encode(), "https://a.example/news/")) == found


@pytest.mark.slow
def test_feedparsers_own_2000_test_files_give_what_feedparser_finds(tmp_path: Path) -> None:
    """Its source package holds them; pip fetches it as it would to install it."""
    import feedparser

    wanted = [
        "--no-deps",
        "--no-binary",
        ":all:",
        "--quiet",
        "--dest",
        str(tmp_path),
        "feedparser==6.0.11",
    ]
    if subprocess.run(
        [sys.executable, "-m", "pip", "download", *wanted], capture_output=True
    ).returncode:
        pytest.skip("left out: feedparser's source package cannot be had from here")
    shutil.unpack_archive(next(tmp_path.glob("*.tar.gz")), tmp_path, filter="data")
    files = sorted(tmp_path.rglob("tests/**/*.xml"))

    different = []
    for path in files:
        content = path.read_bytes()
        theirs = feedparser.parse(
            io.BytesIO(content), resolve_relative_uris=False, sanitize_html=False
        ).entries
        try:
            ours = parse_feed(content).entries
        except FeedError:
            ours = ()
        if [entry.id or "" for entry in ours] != [entry.get("id", "").strip() for entry in theirs]:
            different.append(path.name)

    assert len(files) > 2000
    assert different == []
