"""Five scraped pages as raw as they come: each line of them was read by hand, and the reader must
agree.

The texts belong to their publishers and are not copied here: lines are named by number, cuts inside
them by place, and headlines by the line they stand in.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from briefing.articles import extract_articles
from briefing.model import Article, Document

ALL = None
# (kind, line of the headline, outlet, published, the pieces of each paragraph: (line, from, to)),
# lines from 1


def WHOLE(*numbers: int) -> list[list[tuple[int, int, int | None]]]:  # noqa: N802  it stands in the table like a constant
    return [[(number, 0, ALL)] for number in numbers]


POSTS = (
    (34, "2025-02-21", (39, 41, 43, 45, 49, 51, 53)),
    (59, "2025-02-21", (61, 63, 65, 67)),
    (73, "2025-02-21", (75, 77, 79, 81, 83)),
    (90, "2025-02-20", (92, 94)),
    (104, "2025-02-20", (106, 108, 110, 112, 114)),
    (120, "2025-02-20", (122, 124, 126, 128, 130, 132)),
    (138, "2025-02-20", (140, 142, 144, 146)),
    (152, "2025-02-20", (154, 156, 158)),
    (164, "2025-02-20", (166, 168, 170, 172, 174)),
    (180, "2025-02-20", (182, 184, 186)),
    (192, "2025-02-20", (194, 196, 198, 200)),
    (206, "2025-02-20", (208, 210, 212)),
    (218, "2025-02-20", (220, 222, 224, 226, 228)),
    (234, "2025-02-20", (236, 238, 240, 242)),
    (248, "2025-02-20", (250, 252, 254, 256, 258, 260, 262)),
)
READING = {
    "000": [("article", None, None, None, WHOLE(*range(2, 31)))],
    "001": [("article", None, None, None, WHOLE(*range(1, 12)))],
    "002": [("article", None, "BBC News", None, WHOLE(*range(5, 26)))],
    "003": [
        ("article", 2, None, None, [*WHOLE(*range(3, 22)), [(22, 0, 116)], *WHOLE(23, 24, 25)]),
        ("related", 42, "Daily Mirror", None, [[(43, 0, 190)], [(43, 191, ALL)]]),
        (
            "related",
            49,
            "Wales Online",
            None,
            [[(50, 71, 212), (50, 265, 1176), (50, 1200, 3160), (50, 3184, ALL)]],
        ),
        ("related", 56, "Metro", None, [[(57, 0, 825), (57, 990, 1607), (57, 1621, 2371)]]),
    ],
    "004": [
        ("live blog", 6, "DW", "2025-02-20", WHOLE(10)),
        ("update", 17, "DW", "2025-02-20", WHOLE(19, 21, 23, 25, 27)),
        *(("update", title, "DW", day, WHOLE(*numbers)) for title, day, numbers in POSTS),
    ],
}


def found(seeds: Path, number: str) -> tuple[list[str], tuple[Article, ...]]:
    path = next(seeds.glob(f"{number}_*.txt"))
    return path.read_text(encoding="utf-8").split("\n"), extract_articles(
        Document(path.name, path.read_bytes()), analysed=False
    )


@pytest.mark.parametrize("number", sorted(READING))
def test_every_article_is_found_in_its_place(seeds: Path, number: str) -> None:
    _, articles = found(seeds, number)

    assert [article.kind for article in articles] == [kind for kind, *_ in READING[number]]
    assert [article.place for article in articles] == list(range(len(articles)))


@pytest.mark.parametrize("number", sorted(READING))
def test_every_line_is_right(seeds: Path, number: str) -> None:
    lines, articles = found(seeds, number)

    for article, (*_, paragraphs) in zip(articles, READING[number], strict=True):
        expected = [
            "".join(lines[line - 1][a:b] for line, a, b in pieces).strip() for pieces in paragraphs
        ]
        assert article.text.split("\n") == expected


@pytest.mark.parametrize("number", sorted(READING))
def test_headline_outlet_and_date_are_those_stated_and_none_is_invented(
    seeds: Path, number: str
) -> None:
    lines, articles = found(seeds, number)

    for article, (_, title, outlet, published, _) in zip(articles, READING[number], strict=True):
        assert article.headline == (lines[title - 1].strip() if title else None)
        assert article.outlet == outlet
        assert (article.published.isoformat() if article.published else None) == published
        assert article.byline is None
        assert all(getattr(article, name) for name in article.found)


def test_the_parts_of_a_page_know_their_whole(seeds: Path) -> None:
    for number in ("003", "004"):
        _, (whole, *others) = found(seeds, number)

        assert whole.part_of is None
        assert {article.part_of for article in others} == {whole.id}


def test_an_update_is_stated_apart_from_the_publication(seeds: Path) -> None:
    _, (blog, *_) = found(seeds, "004")

    assert blog.updated is not None
    assert blog.updated.isoformat() == "2025-02-21"


def test_each_removal_says_why_and_points_into_the_document(seeds: Path) -> None:
    lines, articles = found(seeds, "003")
    whole = "\n".join(lines)

    reasons = {removal.reason for article in articles for removal in article.removals}
    assert {
        "caption",
        "promotion",
        "contact",
        "headline repeated",
        "newsletter or subscription",
    } <= reasons
    for article in articles:
        for removal in article.removals:
            assert whole[removal.start : removal.stop].strip()
            assert removal.reason


def test_twenty_four_articles_in_all(seeds: Path) -> None:
    texts = [article.text for number in sorted(READING) for article in found(seeds, number)[1]]

    assert len(texts) == 24
    assert len({hashlib.sha256(text.encode()).hexdigest() for text in texts}) == 24
