"""A whole page as plain text: the lines of its article are told from its menus, teasers and
comments.
"""

from __future__ import annotations

from briefing.articles import extract_articles
from briefing.articles.boilerplate import rules
from briefing.articles.extraction.lines import classifier, extract
from briefing.articles.extraction.lines.features import line_traits
from briefing.articles.lines import split_lines
from briefing.model import Document

MENU = [
    "Home",
    "World",
    "Business",
    "Sport",
    "Weather",
    "Log in",
    "Subscribe",
    "Search",
    "Newsletters",
    "Puzzles",
]
TEXT = [
    (
        "The harbour board of Korsvik voted on Tuesday to close the old swing bridge for "
        "eleven weeks of repairs."
    ),
    (
        "Its chairman, Ove Hallström, said that the steel had rusted through in three "
        "places and could not wait."
    ),
    "What the engineers found",
    (
        "Divers had looked at the piers of the bridge in January, after a barge touched "
        "the northern one in fog."
    ),
    (
        "They found rust on four of the nine girders and a crack as long as a hand in "
        "the housing of the bearing."
    ),
    (
        "Ferries will run every twelve minutes until the bridge opens again in June, the "
        "board said in a statement."
    ),
    (
        "The town pays for a third of the work, which the board puts at 4.2 million "
        "crowns, and the county for the rest."
    ),
    (
        "“We asked for new bearings nine years ago,” said Hallström, who has led the "
        "harbour board of Korsvik since 2011."
    ),
    (
        "Shopkeepers on the northern quay fear for their spring, and want the ferries to "
        "run until midnight at least."
    ),
]
TEASERS = [
    line
    for n in range(8)
    for line in (
        f"Tram line {n} to the fair is late again",
        "Marrow Wire",
        f"{n + 1} hours ago",
        "3 min read",
    )
]
FOOT = ["About us", "Careers", "Terms of use", "Cookie settings", "© 2026 The Korsvik Courier"]
PAGE = [*MENU, "Korsvik closes its swing bridge until June", "4 March 2026", *TEXT, *TEASERS, *FOOT]


def test_the_article_of_a_page_is_kept_with_its_heading_and_nothing_else() -> None:
    (article,) = extract_articles(Document("page.txt", "\n".join(PAGE).encode()), analysed=False)

    assert article.text.split("\n") == TEXT
    assert article.headline == "Korsvik closes its swing bridge until June"


def test_running_text_speaks_for_itself_and_teasers_against() -> None:
    lines = split_lines("\n".join(PAGE))
    weights = classifier.weigh_lines(lines, [rules.classify_line(line.text) for line in lines])

    assert all(
        weight > 0
        for line, weight in zip(lines, weights, strict=True)
        if line.text in TEXT and line.prose
    )
    assert all(
        weight < 0
        for line, weight in zip(lines, weights, strict=True)
        if line.text in [*TEASERS, *MENU]
    )


def test_every_weight_is_of_a_trait_that_lines_have() -> None:
    lines = split_lines(
        "\n".join(
            [
                *PAGE,
                "Comments",
                *TEXT,
                "Read more: x",
                "By the way... you and I, 3 years ago?",
                *PAGE,
            ]
        )
    )
    families = {
        family
        for its in line_traits(lines, [rules.classify_line(line.text) for line in lines])
        for family, _ in its
    }
    known, bias = classifier.load_weights()

    assert {family for family, _ in known} <= families
    assert all(abs(weight) < 10 for weight in [bias, *known.values()])


def test_a_line_has_one_trait_of_a_family() -> None:
    lines = split_lines("\n".join(PAGE))

    for its in line_traits(lines, [rules.classify_line(line.text) for line in lines]):
        own = [
            family for family, _ in its if family != "over"
        ]  # comments and a copyright line may both be above
        assert len(own) == len(set(own))


def test_a_clipping_of_few_lines_is_read_by_its_words_alone() -> None:
    lines = split_lines("\n".join(["Home", *TEXT, "Share"]))
    weights = extract.line_weights(lines, [rules.classify_line(line.text) for line in lines])

    assert weights[0] == weights[-1] == -extract.NOISE
    assert weights[1] == lines[1].words
