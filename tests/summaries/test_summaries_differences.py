"""Where accounts differ: which figures of two outlets cannot both be right, and what is no
difference.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from briefing.articles import fold_reprints, read_documents
from briefing.language import analyse
from briefing.model import Article, Moment, Quote, Source, Span
from briefing.sources import collect_documents
from briefing.storylines import group_articles
from briefing.summaries.facets.counts import extract_counts
from briefing.summaries.facets.disagreements import find_disagreements

PUBLISHED = date(2026, 3, 4)
MORNING = datetime.fromisoformat("2026-03-04T08:00:00+01:00")

# Sentence | kind, thing, from, to of each count that is certain.
COUNTS = """
Four people were killed when the dyke broke.|dead  4 4
The flood killed 1,150 people in Tessin.|dead  1145 1155
At least 12 passengers died in the fire.|dead passenger 12 inf
Up to 30 people were injured.|injured  0 35
Some 1,300 people fled their homes in Tessin.|moved out  1170 1430
Some 1,150 people had been moved out on Tuesday.|moved out  1140 1160
Nearly 3,000 workers walked out on Tuesday.|on strike  2400 3500
The union said 3,200 of its members had joined the strike.|on strike  3150 3250
All 214 passengers were taken off alive.|whole passenger 214 214
Twenty-one soldiers were arrested.|arrested soldier 21 21
Police said 380 houses were flooded.|flood hous 375 385
Seventeen people were injured, three of them seriously.|injured  17 17
Three of the passengers died.|
Another two people died on Tuesday.|
Between 30 and 40 people died.|
The storm could have killed 50 people.|
Officials expect 600 homes to be flooded.|
“Four people were killed,” the mayor said.|
In 2019 four people were killed in Tessin.|
Four people were killed there in December.|
Four people were killed last year.|
Nine deaths were put down to the first fire, while two people were killed by the second.|
Four people were killed and two men drowned later.|
Anna Holm, aged 34, was killed.|
The death toll rose to 17 on Tuesday.|
The price rose by 12 per cent.|
The two sides left the house.|
The 48 members who voted left the house.|
He was held for 14 days.|
One person was killed.|
"""


@pytest.mark.parametrize("case", COUNTS.strip().splitlines())
def test_a_count_is_found_with_its_bounds_or_passed_over(case: str) -> None:
    sentence, _, expected = case.partition("|")

    found = extract_counts(sentence, Span(0, len(sentence)), published=PUBLISHED)

    assert [f"{one.kind} {one.thing} {one.low:g} {one.high:g}" for one in found] == (
        [expected] if expected else []
    )


def test_other_languages_have_no_counts() -> None:
    sentence = "Vier Menschen sind gestorben, 4 people were killed."

    assert (
        extract_counts(sentence, Span(0, len(sentence)), published=PUBLISHED, language="de") == []
    )


def test_a_table_of_figures_without_a_full_stop_is_no_sentence() -> None:
    table = "12 people were killed in 3 towns and " * 20_000

    assert extract_counts(table, Span(0, len(table)), published=PUBLISHED) == []


def report(text: str, outlet: str | None, *, hours: int | None = 0, key: str = "") -> Article:
    """A report of so many hours after eight in the morning; None for one without a time."""
    moment = None if hours is None else Moment(MORNING + timedelta(hours=hours))
    name = f"{outlet}{hours}{key}{text[:40]}"
    return Article(
        name, text, "A headline", outlet, published=moment, language="en", analysis=analyse(text)
    )


FOUR = (
    "Four people died when the Lower Dyke in Tessin gave way on "
    "Wednesday.\nSoldiers filled sandbags all night long."
)
THREE = (
    "Three people were killed as water broke through the dyke at "
    "Tessin.\nSchools there stay shut until the weekend."
)
FERRY = "All {} passengers were brought off the ferry Sankt Elin.\nThe {} set out on Tuesday night."
CROWD = "About {} people marched through Tessin on Wednesday, {} said."


def test_two_outlets_that_cannot_both_be_right_are_shown_side_by_side_by_time() -> None:
    first, second = report(FOUR, "Wire"), report(THREE, "Post", hours=2)

    for articles in ([first, second], [second, first]):
        ((one, other),) = find_disagreements(articles)
        assert (str(one), str(other)) == (FOUR.splitlines()[0], THREE.splitlines()[0])
        assert isinstance(one, Quote)


NO_DIFFERENCE = {
    "the later report only adds to the earlier": [
        report(THREE, "Post"),
        report(FOUR, "Wire", hours=2),
    ],
    "one outlet twice": [report(FOUR, "Wire"), report(THREE, "Wire", hours=2)],
    "an outlet that gave first the one and then the other": [
        report(THREE, "Wire", hours=-2),
        report(FOUR, "Wire"),
        report(THREE, "Post", hours=2),
    ],
    "no outlet": [report(FOUR, None), report(THREE, "Post", hours=2)],
    "no time": [report(FOUR, "Wire"), report(THREE, "Post", hours=None)],
    "days apart": [report(FOUR, "Wire"), report(THREE, "Post", hours=30)],
    "another place": [
        report(FOUR, "Wire"),
        report(THREE.replace("Tessin", "Lindmoor"), "Post", hours=2),
    ],
    "at least three": [
        report(FOUR, "Wire"),
        report(f"At least {THREE[0].lower()}{THREE[1:]}", "Post", hours=2),
    ],
    "of whom some count the attacker": [
        report(FOUR + "\nThe gunman fled.", "Wire"),
        report(THREE, "Post", hours=2),
    ],
    "rounded": [
        report(FERRY.format(214, "ship"), "Wire"),
        report(FERRY.format("about 200", "captain and crew"), "Post"),
    ],
    "counts of two things": [
        report(FERRY.format(62, "ship"), "Wire"),
        report(FERRY.format(180, "captain and crew"), "Post"),
    ],
    "one text printed twice": [
        report(FERRY.format(214, "ship") + FOUR, "Wire"),
        report(FERRY.format(209, "ship") + FOUR, "Post"),
    ],
    "the same figure": [
        report(FOUR, "Wire"),
        report(THREE.replace("Three", "Four"), "Post", hours=2),
    ],
    "about the same crowd": [
        report(CROWD.format("5,000", "police"), "Wire"),
        report(CROWD.format("5,400", "the organisers of the march"), "Post"),
    ],
    "nothing to show": [],
}


@pytest.mark.parametrize("name", NO_DIFFERENCE)
def test_what_is_no_difference_is_not_shown(name: str) -> None:
    assert find_disagreements(NO_DIFFERENCE[name]) == ()


def test_a_count_that_does_not_grow_differs_whichever_came_first() -> None:
    wire = report(FERRY.format(214, "ship"), "Wire")
    post = report(
        "The fog lifted and all 209 passengers left the Sankt Elin for Rensvik.", "Post", hours=1
    )

    assert len(find_disagreements([wire, post])) == 1


@pytest.fixture(scope="module")
def storylines(corpus: Path) -> list[tuple[Article, ...]]:
    days = (Source("folder", str(corpus / f"2026-03-0{day}")) for day in (3, 4, 5))
    return [
        one.articles
        for one in group_articles(
            fold_reprints(
                read_documents(collect_documents(tuple(days)).documents).articles
            ).articles
        )
    ]


def test_the_sample_corpus_differs_where_it_was_made_to_and_nowhere_else(
    storylines: list[tuple[Article, ...]],
) -> None:
    found = {
        tuple(
            sorted(
                word
                for quote in shown
                for word in ("1,150", "1,300", "Four", "Three")
                if word in str(quote)
            )
        )
        if "Tessin" in str(shown[0]) or "neighbors" in str(shown[0])
        else tuple(
            sorted(
                w
                for q in shown
                for w in ("2,900", "3,200", "209", "214", "62,000", "180,000")
                if w in str(q)
            )
        )
        for articles in storylines
        for shown in find_disagreements(articles)
    }

    assert ("2,900", "3,200") in found
    assert ("209", "214") in found
    assert {figure for row in found for figure in row} >= {"1,150", "1,300", "Four", "Three"}
    assert len(found) == 4  # and not the hens: 62,000 of one farm, 180,000 of three


def test_every_sentence_shown_is_another_outlets_and_dated(
    storylines: list[tuple[Article, ...]],
) -> None:
    for articles in storylines:
        for shown in find_disagreements(articles):
            assert len({quote.article.outlet for quote in shown}) == len(shown) > 1
            assert all(quote.article.published for quote in shown)
            assert find_disagreements(articles[::-1]) == find_disagreements(articles)
