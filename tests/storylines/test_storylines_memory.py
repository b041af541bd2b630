"""Storylines known by light records: what must hold for them as for storylines with all their
articles.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import FLOOD, STRIKE, TRIAL, article

from briefing.model import Article, Storyline
from briefing.storylines import Remembered, group_articles, remember_storyline
from briefing.storylines.clustering.term_counts import count_names
from briefing.storylines.tracking.records import stand_in_articles

DAY = date(2026, 3, 3)
AFFAIRS = {"S": STRIKE, "F": FLOOD, "T": TRIAL}


def reports(kinds: str, *, day: date = DAY, key: str = "") -> list[Article]:
    return [
        article(
            AFFAIRS[kind], headline=AFFAIRS[kind][n % 4], outlet=f"O{n}", day=day, key=f"{key}{n}"
        )
        for n, kind in enumerate(kinds)
    ]


def records(storylines: tuple[Storyline, ...], day: date = DAY) -> list[Remembered]:
    return [remember_storyline(one, day) for one in storylines]


def test_a_record_says_when_a_storyline_was_seen_and_how_it_is_called() -> None:
    (strike,) = group_articles(reports("SS"))

    record = remember_storyline(strike, DAY)

    assert (record.id, record.headline, record.first_seen, record.last_seen) == (
        strike.id,
        str(strike.headline),
        DAY,
        DAY,
    )
    assert record.id.startswith(record.slug)


def test_a_record_comes_back_from_json_as_it_went() -> None:
    for record in records(
        group_articles([*reports("SSF"), article([], headline="A bare headline")])
    ):
        assert Remembered.from_json(json.loads(json.dumps(record.to_json()))) == record


def test_what_stands_in_for_an_article_holds_the_words_of_its_names_as_often() -> None:
    (strike,) = group_articles(reports("SSS"))

    told, stood = (
        count_names(strike.articles),
        count_names(stand_in_articles(remember_storyline(strike, DAY))),
    )

    assert told.words == stood.words
    assert told.words
    assert (told.table != stood.table).nnz == 0


def test_a_remembered_storyline_gains_the_next_day_and_keeps_its_id() -> None:
    known = group_articles(reports("SSF"))
    news = reports("S", day=DAY + timedelta(1), key="later")

    (grown,) = group_articles(news, known=records(known))

    assert grown.id == next(one.id for one in known if len(one.articles) == 2)
    assert grown.articles == tuple(news)
    assert grown.first_seen == DAY


def test_a_storyline_is_recognised_after_six_weeks() -> None:
    known = group_articles(reports("SSFT"))
    strike = next(one.id for one in known if len(one.articles) == 2)

    found = group_articles(
        reports("SS", day=DAY + timedelta(42), key="again"), known=records(known)
    )

    assert [one.id for one in found] == [strike]


def test_of_records_that_slept_only_those_of_like_names_are_opened() -> None:
    opened = list[str]()

    def closed(record: Remembered) -> Remembered:
        values = record.to_json()

        def profiles() -> list[dict[str, Any]]:
            opened.append(record.headline)
            return list(values["profiles"])

        return Remembered.from_json(values | {"profiles": ()}, profiles)

    known = records(group_articles(reports("SSFFTT")))
    news = reports("SS", day=DAY + timedelta(42), key="again")

    found = group_articles(news, known=[closed(one) for one in known])

    assert [one.id for one in found] == [one.id for one in group_articles(news, known=known)]
    assert {headline in STRIKE for headline in opened} == {True}


def test_a_record_of_before_tallies_were_kept_is_recognised_by_its_profiles() -> None:
    known = [one.to_json() for one in records(group_articles(reports("SSFF")))]
    old = [
        Remembered.from_json({name: one[name] for name in one if name != "said"}) for one in known
    ]
    news = reports("SS", day=DAY + timedelta(42), key="again")

    found = group_articles(news, known=old)

    assert [one.id for one in found] == [
        one.id for one in group_articles(news, known=map(Remembered.from_json, known))
    ]
    assert [one.tallies for one in old] == [tuple(one["said"]) for one in known]


def test_another_affair_after_six_weeks_is_a_storyline_of_its_own() -> None:
    known = group_articles(reports("SSF"))

    (trial,) = group_articles(reports("TT", day=DAY + timedelta(42)), known=records(known))

    assert trial.id not in {one.id for one in known}


def test_remembering_a_day_again_changes_nothing() -> None:
    (strike,) = group_articles(reports("SS"))
    record = remember_storyline(strike, DAY)

    assert remember_storyline(strike, DAY, before=record) == record


@settings(max_examples=15, deadline=None)
@given(st.text("SFT", min_size=1, max_size=6), st.text("SFT", max_size=5), st.integers(0, 60))
def test_remembered_storylines_never_split_merge_or_change_their_ids(
    first: str, then: str, gap: int
) -> None:
    known = group_articles(reports(first))
    later = reports(then, day=DAY + timedelta(gap), key="later")

    found = group_articles([*reports(first), *later], known=records(known))

    ids = [one.id for one in found]
    names = {one.id: storyline.id for storyline in found for one in storyline.articles}
    assert len(ids) == len(set(ids))
    assert set(names) == {one.id for one in (*reports(first), *later)}
    assert all(names[one.id] == storyline.id for storyline in known for one in storyline.articles)


@settings(max_examples=15, deadline=None)
@given(st.text("SFT", min_size=1, max_size=6), st.text("SFT", min_size=1, max_size=5))
def test_doing_a_day_again_with_what_it_left_changes_nothing(first: str, then: str) -> None:
    before = {one.id: one for one in records(group_articles(reports(first)))}
    news = reports(then, day=DAY + timedelta(1), key="later")
    once = group_articles(news, known=before.values())
    after = before | {
        one.id: remember_storyline(one, DAY + timedelta(1), before=before.get(one.id))
        for one in once
    }

    again = group_articles(news, known=after.values())

    assert {one.id: set(one.articles) for one in again} == {
        one.id: set(one.articles) for one in once
    }


BLOG = article(
    STRIKE, headline="The strike as it happens", outlet="Live", day=DAY, kind="live blog"
)
GIVEN = st.tuples(
    st.sampled_from("SFT"), st.integers(0, 3), st.sampled_from(["dated", "undated", "post"])
)


def report_of(kind: str, number: int, form: str, day: date) -> Article:
    """One of the reports that a desk may be given on any day: of that day, without a date, or a
    post of a live blog.
    """
    words = AFFAIRS[kind][number:] + AFFAIRS[kind][:number]
    if form == "post":
        return article(words, day=day, key=f"post{number}", kind="update", part_of=BLOG.id)
    return article(
        words, headline=words[0], outlet=f"O{number}", day=day if form == "dated" else None
    )


ARCHIVE_DAYS = st.lists(
    st.tuples(st.integers(-400, 400), st.lists(GIVEN, min_size=1, max_size=6), st.booleans()),
    min_size=2,
    max_size=5,
)


@settings(max_examples=25, deadline=None)
@given(ARCHIVE_DAYS)
def test_days_in_any_order_again_late_undated_and_live_leave_every_report_where_it_was(
    days: list[tuple[int, list[tuple[str, int, str]], bool]],
) -> None:
    """The clock goes forth and back, what was given comes again beside what is new, with or without
    its live blog.
    """
    known: dict[str, Remembered] = {}
    given_so_far: list[Article] = []
    for number, (shift, drawn, again) in enumerate(days):
        clock = DAY + timedelta(shift)
        fresh = [report_of(*one, DAY + timedelta(n % 3)) for n, one in enumerate(drawn)]
        batch = [*fresh, *([BLOG] if number % 2 else []), *(given_so_far if again else [])]
        homes = {one: record.id for record in known.values() for one in record.articles}

        found = group_articles(batch, known=known.values())

        now = {one.id: storyline.id for storyline in found for one in storyline.articles}
        assert set(now) == {one.id for one in batch}
        assert sum(len(storyline.articles) for storyline in found) == len(now)
        assert all(now[one] == home for one, home in homes.items() if one in now)
        known |= {one.id: remember_storyline(one, clock, before=known.get(one.id)) for one in found}
        given_so_far += fresh
    held = [one for record in known.values() for one in record.articles]
    assert len(held) == len(set(held))
