"""Analysis of texts: terms, names, paragraphs, languages, hostile input."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import sys
import time
from importlib.util import find_spec

import pytest
import spacy.lang
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.language import (
    analyse,
    content_words,
    detect_language,
    extract_terms,
    load_lexicon,
    split_sentences,
)

TEXT = (
    "HALDEN, March 3 (Marrow Wire) - Finance minister Odile Ferrant left the talks.\n"
    "Ferrant, 51, said the Orla Savings Bank and the Port of Halden agree. “It is "
    "over,” Mr Brekke said.\n"
    "Talks with Anders van der Lund failed in Ostra, the U.N. said. Police in Tessin agree."
)


def test_an_analysis_has_terms_and_a_paragraph_for_every_sentence() -> None:
    found = analyse(TEXT)

    assert list(found.sentences) == split_sentences(TEXT)
    assert len(found.terms) == len(found.paragraphs) == len(found.sentences) == 5
    assert found.paragraphs == (0, 1, 1, 2, 2)
    assert pickle.loads(pickle.dumps(found)) == found


def test_terms_of_a_text_are_the_terms_of_its_sentences() -> None:
    assert tuple(term for row in analyse(TEXT).terms for term in row) == extract_terms(TEXT)


def test_names_are_capitalised_runs_and_no_words_that_only_open_a_sentence() -> None:
    names = [span.of(TEXT) for span in analyse(TEXT).names]

    assert names == [
        "HALDEN",
        "Marrow Wire",
        "Odile Ferrant",
        "Ferrant",
        "Orla Savings Bank",
        "Port of Halden",
        "Brekke",
        "Anders van der Lund",
        "Ostra",
        "U.N.",
        "Tessin",
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "У понеділок біля порту Зеленогай заявив капітан Остап Верещук.",
            "uk",
            ["Зеленогай", "Остап Верещук"],
        ),
        (
            "Об обвале в Краснолесье сообщил директор Егор Сомов.",
            "ru",
            ["Краснолесье", "Егор Сомов"],
        ),
        ("W porcie łódź zatrzymał żołnierz, mówi Łucja Śliwa.", "pl", ["Łucja Śliwa"]),
    ],
)
def test_small_letters_of_any_alphabet_begin_no_name(
    text: str, language: str, expected: list[str]
) -> None:
    assert [span.of(text) for span in analyse(text, language=language).names] == expected


def test_a_german_name_is_no_common_noun() -> None:
    text = "Am Dienstag sprach der Kanzler Jürgen Aldhaus in Grünau über die Brücke."

    found = [span.of(text) for span in analyse(text, language="de").names]

    assert "Grünau" in found
    assert any("Jürgen Aldhaus" in name for name in found)
    assert "Brücke" not in found


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        ("votes voted voting vote", "en"),
        ("dockers docker docker's", "en"),
        ("parties party", "en"),
        ("stopped stopping stops", "en"),
        ("3,200 3200", "en"),
        ("Hafens Hafen", "de"),
        ("accords accord l'accord", "fr"),
        ("ministra ministras ministros", "es"),
    ],
)
def test_forms_of_one_word_are_one_term(forms: str, language: str) -> None:
    assert len(set(extract_terms(forms, language=language))) == 1


def test_stop_words_are_left_out_and_repeats_kept() -> None:
    assert content_words("The strike and the strike’s end, he said") == ("strike", "strike", "end")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbour workers went on strike on Tuesday morning.", "en"),
        ("Die Hafenarbeiter haben am Dienstag ihre Arbeit niedergelegt.", "de"),
        ("Les dockers du port se sont mis en grève mardi matin.", "fr"),
        ("Los estibadores del puerto empezaron una huelga el martes.", "es"),
        ("Strike", None),
        ("", None),
        ("12 345 678 901 234 567 890 123", None),
    ],
)
def test_a_language_is_identified_from_enough_letters(text: str, language: str | None) -> None:
    assert detect_language(text) == language


def test_an_english_text_without_its_article_is_known_by_the_words_that_hold_it_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = (
        "When we moved to Halden, nobody told us how much it would cost to keep a "
        "house warm in a winter like this one."
    )
    monkeypatch.setitem(
        sys.modules, "py3langid.langid", None
    )  # importing it raises: no model is asked

    assert detect_language(text) == "en"


OTHERS = [
    module.name
    for module in pkgutil.iter_modules(spacy.lang.__path__)
    if module.ispkg and module.name != "en" and find_spec(f"spacy.lang.{module.name}.examples")
]


@pytest.mark.parametrize("language", OTHERS)
def test_no_other_language_is_taken_for_english(language: str) -> None:
    sentences = importlib.import_module(f"spacy.lang.{language}.examples").sentences

    assert detect_language(" ".join(sentences)) != "en"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_every_language_has_the_lists_that_the_rules_need(language: str) -> None:
    words = load_lexicon(language)

    for name in (
        "stop_words",
        "pronouns",
        "demonstratives",
        "definites",
        "say",
        "speech",
        "months",
        "weekdays",
        "titles",
    ):
        assert words.words(name), name
    assert words.phrases


def test_a_language_without_lists_is_analysed_by_the_rules_that_need_none() -> None:
    found = analyse("Doki stanęły we wtorek. Rozmowy trwają w Warszawie.", language="pl")

    assert len(found.sentences) == 2
    assert analyse("Text. More.", language="zz").sentences == analyse("Text. More.").sentences
    assert load_lexicon("../en").words("stop_words") == frozenset()


@pytest.mark.parametrize(
    "hostile", ["(" * 20_000, "“" * 20_000, "😀" * 20_000, "<b>" * 20_000, "a" * 100_000]
)
def test_long_runs_do_not_stop_the_tokeniser(hostile: str) -> None:
    analyse("warm up")
    begin = time.process_time()

    analyse(hostile)

    assert (
        time.process_time() - begin < 60
    )  # quadratic would be minutes; the machines of tests are shared


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_every_text_can_be_analysed(text: str) -> None:
    found = analyse(text)

    assert all(span.of(text).strip() for span in (*found.sentences, *found.names))
