"""Which blocks of a page are kept: those that stand out from the others of their page; no long run
of them twice.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.articles.extraction.html import extract, threshold
from briefing.articles.formats import html

WORDS = [
    f"The board of Korsvik met for the {n} time about the swing bridge and put the matter off."
    for n in range(40)
]
LONG = WORDS[:12]  # 200 words and more


@pytest.mark.parametrize(
    ("likely", "kept"),
    [
        ((0.9, 0.9, 0.05, 0.02), 2),  # a page of the usual kind
        ((0.3, 0.28, 0.02, 0.01), 2),  # one like no other: what stands out
        ((0.9, 0.9, 0.3, 0.02), 2),  # the same likelihood beside a clear text is furniture
        ((0.1, 0.08, 0.02, 0.01), 0),  # nothing but furniture
    ],
)
def test_a_page_is_cut_where_its_text_stands_out(likely: tuple[float, ...], kept: int) -> None:
    least = threshold.choose_threshold(np.array(likely), np.full(4, 30.0))

    assert sum(each >= least for each in likely) == kept


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 400)), min_size=1, max_size=60))
def test_where_a_page_is_cut_lies_between_the_bounds(blocks: list[tuple[float, int]]) -> None:
    likely, words = (np.array(column, dtype=np.float64) for column in zip(*blocks, strict=True))

    assert threshold.LEAST <= threshold.choose_threshold(likely, words) <= threshold.MOST


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ([*LONG, *LONG], 12),  # once for narrow screens, once for wide ones
        ([*LONG, "Share", *LONG, *WORDS[12:20]], 21),
        ([*LONG[:3], *LONG[:3]], 6),  # fewer words than a text has
        ([*LONG, LONG[0], *WORDS[12:20], LONG[1]], 22),  # a line that recurs
        ([*LONG, *LONG, *LONG], 12),
        (["Yes"] * 40, 40),
    ],
)
def test_a_long_run_of_blocks_that_stands_again_is_left_out(texts: list[str], kept: int) -> None:
    found = threshold.drop_repeated_runs(texts)

    assert len(found) == kept
    assert found == sorted(found)


@given(st.lists(st.sampled_from(WORDS), max_size=120))
def test_no_text_is_lost_altogether(texts: list[str]) -> None:
    kept = threshold.drop_repeated_runs(texts)

    assert {texts[place] for place in kept} == set(texts)


def test_a_page_that_holds_its_article_twice_is_read_once() -> None:
    story = "".join(f"<p>{each}</p>" for each in LONG)
    made = html.parse_html(
        f"<html><body><div class='wide'>{story}</div><div "
        f"class='narrow'>{story}</div></body></html>"
    )

    assert extract.extract_article(made).lines == tuple(LONG)
