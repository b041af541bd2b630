"""The program's own words: every key in every language, and nothing but them, quotations and names
in an edition.
"""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from rendition_samples import DAY, article, item, large, quotes, sample

from briefing.archive.edition_files.edition_json import serialise_edition
from briefing.config import Config, SourceSettings, load_config
from briefing.errors import BriefingError, ConfigError
from briefing.model import Edition, Moment, Window
from briefing.pipeline import edit_collection, gather_collection
from briefing.renditions import extract_text, missing_sentences, render, render_pack
from briefing.renditions.context.build import build_view
from briefing.renditions.context.pack import build_annex
from briefing.renditions.localisation import formatting
from briefing.renditions.localisation.catalogue import (
    TABLES,
    Messages,
    forget_messages,
    load_messages,
)
from briefing.renditions.templating.escaping import has_opposite_direction, text_direction
from briefing.resources import LANGUAGES, message_file
from briefing.resources import templates_folder as shipped

OTHERS = [code for code in LANGUAGES if code != "en"]
NOTHING = "nichts Lesbares gefunden"
CORPUS = Path(__file__).parents[2] / "corpus"


def table(language: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((shipped() / message_file(language)).read_text(encoding="utf-8"))


@cache
def corpus_edition() -> Edition:
    config = Config(
        timezone="Europe/Berlin",
        sources=(SourceSettings(str(CORPUS)),),
        formats=("json",),
        output=str(CORPUS / "none"),
    )  # no output of an earlier run, of which this edition would be a revision
    collection = gather_collection(config, step=lambda line: None)
    return edit_collection(
        collection, config, now=datetime(2026, 3, 6, tzinfo=UTC), step=lambda line: None
    ).edition


@pytest.mark.parametrize("part", TABLES)
@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_there_in_every_language(language: str, part: str) -> None:
    assert [*table(language)[part]] == [*table("en")[part]]


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_loses_what_is_filled_into_it(language: str) -> None:
    english, other = table("en"), table(language)

    for part in ("labels", "fates", "record"):
        for key, text in english[part].items():
            wanted, found = (
                set(re.findall(r"\{\w+\}", str(one))) for one in (text or key, other[part][key])
            )
            assert wanted == found, f"{part}: {key}"


@pytest.mark.parametrize(
    ("language", "fault"),
    [
        ("en", r" [:;?!%»]|[«„»]|\.\.\."),
        ("de", r" [:;?!%»]|[”«»]|\.\.\."),
        ("fr", r" [:;?!%»]|« |[^\s\u00a0][;?!»%](?=\s|$)|[“”„\"]|'|\.\.\."),
        ("es", r" [:;?!%»]|« |[“”„]|'|\.\.\."),
    ],
)
def test_marks_stand_as_typesetters_of_the_language_put_them(language: str, fault: str) -> None:
    """No line begins with a colon: the spaces before such marks do not break. Quotation marks are
    the language's.
    """
    told = [
        text for part in ("labels", "fates", "record") for text in table(language)[part].values()
    ]

    assert [text for text in map(str, told) if re.search(fault, text)] == []


@pytest.mark.parametrize("name", ["markdown", "text", "email", "page", "epub"])
def test_a_reader_of_french_finds_no_colon_at_the_beginning_of_a_line(name: str) -> None:
    rendition = render(replace(sample(), language="fr"), [name])[0]
    text = rendition.content.decode() if name != "epub" else ""
    if name == "epub":
        with zipfile.ZipFile(io.BytesIO(rendition.content)) as book:
            text = "".join(
                book.read(one).decode() for one in book.namelist() if one.endswith(".xhtml")
            )
    text = text.replace("&nbsp;", "\u00a0")

    assert "Titre\u00a0:" in text
    assert re.findall(r"\w+ [:;»](?=\s)", text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_used(language: str) -> None:
    files = [*shipped().glob("*.*"), *(shipped().parent / "briefing" / "renditions").rglob("*.py")]
    used = " ".join(
        file.read_text(encoding="utf-8") for file in files if not file.name.startswith("messages-")
    )

    assert [key for key in table(language)["labels"] if f'"{key}"' not in used] == []


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 0, "0 articles"),
        ("en", 1, "1 article"),
        ("en", 1204, "1,204 articles"),
        ("de", 1, "1 Artikel"),
        ("de", 1204, "1.204 Artikel"),
        ("fr", 0, "0 article"),
        ("fr", 1, "1 article"),
        ("fr", 2, "2 articles"),
        ("fr", 1_000_000, "1\u202f000\u202f000 articles"),
        ("es", 0, "0 artículos"),
        ("es", 1, "1 artículo"),
        ("es", 1204, "1.204 artículos"),
    ],
)
def test_how_many_in_the_forms_of_each_language(language: str, number: int, said: str) -> None:
    assert load_messages(language).count("articles", number) == said


def test_plural_forms_are_those_of_the_language(tmp_path: Path) -> None:
    forms = 'one = "{n} statia", few = "{n} stati", many = "{n} statej", other = "{n} stati"'
    (tmp_path / "messages-ru.toml").write_text(
        f'locale = "ru"\n[counts]\narticles = {{ {forms} }}\n', encoding="utf-8"
    )

    said = [load_messages("ru", tmp_path).count("articles", number) for number in (1, 3, 5, 11, 21)]

    assert said == ["1 statia", "3 stati", "5 statej", "11 statej", "21 statia"]


@pytest.mark.parametrize(
    ("language", "long", "first", "volume", "why"),
    [
        (
            "en",
            "Thursday 5 March 2026",
            "1 March",
            "4 articles on 5 March; 12 in 3 days, most on 4 March (8)",
            "2.4 points",
        ),
        (
            "de",
            "Donnerstag, 5. März 2026",
            "1. März",
            "4 Artikel am 5. März; 12 in 3 Tagen, die meisten am 4. März (8)",
            "2,4 Punkte",
        ),
        (
            "fr",
            "jeudi 5 mars 2026",
            "1er mars",
            "4 articles le 5 mars\u00a0; 12 en 3 jours, le maximum le 4 mars (8)",
            "2,4 points",
        ),
        (
            "es",
            "jueves, 5 de marzo de 2026",
            "1 de marzo",
            "4 artículos el 5 de marzo; 12 en 3 días, el máximo el 4 de marzo (8)",
            "2,4 puntos",
        ),
    ],
)
def test_dates_volume_and_points(
    language: str, long: str, first: str, volume: str, why: str
) -> None:
    say = load_messages(language)

    assert formatting.format_long_day(say, DAY) == long
    assert formatting.format_day(say, date(2026, 3, 1), year=2026) == first
    assert formatting.describe_volume(say, (0, 8, 4), DAY) == volume
    assert why in formatting.format_reason(say, {"outlets": 2.4, "new": 1.0})


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("day 3", "Tag 3"),
        ("day 3, one outlet", "Tag 3, ein Medium"),
        ("new, outlet not stated", "neu, Medium nicht genannt"),
        ("no news since 2026-03-04", "nichts Neues seit dem 4. März"),
        ("a-1b: 1.25 points of at least 2", "a-1b: 1,25 Punkte von mindestens 2"),
        ("nothing readable was found (7 bytes); kept out of the edition", f"{NOTHING} (7 Bytes); nicht in der Ausgabe"),
        ("nothing readable was found (empty); kept out of the edition", f"{NOTHING} (leer); nicht in der Ausgabe"),
        ("what nobody knows", "what nobody knows"),
        ("stands behind {n} {name}", "steht hinter {n} {name}"),
    ],
)  # fmt: skip
def test_what_the_record_says_is_put_into_the_language(recorded: str, said: str) -> None:
    assert load_messages("de").recorded(recorded) == said


REVISED = (
    "in: A (b) (lead 1)",
    "out: A (brief 12)",
    "moved: A: b: lead 1 to brief 2",
    "document gone: a.txt",
    "and 3 changes more",
    "other timezone",
)


@pytest.mark.parametrize("language", OTHERS)
def test_what_a_revision_changed_is_told_in_the_language(language: str) -> None:
    say = load_messages(language)

    assert [change for change in REVISED if say.recorded(change) == change] == []
    assert [
        change for change in REVISED if re.search(r"\b(lead|brief) \d", say.recorded(change))
    ] == []


def test_everything_that_an_edition_records_of_its_own_is_known() -> None:
    """Statuses, parts, points, fates and reasons of the sample corpus: none would stay English
    elsewhere.
    """
    edition, german = corpus_edition(), load_messages("de")
    typed = {item.status for item in edition.items} | {
        name for item in edition.items for name in item.parts
    }
    typed |= {part for item in edition.items for part in item.score} | {
        fate.fate for fate in edition.ledger
    }
    typed |= {fate.reason for fate in edition.ledger if fate.reason}

    assert [text for text in sorted(typed) if german.recorded(text) == text] == []


def english_words() -> set[str]:
    """Words that stand in English messages and in those of no other language."""
    english, *others = (
        set(
            re.findall(
                r"[^\W\d_]{2,}",
                re.sub(r"\{\w+\}", " ", (shipped() / message_file(code)).read_text("utf-8")),
            )
        )
        for code in LANGUAGES
    )
    keys = {
        word
        for other in OTHERS
        for key in table(other)["record"]
        for word in re.findall(r"[^\W\d_]{2,}", key)
    }
    values = {
        word
        for other in OTHERS
        for part in TABLES
        for text in _texts(table(other)[part])
        for word in text.split()
    }
    assert len(others) == len(OTHERS)
    ours = {word.casefold() for word in english | keys} - {word.casefold() for word in values}
    return ours - {"briefing", "edition", "json"}


def _texts(part: dict[str, object]) -> list[str]:
    return [
        re.sub(r"[^\w\s]", " ", str(text))
        for value in part.values()
        for text in (value.values() if isinstance(value, dict) else [value])
    ]


def printed(edition: Edition) -> list[str]:
    """Every text of the sources that an edition or its pack may print."""
    articles = [
        one
        for item in edition.items
        for each in item.storyline.articles
        for one in (each, *each.copies)
    ]
    texts = [
        text
        for one in articles
        for text in (one.headline, one.outlet, one.byline, one.document, one.licence)
        if text
    ]
    texts += [*build_view(edition, b"").sentences] + [
        span.of(one.text) for one in articles for span in one.sentences
    ]
    texts += [span.of(one.text) for one in articles for span in one.analysis.names]
    texts += [
        text
        for fate in edition.ledger
        for text in (fate.headline, fate.outlet, fate.origin, fate.id)
        if text
    ]
    return (
        texts
        + [item.section for item in edition.items if item.section]
        + [edition.title, edition.timezone]
    )


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_word_is_left_but_in_quotations(language: str) -> None:
    """The sample corpus is English: what remains of an edition without its sources must not be."""
    edition = replace(corpus_edition(), language=language)
    renditions = [
        *render(edition, ["markdown", "text", "email", "page", "epub"]),
        render_pack(edition, kind="page"),
    ]
    words = english_words()

    for rendition in renditions:
        text = " ".join(extract_text(rendition).split())
        for source in sorted(
            {" ".join(one.split()) for one in printed(edition)}, key=len, reverse=True
        ):
            text = text.replace(source, " ")
        digest = r"\b[0-9a-f]{12,}\b"  # whose letters may spell words
        left = re.sub(rf"\S*(?:-|://|\.json|\.txt)\S*|briefing verify|{digest}", " ", text)
        assert sorted(set(re.findall(r"[^\W\d_]{2,}", left.casefold())) & words) == [], (
            rendition.name
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shortened_message_is_known_in_every_language(language: str) -> None:
    edition = replace(large(60), language=language)

    for rendition in render(edition, ["email"]):
        assert missing_sentences(rendition, [str(quote) for quote in edition.quotes]) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_subject_and_the_page_say_their_language(language: str) -> None:
    edition = replace(sample(), language=language)
    page, message = render(edition, ["email"])

    assert f'<html lang="{language}" dir="ltr">' in page.content.decode()
    assert f"Content-Language: {language}".encode() in message.content
    assert (
        formatting.format_day(load_messages(language), DAY, year=2026).encode("ascii", "ignore")[:2]
        in message.content
    )


def test_sentences_in_another_language_say_so() -> None:
    source = replace(
        article(1, ["Der Deich brach.", "Niemand kam um."], headline="Deichbruch"), language="de"
    )
    edition = Edition(
        "P", "d", DAY, Window(), (item("s", (source,), quotes(source, 0, 1)),), version="1"
    )

    page = render(edition, ["page"])[0].content.decode()
    message = render(edition, ["email"])[0].content.decode()

    assert '<p class="sentence" lang="de">Der Deich brach.</p>' in page
    assert '<span lang="de">Niemand kam um.</span>' in message
    assert (
        'lang="de"'
        not in render(replace(edition, language="de"), ["page"])[0]
        .content.decode()
        .split("<body>")[1]
    )


ARABIC = "قال المتحدث إن 41 سفينة تنتظر."
HEBREW = "הנמל נסגר ב-12 במרץ."


@pytest.mark.parametrize(
    ("text", "runs"),
    [(ARABIC, "rtl"), (HEBREW, "rtl"), ("A word", "ltr"), ("12 “”", ""), ("41 سفينة", "rtl")],
)
def test_a_text_runs_as_its_first_letter_does(text: str, runs: str) -> None:
    assert text_direction(text) == runs


def test_text_of_the_other_direction_is_kept_in_order_in_every_format() -> None:
    source = article(
        1, [ARABIC, HEBREW], headline="סגירת הנמל", outlet="قناة", published=Moment.on(DAY)
    )
    edition = Edition(
        "P", "d", DAY, Window(), (item("s", (source,), quotes(source, 0, 1)),), version="1"
    )
    made = {
        one.name: one.content.decode()
        for one in render(edition, ["markdown", "text", "page", "email"])
    }

    assert f"\u2068{ARABIC}\u2069" in made["edition.md"]
    assert made["edition.txt"].count("\u2068") == made["edition.txt"].count("\u2069") >= 3
    assert f'<p class="sentence" dir="rtl">{ARABIC}</p>' in made["page.html"]
    assert f'<span dir="rtl">{HEBREW}</span>' in made["edition.html"]
    for rendition in render(edition, ["markdown", "text", "page", "email", "epub", "feed"]):
        assert missing_sentences(rendition, [ARABIC, HEBREW]) == ()


def test_in_an_edition_from_right_to_left_the_others_are_kept_apart() -> None:
    edition = replace(sample(), language="fa")

    page = render(edition, ["page"])[0].content.decode()

    assert '<html lang="fa" dir="rtl">' in page
    assert '<p class="sentence" dir="ltr">Dockers at the Port' in page
    assert has_opposite_direction("Dockers", "rtl")
    assert not has_opposite_direction("12 – 14", "rtl")


def test_a_users_file_overrides_and_adds(tmp_path: Path) -> None:
    (tmp_path / "messages-en.toml").write_text(
        '[labels]\nbriefs = "Also today"\n', encoding="utf-8"
    )
    (tmp_path / "messages-it.toml").write_text(
        'locale = "it"\n[labels]\nbriefs = "In breve"\n[record]\nnew = "nuovo"\n', encoding="utf-8"
    )

    english = render(sample(), ["text"], templates=tmp_path)[0].content.decode()
    italian = render(replace(sample(), language="it"), ["text"], templates=tmp_path)[
        0
    ].content.decode()

    assert "ALSO TODAY" in english
    assert "IN BREVE" in italian
    assert "Ostra · Nuovo" in italian
    assert "4 marzo" in italian
    assert "IMPRINT" in italian  # what the file does not say stays English


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[labels]\nbriefing = 'x'", (r"labels: no message is called 'briefing'; did you mean "
r"'briefs'\?")),
        ("[label]\nbriefs = 'x'", r"no table is called 'label'; there are dates, labels"),
        ("[labels]\nalso_in = 'x {cause}'", r"labels: also_in: nothing is filled in for \{cause\}"),
        ("[labels]\nalso_in = 7", r"labels: also_in: a text is expected"),
        ("[counts]\narticles = { one = '1' }", r"counts: articles: its form 'other' is missing"),
        ("[labels]\nshortened_opening = 'x'", r"'shortened_opening' stays as it is"),
        ("locale = 'klingon'", r"locale: no language is called 'klingon'"),
        ("labels = ", r"this file of messages cannot be read"),
    ],
)  # fmt: skip
def test_a_wrong_file_of_messages_says_what_is_wrong(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "messages-en.toml").write_text(text, encoding="utf-8")
    forget_messages()

    with pytest.raises(BriefingError, match=message):
        load_messages("en", tmp_path)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("german", r"language: 'german' is none of en, de, fr, es; did you mean 'de'\?"),
        ("Deutsch", r"did you mean 'de'\?"),
        (
            "it",
            (
                r"'it' is none of en, de, fr, es; a file messages-it\.toml in your "
                r"templates folder adds one"
            ),
        ),
        ("klingon", r"'klingon' is none of en, de, fr, es$"),
    ],
)
def test_a_language_nobody_has_messages_in_is_refused(
    tmp_path: Path, language: str, message: str
) -> None:
    (tmp_path / "briefing.toml").write_text(f'language = "{language}"\n', encoding="utf-8")

    with pytest.raises(ConfigError, match=message):
        load_config(tmp_path / "briefing.toml")


def test_a_language_of_the_users_own_is_taken(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "messages-it.toml").write_text('locale = "it"\n', encoding="utf-8")
    (tmp_path / "briefing.toml").write_text(
        'language = "it"\ntemplates = "templates"\n', encoding="utf-8"
    )

    assert load_config(tmp_path / "briefing.toml").language == "it"


def test_a_pack_says_what_it_was_limited_by() -> None:
    assert "200,000" not in (text := extract_text(render_pack(sample(), kind="markdown")))
    assert "of every other one at most 60 words are" in text


@pytest.mark.parametrize("language", OTHERS)
def test_the_annex_is_in_the_language_too(language: str) -> None:
    say: Messages = load_messages(language)
    behind = build_annex(replace(sample(), language=language), full_text=False)

    assert behind.sheets[0].facts[0][0] == say("outlet")
    assert {row.status for row in behind.rows} >= {formatting.capitalise(say.recorded("new"))}


def test_the_record_is_the_same_in_every_language() -> None:
    english, german = (serialise_edition(replace(sample(), language=code)) for code in ("en", "de"))

    assert {key for key in english if english[key] != german[key]} == {"language"}


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("business", "de", "Wirtschaft"),
        ("Wirtschaft", "en", "Business"),
        ("WORLD NEWS", "fr", "Monde"),
        ("International", "fr", "International"),  # its own name there
        ("Politique", "es", "Política"),
        ("sports", "en", "Sports"),
        ("Ostra", "de", "Ostra"),
        ("business", "it", "Business"),
        ("", "de", ""),
    ],
)
def test_a_usual_section_is_named_in_the_language_of_the_edition_and_any_other_as_it_is(
    name: str, language: str, shown: str
) -> None:
    edition = sample()
    lead, *others = edition.leads
    told = replace(edition, language=language, leads=(replace(lead, section=name), *others))

    assert build_view(told, b"{}").leads[0].section == shown
