"""Windows, volume and phases: what belongs to which edition, in any zone, on days of 23 and 25
hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import STRIKE, article, utc

from briefing.editions import day_window, due_instant, next_window
from briefing.editions.volume import DAYS, Days, daily_volume, days_of, storyline_phase
from briefing.editions.windows import is_inside
from briefing.model import Moment, Window

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
    ids=["a day", "clocks forward", "clocks back"],
)
def test_a_day_runs_from_midnight_to_midnight_in_its_zone(day: date, hours: int) -> None:
    window = day_window(day, BERLIN)

    assert window.start is not None
    assert window.stop is not None
    assert window.stop.astimezone(UTC) - window.start.astimezone(UTC) == timedelta(hours=hours)


def test_without_a_day_the_window_is_open() -> None:
    assert day_window(None, BERLIN) == Window()
    assert is_inside(Moment(utc(1999, 1, 1)), Window(), BERLIN)


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(
        lambda minutes: utc(2025, 1, 1) + timedelta(minutes=minutes)
    ),
    st.sampled_from(
        ["UTC", BERLIN, "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"]
    ),
    st.sampled_from(["minute", "day"]),
)
def test_a_moment_lies_in_the_window_of_exactly_one_day(
    at: datetime, zone: str, precision: str
) -> None:
    moment = Moment(at) if precision == "minute" else Moment.on(at.date())
    around = [at.date() + timedelta(days=shift) for shift in range(-2, 3)]

    assert sum(is_inside(moment, day_window(day, zone), zone) for day in around) == 1


def test_start_is_excluded_and_stop_included() -> None:
    window = Window(utc(2026, 3, 3, 6), utc(2026, 3, 4, 6))

    assert not is_inside(Moment(utc(2026, 3, 3, 6)), window, "UTC")
    assert is_inside(Moment(utc(2026, 3, 4, 6)), window, "UTC")


def test_a_day_without_a_time_counts_as_its_noon() -> None:
    morning = Window(utc(2026, 3, 3, 6), utc(2026, 3, 4, 6))

    assert is_inside(Moment.on(date(2026, 3, 3)), morning, "UTC")
    assert not is_inside(Moment.on(date(2026, 3, 4)), morning, "UTC")


def test_midnight_to_the_second_is_a_day_without_a_time() -> None:
    stamp = Moment(datetime(2026, 3, 4, tzinfo=ZoneInfo(BERLIN)))

    assert is_inside(stamp, day_window(date(2026, 3, 4), BERLIN), BERLIN)
    assert not is_inside(stamp, day_window(date(2026, 3, 3), BERLIN), BERLIN)


def test_the_next_edition_begins_where_the_last_ended() -> None:
    last = Window(utc(2026, 3, 3, 5), utc(2026, 3, 4, 5))

    assert next_window(last, utc(2026, 3, 5, 5)) == Window(utc(2026, 3, 4, 5), utc(2026, 3, 5, 5))


def test_an_hour_that_clocks_skip_is_due_after_the_change() -> None:
    due = due_instant(date(2026, 3, 29), time(2, 30), BERLIN)

    assert due.isoformat() == "2026-03-29T03:30:00+02:00"


def at(day: int, count: int = 1, **rest: object) -> list:
    return [article(STRIKE, day=date(2026, 3, day), key=f"{day} {n}", **rest) for n in range(count)]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (at(20), "new"),
        (at(19) + at(20), "day 2"),
        (at(17) + at(18) + at(19) + at(20), "day 4"),
        (at(17) + at(20), "updated"),
        (at(18, 4) + at(19, 4) + at(20), "fading"),
        (at(5, 3) + at(20, 3), "reopened"),
        ([article(STRIKE)], "undated"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_phase_of_a_storyline_on_the_twentieth(articles: list, expected: str) -> None:
    assert storyline_phase(articles, Days(date(2026, 3, 20), "UTC")) == expected


FRIDAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("counts", "last", "expected"),
    [  # reports a day, the last of them on the day of the edition
        ((4,), FRIDAY, "new"),
        ((4, 1), FRIDAY, "day 2"),
        ((1, 2, 4), FRIDAY, "day 3"),
        ((6, 3, 3), FRIDAY, "fading"),
        ((6, 5, 4), FRIDAY, "day 3"),
        ((6, 5, 4, 3), FRIDAY, "fading"),
        ((2, 2, 1), FRIDAY, "day 3"),  # two outlets, of which one is silent
        ((9, 4, 4, 4, 4, 4, 4, 4, 4, 4), FRIDAY, "day 10"),  # a first day long ago is no measure
        ((3, 0, 0, 3), FRIDAY, "updated"),
        ((3, 3, 0, 0, 3), FRIDAY + timedelta(3), "day 5"),  # Monday after a silent weekend
        ((3, 0, 0, 3, 3), FRIDAY + timedelta(4), "day 5"),
        ((3, 3, 0, 3), FRIDAY, "updated"),
        ((6, 6, 6, 2), FRIDAY + timedelta(1), "day 4"),  # few report on a Saturday
        ((6, 0, 0, 0, 0, 0, 0, 1), FRIDAY, "fading"),  # seven days after
        ((6, 0, 0, 0, 0, 0, 0, 0, 1), FRIDAY, "reopened"),  # eight days after
        ((6, 6, *(0,) * 17, 5), FRIDAY, "reopened"),
        ((6, *(0,) * 17, 5, 5), FRIDAY, "updated"),  # the second day after it came back
    ],
    ids=str,
)
def test_phase_follows_the_reports_a_day(
    counts: tuple[int, ...], last: date, expected: str
) -> None:
    days = [last - timedelta(len(counts) - 1 - n) for n in range(len(counts))]
    articles = [
        article(STRIKE, day=day, key=f"{day} {n}")
        for day, count in zip(days, counts, strict=True)
        for n in range(count)
    ]

    assert storyline_phase(articles, Days(last, "UTC")) == expected


def test_a_storyline_known_before_is_not_new() -> None:
    assert (
        storyline_phase(at(20), Days(date(2026, 3, 20), "UTC"), first_seen=date(2026, 3, 18))
        == "updated"
    )


def test_volume_counts_days_of_the_zone_oldest_first() -> None:
    late = article(STRIKE, at=utc(2026, 3, 19, 23, 30))

    bars = daily_volume([*at(20, 2), *at(18), late], Days(date(2026, 3, 20), BERLIN))

    assert len(bars) == DAYS
    assert bars[-3:] == (1, 0, 3)


def test_posts_of_a_live_blog_are_one_report_a_day() -> None:
    posts = at(20, 9, part_of="blog", kind="update")

    assert daily_volume(posts, Days(date(2026, 3, 20), "UTC"))[-1] == 1


def morning(day: date, timezone: str) -> Window:
    """From 06:00 to 06:00 in the zone."""
    return Window(
        due_instant(day - timedelta(1), time(6), timezone), due_instant(day, time(6), timezone)
    )


@pytest.mark.parametrize("zone", ["UTC", BERLIN, "America/New_York"])
@pytest.mark.parametrize(
    ("day", "hours_before", "expected"),
    # hours before the edition is due at which somebody reports; the day that holds most of it
    # counts
    [
        (date(2026, 3, 20), (3, 10), "new"),
        (date(2026, 3, 20), (3, 31), "day 2"),
        (date(2026, 3, 20), (1, 26, 27, 28, 29), "day 2"),
        (date(2026, 3, 20), (1, 26, 27, 28, 29, 50), "fading"),
        (date(2026, 3, 20), (3, 31, 80), "updated"),
        (date(2026, 3, 20), (5, 13 * 24 + 5), "reopened"),
        (date(2026, 3, 29), (2, 10), "new"),  # clocks go forward in Berlin that night
    ],
    ids=str,
)
def test_phase_follows_the_window_of_the_morning(
    zone: str, day: date, hours_before: tuple[int, ...], expected: str
) -> None:
    window = morning(day, zone)
    assert window.start
    assert window.stop
    times = [window.stop - timedelta(hours=one) for one in hours_before]
    articles = [article(STRIKE, at=at, key=str(n)) for n, at in enumerate(times)]

    days = days_of(window, day, zone)

    assert storyline_phase(articles, days) == expected
    assert daily_volume(articles, days)[-1] == sum(window.start < at for at in times)


def test_the_last_day_of_a_morning_has_25_hours_where_clocks_go_back() -> None:
    window = morning(date(2026, 10, 25), BERLIN)
    early = article(
        STRIKE, at=utc(2026, 10, 24, 4, 30)
    )  # half past six; the edition is due at five by that clock

    assert storyline_phase([early], days_of(window, date(2026, 10, 25), BERLIN)) == "new"
    assert daily_volume([early], days_of(window, date(2026, 10, 25), BERLIN))[-1] == 1


def test_what_came_in_late_counts_as_of_the_edition_that_has_it() -> None:
    late = article(STRIKE, at=utc(2026, 3, 18, 9))

    days = days_of(
        morning(date(2026, 3, 20), "UTC"), date(2026, 3, 20), "UTC", frozenset({late.id})
    )

    assert storyline_phase([late], days) == "new"
    assert daily_volume([late], days)[-1] == 1
