"""Days that pages state in their data and days that they show to readers: which of them an article
is dated by.
"""

from __future__ import annotations

import json

import pytest

from briefing.articles import extract_articles
from briefing.articles.dates import grammar
from briefing.articles.drafts import Facts
from briefing.articles.metadata import shown_dates
from briefing.model import Article, Document

TITLE = "Harbour council votes to keep the old ferry"
BODY = "".join(
    f"<p>The council of Korsvik voted {word} to keep the old ferry running through "
    "the winter, after a debate of "
    "four hours in which every member spoke and nobody changed sides, the clerk of "
    "the council said.</p>"
    for word in ("once", "again", "at last", "in the end")
)
_MONTHS = {"01": "January", "02": "February", "06": "June", "12": "December"}


def _words(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)} {_MONTHS[month]} {year}"


def _read(*said: str, foot: str = "", **stated: str) -> Article:
    """The article of a page that shows lines below its headline and states the rest in JSON-LD."""
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, **stated})
    lines = "".join(f"<div>{line}</div>" for line in said)
    page = (
        f"<html><head><title>{TITLE}</title><script "
        f'type="application/ld+json">{data}</script></head>'
        f"<body><article><h1>{TITLE}</h1>{lines}{BODY}</article><footer>{foot}</footer></body></html>"
    )
    articles = extract_articles(
        Document("https://korsvik-courier.example/ferry", page.encode()), analysed=False
    )
    assert len(articles) == 1
    return articles[0]


FIRST, BETWEEN, LAST, SOON = "2024-01-10", "2024-01-06", "2025-06-20", "2024-02-01"


@pytest.mark.parametrize(
    ("lines", "stated", "day", "how"),
    [
        pytest.param([], {"datePublished": FIRST}, FIRST, "json-ld", id="nothing is shown"),
        pytest.param(
            [_words(FIRST)],
            {"datePublished": FIRST, "dateModified": LAST},
            FIRST,
            "json-ld",
            id="both agree",
        ),
        pytest.param(
            [f"Updated {_words(LAST)}"],
            {"datePublished": FIRST, "dateModified": LAST},
            None,
            None,
            id="rewritten",
        ),
        pytest.param(
            [f"Published {_words(FIRST)}", f"Updated {_words(LAST)}"],
            {"datePublished": FIRST, "dateModified": LAST},
            FIRST,
            "json-ld",
            id="both days are shown",
        ),
        pytest.param(
            [f"Updated {_words(SOON)}"],
            {"datePublished": FIRST, "dateModified": SOON},
            FIRST,
            "json-ld",
            id="changed soon after",
        ),
        pytest.param(
            [_words(BETWEEN)],
            {"datePublished": FIRST, "dateModified": FIRST},
            BETWEEN,
            "shown on the page",
            id="the data have the day of a move to another system",
        ),
        pytest.param(
            [_words(LAST)],
            {"datePublished": FIRST},
            FIRST,
            "json-ld",
            id="a later day is of something to come",
        ),
        pytest.param(
            [_words(BETWEEN), _words("2023-12-01")],
            {"datePublished": FIRST, "dateModified": FIRST},
            FIRST,
            "json-ld",
            id="two days are shown",
        ),
    ],
)
def test_a_stated_day_of_publication_is_held_against_what_readers_see(
    lines: list[str], stated: dict[str, str], day: str | None, how: str | None
) -> None:
    article = _read(*lines, **stated)

    assert (
        str(article.published.day) if article.published else None,
        article.found.get("published"),
    ) == (day, how)


def test_a_page_that_states_no_day_has_the_only_one_it_shows() -> None:
    assert str(_read(foot=f"<p>Posted on {_words(FIRST)}</p>").published.day) == FIRST  # type: ignore[union-attr]
    assert (
        _read(foot=f"<p>Posted {_words(FIRST)}</p><p>Posted {_words(LAST)}</p>").published is None
    )
    assert _read(foot=f"<p>Last updated {_words(LAST)}</p>").published is None
    assert _read(foot="<p>© 2024 Korsvik</p>").published is None


def test_the_day_of_a_rewriting_shown_without_a_label_leaves_the_day_of_publication_unknown() -> (
    None
):
    stated = Facts.of(
        "json-ld", published=grammar.parse_date(FIRST), updated=grammar.parse_date(LAST)
    )
    seen = grammar.parse_date(LAST)
    assert seen

    doubted = shown_dates.reconcile_dates(
        stated, Facts(), shown_dates.Shown(frozenset([seen.day]), (seen,), (seen,))
    )

    assert doubted == stated.without("published")


def test_days_told_of_in_sentences_are_not_shown_days() -> None:
    told = (
        "<p>The ferry, which was built in the yards of Halden, was first launched "
        f"on {_words(FIRST)} by a queen.</p>"
    )

    assert _read(foot=told).published is None


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("Home, Harbour, Bridges, Repairs", "Harbour"),
        ("Behavioural, Social and Health Sciences", "Behavioural, Social and Health Sciences"),
        ("U.S.", "U.S."),
        ("The board of Korsvik closes its old bridge.", None),
        ("https://korsvik.example/harbour", None),
        ("Blog", None),
    ],
)
def test_of_a_list_of_sections_the_first_counts_and_a_sentence_is_none(
    section: str, name: str | None
) -> None:
    assert _read(articleSection=section).section == name


@pytest.mark.parametrize("section", ["Uncategorized", "uncategorised", "Home"])
def test_a_section_that_is_none_is_left_out_whoever_states_it(section: str) -> None:
    assert _read(articleSection=section).section is None
    assert _read(articleSection="Harbour").section == "Harbour"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Nora Feld, Korsvik Courier", "Nora Feld"),
        ("Nora Feld | The Korsvik Courier", "Nora Feld"),
        ("Nora Feld for Korsvik Courier", "Nora Feld"),
        ("Nora Feld, Tom Berg", "Nora Feld, Tom Berg"),
        ("Korsvik Courier", None),  # says no more than the outlet does
    ],
)
def test_an_authors_name_ends_before_the_outlets(author: str, name: str | None) -> None:
    article = _read(author={"name": author}, publisher={"name": "Korsvik Courier"})  # type: ignore[arg-type]

    assert (article.byline, article.outlet) == (name, "Korsvik Courier")


@pytest.mark.parametrize(
    ("over", "below", "day"),
    [
        pytest.param([_words(FIRST)], [], FIRST, id="over the headline"),
        pytest.param(
            ["News", _words(FIRST), "5 min read"], ["Share"] * 15, FIRST, id="two lines over it"
        ),
        pytest.param([_words(FIRST), "News", "Politics", "5 min read"], [], None, id="further up"),
        pytest.param(
            [], [_words(FIRST), *["Share this report"] * 20], FIRST, id="far above the text"
        ),
        pytest.param([], [f"Updated {_words(FIRST)}"], None, id="a change is no publication"),
    ],
)
def test_a_day_by_the_headline_dates_a_page_that_shows_others_too(
    over: list[str], below: list[str], day: str | None
) -> None:
    before, after = ("".join(f"<div>{line}</div>" for line in some) for some in (over, below))
    others = "".join(f"<p>{_words(other)}</p>" for other in (BETWEEN, LAST))
    text = f"<header>{before}</header><article><h1>{TITLE}</h1>{after}{BODY}</article><footer>{others}</footer>"
    page = f"<html><head><title>{TITLE}</title></head><body>{text}</body></html>"

    found = extract_articles(
        Document("https://korsvik-courier.example/ferry", page.encode()), analysed=False
    )[0]

    assert (str(found.published.day) if found.published else None) == day
    assert found.found.get("published") == (shown_dates.BESIDE if day else None)
