"""`briefing read --explain`: what was kept and what was removed, for a person and for a pipe."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from briefing.articles import extract_with_text
from briefing.cli import reading_report
from briefing.cli.reading_report import (
    NOWHERE,
    plain_lines,
    report_rows,
    side_by_side_lines,
    summary_lines,
)
from briefing.model import Document

LEDE = (
    "The harbour board of Korsvik voted on Tuesday to close the old swing bridge "
    "for eleven weeks of repairs."
)
MORE = (
    "Its chairman, Ove Hallström, said that the steel had rusted through in three "
    "places and could not wait."
)
PAGE = f"""This website uses cookies. By continuing you agree to our use of cookies.

Korsvik closes its swing bridge

By Nora Feld | 4 March 2026

{LEDE}

Article continues below advertisement

{MORE} Sign up for our daily newsletter here. Nobody objected.

Read more: Ferry towed into port
"""


def read_page() -> list[reading_report.Row]:
    return report_rows(extract_with_text(Document("page.txt", PAGE.encode())))


def test_every_word_of_a_document_is_kept_or_removed_for_a_reason() -> None:
    found = read_page()

    told = " ".join(
        [*(row.kept for row in found), *(words for row in found for _, words in row.gone)]
    )
    assert sorted(told.split()) == sorted(PAGE.split())
    assert [row.kept for row in found if row.kept] == [LEDE, f"{MORE} Nobody objected."]
    assert dict(pair for row in found for pair in row.gone)["cookie banner"].startswith(
        "This website"
    )


def test_a_pipe_gets_a_line_a_line_with_its_reason_before_it() -> None:
    said = list(plain_lines(read_page()))

    assert f"{'kept':24} | {LEDE}" in said
    assert f"{'newsletter or subscription':.24} | Sign up for our daily newsletter here." in said
    assert all(line[24:27] == " | " for line in said)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_person_sees_both_sides_within_the_width_of_the_terminal(width: int) -> None:
    said = [click.unstyle(line) for line in side_by_side_lines(read_page(), width)]

    assert all(len(line) <= max(width, reading_report.NARROW) for line in said)
    left = " ".join(line[6:].split("│")[0].strip() for line in said[2:])
    assert " ".join(LEDE.split()) in " ".join(left.split())
    assert "cookie banner:" in "".join(said)


def test_sums_say_how_much_was_kept_and_what_went() -> None:
    document = extract_with_text(Document("page.txt", PAGE.encode()))
    kept, gone = list(summary_lines(report_rows(document), [article for _, article in document]))

    assert kept.startswith("1 article: 39 words kept, ")
    assert gone.startswith("removed: ")
    assert "newsletter or subscription 1" in gone


def test_what_no_article_has_is_told_as_such() -> None:
    """A related article that was only a teaser is in no article, and was removed from none."""
    path = Path(__file__).parents[2] / "corpus" / "2026-03-03" / "post-fuel-levy.txt"
    found = report_rows(extract_with_text(Document(path.name, path.read_bytes())))

    assert (NOWHERE, "Vestmark crown little changed after budget") in [
        pair for row in found for pair in row.gone
    ]
