"""An edition that says everything there is to say, in every language: no word of ours is missing or
stays English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import chain

import pytest
from every_edition import everything
from rendition_samples import HERE, article, large

from briefing.model import Article, Edition, Rendition, Span, Window
from briefing.renditions import (
    FORMATS,
    House,
    expected_quotations,
    extract_text,
    missing_sentences,
    render,
    render_pack,
)
from briefing.renditions.context.build import build_view
from briefing.renditions.localisation.catalogue import load_messages
from briefing.resources import LANGUAGES, message_file
from briefing.resources import templates_folder as shipped

TEXTUAL = tuple(name for name in FORMATS if name not in ("json", "pdf"))
HOUSE = House(
    web="https://example.org/edition",
    unsubscribe=("https://example.org/leave", "mailto:leave@example.org"),
)
KEPT = frozenset({"briefing", "edition", "json", "verify"})  # names of files and commands
ELSEWHERE = re.compile(
    r"site_|ledger$|page$|page_of|no_font|more_characters|verbatim_beside|contents$|email$"
)


def table(language: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((shipped() / message_file(language)).read_text(encoding="utf-8"))


def texts(part: dict[str, object]) -> Iterator[str]:
    for value in part.values():
        yield from map(str, value.values() if isinstance(value, dict) else [value])


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w+\}", " ", text).casefold()))


def said(language: str) -> set[str]:
    """Words of all messages of a language; of English those of the record too, which stand in its
    keys.
    """
    known = table(language)
    found = [
        text for part in ("labels", "counts", "fates", "record") for text in texts(known[part])
    ]
    return words(" ".join([*found, *(known["record"] if language == "en" else ())]))


@cache
def made(language: str) -> tuple[Rendition, ...]:
    """The edition in every format, one without news, one cut short, windows that are open, and
    packs.
    """
    edition = everything(language)
    start, stop = edition.window.start, edition.window.stop
    midnight = datetime(2026, 3, 5, tzinfo=HERE)
    others = (
        replace(edition, leads=(), briefs=(), kind="week", window=Window(start)),
        replace(edition, leads=(), briefs=(), kind="extra", window=Window(None, stop)),
        replace(
            edition, leads=(), briefs=(), window=Window(midnight - timedelta(days=1), midnight)
        ),
    )
    shown = [one for each in (edition, *others) for one in render(each, TEXTUAL, house=HOUSE)]
    shown += [
        one
        for number in (60, 200)
        for one in render(replace(large(number), language=language), ["email"])
    ]
    kinds = ("markdown", "page")
    reports = (report(), replace(report(), id="licensed", licence="sitatrett"))
    packs = [
        render_pack(edition, reports, kind=kind, query="Havnavakt", client="Nattredaksjon")
        for kind in kinds
    ]
    return (*shown, *packs)


def report() -> Article:
    """A long one of a named author, of which a pack prints an excerpt, and a name in it."""
    told = article(
        99,
        [f"Marit Osei tel {n} skuter." for n in range(60)],
        headline="Teljing",
        outlet="Radju Vestra",
    )
    name = Span(0, len("Marit Osei"))
    return replace(told, byline="Jon Vik", analysis=replace(told.analysis, names=(name,)))


def ours(edition: Edition) -> set[str]:
    """Words of the sources and of those who made the edition."""
    articles = {one.id: one for item in edition.items for one in item.storyline.articles}
    parts = [
        text
        for one in articles.values()
        for text in (one.text, one.headline, one.outlet, one.licence)
        if text
    ]
    return words(" ".join([*parts, edition.title, edition.timezone, edition.note]))


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_english_word_is_left_in_any_format(language: str) -> None:
    english = (
        said("en")
        - said(language)
        - ours(everything())
        - ours(large(60))
        - words(report().text)
        - KEPT
    )

    for rendition in made(language):
        text = re.sub(r"\S*(?:://|@|\.json|\.txt|-\d)\S*", " ", extract_text(rendition))
        assert sorted(words(text) & english) == [], rendition.name


@cache
def lines(language: str) -> tuple[str, ...]:
    shown = (
        line
        for one in made(language)
        for line in extract_text(one).replace("\u00a0", " ").splitlines()
    )
    # What only a template of a desk's own prints: why a storyline leads, in words and points.
    reasons = (lead.reason for lead in build_view(everything(language), b"").leads)
    return tuple(dict.fromkeys(" ".join(line.split()).casefold() for line in chain(shown, reasons)))


def seen(message: str, language: str) -> bool:
    """Whether some line holds the message, whatever is filled into it."""
    pieces = [
        " ".join(piece.split())
        for piece in re.split(r"\{\w+\}", message.replace("\u00a0", " ").casefold())
    ]
    return any(in_order(pieces, line) for line in lines(language))


def in_order(pieces: list[str], line: str) -> bool:
    place = 0
    for piece in pieces:
        place = line.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return True


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_seen_by_a_reader(language: str) -> None:
    labels = {
        key: str(text)
        for key, text in table(language)["labels"].items()
        if not ELSEWHERE.match(key)
    }

    assert [key for key, text in labels.items() if not seen(text, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["record", "fates"])
def test_everything_that_the_record_says_is_seen(language: str, part: str) -> None:
    assert [
        key for key, text in table(language)[part].items() if not seen(str(text) or key, language)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEXTUAL)
def test_every_sentence_is_there_whatever_else_is_said(name: str, language: str) -> None:
    edition = everything(language)

    for rendition in render(edition, [name]):
        assert missing_sentences(rendition, expected_quotations(edition)) == (), rendition.name


def test_dates_are_in_the_language() -> None:
    day = {
        "en": "Thursday 5 March",
        "de": "Donnerstag, 5. März",
        "fr": "jeudi 5 mars",
        "es": "jueves, 5 de marzo",
    }

    for language, expected in day.items():
        assert load_messages(language).date("long_day", everything().date).startswith(expected)
