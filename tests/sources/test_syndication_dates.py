"""Dates of feeds: every order and language of the grammar, and unknown where one is not sure."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.syndication import parse_feed
from briefing.syndication.feeds import Entry
from briefing.syndication.jsonfeed import encode_entry
from briefing.syndication.written_dates import day_order, read_date

MOMENTS = [
    ("2026/04/09 06:15", "2026-04-09T06:15:00+00:00"),
    ("2026.04.09 06:15", "2026-04-09T06:15:00+00:00"),
    ("2026. 4. 9. 06:15", "2026-04-09T06:15:00+00:00"),
    ("2026年4月9日 06:15", "2026-04-09T06:15:00+00:00"),
    ("2026年04月09日(木) 6時15分", "2026-04-09T06:15:00+00:00"),
    ("２０２６年４月９日　０６：１５", "2026-04-09T06:15:00+00:00"),
    ("2026년 4월 9일 오후 6:15", "2026-04-09T18:15:00+00:00"),
    ("2026-04-09 오전 6:15:20", "2026-04-09T06:15:20+00:00"),
    ("٢٠٢٦/٠٤/٠٩ ٠٦:١٥", "2026-04-09T06:15:00+00:00"),
    ("Apr 9, 2026 6:15 PM", "2026-04-09T18:15:00+00:00"),
    ("Apr 9, 2026 12:15 a.m.", "2026-04-09T00:15:00+00:00"),
    ("Thu, 09 Apr 2026 06:15:00 PM +0200", "2026-04-09T18:15:00+02:00"),
    ("Thu, 09 Apr 2026 06:15:00 CEST", "2026-04-09T06:15:00+02:00"),
    ("Thu, 09 Apr 2026 06:15:00 BST", "2026-04-09T06:15:00+01:00"),
    ("Thu, 09 Apr 2026 06:15:00 MSK", "2026-04-09T06:15:00+03:00"),
    ("Thu Apr 09 06:15:00 CEST 2026", "2026-04-09T06:15:00+02:00"),
    ("Thu Apr  9 06:15:00 2026", "2026-04-09T06:15:00+00:00"),
    ("Thu Apr 09 2026 06:15:00 GMT+0200 (Central European Summer Time)", "2026-04-09T06:15:00+02:00"),
    ("Thu, 09 Apr 2026 06:15:00 +0200 (CEST)", "2026-04-09T06:15:00+02:00"),
    ("Thursday, April 9, 2026 - 18:15", "2026-04-09T18:15:00+00:00"),
    ("09.04.2026 18:15", "2026-04-09T18:15:00+00:00"),
    ("jeu., 09 avr. 2026 06:15:00 +0200", "2026-04-09T06:15:00+02:00"),
    ("Do, 09 Apr 2026 06:15:00 +0200", "2026-04-09T06:15:00+02:00"),
    ("Qui, 09 Abr 2026 06:15:00 -0300", "2026-04-09T06:15:00-03:00"),
    ("gio, 09 apr 2026 06:15:00 +0200", "2026-04-09T06:15:00+02:00"),
    ("чт, 09 апр 2026 06:15:00 +0300", "2026-04-09T06:15:00+03:00"),
    ("Per, 09 Nis 2026 06:15:00 +0300", "2026-04-09T06:15:00+03:00"),
    ("周四, 09 四月 2026 06:15:00 +0800", "2026-04-09T06:15:00+08:00"),
    ("torsdag 9. april 2026 kl. 06.15", "2026-04-09T06:15:00+00:00"),
    ("to 9. huhtikuuta 2026 klo 6.15", "2026-04-09T06:15:00+00:00"),
    ("czw., 09 kwi 2026 06:15:00 +0200", "2026-04-09T06:15:00+02:00"),
    ("2026. április 9. 06:15", "2026-04-09T06:15:00+00:00"),
    ("9 de abril de 2026 a las 18:15", "2026-04-09T18:15:00+00:00"),
    ("20260409061500", "2026-04-09T06:15:00+00:00"),
    ("1775715300", "2026-04-09T06:15:00+00:00"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MOMENTS)
def test_a_moment_is_read_as_it_is_written(text: str, expected: str) -> None:
    found = read_date(text)

    assert found is not None
    assert (found.at.isoformat(), found.whole_day) == (expected, False)


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 09 Apr 2026 06:15:00 CST",
        "Thu, 09 Apr 2026 06:15:00 IST",
        "2026-04-09T06:15:00 Mars/Olympus",
        "2026. 4. 9.",
        "9 April 2026",
        "2026年4月9日",
        "20260409",
    ],
)
def test_an_hour_in_an_unknown_zone_and_none_at_all_leave_the_day(text: str) -> None:
    found = read_date(text)

    assert found is not None
    assert (found.at.date().isoformat(), found.whole_day) == ("2026-04-09", True)


@pytest.mark.parametrize(
    "text",
    [
        "03-04-2026",
        "03/04/2026 - 19:30",
        "03/04/26",
        "2026-02-30",
        "2026-04",
        "yesterday",
        "2 hours ago",
        "15 رمضان 1447",
        "1404/12/13",
        "9 เมษายน 2569",
        "令和8年4月9日",
        "0001-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "said on 9 April 2026 by the mayor of Elmsea",
        "",
    ],
)
def test_what_is_not_sure_is_unknown(text: str) -> None:
    assert read_date(text) is None


def feed(*dates: str, language: str = "") -> bytes:
    entries = "".join(
        f"<item><title>Report {number}</title><pubDate>{written}</pubDate></item>"
        for number, written in enumerate(dates)
    )
    head = f"<rss version='2.0'><channel><title>T</title><language>{language}</language>"
    return f"{head}{entries}</channel></rss>".encode()


def days(content: bytes) -> list[str | None]:
    return [
        entry.published.date().isoformat() if entry.published else None
        for entry in parse_feed(content).entries
    ]


def test_the_other_dates_of_a_feed_tell_the_day_from_the_month() -> None:
    assert days(feed("03-04-2026", "28-03-2026")) == ["2026-04-03", "2026-03-28"]
    assert days(feed("03-04-2026", "03-28-2026")) == ["2026-03-04", "2026-03-28"]


def test_the_language_of_a_feed_tells_it_where_no_date_does() -> None:
    assert days(feed("03-04-2026", language="de")) == ["2026-04-03"]
    assert days(feed("03-04-2026", language="en-us")) == ["2026-03-04"]
    assert days(feed("03-04-2026", language="en")) == [None]


def test_dates_that_contradict_each_other_tell_nothing() -> None:
    assert days(feed("03-04-2026", "28-03-2026", "03-28-2026")) == [
        None,
        "2026-03-28",
        "2026-03-28",
    ]


@given(st.text(max_size=120))
def test_any_text_has_a_date_within_bounds_or_none(text: str) -> None:
    found = read_date(text)

    assert found is None or 1990 <= found.at.year <= 2200


@given(st.dates(min_value=date(1991, 1, 1)), st.sampled_from("/.-"))
def test_a_year_first_is_followed_by_month_and_day(day: date, seam: str) -> None:
    year, month, number = str(day).split("-")
    found = read_date(f"{year}{seam}{month}{seam}{number} 07:30")

    assert found is None or found.at.date() == day
    assert (found is None) == (int(year) > 2200)


@pytest.mark.parametrize("hostile", ["1" * 10**6, "(" * 10**6, "1 " * 10**6, "2026/" * 10**5])
def test_a_hostile_date_costs_no_time(hostile: str) -> None:
    begin = time.process_time()

    read_date(hostile)
    day_order([hostile])

    assert time.process_time() - begin < 2


def test_a_day_alone_stays_one_when_an_entry_is_stored() -> None:
    entry = parse_feed(feed("Thu, 09 Apr 2026 06:15:00 CST")).entries[0]
    stored = parse_feed(encode_entry(parse_feed(feed("x")), entry)).entries[0]

    assert isinstance(stored, Entry)
    assert (stored.published, stored.whole_day) == (entry.published, True)
