"""What kind of article it is: found from what is stated, the address, the label and the first
person; else unknown.
"""

from __future__ import annotations

import json

import pytest

from briefing.articles import extract_articles
from briefing.articles.drafts import Facts
from briefing.articles.genre import genre_of
from briefing.model import Document

PLAIN = "The port of Halden closed on Tuesday. Ships waited in the roads, the harbour master said."
OWN = (
    "I have walked along this harbour for forty years. My father worked on these "
    "cranes, and I remember what he told "
    "me: a port that stands still is a town that forgets itself. I say to the "
    "council that my patience is at an end."
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(url="https://courier.example/opinion/2026/halden-port"), "opinion"),
        (Facts(url="https://courier.example/commentisfree/2026/mar/03/halden"), "opinion"),
        (Facts(url="https://blatt.example/meinung/hafen-101.html"), "opinion"),
        (Facts(url="https://blatt.example/inland/kommentar-hafen-101.html"), "opinion"),
        (Facts(url="https://journal.example/tribunes/le-port.html"), "opinion"),
        (Facts(url="https://diario.example/opinion/columnas/puerto.html"), "opinion"),
        (Facts(url="https://courier.example/sport/football/halden-win"), "sport"),
        (Facts(url="https://courier.example/tvshowbiz/article-1.html"), "celebrity"),
        (Facts(url="https://courier.example/world/halden"), "news"),
        (Facts(url="https://courier.example/2026/03/halden-opinion-polls"), None),
        (Facts(headline="Opinion: the port must open"), "opinion"),
        (Facts(headline="The port must open | Opinion"), "opinion"),
        (Facts(headline="Kommentar: Der Hafen muss öffnen"), "opinion"),
        (Facts(headline="Éditorial : le port doit rouvrir"), "editorial"),
        (Facts(headline="Analysis: why the port closed"), "analysis"),
        (Facts(headline="Opinion polls put Halden ahead"), None),
        (Facts(headline="Live: port of Halden closed"), "live"),
        (Facts(outlet="Courier - Editorial"), "editorial"),
        (Facts(section="Opinion"), "opinion"),
        (Facts(genre="review", url="https://courier.example/opinion/x"), "review"),
        (Facts(), None),
    ],
    ids=str,
)
def test_a_kind_is_told_by_what_is_stated_and_else_unknown(
    facts: Facts, expected: str | None
) -> None:
    assert genre_of(facts, PLAIN) == expected


def test_who_writes_of_himself_writes_an_opinion() -> None:
    assert genre_of(Facts(language="en"), OWN) == "opinion"


def test_the_first_person_of_a_quotation_is_nobodys_opinion() -> None:
    assert (
        genre_of(Facts(language="en"), f"“{OWN}” the foreman said on Tuesday. The port stays shut.")
        is None
    )


def test_a_language_without_a_list_of_the_first_person_stays_unknown() -> None:
    assert genre_of(Facts(language="fi"), OWN) is None


def test_structured_data_says_what_a_page_is() -> None:
    said = {
        "@type": "OpinionNewsArticle",
        "headline": "The port must open",
        "url": "https://courier.example/a/1",
    }
    page = (
        f'<html><head><script type="application/ld+json">{json.dumps(said)}</script></head>'
        f"<body><article><h1>The port must open</h1><p>{PLAIN}</p><p>{PLAIN} Nobody "
        "could say for how long.</p>"
        "</article></body></html>"
    )

    (article,) = extract_articles(Document("a.html", page.encode()))

    assert article.genre == "opinion"
    assert article.is_view
