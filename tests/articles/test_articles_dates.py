"""Dates as the news writes them, and what must not be read as one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import date_samples
import pytest

from briefing.articles import extract_articles as read_document
from briefing.articles.dates import grammar
from briefing.articles.drafts import Facts
from briefing.articles.metadata.credit_lines import Clock, parse_credit_line, parse_dateline
from briefing.model import Document, Moment

STATED = [
    ("4 March 2026", "2026-03-04"),
    ("March 4, 2026", "2026-03-04"),
    ("Mar. 4, 2026", "2026-03-04"),
    ("Wednesday, 4th March 2026", "2026-03-04"),
    ("2026-03-04", "2026-03-04"),
    ("2026/03/04", "2026-03-04"),
    ("4.3.2026", "2026-03-04"),
    ("4. März 2026", "2026-03-04"),
    ("mercredi 4 mars 2026", "2026-03-04"),
    ("4 de marzo de 2026", "2026-03-04"),
    ("25/03/2026", "2026-03-25"),
    ("03/25/2026", "2026-03-25"),
    ("March 4, 2026 10:52 CET", "2026-03-04T10:52+01:00"),
    ("4 March 2026, 18:05", "2026-03-04T18:05+00:00"),
    ("4 March 2026 at 6pm", "2026-03-04T18:00+00:00"),
    ("Wednesday 4 Mar 2026 2:25 pm", "2026-03-04T14:25+00:00"),
    ("7.40am GMT on 4 March 2026", "2026-03-04T07:40+00:00"),
    ("4 March 2026 | 7:15 p.m. ET", "2026-03-04T19:15-05:00"),
    ("4 July 2026 | 7:15 p.m. ET", "2026-07-04T19:15-04:00"),
    ("3. März 2026, 07:40 Uhr", "2026-03-03T07:40+00:00"),
    ("2026-03-04T14:20:33.123+01:00", "2026-03-04T14:20+01:00"),
    ("2026-03-04T14:20:33Z", "2026-03-04T14:20+00:00"),
    ("Wed, 04 Mar 2026 06:30:00 +0100", "2026-03-04T06:30+01:00"),
    ("Wed, 04 Mar 2026 06:30:00 GMT", "2026-03-04T06:30+00:00"),
]
NOT_DATES = [
    "03/04/2025",  # either way round, and nothing says which
    "31 February 2026",
    "G20",
    "May 2026",
    "to",
    "at 11 a.m. on Thursday",
    "24/7",
    "Boeing 737-800",
    "on page 4",
    "1/2 cup",
    "12:30",
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_a_stated_date_is_read(text: str, expected: str) -> None:
    found = grammar.parse_date(text)

    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize("text", NOT_DATES)
def test_unknown_beats_wrong(text: str) -> None:
    assert grammar.parse_date(text) is None


def test_a_country_settles_which_way_round_a_date_is_meant() -> None:
    assert str(grammar.parse_date("03/04/2025", country="uk").day) == "2025-04-03"  # type: ignore[union-attr]
    assert str(grammar.parse_date("03/04/2025", country="us").day) == "2025-03-04"  # type: ignore[union-attr]


def test_published_and_updated_are_told_apart_even_when_glued() -> None:
    found = grammar.find_dates("Published February 20, 2025last updated February 21, 2025")

    assert [(each.role, str(each.moment.day)) for each in found if each.moment] == [
        ("published", "2025-02-20"),
        ("updated", "2025-02-21"),
    ]


def test_a_clock_time_without_a_zone_is_in_the_zone_given() -> None:
    found = grammar.parse_date("4 March 2026, 18:05", zone=ZoneInfo("Europe/Vienna"))

    assert found is not None
    assert found.isoformat() == "2026-03-04T18:05+01:00"


NOW = Moment(datetime(2026, 3, 4, 18, 0, tzinfo=UTC))
AGES = [
    ("4 minutes ago", NOW, "2026-03-04T17:56+00:00"),
    ("4 hours ago", NOW, "2026-03-04"),
    ("17 hours ago", NOW, "2026-03-04"),  # between midnight and one in the morning
    ("18 hours ago", NOW, None),  # either side of midnight
    ("2 days ago", NOW, "2026-03-02"),
    ("yesterday", NOW, "2026-03-03"),
    ("vor 3 Tagen", NOW, "2026-03-01"),
    ("4 hours ago", Moment.on(date(2026, 3, 4)), None),
    ("4 minutes ago", None, None),
]


@pytest.mark.parametrize(("text", "now", "expected"), AGES)
def test_an_age_is_as_precise_as_its_unit_and_unknown_without_a_clock(
    text: str, now: Moment | None, expected: str | None
) -> None:
    stated = grammar.find_age(text, now=now)

    assert stated is not None
    assert (stated.moment.isoformat() if stated.moment else None) == expected


CREDITS = [
    ("By Nora Feld, The Halden Courier", ("The Halden Courier", "Nora Feld", None)),
    ("Radio Vestra | 4 March 2026, 18:05", ("Radio Vestra", None, "2026-03-04")),
    ("Kit Marlund Published 3 March 2026 11:20 CET", (None, "Kit Marlund", "2026-03-03")),
    ("The Halden Courier, Tuesday 3 March 2026", ("The Halden Courier", None, "2026-03-03")),
    ("By Ingrid Solvane, Culture Correspondent", (None, "Ingrid Solvane", None)),
    ("Von Lorenz Kugler, Grünau", (None, "Lorenz Kugler", None)),
    ("Radio Vestra | Business", ("Radio Vestra", None, None)),
    ("Updated 4 March 2026", (None, None, None)),
]


@pytest.mark.parametrize(("line", "expected"), CREDITS)
def test_a_credit_line_states_outlet_author_and_day(
    line: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    found = parse_credit_line(line, Clock())

    assert found is not None
    assert (
        found.outlet,
        found.byline,
        str(found.published.day) if found.published else None,
    ) == expected


NO_CREDITS = [
    "World News",
    "The minister spoke on 4 March 2026 in the harbour town of Tessin about fish.",
    "What happens now?",
]


@pytest.mark.parametrize("line", NO_CREDITS)
def test_what_is_no_credit_line_states_nothing(line: str) -> None:
    assert (parse_credit_line(line, Clock()) or Facts()).outlet is None


DATELINES = [
    ("HALDEN, March 3 (Marrow Wire) - Dockers walked off", "Marrow Wire", "Dockers"),
    ("LYSHOLT, Vestmark, March 3 (Marrow Wire) - Vestmark has", "Marrow Wire", "Vestmark"),
    ("GRÜNAU. Chancellor Aldhaus signed", None, "Chancellor"),
    ("HALDEN — The court ruled", None, "The"),
]


@pytest.mark.parametrize(("line", "agency", "first"), DATELINES)
def test_a_dateline_is_found_with_its_agency(line: str, agency: str | None, first: str) -> None:
    found = parse_dateline(line)

    assert found is not None
    assert found[1] == agency
    assert line[found[0] :].startswith(first)


@pytest.mark.parametrize(
    "line", ["The port - long closed - reopened.", "Halden is a port.", "U.S. officials said so."]
)
def test_prose_has_no_dateline(line: str) -> None:
    assert parse_dateline(line) is None


@pytest.mark.parametrize(("line", "country", "expected"), date_samples.STATED)
def test_the_day_of_publication_is_read_from_lines_of_many_styles(
    line: str, country: str | None, expected: str
) -> None:
    found = (parse_credit_line(line, Clock(country=country)) or Facts()).published

    assert (found.isoformat() if found else "") == expected


@pytest.mark.parametrize("line", date_samples.NONE)
def test_what_is_no_day_or_may_be_two_states_none(line: str) -> None:
    found = parse_credit_line(line, Clock()) or Facts()

    assert (found.published, found.updated, grammar.parse_date(line)) == (None, None, None)


@pytest.mark.parametrize("line", date_samples.EVENTS)
def test_the_day_of_an_event_is_no_day_of_publication(line: str) -> None:
    page = (
        f"The talks of Halden\n\n{line}\n\nThe union said that the talks had been "
        "the longest in nine years."
    )

    assert (parse_credit_line(line, Clock()) or Facts()).published is None
    assert read_document(Document("x.txt", page.encode()), analysed=False)[0].published is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1 hr 20 min ago", "2026-03-04T16:40+00:00"),
        ("2 weeks ago", "2026-02-18"),
        ("a day ago", "2026-03-03"),
        ("vor 20 Minuten", "2026-03-04T17:40+00:00"),
        ("vor einem Tag", "2026-03-03"),
        ("vor 3 Stunden", "2026-03-04"),
        ("gestern", "2026-03-03"),
        ("il y a 20 minutes", "2026-03-04T17:40+00:00"),
        ("il y a 2 jours", "2026-03-02"),
        ("hace 3 días", "2026-03-01"),
        ("hace una hora", "2026-03-04"),
        ("hace 2 semanas", "2026-02-18"),
    ],
)
def test_ages_are_counted_back_in_four_languages(line: str, expected: str) -> None:
    stated = grammar.find_age(line, now=NOW)

    assert stated is not None
    assert stated.moment is not None
    assert stated.moment.isoformat() == expected


def test_a_day_after_the_day_of_fetching_is_unknown() -> None:
    said = (
        "The union said that the talks had been the longest in nine years, and "
        "that it would not sit down again."
    )
    page = f"The talks of Halden\n\nBy Nora Feld | 9 March 2026\n\n{said}"
    fetched = Document("x.txt", page.encode(), retrieved=NOW.at)

    assert read_document(fetched, analysed=False)[0].published is None


def dated_by(*lines: str) -> tuple[str | None, str | None]:
    said = (
        "The union said that the talks had been the longest in nine years, and "
        "that it would not sit down again."
    )
    content = "\n\n".join(["The talks of Halden", said, *lines]).encode()
    (article,) = read_document(Document("x.txt", content), analysed=False)
    return article.published.isoformat() if article.published else None, article.found.get(
        "published"
    )


def test_the_only_day_that_stands_in_a_line_of_its_own_is_that_of_the_text() -> None:
    told = (
        "On 2 March 2026 the port had offered its dockers a tenth of what they "
        "had asked for, and no more than that."
    )

    assert dated_by(told, "4 March 2026") == ("2026-03-04", "only date of the text")
    assert dated_by(told, "Updated 4 March 2026")[0] is None
    assert dated_by(told)[0] is None


def test_a_text_s_own_dates_in_figures_show_the_order_of_the_others() -> None:
    assert grammar.country_by_date_order("Due 12/18/2025, paid 03/04/2026") == "us"
    assert grammar.country_by_date_order("Due 18/12/2025, paid 03/04/2026") == "uk"
    assert grammar.country_by_date_order("Due 12/18/2025, paid 18/12/2025") is None
    assert grammar.country_by_date_order("Paid 03/04/2026") is None
