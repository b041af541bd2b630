"""Every form a desk's documents come in: found by content first, read into the same nouns."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from email.message import EmailMessage
from email.policy import default

import form_samples
import pytest

from briefing import syndication
from briefing.articles import extract_articles
from briefing.articles.formats import decoding
from briefing.cli.read import article_record
from briefing.errors import UnreadableError
from briefing.model import Article, Document

LEDE = (
    "The harbour board of Korsvik voted on Tuesday to close the old swing bridge "
    "for eleven weeks of repairs."
)
MORE = (
    "Its chairman, Ove Hallström, said that the steel had rusted through in three "
    "places and could not wait."
)
LAST = "Ferries will run every twelve minutes until the bridge opens again in June, the board said."
TEXT = f"{LEDE}\n\n{MORE}\n\n{LAST}"
BODY = f"{LEDE}\n{MORE}\n{LAST}"
TITLE = "Korsvik closes its swing bridge until June"
HTML = f"""<!DOCTYPE html><html lang="en-GB"><head><title>{TITLE} | The Korsvik Courier</title>
<meta property="og:site_name" content="The Korsvik Courier"><meta property="og:title" content="{TITLE}">
<link rel="canonical" href="https://korsvikcourier.example/news/bridge?utm_source=feed&amp;id=7">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}",
"datePublished": "2026-03-03T07:40:00+01:00",
"author": {{"@type": "Person", "name": "Nora Feld"}}, "isAccessibleForFree": false}}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>{TITLE}</h1><p>{LEDE}</p>
<aside><p>Sign up for our newsletter</p></aside><p>{MORE}</p><p>{LAST}</p></article>
<footer>© 2026</footer></body></html>"""


def one(name: str, content: bytes | str, media_type: str | None = None) -> Article:
    found = extract_articles(
        Document(name, content.encode() if isinstance(content, str) else content, media_type),
        analysed=False,
    )
    assert len(found) == 1
    return found[0]


def test_a_saved_page_states_its_facts_in_structured_data() -> None:
    article = one("saved", HTML)

    assert article.text == BODY
    assert (article.headline, article.outlet, article.byline) == (
        TITLE,
        "The Korsvik Courier",
        "Nora Feld",
    )
    assert article.published is not None
    assert article.published.isoformat() == "2026-03-03T07:40+01:00"
    assert article.url == "https://korsvikcourier.example/news/bridge?id=7"
    assert article.language == "en"
    assert article.remarks == ("behind a paywall",)
    assert article.found["published"] == "json-ld"


def test_the_posts_of_a_live_blog_come_from_its_structured_data() -> None:
    posts = [
        {
            "@type": "BlogPosting",
            "headline": f"Post number {n}",
            "datePublished": f"2026-03-04T1{n}:00:00+01:00",
            "articleBody": (
                f"<p>At {n} o'clock the board met behind closed doors in "
                "the customs house of Korsvik.</p>"
            ),
        }
        for n in range(4)
    ]
    blog = {
        "@type": "LiveBlogPosting",
        "headline": TITLE,
        "liveBlogUpdate": posts,
        "publisher": {"name": "Radio Korsvik"},
    }
    page = re.sub(
        r"(?s)(ld\+json\">).*?(</script>)",
        lambda match: match[1] + json.dumps({"@graph": [blog]}) + match[2],
        HTML,
    )

    articles = extract_articles(Document("blog.html", page.encode()), analysed=False)

    assert [article.kind for article in articles] == ["live blog"] + ["update"] * 4
    assert [article.published.isoformat() for article in articles[1:] if article.published] == [
        f"2026-03-04T1{n}:00+01:00" for n in range(4)
    ]
    assert {article.outlet for article in articles[1:]} == {"Radio Korsvik"}
    assert {article.part_of for article in articles[1:]} == {articles[0].id}


def mail(**parts: str) -> bytes:
    message = EmailMessage(policy=default)
    message["From"] = "The Korsvik Courier <morning@korsvikcourier.example>"
    message["Subject"] = TITLE
    message["Date"] = "Wed, 04 Mar 2026 06:30:00 +0100"
    if "plain" in parts:
        message.set_content(parts["plain"], cte="quoted-printable")
    if "html" in parts:
        message.add_alternative(
            parts["html"], subtype="html"
        ) if "plain" in parts else message.set_content(parts["html"], subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize(
    "parts", [{"plain": TEXT}, {"html": HTML}, {"plain": "This mail needs HTML.", "html": HTML}]
)
def test_a_mail_is_read_from_its_text_or_else_its_page(parts: dict[str, str]) -> None:
    article = one("x.eml", mail(**parts))

    assert article.text == BODY
    assert (article.headline, article.outlet) == (TITLE, "The Korsvik Courier")
    assert article.published is not None
    assert article.published.isoformat() == "2026-03-04T06:30+01:00"


def test_a_newsletter_is_taken_apart_into_its_items() -> None:
    items = [
        (
            f"{n}. Item number {n} of the day\n\n{LEDE}\n\n{MORE}\n\nRead the full story: "
            f"https://kc.example/{n}"
        )
        for n in (1, 2, 3)
    ]
    letter = "Good morning. Three stories.\n\n" + "\n\n==========\n".join(
        ["", *items, "Unsubscribe: https://kc.example/u"]
    )

    articles = extract_articles(Document("letter.eml", mail(plain=letter)), analysed=False)

    assert [article.headline for article in articles] == [
        f"Item number {n} of the day" for n in (1, 2, 3)
    ]
    assert {article.text for article in articles} == {f"{LEDE}\n{MORE}"}
    assert [article.url for article in articles] == [f"https://kc.example/{n}" for n in (1, 2, 3)]


def test_a_forwarded_mail_is_dated_and_attributed_by_the_mail_inside() -> None:
    inner = "---------- Forwarded message ---------\nFrom: Radio Korsvik <news@rk.example>\n"
    inner += "Date: Tue, 3 Mar 2026 09:00:00 +0100\n"
    article = one(
        "fwd.eml", mail(plain=f"FYI\n\n{inner}Subject: Bridge shut\nTo: desk@example.org\n\n{TEXT}")
    )

    assert (article.headline, article.outlet) == ("Bridge shut", "Radio Korsvik")
    assert article.published is not None
    assert article.published.isoformat() == "2026-03-03T09:00+01:00"


def test_a_mailbox_holds_several_mails() -> None:
    box = b"".join(
        b"From desk@example.org Wed Mar  4 06:30:00 2026\n" + mail(plain=TEXT) + b"\n"
        for _ in range(3)
    )

    assert len(extract_articles(Document("box", box), analysed=False)) == 3


def test_markdown_states_its_facts_in_its_front_matter() -> None:
    front = f'---\ntitle: "{TITLE}"\noutlet: Radio Korsvik\ndate: 2026-03-04\nlang: en\n---\n'
    article = one(
        "x.md",
        f"{front}\n# {TITLE}\n\nThe **harbour** board [voted](https://x.example) on "
        "Tuesday to close it, at last.\n\n"
        f"{MORE}\n",
    )

    assert article.text == f"The harbour board voted on Tuesday to close it, at last.\n{MORE}"
    assert (article.headline, article.outlet) == (TITLE, "Radio Korsvik")
    assert article.published is not None
    assert article.published.isoformat() == "2026-03-04"


SHAPES = [
    {"headline": TITLE, "outlet": "Radio Korsvik", "published": "2026-03-04", "text": TEXT},
    {
        "title": TITLE,
        "source": {"id": None, "name": "Radio Korsvik"},
        "publishedAt": "2026-03-04T00:00:00Z",
        "content": TEXT,
    },
    {
        "title": TITLE,
        "source_domain": "Radio Korsvik",
        "date_publish": "2026-03-04 00:00:00",
        "maintext": TEXT,
    },
    {
        "status": "ok",
        "articles": [
            {
                "title": TITLE,
                "source": {"name": "Radio Korsvik"},
                "publishedAt": "2026-03-04",
                "content": TEXT,
            }
        ],
    },
    [
        {
            "name": TITLE,
            "publisher": {"name": "Radio Korsvik"},
            "datePublished": "2026-03-04",
            "articleBody": TEXT,
        }
    ],
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Radio Korsvik",
        "items": [
            {
                "title": TITLE,
                "date_published": "2026-03-04T00:00:00Z",
                "content_html": "".join(f"<p>{p}</p>" for p in TEXT.split("\n\n")),
            }
        ],
    },
]


@pytest.mark.parametrize(
    "shape", SHAPES, ids=["own", "NewsAPI", "news-please", "envelope", "schema.org", "JSON Feed"]
)
def test_json_is_read_under_the_usual_names(shape: object) -> None:
    article = one("export", json.dumps(shape))

    assert article.text == BODY
    assert (article.headline, article.outlet) == (TITLE, "Radio Korsvik")
    assert article.published is not None
    assert str(article.published.day) == "2026-03-04"


def test_json_lines_pass_over_a_broken_line() -> None:
    line = json.dumps(SHAPES[0])

    assert (
        len(
            extract_articles(
                Document("x.jsonl", f"{line}\n{{broken\n{line}\n".encode()), analysed=False
            )
        )
        == 2
    )


def test_our_own_json_gives_the_same_articles_again() -> None:
    first = extract_articles(Document("page.html", HTML.encode()))

    again = extract_articles(
        Document(
            "x.jsonl", "\n".join(json.dumps(article_record(article)) for article in first).encode()
        )
    )

    assert again == first
    assert [article_record(each) | {"document": ""} for each in again] == [
        article_record(each) | {"document": ""} for each in first
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_under_its_line_of_names(delimiter: str) -> None:
    quoted = TEXT.replace('"', '""')
    article = one(
        "x.csv",
        f"title{delimiter}source{delimiter}date{delimiter}text\n"
        f'{TITLE}{delimiter}Radio Korsvik{delimiter}2026-03-04{delimiter}"{quoted}"\n',
    )

    assert (article.text, article.headline, article.outlet) == (BODY, TITLE, "Radio Korsvik")


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Radio Korsvik: news</title><language>en</language><item><title>{TITLE}</title><link>https://rk.example/a?utm_medium=rss</link>
<pubDate>Wed, 04 Mar 2026 06:30:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{LEDE}</p><p>{MORE}</p>
<p>{LAST}</p><p>The post {TITLE} appeared first on Radio Korsvik.</p>
<script>alert(1)</script>]]></content:encoded></item></channel></rss>"""


def test_a_saved_feed_gives_its_entries_as_text() -> None:
    article = one("feed", RSS.replace("<script>alert(1)</script>", ""))

    assert article.text == BODY
    assert (article.headline, article.outlet, article.url) == (
        TITLE,
        "Radio Korsvik",
        "https://rk.example/a",
    )


def test_a_digest_holds_several_mails() -> None:
    content = form_samples.digest(
        form_samples.mail(), form_samples.mail("Fwd: A second story of the day")
    )

    articles = extract_articles(Document("x.eml", content), analysed=False)

    assert [article.headline for article in articles] == [TITLE, "A second story of the day"]
    assert {(article.text, article.outlet) for article in articles} == {
        (BODY, "The Korsvik Courier")
    }


def test_an_e_book_gives_its_chapters_in_the_order_of_its_spine() -> None:
    articles = extract_articles(Document("day.epub", form_samples.epub()), analysed=False)

    assert [article.headline for article in articles] == [TITLE, "A second story of the day"]
    assert {(article.text, article.outlet, article.kind) for article in articles} == {
        (BODY, "The Korsvik Courier", "item")
    }


def test_an_e_book_is_known_by_its_bytes_whatever_it_is_called() -> None:
    assert len(extract_articles(Document("download", form_samples.epub()), analysed=False)) == 2


@pytest.mark.parametrize(
    "members", [{}, {"META-INF/container.xml": ""}, {"META-INF/container.xml": "<a/>"}]
)
def test_an_e_book_without_contents_is_set_aside_with_a_sentence(members: dict[str, str]) -> None:
    content = form_samples.zipped(
        {"mimetype": "application/epub+zip", **members}, stored="mimetype"
    )

    with pytest.raises(UnreadableError, match=r"^x\.epub: .+; make "):
        extract_articles(Document("x.epub", content))


def test_a_mailbox_in_name_only_is_read_as_a_mail() -> None:
    assert one("x.mbox", form_samples.mail().as_bytes()).text == BODY


def zipped(**members: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return whole.getvalue()


def test_the_members_of_an_archive_are_documents() -> None:
    articles = extract_articles(
        Document("day.zip", zipped(b_txt=f"{TITLE}\n\n{TEXT}", a_html=HTML)), analysed=False
    )

    assert [article.text for article in articles] == [BODY, BODY]


def test_a_word_file_is_read_by_paragraphs() -> None:
    import docx

    made, whole = docx.Document(), io.BytesIO()
    for paragraph in (TITLE, "By Nora Feld, The Korsvik Courier", "4 March 2026", LEDE, MORE, LAST):
        made.add_paragraph(paragraph)
    made.save(whole)

    article = one("clipping", whole.getvalue())

    assert (article.text, article.headline, article.outlet, article.byline) == (
        BODY,
        TITLE,
        "The Korsvik Courier",
        "Nora Feld",
    )


def test_a_gzip_file_holds_a_document_and_a_web_archive_its_pages() -> None:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{HTML}".encode()
    named = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://kc.example/b\r\n"
    head = f"{named}Content-Length: {len(http)}\r\n\r\n".encode()

    assert one("page.html.gz", gzip.compress(HTML.encode())).text == BODY
    assert one("crawl.warc.gz", gzip.compress(head + http + b"\r\n\r\n")).text == BODY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1"])
def test_text_is_decoded(encoding: str) -> None:
    text = f"{TITLE}\n\n{TEXT}\n\nÅsa Bäckström, die Bürgermeisterin, sagte: „Später.“".replace(
        "„", '"'
    ).replace("“", '"')

    assert "Ove Hallström" in one("x.txt", text.encode(encoding)).text


@pytest.mark.parametrize("taken_for", ["cp1252", "latin-1"])
def test_text_that_was_encoded_twice_is_as_it_was(taken_for: str) -> None:
    text = "Marendahl’s “last” offer: 3 €, or else … – said Jürgen Aldhaus of Grünau."
    once = "".join(
        chr(each) if taken_for == "latin-1" else _as_windows(each) for each in text.encode()
    )

    assert decoding.decode_text(once.encode()) == text


@pytest.mark.parametrize(
    "text",
    ["Ça va, Â. Ão?", "São Tomé, Côte d’Ivoire", "An apostrophe becomes â€™ then.", "â é Ã ü"],
)
def test_text_that_was_encoded_once_stays_as_it_is(text: str) -> None:
    assert decoding.decode_text(text.encode()) == text


def _as_windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


def test_line_ends_of_any_kind_divide_paragraphs() -> None:
    assert one("x.txt", f"{TITLE}\n\n{TEXT}".replace("\n", "\r\n")).text == BODY


def test_text_broken_at_a_fixed_width_is_whole_again() -> None:
    import textwrap

    broken = "\n\n".join(
        "\n".join(textwrap.wrap(f"{paragraph} {paragraph}", 72)) for paragraph in (LEDE, MORE, LAST)
    )

    assert one("x.txt", broken).text == "\n".join(f"{p} {p}" for p in (LEDE, MORE, LAST))


def test_a_date_of_publication_after_the_last_change_is_unknown_as_the_page_contradicts_itself() -> (
    None
):
    stated = '"datePublished": "2026-03-03T07:40:00+01:00",'
    before = HTML.replace(stated, stated + '"dateModified": "2026-02-20T08:00:00+01:00",')
    after = HTML.replace(stated, stated + '"dateModified": "2026-03-05T08:00:00+01:00",')

    assert one("x.html", before).published is None
    assert str(one("x.html", after).published.day) == "2026-03-03"


UNREADABLE = [
    ("empty.txt", b""),
    ("blank.txt", b" \n\n \n"),
    ("menu.txt", b"Home\nNews\nSport\n"),
    ("broken.pdf", b"%PDF-1.7\n\x00garbage" * 30),
    ("broken.docx", b"PK\x03\x04nothing"),
    ("binary.txt", bytes(range(256)) * 40),
    ("huge.txt", b"A word. " * 700_000),
    ("broken.json", b"{nothing"),
    ("broken.gz", b"\x1f\x8b\x08\x00garbage"),
    ("bomb.gz", gzip.compress(b"A" * 60_000_000)),
    ("deep.html", b"<html><body>" + b"<div>" * 30_000 + b"text"),
    ("deep.xml", b"<rss><channel>" + b"<item>" * 200 + b"<a>" * 100_000),
]


@pytest.mark.parametrize(("name", "content"), UNREADABLE, ids=[name for name, _ in UNREADABLE])
def test_what_cannot_be_read_says_what_where_and_what_to_do(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableError, match=name):
        extract_articles(Document(name, content))


@pytest.mark.parametrize(
    "parts",
    [
        b"".join(
            b'--b%d\nContent-Type: multipart/mixed; boundary="b%d"\n\n' % (n, n + 1)
            for n in range(3_000)
        ),
        b"--b0\n" + b"Content-Type: message/rfc822\n\n" * 9_000,
    ],
    ids=["parts", "messages"],
)
def test_a_mail_of_parts_in_each_other_by_the_thousand_is_set_aside(parts: bytes) -> None:
    head = b'Subject: News\nFrom: a@example.org\nContent-Type: multipart/mixed; boundary="b0"\n\n'

    with pytest.raises(
        UnreadableError, match=r"too deep in each other|longer than those of any mail"
    ):
        extract_articles(Document("deep.eml", head + parts))


def test_an_entry_of_a_feed_of_feeds_is_of_its_own_outlet_and_a_day_without_an_hour_stays_one() -> (
    None
):
    entry = RSS.replace(
        "<pubDate>Wed, 04 Mar 2026 06:30:00 +0100</pubDate>", "<pubDate>2026-03-04</pubDate>"
    )
    entry = entry.replace(
        "<description>", '<source url="https://mw.example/feed">Marrow Wire</source><description>'
    )

    article = one("feed", entry)

    assert (article.outlet, article.found["outlet"]) == ("Marrow Wire", "feed's entry")
    assert article.published is not None
    assert article.published.isoformat() == "2026-03-04"


def test_a_collected_entry_is_read_as_its_saved_feed_is() -> None:
    saved = RSS.replace(
        "<description>", '<source url="https://mw.example/feed">Marrow Wire</source><description>'
    )
    for content in (saved, saved.replace("Wed, 04 Mar 2026 06:30:00 +0100", "2026-03-04")):
        feed = syndication.parse_feed(content.encode())
        collected = Document(
            "entry", syndication.encode_entry(feed, feed.entries[0]), "application/feed+json"
        )

        (article,) = extract_articles(collected, analysed=False)

        assert article_record(article) | {"document": ""} == article_record(
            one("feed", content)
        ) | {"document": ""}


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("4 &#36; and 5 &#x20AC;", "4 $ and 5 €"),
        ("Marendahl&rsquo;s &amp;quot;offer&amp;quot;", "Marendahl’s \"offer\""),
        ("&amp;amp;#36;4 &amp;lt; 5", "$4 < 5"),
        ("Salt &amp; rust, R&not and A&R; scouts", "Salt & rust, R&not and A&R; scouts"),
    ],
)  # fmt: skip
def test_references_are_the_characters_they_mean_in_every_form(written: str, read_as: str) -> None:
    text = f"{LEDE} It cost {written}, the board said.\n\n{MORE}"
    forms = {
        "x.txt": f"{TITLE}\n\n{text}",
        "x.md": f"# {TITLE}\n\n{text}",
        "x.jsonl": json.dumps({"title": TITLE, "text": text}),
        "x.csv": f'title,text\n{TITLE},"{text.replace(chr(34), chr(34) * 2)}"\n',
    }

    for name, content in forms.items():
        assert f"It cost {read_as}, the board said." in one(name, content).text
