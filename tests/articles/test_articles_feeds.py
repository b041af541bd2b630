"""Feeds as outlets publish them: whose they are, and signs that programs write wrongly."""

from __future__ import annotations

import pytest

from briefing.articles import extract_articles
from briefing.articles.metadata.feed_titles import feed_outlet
from briefing.model import Article, Document

TEXT = (
    "The council of Elmsea voted on Tuesday to mend the sea wall before winter. "
    "The work costs nine million crowns, the treasurer Ida Holm said."
)


def feed(title: str = "The Elmsea Herald", headline: str = "Sea wall", text: str = TEXT) -> str:
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel>"
        f"<title>{title}</title><link>https://herald.example/</link>"
        f"<item><title>{headline}</title><link>https://herald.example/1</link>"
        f"<description>{text}</description></item></channel></rss>"
    )


def only_article(content: bytes) -> Article:
    (article,) = extract_articles(Document("feed.xml", content), analysed=False)
    return article


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("The Elmsea Herald", "The Elmsea Herald"),
        ("World news | The Elmsea Herald", "The Elmsea Herald"),
        ("International – Le Courrier d’Elmsea", "Le Courrier d’Elmsea"),
        ("Politik - Elmseer Zeitung", "Elmseer Zeitung"),
        ("The Elmsea Herald > World News", "The Elmsea Herald"),
        ("The Elmsea Herald: Home Page - Top Stories", "The Elmsea Herald"),
        ("Latest from The Elmsea Herald", "The Elmsea Herald"),
        ("Neueste Nachrichten von Elmseer Zeitung", "Elmseer Zeitung"),
        ("Les dernières actualités de Courrier d’Elmsea", "Courrier d’Elmsea"),
        ("Últimas noticias de El Diario de Elmsea", "El Diario de Elmsea"),
        ("Elmsea Herald RSS Feed", "Elmsea Herald"),
        ("Elmsea Herald (RSS)", "Elmsea Herald"),
        ("ニュース | 海辺新聞", "海辺新聞"),
        ("World news", None),
        ("Politik", None),
        ("Últimas noticias", None),
        ("RSS", None),
        ("Google Alert - sea wall", None),
        ("“sea wall Elmsea” - Google News", None),
        ("www.herald.example", None),
        ("https://herald.example/feed", None),
    ],
)
def test_a_feed_is_its_outlets_and_never_its_sections(title: str, outlet: str | None) -> None:
    assert feed_outlet(title) == outlet


def test_a_name_that_the_address_spells_is_one_also_where_it_is_a_word_for_a_section() -> None:
    assert feed_outlet("WELT - Politik", "https://www.welt.de/") == "WELT"
    assert feed_outlet("Welt - Politik", "https://www.herald.example/") is None


@pytest.mark.parametrize("name", ["B&B", "S&P", "R&D", "AT&T", "Q&A", "Marsh & Holm"])
def test_a_bare_ampersand_is_one(name: str) -> None:
    article = only_article(feed(headline=f"{name} owners fear the wall").encode())

    assert article.headline == f"{name} owners fear the wall"


def test_references_and_marked_sections_keep_their_meaning() -> None:
    inner = "<![CDATA[<p>Marsh &amp; Holm mend the wall of B&B owners at Elmsea, they said.</p>]]>"
    article = only_article(feed(headline="Caf&#233; &amp; bar", text=inner).encode())

    assert article.headline == "Café & bar"
    assert article.text == "Marsh & Holm mend the wall of B&B owners at Elmsea, they said."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_feed_in_utf_16_is_a_feed(encoding: str) -> None:
    article = only_article(feed(headline="Dämme für Elmsea").encode(encoding))

    assert (article.headline, article.outlet) == ("Dämme für Elmsea", "The Elmsea Herald")


def test_control_characters_and_soft_hyphens_are_no_part_of_a_text() -> None:
    text = TEXT.replace("sea wall", "sea\x01 wall\x0b").replace("treasurer", "trea&#173;su\xadrer")
    article = only_article(feed(text=text).encode())

    assert article.text == TEXT
