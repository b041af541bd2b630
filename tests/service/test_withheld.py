"""What must not be printed: embargoes until their hour, reports that are taken back, articles that
a desk removes.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from newsroom import FLOOD, STRIKE, TRIAL, article

from briefing.archive.database.connection import open_archive
from briefing.archive.store import editions
from briefing.articles import extract_articles
from briefing.articles.metadata.credit_lines import Clock
from briefing.articles.metadata.embargoes import OPEN_END, stated
from briefing.articles.metadata.withdrawals import REPLACES, WITHDRAWS, remark
from briefing.cli import run_command as main
from briefing.config import Config, SourceSettings
from briefing.editions import withheld
from briefing.editions.withheld import withhold
from briefing.model import Document, Moment, Source
from briefing.service.morning.due import run_due_editions
from briefing.service.morning.make import Maker
from briefing.service.report import Report

BERLIN = ZoneInfo("Europe/Berlin")
FIFTH = date(2026, 3, 5)
SIX_PM = "2026-03-06T18:00+01:00"
SETTINGS = 'timezone = "Europe/Berlin"\n[[sources]]\nlocation = "in"\n'


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("Sperrfrist: Freitag, 6. März 2026, 18 Uhr", SIX_PM),
        ("SPERRFRIST: 06.03.2026, 18:00 Uhr", SIX_PM),
        ("Sperrfrist bis 6. März, 18.00 Uhr", SIX_PM),
        ("EMBARGOED UNTIL 00.01 GMT Friday 6 March 2026", "2026-03-06T00:01+00:00"),
        (
            "STRICTLY EMBARGOED FOR RELEASE UNTIL 0001hrs GMT, FRIDAY 6 MARCH 2026",
            "2026-03-06T00:01+00:00",
        ),
        ("Embargoed until 6pm on Friday, 6 March", SIX_PM),
        ("EMBARGO: Friday 6 March 2026 at noon", "2026-03-06T12:00+01:00"),
        ("Under embargo until March 6, 2026 at 9 a.m. EST", "2026-03-06T09:00-05:00"),
        ("Not for publication before 6 March 2026, midnight", "2026-03-07T00:00+01:00"),
        ("Hold for release until Friday 6 March 2026 1700 GMT", "2026-03-06T17:00+00:00"),
        ("Sous embargo jusqu'au vendredi 6 mars 2026 à 18h", SIX_PM),
        ("EMBARGO JUSQU'AU 6 MARS 2026 18H30", "2026-03-06T18:30+01:00"),
        ("Embargo hasta el viernes 6 de marzo de 2026 a las 18.00 horas", SIX_PM),
        ("Embargado hasta el 6 de marzo", "2026-03-06"),
        ("Sotto embargo fino alle ore 18 del 6 marzo 2026", SIX_PM),
        ("Onder embargo tot 6 maart 2026, 18.00 uur", SIX_PM),
        ("Achtung Sperrfrist: Redebeginn", OPEN_END.isoformat()),
        ("EMBARGOED until delivery", OPEN_END.isoformat()),
    ],
)
def test_a_line_that_forbids_publication_says_until_when(line: str, end: str) -> None:
    found = stated(line, Clock(zone=BERLIN, day=FIFTH))

    assert found
    assert found.isoformat() == end


@pytest.mark.parametrize(
    "line",
    [
        "Sperrfrist: keine",
        "Sperrfristen gelten auch am Wochenende",
        "Embargo until 31 December 2027 for weapons sales to Ruritania, council decides",
        "Embargo on oil exports extended until 31 December 2026",
        "Embargo hasta 2030 sobre el petróleo",
        "Embargoed until now, the papers show that two ministers knew of the crack.",
        "The embargo ends on 6 March 2026 at noon",
    ],
)
def test_news_about_an_embargo_is_under_none(line: str) -> None:
    assert stated(line, Clock(zone=BERLIN, day=FIFTH)) is None


@pytest.mark.parametrize(
    ("headline", "text", "expected"),
    [
        ("KILL: Halden bridge closed", "", WITHDRAWS),
        ("MANDATORY KILL - Halden bridge", "", WITHDRAWS),
        ("Bitte nicht verwenden: Brücke in Halden gesperrt", "Die Meldung ist falsch.", WITHDRAWS),
        ("ZURÜCKGEZOGEN: Brücke in Halden gesperrt", "", WITHDRAWS),
        ("Editors", "Please do not use the story on the Halden bridge issued at 14:05.", WITHDRAWS),
        ("Aviso", "Rogamos no utilizar la noticia sobre el puente.", WITHDRAWS),
        ("ANULADA: El puente", "", WITHDRAWS),
        ("ANNULE ET REMPLACE - Le pont de Halden rouvert", "Le pont est rouvert.", REPLACES),
        ("Kill the bill, say protesters", "Hundreds marched.", None),
        ("KILLED IN CRASH", "Two men died.", None),
        ("Candidate withdrawn from race", "Her party said so.", None),
        ("Recall of heaters", "Please do not use the heater, its maker said.", None),
        ("Rückruf: Bitte nicht verwenden, warnt Hersteller", "Das Gerät kann brennen.", None),
    ],
)
def test_a_notice_is_known_by_how_it_begins(headline: str, text: str, expected: str | None) -> None:
    assert remark(headline, text) == expected


def press_release(line: str) -> bytes:
    told = "\n\n".join(STRIKE)
    return f"New pier for the port of Halden\n\n{line}\n\nHalden, 5 March 2026 - {told}\n".encode()


def test_a_text_under_embargo_is_published_when_that_ends_and_its_line_is_no_text() -> None:
    (found,) = extract_articles(
        Document("pier.txt", press_release("EMBARGOED until 6 March 2026, 18:00 CET"))
    )

    assert found.published == found.embargo == Moment.fromisoformat(SIX_PM)
    assert "EMBARGO" not in found.text


@pytest.mark.parametrize(
    ("field", "end"),
    [
        ("2026-03-06T18:00:00+01:00", SIX_PM),
        ("2026-03-06 18:00", SIX_PM),
        ("Freitag, 6. März 2026, 18 Uhr", SIX_PM),
        ("when the minister speaks", "9999-12-31"),
    ],
)
def test_an_embargo_may_stand_beside_the_document(field: str, end: str) -> None:
    source = Source("folder", "press", settings={"stated": {"embargo": field}})

    (found,) = extract_articles(
        Document("pier.txt", press_release(""), source=source), timezone="Europe/Berlin"
    )

    assert found.embargo
    assert found.embargo.isoformat() == end


def test_a_desk_may_lift_what_the_text_says() -> None:
    source = Source("folder", "press", settings={"stated": {"embargo": "none"}})

    (found,) = extract_articles(
        Document("pier.txt", press_release("Sperrfrist: Redebeginn"), source=source)
    )

    assert not withheld.is_held(found, datetime(2026, 3, 5, tzinfo=UTC), "UTC")
    assert "Sperrfrist" not in found.text


@pytest.mark.parametrize("name", ["embargo", "embargoed", "prism:embargoDate", "Sperrfrist"])
def test_records_and_entries_of_feeds_state_embargoes(name: str) -> None:
    row = {
        "headline": "Pier",
        "text": "\n".join(STRIKE),
        "published": "2026-03-05T09:00Z",
        name: "2026-03-06T17:00Z",
    }

    (found,) = extract_articles(Document("wire.jsonl", json.dumps(row).encode()))

    assert found.embargo == found.published == Moment(datetime(2026, 3, 6, 17, tzinfo=UTC))


def test_an_embargo_in_a_feed_is_kept_by_its_entry() -> None:
    item = f"<title>Pier</title><guid>1</guid><description>{' '.join(STRIKE)}</description>"
    feed = (
        '<rss version="2.0" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><title>Port</title>'
        f"<item>{item}<prism:embargoDate>2026-03-06T17:00:00Z</prism:embargoDate></item></channel></rss>"
    )

    (found,) = extract_articles(Document("port.rss", feed.encode()))

    assert found.embargo == Moment(datetime(2026, 3, 6, 17, tzinfo=UTC))


def test_a_kill_takes_out_the_report_it_names_and_its_copies_and_no_other() -> None:
    wrong = article(
        STRIKE, headline="Port of Halden closed for good", outlet="Marrow Wire", day=FIFTH
    )
    copy = article(STRIKE, headline="Halden loses its port", outlet="Courier", day=FIFTH)
    other = article(
        FLOOD, headline="Port road of Tessin under water", outlet="Marrow Wire", day=FIFTH
    )
    kill = article(
        ("Please kill the story.",), headline="KILL: Port of Halden closed for good", outlet="Marrow Wire", day=FIFTH,
        remarks=(WITHDRAWS,),
    )  # fmt: skip

    result = withhold([wrong, copy, other, kill], datetime(2026, 3, 6, tzinfo=UTC), "UTC")

    assert result.articles == (other,)
    assert [(fate.id, fate.fate) for fate in result.fates] == [
        (wrong.id, "withdrawn"), (copy.id, "withdrawn"), (kill.id, "notice")
    ]  # fmt: skip


def test_another_outlets_report_under_the_same_headline_stays() -> None:
    mine = article(STRIKE, headline="Port of Halden closed for good", outlet="Courier", day=FIFTH)
    kill = article(
        ("Please kill.",),
        headline="KILL: Port of Halden closed",
        outlet="Marrow Wire",
        remarks=(WITHDRAWS,),
    )

    result = withhold([mine, kill], datetime(2026, 3, 6, tzinfo=UTC), "UTC")

    assert result.articles == (mine,)
    assert result.aimless == (kill,)


def test_what_replaces_a_report_is_news_itself() -> None:
    old = article(STRIKE, headline="Le port de Halden fermé", outlet="Agence", day=FIFTH)
    new = article(
        TRIAL,
        headline="ANNULE ET REMPLACE - Le port de Halden fermé",
        outlet="Agence",
        day=FIFTH,
        remarks=(REPLACES,),
    )

    result = withhold([old, new], datetime(2026, 3, 6, tzinfo=UTC), "UTC")

    assert result.articles == (new,)
    assert "replaced by Agence" in result.fates[0].reason


# Whole mornings of a workspace.


@pytest.fixture
def desk(tmp_path: Path) -> Config:
    (tmp_path / "in").mkdir()
    return Config(
        output=str(tmp_path / "output"), state=str(tmp_path / "state"), formats=("markdown",), timezone="Europe/Berlin",
        storylines=str(tmp_path / "storylines.toml"), sources=(SourceSettings(str(tmp_path / "in")),),
    )  # fmt: skip


def put(
    desk: Config, name: str, sentences: tuple[str, ...], headline: str, day: date, **rest: str
) -> None:
    row = {
        "headline": headline,
        "outlet": "Marrow Wire",
        "published": f"{day}T04:00:00Z",
        "text": "\n".join(sentences),
    }
    (Path(desk.sources[0].location) / f"{name}.json").write_text(
        json.dumps({**row, **rest}), encoding="utf-8"
    )


def morning(desk: Config, day: date) -> tuple[str, dict[str, tuple[str, str]], Report]:
    """The edition of a day as it is read, fates by headline, and the report of the run."""
    clock = datetime(day.year, day.month, day.day, 6, 30, tzinfo=BERLIN)
    report = run_due_editions(
        desk, clock=lambda: clock, make=Maker(desk, lambda: clock, lambda _: None)
    )
    folder = Path(desk.output) / f"{day}-daily"
    record = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    fates = {
        fate["headline"]: (fate["fate"], fate["reason"])
        for fate in record["ledger"]
        if fate["kind"] == "article"
    }
    return (folder / "edition.md").read_text(encoding="utf-8"), fates, report


def test_a_text_under_embargo_is_listed_and_printed_by_the_first_edition_after_its_hour(
    desk: Config,
) -> None:
    put(desk, "flood", FLOOD, "Orla rises in Tessin", FIFTH)
    put(
        desk,
        "pier",
        STRIKE,
        "Dockers walk out in Halden",
        FIFTH - timedelta(days=3),
        embargo=SIX_PM,
    )

    first, fates, _ = morning(desk, FIFTH)
    put(desk, "trial", TRIAL, "Olander found guilty", date(2026, 3, 6))
    second, later, _ = morning(desk, date(2026, 3, 6))
    put(desk, "flood2", (FLOOD[3], FLOOD[1]), "Schools in Tessin stay shut", date(2026, 3, 7))
    third, last, _ = morning(desk, date(2026, 3, 7))

    assert "Dockers walked out" not in first + second
    assert fates["Dockers walk out in Halden"] == (
        "embargo",
        "under embargo until 2026-03-06 18:00 CET",
    )
    assert later["Dockers walk out in Halden"][0] == "embargo"
    assert "Dockers walked out" in third
    assert last["Dockers walk out in Halden"][0] in {"lead", "brief"}


def test_a_killed_report_is_in_no_later_edition_and_the_operator_is_told_who_had_it(
    desk: Config,
) -> None:
    put(desk, "strike", STRIKE, "Dockers walk out in Halden", FIFTH)
    put(desk, "flood", FLOOD, "Orla rises in Tessin", FIFTH)
    first, _, _ = morning(desk, FIFTH)
    put(
        desk,
        "kill",
        ("Please kill the story.",),
        "KILL: Dockers walk out in Halden",
        date(2026, 3, 6),
    )
    put(desk, "trial", TRIAL, "Olander found guilty", date(2026, 3, 6))

    second, fates, report = morning(desk, date(2026, 3, 6))

    assert "Dockers walked out" in first
    assert "Dockers" not in second.partition("Imprint")[0]
    assert fates["KILL: Dockers walk out in Halden"] == ("notice", "takes a report back")
    assert any(
        "'Dockers walk out in Halden' (Marrow Wire) is withdrawn by Marrow Wire" in one
        for one in report.troubles
    )
    assert any("it stands in 2026-03-05-daily" in one for one in report.troubles)


def test_a_removed_article_leaves_later_editions_and_comes_back_when_that_is_undone(
    desk: Config,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "briefing.toml").write_text(SETTINGS, encoding="utf-8")
    put(desk, "strike", STRIKE, "Dockers walk out in Halden", FIFTH)
    put(desk, "flood", FLOOD, "Orla rises in Tessin", FIFTH)
    morning(desk, FIFTH)
    monkeypatch.chdir(tmp_path)

    assert main(["archive", "remove", "strike.json", "--reason", "Not for publication."]) == 0
    told = capsys.readouterr().out
    clock = datetime(2026, 3, 5, 7, tzinfo=BERLIN)
    run_due_editions(
        desk, clock=lambda: clock, make=Maker(desk, lambda: clock, lambda _: None), again=FIFTH
    )

    assert "strike.json: removed, 1 article" in told
    assert "2026-03-05-daily (neither sent nor published)" in told
    with open_archive(Path(desk.state) / "archive.sqlite") as db:
        (*_, record) = editions.revision_records(db, "daily", FIFTH)
    assert [fate["reason"] for fate in record["ledger"] if fate["fate"] == "withdrawn"] == [
        "Not for publication."
    ]
    assert "Dockers" not in json.dumps([record["leads"], record["briefs"]])
    assert main(["archive", "remove", "strike.json", "--undo"]) == 0
    assert main(["search", "dockers"]) == 0
    assert "Dockers walk out" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["strike.json"], ["nothing.txt", "--reason", "x"]])
def test_a_removal_without_a_reason_or_of_what_is_not_there_is_refused(
    desk: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    (tmp_path / "briefing.toml").write_text(SETTINGS, encoding="utf-8")
    put(desk, "strike", STRIKE, "Dockers walk out in Halden", FIFTH)
    put(desk, "flood", FLOOD, "Orla rises in Tessin", FIFTH)
    morning(desk, FIFTH)
    monkeypatch.chdir(tmp_path)

    assert main(["archive", "remove", *words]) == 64
