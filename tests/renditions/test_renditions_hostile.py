"""Hostile texts in every field: no element, attribute, header, link or file enters any format."""

from __future__ import annotations

import email
import email.policy
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache

import html5lib
import markdown as python_markdown
import pytest
import yaml
from hostile import texts
from lxml import etree
from markdown_it import MarkdownIt
from pypdf import PdfReader
from rendition_samples import DAY

from briefing.model import (
    Analysis,
    Article,
    Edition,
    Fate,
    Headline,
    Insertion,
    Item,
    Licence,
    Moment,
    Quote,
    Rendition,
    Span,
    Storyline,
    Summary,
    Window,
)
from briefing.renditions import (
    expected_quotations,
    missing_sentences,
    render,
    render_pack,
    visible_text,
)
from briefing.renditions.context.build import build_view

FIELDS = 160  # hostile texts that an edition takes, at most


def poisoned(words: list[str]) -> Edition:
    """An edition with the next hostile text in each field."""
    given = iter(words)

    def word() -> str:
        return next(given)

    def report(number: int) -> Article:
        # The reader of documents lets no half of a surrogate pair into a text; headlines and names
        # may hold one.
        sentence = (
            next(text for text in given if visible_text(text)).encode(errors="ignore").decode()
        )
        return Article(
            id=f"{number:016x}",
            text=sentence,
            headline=word() or None,
            outlet=word() or None,
            published=Moment.on(date(2026, 3, 4)) if number % 2 else None,
            url=word() or None,
            document=word(),
            licence=word(),
            byline=word(),
            language=word(),
            section=word(),
            analysis=Analysis(sentences=(Span(0, len(sentence)),), names=(Span(0, len(sentence)),)),
        )

    def story(number: int) -> Item:
        one, two = (
            report(2 * number),
            replace(report(2 * number + 1), copies=(report(1000 + number),)),
        )
        first, second = (Quote(article, article.sentences[0]) for article in (one, two))
        headline = Headline(one) if one.headline else first
        storyline = Storyline(word(), (one, two), headline)
        parts = {word() or "they said": (second,)}
        return Item(
            storyline, Summary((first, second)), word(), word(), (1, 2), {word(): 1.0}, parts
        )

    ledger = (
        Fate("document", word(), "unreadable", word(), word(), word(), word()),
        Fate("article", word(), word(), word(), word(), word(), word()),
    )
    leads, briefs = (story(0), story(1)), (story(2),)
    added = (Insertion(leads[0].quotes[0].article.id, 1, DAY),)
    return Edition(
        title=word(), profile=word(), date=DAY, window=Window(), leads=leads, briefs=briefs, ledger=ledger,
        counts={"documents": 3, word() or "x": 2}, language=word(), version=word(), kind=word(),
        insertions=added, late=(word(),), licences=(Licence(word(), "full"),), revision=2, changes=(word(), word()),
    )  # fmt: skip


@cache
def editions(number: int = int(os.environ.get("HOSTILE_EDITIONS", "20"))) -> tuple[Edition, ...]:
    words = texts(number * FIELDS)
    return tuple(poisoned(words[i * FIELDS : (i + 1) * FIELDS] + words[:40]) for i in range(number))


@cache
def rendered(name: str) -> tuple[tuple[Rendition, ...], ...]:
    """Each hostile edition in one format, or as one kind of pack whose client and query are hostile
    too.
    """
    return tuple(made_of(edition, name) for edition in editions())


def made_of(edition: Edition, name: str) -> tuple[Rendition, ...]:
    if not name.startswith("pack "):
        return render(edition, [name])
    client, query, *_ = (*(str(one.storyline.headline) for one in edition.items), "client", "query")
    return (
        render_pack(
            edition, kind=name.removeprefix("pack "), client=client, query=query, full_text=True
        ),
    )


def elements(html: str) -> set[tuple[str, frozenset[str]]]:
    """Every element with the names of its attributes, as a browser reads them."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return {
        (str(e.tag), frozenset(map(str, e.attrib))) for e in tree.iter() if isinstance(e.tag, str)
    }


@cache
def known(name: str) -> frozenset[tuple[str, frozenset[str]]]:
    """What the format's own templates make, from editions without any mark in them."""
    from rendition_samples import large, sample

    made: set[tuple[str, frozenset[str]]] = set()
    for edition in (
        sample(),
        large(3),
        large(0),
        poisoned(["word"] * 200),
        poisoned(["خبر"] * 200),
        _linked(),
    ):
        made |= set().union(
            *(elements(html) for html in _pages(made_of(edition, name)[0].content, name))
        )
    return frozenset(made)


def _linked() -> Edition:
    return poisoned(["https://news.example/a"] * 200)


def _pages(content: bytes, name: str) -> list[str]:
    """The page, or each page of a book."""
    if name.endswith("epub"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return [book.read(file).decode() for file in book.namelist() if file.endswith(".xhtml")]
    return [content.decode()]


@pytest.mark.parametrize("name", ["email", "page", "epub", "pack page", "pack epub"])
def test_no_element_or_attribute_enters_a_page(name: str) -> None:
    for made_of_it in rendered(name):
        for page in _pages(made_of_it[0].content, name):
            made = elements(page)

            assert made <= known(name), sorted(made - known(name))


@pytest.mark.parametrize("name", ["email", "page", "epub", "feed", "pack page", "pack epub"])
def test_links_are_checked_addresses(name: str) -> None:
    inside = (
        r"([a-z0-9-]+\.xhtml)?(#(s-|a-)[A-Za-z0-9-]+|#(briefs|imprint|articles|index|summary))?"
    )

    for made in rendered(name):
        for html in _pages(made[0].content, name):
            for address in re.findall(r'(?:href|src)="([^"]*)"', html):
                outside = re.match(r"https?://[a-z0-9.-]+[:/]|mailto:|style\.css$", address)
                assert outside or re.fullmatch(inside, address), address


@pytest.mark.parametrize("name", ["markdown", "pack markdown"])
def test_no_element_enters_the_markdown(name: str) -> None:
    allowed = {
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "ol",
        "li",
        "a",
        "strong",
        "code",
        "html",
        "head",
        "body",
    }

    for made_of_it in rendered(name):
        body = made_of_it[0].content.decode().split("\n---\n", 1)[1]
        for page in (MarkdownIt("commonmark").render(body), python_markdown.markdown(body)):
            made = elements(page)
            assert {tag for tag, _ in made} <= allowed
            assert {name for _, names in made for name in names} <= {"href"}


def test_front_matter_holds_its_five_lines_and_nothing_else() -> None:
    for edition, made in zip(editions(), rendered("markdown"), strict=True):
        front = made[0].content.decode().split("\n---\n", 1)[0].removeprefix("---\n")

        values = yaml.safe_load(front)

        assert list(values) == ["title", "date", "lang", "profile", "edition"]
        assert values["title"] == visible_text(edition.title)


def test_no_header_enters_the_message() -> None:
    names = {
        "From",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "Content-Language",
        "Auto-Submitted",
    }

    for edition, made in zip(editions(), rendered("email"), strict=True):
        message = email.message_from_bytes(made[1].content, policy=email.policy.default)

        assert set(message.keys()) == names
        assert not message.defects
        assert [part.get_content_type() for part in message.walk()][1:] == [
            "text/plain",
            "text/html",
        ]
        assert len(message["Subject"]) <= 60
        assert message["Subject"] == build_view(edition, b"").subject


PRINTED = [
    "markdown",
    "email",
    "text",
    "page",
    "epub",
    "feed",
    "pack markdown",
    "pack page",
    "pack epub",
]


@pytest.mark.parametrize("name", PRINTED)
def test_every_hostile_sentence_is_printed_as_it_is(name: str) -> None:
    for edition, made in zip(editions(), rendered(name), strict=True):
        sentences = expected_quotations(edition)
        for rendition in made:
            assert missing_sentences(rendition, sentences) == (), rendition.name


def test_xml_stays_well_formed() -> None:
    for (feed,) in rendered("feed"):
        etree.fromstring(feed.content)
    for (file,) in (*rendered("epub"), *rendered("pack epub")):
        with zipfile.ZipFile(io.BytesIO(file.content)) as book:
            assert book.testzip() is None
            assert book.infolist()[0].filename == "mimetype"
            for name in book.namelist():
                if name.endswith(("xhtml", "opf", "xml")):
                    etree.fromstring(book.read(name))


def test_json_keeps_the_texts_as_they_were_written() -> None:
    for edition, made in zip(editions(), rendered("json"), strict=True):
        record = json.loads(made[0].content)

        assert record["title"] == edition.title
        assert [fate["fate"] for fate in record["ledger"]] == [fate.fate for fate in edition.ledger]


def test_a_poisoned_edition_is_printed_whole() -> None:
    edition = editions()[1]

    (pdf,) = render(edition, ["pdf"])

    assert missing_sentences(pdf, expected_quotations(edition)) == ()
    assert b"/EmbeddedFile" not in pdf.content
    assert b"/JavaScript" not in pdf.content


@pytest.mark.slow
def test_a_poisoned_pack_is_printed_whole_with_no_file_but_its_texts() -> None:
    for edition in editions()[:3]:
        (made,) = made_of(edition, "pack pdf")

        articles = {one.id: one for item in edition.items for one in item.storyline.articles}
        files = PdfReader(io.BytesIO(made.content)).attachments
        assert missing_sentences(made, expected_quotations(edition)) == ()
        assert {name: files[name] for name in files} == {
            f"{key}.txt": [articles[key].text.encode()] for key in articles
        }
        assert b"/JavaScript" not in made.content


@pytest.mark.slow
def test_thirteen_thousand_hostile_strings_inject_nothing() -> None:
    """All of the above again with so many: in a process of its own, since they are made once."""
    number = -(-13_000 // FIELDS)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        "not thirteen",
        __file__,
    ]
    done = subprocess.run(
        command,
        env={**os.environ, "HOSTILE_EDITIONS": str(number)},
        capture_output=True,
        text=True,
        check=False,
    )

    sys.stdout.write(
        f"\n{number * FIELDS:,} hostile strings in every field of {number} editions "
        "and packs: 0 injected\n"
    )
    assert done.returncode == 0, done.stdout[-3000:]
