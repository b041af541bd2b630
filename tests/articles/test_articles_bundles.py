"""Aggregators' pages and newsletters of many styles are taken apart into items; lists of things
stay whole.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from liveblog_samples import MORE, SAID, TITLES

from briefing.articles import extract_articles
from briefing.model import Document

OUTLETS = (
    "The Halden Courier",
    "Marrow Wire",
    "Radio Vestra",
    "Lowland Post",
    "Ledger Weekly",
    "Grünauer Tagblatt",
)
NOW = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
LONG = [
    (
        f"{said} {MORE} The port and its owners declined to comment on Tuesday, and so "
        "did the ministry."
    )
    for said in SAID
]
COUNT = 4
FOOT = "You are receiving this because you signed up. Unsubscribe: https://hc.example/u"

AGGREGATORS: dict[str, Callable[[int], list[str]]] = {
    "outlet, age, title": lambda i: [OUTLETS[i], f"{i + 1} hours ago", TITLES[i], LONG[i]],
    "outlet and age on one line": lambda i: [f"{OUTLETS[i]} · {i + 1}h ago", TITLES[i], LONG[i]],
    "title before outlet and age": lambda i: [
        TITLES[i],
        f"{OUTLETS[i]} - {i + 1} hours ago",
        LONG[i],
    ],
    "title, outlet, age": lambda i: [TITLES[i], OUTLETS[i], f"{i + 1} hours ago", LONG[i]],
    "title, via outlet": lambda i: [TITLES[i], f"via {OUTLETS[i]}, {i + 1} hours ago", LONG[i]],
    "outlet and day": lambda i: [f"{OUTLETS[i]} | {i + 1} March 2026", TITLES[i], LONG[i]],
}


@pytest.mark.parametrize("style", AGGREGATORS)
def test_the_items_of_an_aggregator_have_their_own_outlets_and_days(style: str) -> None:
    lines = [
        "Vestmark news",
        *(line for i in range(len(OUTLETS)) for line in AGGREGATORS[style](i)),
    ]

    articles = extract_articles(
        Document("x.txt", "\n\n".join(lines).encode(), retrieved=NOW), analysed=False
    )

    assert [article.headline for article in articles] == list(TITLES)
    assert [article.outlet for article in articles] == list(OUTLETS)
    assert [article.text for article in articles] == LONG
    days = [article.published.day.day if article.published else None for article in articles]
    assert days == (
        [1, 2, 3, None, None, None] if style == "outlet and day" else [3] * 6
    )  # later days are unknown


def mail(content: str, *, subtype: str = "plain", subject: str = "The Morning Letter") -> bytes:
    message = EmailMessage()
    message["From"] = "The Halden Courier <morning@hc.example>"
    message["Subject"] = subject
    message["Date"] = "Wed, 04 Mar 2026 06:30:00 +0100"
    message.set_content(content, subtype=subtype)
    return message.as_bytes()


def plain(item: Callable[[int], str], between: str = "\n\n") -> bytes:
    return mail(
        f"Good morning. Here is your news.{between}"
        + between.join(map(item, range(COUNT)))
        + f"{between}{FOOT}"
    )


def rich(item: Callable[[int], str], between: str = "") -> bytes:
    body = between.join(map(item, range(COUNT)))
    return mail(f"<html><body>{body}{between}<p>{FOOT}</p></body></html>", subtype="html")


def link(i: int) -> str:
    return f"https://hc.example/{i}"


LETTERS: dict[str, bytes] = {
    "numbers": plain(lambda i: f"{i + 1}. {TITLES[i]}\n\n{LONG[i]}\n\nRead more: {link(i)}"),
    "rules": plain(lambda i: f"{TITLES[i]}\n\n{LONG[i]}\n{link(i)}", "\n\n---------------\n\n"),
    "capitals": plain(lambda i: f"{TITLES[i].upper()}\n\n{LONG[i]}\n\n{link(i)}"),
    "links behind arrows": plain(lambda i: f"{TITLES[i]}\n{LONG[i]}\n> {link(i)}"),
    "stars": plain(lambda i: f"** {TITLES[i]} **\n\n{LONG[i]}\n\nRead: {link(i)}"),
    "HTML headings": rich(
        lambda i: f'<h2><a href="{link(i)}">{TITLES[i]}</a></h2><p>{LONG[i]}</p>'
    ),
    "HTML tables": rich(
        lambda i: (
            f"<table><tr><td><b>{TITLES[i]}</b></td></tr><tr><td>{LONG[i]}</td></tr>"
            f'<tr><td><a href="{link(i)}">Read more</a></td></tr></table>'
        )
    ),
    "HTML rules": rich(lambda i: f"<p><strong>{TITLES[i]}</strong></p><p>{LONG[i]}</p>", "<hr>"),
}


@pytest.mark.parametrize("style", LETTERS)
def test_a_newsletter_is_taken_apart_into_its_items(style: str) -> None:
    articles = extract_articles(Document("x.eml", LETTERS[style]), analysed=False)

    assert [(article.headline or "").casefold() for article in articles] == [
        title.casefold() for title in TITLES[:COUNT]
    ]
    assert [article.text for article in articles] == LONG[:COUNT]
    assert {(article.kind, article.outlet, article.part_of) for article in articles} == {
        ("item", "The Halden Courier", "x.eml")
    }
    if style != "HTML rules":
        assert [article.url for article in articles] == [link(i) for i in range(COUNT)]


@pytest.mark.parametrize(
    "title", ["Five things we learned from the strike", "7 key takeaways from the budget"]
)
def test_a_list_of_things_stays_one_article(title: str) -> None:
    listed = "\n\n".join(
        [title, LONG[0], *(f"{i + 1}. {TITLES[i]}\n\n{LONG[i]}" for i in range(5))]
    )

    for document in (
        Document("x.eml", mail(listed, subject=title)),
        Document("x.txt", listed.encode()),
    ):
        (article,) = extract_articles(document, analysed=False)
        assert article.headline == title
        assert all(text in article.text for text in LONG[:5])
