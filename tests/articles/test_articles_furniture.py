"""Lines that patterns of furniture fit in; that what is looked at before a costly pattern is tried
rules none out.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.articles import word_lists
from briefing.articles.boilerplate import rules

FURNITURE = word_lists.load_table("furniture")
LINES = [
    re.compile(f"(?:{word_lists.join_lines(each['pattern'])})", re.IGNORECASE)
    for each in FURNITURE["line"]
]
OPENED = sorted(FURNITURE["openings"])
SIGNED = [
    ("other", "rights", "rights"),
    ("other", "caption", "captions"),
    ("other", "agency", "agency_marks"),
    ("other", "blurb", "sentences"),
    ("other", "touch", "sentences"),
    ("other", "feed_foot", "sentences"),
]
few = settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("number", range(len(LINES)))
def test_a_line_that_a_pattern_fits_is_furniture_whatever_it_opens_with(number: int) -> None:
    @few
    @given(
        st.from_regex(LINES[number], fullmatch=True).map(str.strip).filter(LINES[number].fullmatch)
    )
    def holds(line: str) -> None:
        assert "\n" in line or len(line) > 500 or rules.match_boilerplate(line) is not None

    holds()


@pytest.mark.parametrize("name", OPENED)
def test_a_pattern_that_asks_for_an_opening_fits_no_line_without_it(name: str) -> None:
    pattern = word_lists.compile_pattern("other", name)

    @few
    @given(st.from_regex(pattern).filter(pattern.match))
    def holds(line: str) -> None:
        start = line.lower()[: rules.START]
        assert not start.isascii() or name in word_lists.fitting_patterns(start)[1]

    holds()


@pytest.mark.parametrize(("section", "name", "signs"), SIGNED)
def test_what_a_pattern_finds_holds_one_of_its_signs(section: str, name: str, signs: str) -> None:
    pattern = word_lists.compile_pattern(section, name)

    @few
    @given(
        st.from_regex(pattern, alphabet=st.characters(max_codepoint=0x17E)).filter(pattern.search)
    )
    def holds(line: str) -> None:
        assert word_lists.has_sign(line.lower(), signs)

    holds()


@pytest.mark.parametrize(("name", "signs"), [("phrases", "phrases"), ("label", "labels")])
def test_what_is_cut_out_of_a_line_holds_one_of_its_signs(name: str, signs: str) -> None:
    pattern = word_lists.compile_pattern("inside", name)

    @few
    @given(st.from_regex(pattern).filter(pattern.search))
    def holds(line: str) -> None:
        assert word_lists.has_sign(line, signs)

    holds()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Bridge of Korsvik closes for eleven weeks | Nora Feld Read more", "promotion"),
        ("What is the fuel levy and who pays it? Read more", "promotion"),
        ("The Marrow Wire contributed to this report.", "credit line"),
        ("Nora Feld and A. B. Lund contributed to this story from Tessin, Ostra.", "credit line"),
        (
            (
                "(Additional reporting by Nora Feld in Tessin, writing by Tom Berg, "
                "editing by Ove Lund)"
            ),
            "credit line",
        ),
        ("The heat contributed to this summer’s losses, the farmers’ union said.", None),
        ("He asked every pupil of the school to read more.", None),
        (
            "Marendahl said no. The Marrow Wire contributed to this report.",
            None,
        ),  # it is more than that
    ],
)
def test_links_to_others_and_names_of_helpers_are_no_text(line: str, reason: str | None) -> None:
    assert rules.classify_line(line) == reason
