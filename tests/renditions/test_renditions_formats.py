"""All formats are views of one edition: the same sentences in one order, each with its source, in
the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from rendition_samples import DAY, article, full, item, large, quotes, sample

from briefing.archive.edition_files.edition_json import serialise_edition
from briefing.errors import BriefingError, UsageError
from briefing.model import Edition, Moment, Rendition, Window
from briefing.renditions import (
    FORMATS,
    House,
    expected_quotations,
    extract_text,
    missing_sentences,
    render,
    visible_text,
)
from briefing.renditions.context.build import build_view
from briefing.renditions.localisation import formatting
from briefing.renditions.localisation.catalogue import load_messages

ENGLISH = load_messages("en")
TEXTUAL = [name for name in FORMATS if name not in ("json", "pdf")]

Golden = Callable[[str, str], None]


def made(edition: Edition, *formats: str, house: House | None = None) -> dict[str, Rendition]:
    return {one.name: one for one in render(edition, formats, house=house or House())}


def test_the_markdown_edition(golden: Golden) -> None:
    golden("edition.md", made(sample(), "markdown")["edition.md"].content.decode())


def test_the_plain_text_edition(golden: Golden) -> None:
    golden("edition.txt", made(sample(), "text")["edition.txt"].content.decode())


def test_the_json_edition_is_its_record() -> None:
    edition = sample()

    content = made(edition, "json")["edition.json"].content

    assert json.loads(content) == serialise_edition(edition)


@pytest.mark.parametrize("name", TEXTUAL)
@pytest.mark.parametrize(
    "edition", [sample(), full(), large(3), large(12)], ids=["sample", "full", "three", "twelve"]
)
def test_every_sentence_stands_in_every_format_in_order(name: str, edition: Edition) -> None:
    sentences = expected_quotations(edition)

    for rendition in render(edition, [name]):
        assert missing_sentences(rendition, sentences) == ()


def test_days_that_were_added_stand_in_brackets_and_are_no_part_of_the_quotation() -> None:
    edition = full()
    page = made(edition, "page")["page.html"]
    text = extract_text(page)

    assert "voted on Thursday [5 March] to accept" in text
    assert "counted on Tuesday [Tuesday 3 March]." in text
    assert '<span class="added muted"> [5\u00a0March]</span>' in page.content.decode()
    assert (
        "#:~:text=Dockers%20at%20the%20Port%20of,union%20leader%20Marit%20Osei%20said."
        in page.content.decode()
    )
    assert "Days in square brackets were added by the program." in text
    assert (
        missing_sentences(
            page, [one.replace("accept", "refuse") for one in expected_quotations(edition)]
        )
        != ()
    )


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_days_added_in_another_language_are_no_part_of_the_quotation_either(language: str) -> None:
    for rendition in render(
        replace(full(), language=language), ["markdown", "text", "email", "page", "epub"]
    ):
        assert missing_sentences(rendition, expected_quotations(full())) == ()


@pytest.mark.parametrize("name", TEXTUAL)
def test_accounts_that_differ_stand_with_those_who_give_them(name: str) -> None:
    for rendition in render(full(), [name]):
        told = " ".join(extract_text(rendition).split()).split("Where accounts differ", 1)[1]

        assert (
            told.index("Marrow Wire") < told.index("Radio Vestra") < told.index("Also in") + 10_000
        )
        assert told.index("41 ships wait") < told.index("number 38")


@pytest.mark.parametrize("name", [name for name in TEXTUAL if name != "feed"])
def test_revisions_licences_and_late_reports_are_told(name: str) -> None:
    for rendition in render(full(), [name]):
        text = " ".join(extract_text(rendition).split())

        assert "Extra · Revision 2" in text
        assert "The figure of the ships was put right" in text
        assert "Came in late, and told here: 1 article." in text
        assert "Quoted of one article under “syndicated*”: as much as is needed." in text
        assert "Quoted of one article: at most 90 words and at most 50% of it." in text


@pytest.mark.parametrize("name", [*TEXTUAL, "pdf"])
def test_a_sentence_of_a_late_report_is_marked_beside_its_source(name: str) -> None:
    for rendition in render(full(), [name]):
        text = " ".join(extract_text(rendition).split())

        assert "came in late" in text, rendition.name


@pytest.mark.parametrize("name", TEXTUAL)
def test_a_sentence_that_is_not_there_is_missed(name: str) -> None:
    for rendition in render(sample(), [name]):
        assert missing_sentences(rendition, ["Nobody wrote this."]) == ("Nobody wrote this.",)


@pytest.mark.parametrize("name", TEXTUAL)
def test_each_source_follows_its_sentences(name: str) -> None:
    edition = sample()

    for rendition in render(edition, [name]):
        text = " ".join(extract_text(rendition).split())
        place = 0
        for quote in edition.quotes:
            place = text.index(visible_text(str(quote)), place)
            label = text.index(quote.article.outlet or "outlet and date not stated", place)
            assert label - place < 400, rendition.name


@pytest.mark.parametrize("name", FORMATS)
def test_links_go_nowhere_but_to_the_sources(name: str) -> None:
    if name in ("pdf", "epub", "json"):
        pytest.skip("binary, or not a page; their links are tested elsewhere")

    text = render(sample(), [name])[0].content.decode()

    for address in ("http://", "https://"):
        assert all(
            part.startswith(("news.example/", "www.w3.org/")) for part in text.split(address)[1:]
        )


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        UsageError, match=r"no format is called 'word'; there are json, markdown, email, pdf"
    ):
        render(sample(), ["word"])


def test_formats_come_in_the_order_asked_for_and_once() -> None:
    names = [one.name for one in render(sample(), ["markdown", "json", "markdown"])]

    assert names == ["edition.md", "edition.json"]


def test_what_nobody_reads_back_is_an_error() -> None:
    with pytest.raises(BriefingError, match=r"sound\.mp3: text of audio/mpeg cannot be read back"):
        extract_text(Rendition("sound.mp3", "audio/mpeg", b""))


@pytest.mark.parametrize("name", [*TEXTUAL, "json"])
def test_a_quiet_day_says_so(name: str) -> None:
    edition = Edition("Morning briefing", "daily", DAY, Window(), version="0.1.0")

    for rendition in render(edition, [name]):
        assert name == "json" or "A quiet day" in extract_text(rendition)


def test_what_a_document_does_not_state_is_said() -> None:
    text = extract_text(made(sample(), "markdown")["edition.md"])

    assert "(outlet and date not stated)" in text
    assert "Quoted from: outlet not stated" in text


@pytest.mark.parametrize(
    ("when", "zone", "words"),
    [
        (None, "UTC", "date not stated"),
        (Moment.on(date(2026, 3, 4)), "Europe/Oslo", "4 March"),
        (Moment.on(date(2025, 3, 4)), "Europe/Oslo", "4 March 2025"),
        (
            Moment(datetime(2026, 3, 4, 7, 40, tzinfo=timezone(timedelta(hours=1)))),
            "Europe/Oslo",
            "4 March 07:40",
        ),
        (Moment(datetime(2026, 3, 4, 7, 40, tzinfo=UTC)), "Europe/Oslo", "4 March 07:40 UTC"),
        (
            Moment(datetime(2026, 3, 4, 7, 40, tzinfo=timezone(timedelta(hours=-5)))),
            "UTC",
            "4 March 07:40 UTC−5",
        ),
        (
            Moment(datetime(2026, 3, 4, 7, 40, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
            "UTC",
            "4 March 07:40 UTC+5:30",
        ),
    ],
)
def test_a_time_is_printed_as_far_as_it_is_stated(
    when: Moment | None, zone: str, words: str
) -> None:
    assert formatting.format_moment(ENGLISH, when, year=2026, zone=zone) == words


@pytest.mark.parametrize(
    ("start", "stop", "words"),
    [
        (None, None, ""),
        (
            "2026-03-04T06:00+01:00",
            "2026-03-05T06:00+01:00",
            "Wed 4 March 06:00 to Thu 5 March 06:00 (Europe/Oslo)",
        ),
        (
            "2026-03-05T00:00+01:00",
            "2026-03-06T00:00+01:00",
            "5 March 2026, 00:00 to 24:00 (Europe/Oslo)",
        ),
        (
            "2026-03-29T00:00+01:00",
            "2026-03-30T00:00+02:00",
            "29 March 2026, 00:00 to 24:00 (Europe/Oslo)",
        ),
        ("2026-03-04T06:00+01:00", None, "since Wed 4 March 06:00 (Europe/Oslo)"),
        (None, "2026-03-04T06:00+01:00", "until Wed 4 March 06:00 (Europe/Oslo)"),
    ],
)
def test_a_window_in_words(start: str | None, stop: str | None, words: str) -> None:
    window = Window(*(datetime.fromisoformat(at) if at else None for at in (start, stop)))

    assert formatting.format_window(ENGLISH, window, zone="Europe/Oslo") == words


@pytest.mark.parametrize(
    ("counts", "words", "bars"),
    [
        ((), "", ""),
        ((1,), "1 article on 5 March", "█"),
        ((0, 0, 2), "2 articles on 5 March", "▁▁█"),
        ((0, 8, 4), "4 articles on 5 March; 12 in 3 days, most on 4 March (8)", "▁█▅"),
        ((1000, 0, 1), "1 article on 5 March; 1,001 in 3 days, most on 3 March (1,000)", "█▁▂"),
        ((0, 0), "0 articles on 5 March", "▁▁"),
    ],
)
def test_volume_in_words_and_bars(counts: tuple[int, ...], words: str, bars: str) -> None:
    assert (formatting.describe_volume(ENGLISH, counts, DAY), formatting.draw_bars(counts)) == (
        words,
        bars,
    )


def test_consecutive_quotes_of_one_source_share_a_label() -> None:
    one, two = (
        article(1, ["A one.", "A two.", "A three."], outlet="A"),
        article(2, ["B one."], outlet="B"),
    )
    edition = large(0)
    edition = replace(
        edition, leads=(item("s", (one, two), quotes(one, 0, 1) + quotes(two, 0) + quotes(one, 2)),)
    )

    text = made(edition, "text")["edition.txt"].content.decode()

    assert text.count("(A, date not stated)") == 2
    assert text.count("(B, date not stated)") == 1


def test_sections_never_change_the_order_of_briefs() -> None:
    one, two = article(1, ["A one.", "A two."], outlet="A"), article(2, ["B one."], outlet="B")
    chosen = (("x", one, quotes(one, 0)), ("y", two, quotes(two, 0)), ("x", one, quotes(one, 1)))
    briefs = tuple(
        item(f"s{n}", (source,), of, section=name) for n, (name, source, of) in enumerate(chosen)
    )

    mixed = build_view(replace(large(0), briefs=briefs), b"")
    sorted_ = build_view(replace(large(0), briefs=(briefs[0], briefs[2], briefs[1])), b"")

    assert [(section.name, len(section.briefs)) for section in mixed.sections] == [("", 3)]
    assert mixed.sentences == ("A one.", "B one.", "A two.")
    assert [(section.name, len(section.briefs)) for section in sorted_.sections] == [
        ("X", 2),
        ("Y", 1),
    ]


def test_a_reprint_is_named_as_one() -> None:
    text = extract_text(made(sample(), "markdown")["edition.md"])

    assert "Reprinted by Lowland Post." in text
    assert "Also in Lowland Post" not in text


def test_the_imprint_names_what_was_not_read() -> None:
    text = extract_text(made(sample(), "markdown")["edition.md"])

    assert "2026-03-04/clip.pdf (nothing readable was found (4 kB))" in text
    assert "Documents: 1 read, 1 set aside." in text
    assert "Marrow Wire: quotation with credit" in text


def test_the_editors_note_is_clean() -> None:
    house = House(
        note=(
            "Good **morning** <script>x()</script><img "
            'src="http://h.example/p.gif"> [desk](javascript:x)'
        )
    )

    html = made(sample(), "email", house=house)["edition.html"].content.decode()

    assert "<strong>morning</strong>" in html
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript" not in html


def test_the_same_edition_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests/support'); from rendition_samples import sample;"
        "from briefing.renditions import FORMATS, render;"
        "[print(one.name, hashlib.sha256(one.content).hexdigest()) for one in "
        "render(sample(), FORMATS)]"
    )
    root = Path(__file__).parents[2]
    here = [
        f"{one.name} {hashlib.sha256(one.content).hexdigest()}" for one in render(sample(), FORMATS)
    ]

    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\n")[:-1]
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]

    assert runs == [here, here]
