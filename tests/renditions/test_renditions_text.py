"""The plain-text part: lines of 72 columns that end where a reader would end them."""

from __future__ import annotations

import pytest
from rendition_samples import sample

from briefing.renditions import render
from briefing.renditions.mail import COLUMNS, wrap_text


def test_the_text_part_is_72_columns_wide() -> None:
    lines = render(sample(), ["text"])[0].content.decode().splitlines()

    assert all(len(line) <= 72 for line in lines if not line.lstrip().startswith("<"))


def test_wrapped_lines_hang_under_their_mark() -> None:
    assert (
        wrap_text("- " + "word " * 20)
        == "- " + "word " * 13 + "word\n  " + ("word " * 6).strip() + "\n"
    )


def test_a_numbered_line_of_the_text_part_is_set_in_under_its_words() -> None:
    assert wrap_text("12. " + "word " * 20).splitlines()[1].startswith("    word")


@pytest.mark.parametrize(
    "whole",
    [
        "5 March 07:40",
        "5. März 07:40",
        "5 de marzo 07:40",
        "1er mars 07:40",
        "6.8 per cent",
        "6,8 pour cent",
        "6,8 por ciento",
        "18 million",
        "41 ships",
        "word – word",
    ],
)
def test_no_line_of_the_text_part_ends_within_what_belongs_together(whole: str) -> None:
    for room in range(len(whole) + 2):
        line = "x" * (COLUMNS - room) + " " + whole + " " + "y" * 20

        shown = wrap_text(line)

        assert " ".join(shown.split()) == line
        assert whole.rpartition(" – ")[0] + " –" in shown if " – " in whole else whole in shown


def test_a_year_at_the_end_of_a_sentence_holds_nothing_back() -> None:
    assert wrap_text("x" * 60 + " since 2011. The port").splitlines() == [
        "x" * 60 + " since 2011.",
        "The port",
    ]


def test_the_command_to_check_with_stands_on_a_line_of_its_own() -> None:
    assert "\n  briefing verify edition.json\n" in render(sample(), ["text"])[0].content.decode()
