"""Sentences that speak of furniture stay and furniture goes: tables of invented lines, each in
places of a text.
"""

from __future__ import annotations

import evidence_samples as samples
import pytest

from briefing.articles import extract_articles
from briefing.model import Document

TITLE = "Korsvik closes its swing bridge until June"
TEXT = [
    (
        "The harbour board of Korsvik voted on Tuesday to close the old swing bridge for "
        "eleven weeks of repairs."
    ),
    (
        "Its chairman, Ove Hallström, said that the steel had rusted through in three "
        "places and could not wait."
    ),
    "Ferries will run every twelve minutes until the bridge opens again in June, the board said.",
    (
        "The town pays for a third of the work, which the board puts at 4.2 million "
        "crowns, and the county for the rest."
    ),
]
TRUE = [*samples.TRUE, *samples.LATER_TRUE]
FURNITURE = [*samples.FURNITURE, *samples.LATER_FURNITURE]
# Left by choice: they may be headlines or sentences of the text as well, and a false cut is worse
# than a left line.
LEFT = {
    "Video: The ferry is towed into port",
    "Nora Feld is the environment correspondent of The Halden Courier.",
}


def text_of(paragraphs: list[str]) -> str:
    articles = extract_articles(
        Document("page.txt", "\n\n".join([TITLE, *paragraphs]).encode()), analysed=False
    )
    return "\n".join(article.text for article in articles)


@pytest.mark.parametrize("sentence", TRUE)
def test_a_report_of_what_furniture_is_made_of_stays(sentence: str) -> None:
    inside = f"{TEXT[1]} {sentence} {TEXT[2]}"

    assert sentence in text_of([*TEXT[:2], sentence, *TEXT[2:]]).split("\n")
    assert inside in text_of([TEXT[0], inside, TEXT[3]]).split("\n")
    assert sentence in text_of([sentence, *TEXT]).split("\n")
    assert sentence in text_of([*TEXT, sentence]).split("\n")


@pytest.mark.parametrize("line", [line for line in FURNITURE if line not in LEFT])
def test_furniture_goes_wherever_it_stands(line: str) -> None:
    for paragraphs in ([*TEXT[:2], line, *TEXT[2:]], [*TEXT, line]):
        assert line not in text_of(paragraphs).split("\n")


@pytest.mark.parametrize("line", sorted(LEFT))
def test_what_may_be_text_as_well_is_left(line: str) -> None:
    assert line in text_of([*TEXT[:2], line, *TEXT[2:]])


def test_who_wrote_a_text_is_no_part_of_it_where_the_outlet_is_known() -> None:
    signed = [
        "By Nora Feld, The Halden Courier",
        *TEXT,
        "Nora Feld is the environment correspondent of The Halden Courier.",
    ]

    assert text_of(signed) == "\n".join(TEXT)
    assert "Ove Lund is an editor" in text_of(
        [*TEXT, "Ove Lund is an editor who was jailed for his columns."]
    )


@pytest.mark.parametrize(
    ("glued", "whole"),
    [
        (
            ("The mayor, Ove Lund Ove Erik LundBridge shut till June Mayor resigns "
"over dyke MORE (Civic), agreed."),
            "The mayor, Ove Lund (Civic), agreed.",
        ),
        ("Minister Ilse Holm Ilse (Isa) Marie HolmMORE said no to it.", "Minister Ilse Holm said no to it."),
        ("The board met. (RELATED: What the bridge costs) It voted at two.", "The board met. It voted at two."),
        ("Media playback is not supported on this deviceThe board voted at two.", "The board voted at two."),
        (
            (f"{TEXT[0]} {TEXT[1]} {TEXT[2]} Nobody spoke. {TEXT[3]} Photograph: Nora "
"Feld/Marrow Wire"),
            f"{TEXT[0]} {TEXT[1]} {TEXT[2]} Nobody spoke. {TEXT[3]}",
        ),
        ("Ove Lund on the dyke. Nora Feld/AFP/Getty Images The board voted at two.", "The board voted at two."),
        (("The board voted at two. LISTEN TO ARTICLE 4:20 SHARE THIS ARTICLE Share "
"Tweet"), "The board voted at two."),
    ],
)  # fmt: skip
def test_what_a_scrape_glued_to_a_sentence_is_cut_off_it(glued: str, whole: str) -> None:
    assert text_of([*TEXT[:2], glued, *TEXT[2:]]).split("\n")[2] == whole


@pytest.mark.parametrize(
    "sentence",
    [
        "John Kelly and Mary Kelly want MORE than that, and said so.",
        "The talks between Halden and/or AP and the port went on.",
        "He wrote MORE in red letters over the plan of the port.",
    ],
)
def test_capitals_and_names_alone_glue_nothing(sentence: str) -> None:
    assert sentence in text_of([*TEXT[:2], sentence, *TEXT[2:]]).split("\n")


@pytest.mark.parametrize(
    ("initial", "opening"),
    [
        ("T\nhe harbour board", "The harbour board"),
        ("T\n\nhe harbour board", "The harbour board"),
        ("T he harbour board", "The harbour board"),
        ("“T\nhe harbour board", "“The harbour board"),
        ("A\nfter nine years the harbour board", "After nine years the harbour board"),
        ("A\nharbour board", "A harbour board"),
        ("T cells and the harbour board", "T cells and the harbour board"),
    ],
)
def test_an_initial_that_a_page_sets_apart_is_at_its_word_again(initial: str, opening: str) -> None:
    rest = "of Korsvik voted on Tuesday to close the old swing bridge for eleven weeks of repairs."

    assert text_of([f"{initial} {rest}", *TEXT[1:]]).split("\n")[0] == f"{opening} {rest}"
