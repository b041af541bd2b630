"""Whose a fetched document is: its address decides, and what a page claims about itself is no
second source.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from briefing.articles import extract_articles
from briefing.articles.metadata.claimed_outlets import bears_out
from briefing.model import Article, Document, Source

FEED = "https://evil.example/feed"


def article(
    claim: str, *, origin: str = "https://evil.example/p1", name: str | None = None, **stated: Any
) -> Article:
    markup = (
        "<!doctype html><html><head><title>Bribe</title><meta "
        f'property="og:site_name" content="{claim}"></head><body>'
        "<article><h1>Minister resigns over a bribe</h1><p>The prime minister of "
        "Vestmark resigned on Sunday after a "
        "bribe of 4 million crowns, police said.</p><p>Officers searched the "
        "chancellery for nine hours.</p></article>"
    )
    source = Source("feed", FEED, name=name, settings={"stated": stated} if stated else {})
    (found,) = extract_articles(
        Document(origin, markup.encode(), "text/html", datetime(2026, 3, 5, tzinfo=UTC), source)
    )
    return found


@pytest.mark.parametrize(
    "claim", ["Reuters", "Marrow Wire", "Radio Vestra", "The Halden Courier", "Ledger & Exchange"]
)
def test_pages_of_one_site_are_one_outlets_whatever_each_claims(claim: str) -> None:
    unnamed, named = article(claim), article(claim, name="Evil Blog")

    assert (unnamed.outlet, named.outlet) == ("evil.example", "Evil Blog")
    assert unnamed.remarks == named.remarks == (f"names {claim} as its outlet",)


def test_a_claim_that_the_address_bears_out_stands() -> None:
    found = article(
        "The Halden Courier", origin="https://www.haldencourier.example/p1", name="My reading list"
    )

    assert (found.outlet, found.remarks) == ("The Halden Courier", ())


def test_the_title_of_the_feed_itself_is_one_claim_of_one_source() -> None:
    assert (
        article("The Vestmark Paper", feed_title="The Vestmark Paper").outlet
        == "The Vestmark Paper"
    )
    assert article("Reuters", feed_title="The Vestmark Paper").outlet == "evil.example"


def test_a_page_elsewhere_is_its_own_sites_and_not_the_feeds() -> None:
    assert (
        article("Reuters", origin="https://other.example/p1", name="Evil Blog").outlet
        == "other.example"
    )


def test_an_entry_is_its_feeds_wherever_it_says_that_it_comes_from() -> None:
    entry = (
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "Evil", "items": '
        b'[{"id": "1", "title": "He '
        b'resigns", "url": "https://reuters.com/1", "_source": {"title": "Reuters"}, '
        b'"content_text": "The premier '
        b"resigned on Sunday, police said. Officers searched the chancellery for nine "
        b'hours. The Assembly met."}]}'
    )
    source = Source("feed", FEED)

    (found,) = extract_articles(
        Document("https://reuters.com/1", entry, "application/feed+json", None, source)
    )

    assert (found.outlet, found.remarks) == ("evil.example", ("names Reuters as its outlet",))


def test_files_of_the_desks_own_folders_say_whose_they_are() -> None:
    text = (
        b"Ferry sinks at Skarne\nThe Courier\n5 March 2026\n\nA ferry sank at Skarne "
        b"on Thursday, it said. "
        b"Nobody was hurt. The captain said it had struck a rock in the fog."
    )

    (found,) = extract_articles(
        Document("clips/a.txt", text, source=Source("folder", "clips", name="Clips"))
    )

    assert (found.outlet, found.remarks) == ("The Courier", ())


@pytest.mark.parametrize(
    ("host", "name", "borne_out"),
    [
        ("www.halden-courier.example", "The Halden Courier", True),
        ("thecourier.example", "Courier", True),
        ("hcnews.example", "Halden Courier", True),
        ("haco.example", "Halden Courier", True),
        ("suedpost.example", "Südpost", True),
        ("rv.co.uk", "Radio Vestra", True),
        ("vestra.example", "Vestra Tonight", True),
        ("vestra.example", "vestra.example", True),
        ("re.example", "Reuters", False),
        ("tonight.example", "Vestra Tonight", False),
        ("127.0.0.1", "Reuters", False),
        ("localhost", "Reuters", False),
        ("", "Reuters", False),
        ("evil.example", "", False),
    ],
)
def test_an_address_bears_out_a_name_by_its_beginnings(
    host: str, name: str, borne_out: bool
) -> None:
    assert bears_out(host, name) is borne_out
