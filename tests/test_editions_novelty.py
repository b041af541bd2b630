"""What is new, and what repeats: sentences against what was told before."""

from __future__ import annotations

import pytest
from newsroom import FLOOD, STRIKE, article

from briefing.editions import new_since
from briefing.editions.novelty import Told
from briefing.editions.repeats import runs, same, unprinted, words_of
from briefing.model import Quote


def test_everything_is_new_to_a_reader_who_has_had_nothing() -> None:
    strike = article(STRIKE)

    assert [str(new.quote) for new in new_since([strike], [])] == list(STRIKE)


def test_nothing_new_is_an_answer() -> None:
    assert new_since([article(STRIKE[::-1])], [article(STRIKE)]) == ()


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The port put the cost of the stoppage at 21 million crowns a day.", ("a figure: 21",)),
        (
            "Ships waited in the roads while Calder Voss, the port chief, stood still.",
            ("a name: Calder Voss",),
        ),
        ("Bakers brought bread to the pickets at noon.", ("other words",)),
    ],
)
def test_a_new_sentence_says_what_is_new_in_it(sentence: str, why: tuple[str, ...]) -> None:
    (new,) = new_since([article([*STRIKE, sentence], key="later")], [article(STRIKE)])

    assert str(new.quote) == sentence
    assert new.why == why


@pytest.mark.parametrize(
    "sentence",
    [
        "“Dockers walked out over pay,” said the port.",
        "'Dockers walked out over pay,' said the port.",
        "‘The port’s dockers walked out over pay,’ it said.",
        '"Dockers at the port walked out over pay.',
        "Dockers at the port walked out over pay.”",
    ],
)
def test_words_that_are_quoted_for_the_first_time_are_new(sentence: str) -> None:
    (new,) = new_since([article([sentence], key="later")], [article(STRIKE)])

    assert new.why == ("a quotation",)


@pytest.mark.parametrize(
    ("sentence", "new"),
    [
        ("What happens to breakfast and bananas?", False),
        ("A hard sell", False),
        ("Bakers fear a shortage.", True),
        ("Would breakfast cost 14 crowns?", True),
        ("Bakers in the capital fear a shortage of flour", True),
        ("“Will you ever pay us bread money?”", True),
    ],
)
def test_a_question_and_a_subheading_tell_nothing_new(sentence: str, *, new: bool) -> None:
    assert bool(Told([article(STRIKE)]).why_new(article([sentence], key="later"), 0)) is new


@pytest.mark.parametrize(
    "sentence",
    ["The dockers' walk over pay at the port of the ships' owners.", "'Dockers' at the port of Halden walked 'out'."],
)
def test_apostrophes_and_single_words_in_marks_quote_nobody(sentence: str) -> None:
    assert "a quotation" not in Told([article(STRIKE)]).why_new(article([sentence], key="later"), 0)


def test_a_sentence_put_together_from_old_ones_is_told_again() -> None:
    patched = article(["Dockers at the port of Halden walked out over pay while ships waited in the roads."])

    assert new_since([patched], [article(STRIKE)]) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (STRIKE[0], STRIKE[0].upper(), True),
        (STRIKE[0], "On Tuesday, dockers walked out at the port of Halden over pay, its chief said.", True),
        (STRIKE[0], FLOOD[0], False),
        ("He denied it.", "He denied it.", True),
        ("He denied it.", "He denied it and left for Tessin the same evening.", False),
    ],
)
def test_sentences_in_nearly_the_same_words_are_the_same(one: str, other: str, *, expected: bool) -> None:
    assert same(words_of(one), words_of(other)) is expected


def test_a_sentence_that_leans_on_a_repeated_one_goes_with_it() -> None:
    strike, flood = article(STRIKE), article(FLOOD)
    quotes = [Quote(strike, strike.sentences[0]), Quote(strike, strike.sentences[1]), Quote(flood, flood.sentences[0])]

    kept = unprinted(runs(quotes), [words_of(STRIKE[0])])

    assert [[str(quote) for quote in run] for run in kept] == [[FLOOD[0]]]
