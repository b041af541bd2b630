"""What trees ask of a block: how far it stands from most of the prose, what others keep in elements
so called.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import calling
from benchmarks.examples import Example, examples
from briefing.articles.extraction.html import blocks, class_name_features, features
from briefing.articles.formats import html

SENTENCES = [
    (
        "The harbour board of Korsvik voted on Tuesday to close the old swing bridge for "
        "eleven weeks of repairs."
    ),
    (
        "Its chairman, Ove Hallström, said that the steel had rusted through in three "
        "places and could not wait."
    ),
    (
        "Ferries will run every twelve minutes until the bridge opens again in June, the "
        "board said on Tuesday."
    ),
]
STORY = "".join(f"<p>{each}</p>" for each in SENTENCES)
PAGE = f"""<html><body><nav class="site-menu"><a href="/">Home</a></nav><main><article class="storyBody post-12">
<h1>Bridge</h1>{STORY}</article><aside class="promo-box"><div>Book a cruise</div></aside></main></body></html>"""


def parsed(markup: str) -> blocks.Page:
    return blocks.split_blocks(html.parse_html(markup))


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("out of 50", [2, 0, 0, 0, 0, 1]),
        ("below 50", [1, 1, 1, 1, 1, 2]),
        ("since main make", [60, 60, 0, 0, 0, 1]),
        ("until main make", [2, 1, 0, 0, 0, 60]),
        ("main make", [0, 0, 1, 1, 1, 0]),
        ("twins 0 up", [1, 1, 3, 3, 3, 1]),
        ("headings", [0, 1, 1, 1, 1, 1]),
        ("headings left", [1, 0, 0, 0, 0, 0]),
        ("chars +1", [6, *(len(each) for each in SENTENCES), 13, -1]),
    ],
)
def test_a_block_stands_where_most_of_the_prose_is_or_so_far_from_it(
    column: str, values: list[float]
) -> None:
    assert features.feature_table(parsed(PAGE))[column].tolist() == values


def test_a_program_is_told_from_sentences_by_its_signs() -> None:
    made = features.feature_table(
        parsed(
            f"<body>{STORY}<pre>if (ferry.full) {{ wait(12); }} else {{ board(1); }}</pre></body>"
        )
    )

    assert made["signs"][-1] > 0.2
    assert max(made["signs"][:-1]) < 0.02


def test_a_class_is_taken_apart_into_its_words() -> None:
    assert class_name_features.class_words("div.storyBody post-12 x") == (
        "body",
        "post",
        "post-12",
        "story",
        "story-body",
        "x",
    )
    assert class_name_features.class_words("p.") == ()


def test_what_elements_are_called_counts_for_what_stands_in_them() -> None:
    found = parsed(PAGE)
    words = features.feature_table(found)["words"]

    made = class_name_features.class_columns(
        found, words, {"menu": -2.0, "promo": -3.0, "promo-box": -2.5, "story": 1.5}
    )

    assert made["called low 0"].tolist() == [-2, 0, 0, 0, 0, 0]
    assert made["called low 1"].tolist() == [0, 1.5, 1.5, 1.5, 1.5, -3]
    assert made["called high 1"].tolist() == [0, 1.5, 1.5, 1.5, 1.5, -2.5]
    assert made["called least"].tolist() == [-2, 0, 0, 0, 0, -3]
    assert made["called most"].tolist() == [0, 1.5, 1.5, 1.5, 1.5, 0]
    assert made["called sum"].tolist() == [
        -4,
        0,
        0,
        0,
        0,
        -5.5,
    ]  # an article that is most of a page is a frame


def _known(sites: int) -> list[Example]:
    body = "\n".join(SENTENCES)
    return [
        each
        for n in range(sites)
        for each in examples(body, PAGE.encode(), "1", f"site {n}")
        if not each.made
    ]


def test_a_word_that_enough_sites_use_is_known_and_a_site_is_not_asked_about_itself() -> None:
    votes = calling.votes(_known(calling.SITES))

    numbers = votes.numbers()

    assert numbers["promo"] < -calling.LEAST < calling.LEAST < numbers["story-body"]
    assert votes.without("site 0", numbers) == {}
    assert calling.votes(_known(calling.SITES - 1)).numbers() == {}


KNOWN = _known(calling.SITES + 2)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(calling.SITES + 2)))
def test_the_order_of_pages_changes_no_number(order: list[int]) -> None:
    assert calling.votes(KNOWN[i] for i in order).numbers() == calling.votes(KNOWN).numbers()


def test_columns_are_finite_for_a_page_of_one_block() -> None:
    found = parsed("<body>Bridge</body>")
    made = features.feature_table(found)

    every = made | class_name_features.class_columns(found, made["words"], {})
    assert all(np.isfinite(column).all() and len(column) == 1 for column in every.values())
