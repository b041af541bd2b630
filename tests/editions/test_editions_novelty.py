"""What is new, and what repeats: sentences against what was told before."""

from __future__ import annotations

from datetime import date

import pytest
from newsroom import FLOOD, STRIKE, article

from briefing.editions import find_new_sentences
from briefing.editions.novelty.detection import Told
from briefing.editions.novelty.redundancy import (
    distinct_words,
    drop_redundant_runs,
    has_same_words,
    split_runs,
)
from briefing.model import Article, Quote
from briefing.storylines.jsonl import parse_article


def test_everything_is_new_to_a_reader_who_has_had_nothing() -> None:
    strike = article(STRIKE)

    assert [str(new.quote) for new in find_new_sentences([strike], [])] == list(STRIKE)


def test_nothing_new_is_an_answer() -> None:
    assert find_new_sentences([article(STRIKE[::-1])], [article(STRIKE)]) == ()


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
    (new,) = find_new_sentences([article([*STRIKE, sentence], key="later")], [article(STRIKE)])

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
    (new,) = find_new_sentences([article([sentence], key="later")], [article(STRIKE)])

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


TOLL = {
    "en": ("Twelve people drowned in Welbury.", "15 people drowned in Welbury.", "12 people drowned in Welbury."),
    "de": ("Zwölf Menschen ertranken in Welbach.", "Fünfzehn Menschen ertranken in Welbach.",
           "12 Menschen ertranken in Welbach."),
    "fr": ("Douze personnes sont mortes à Valbourg.", "Quinze personnes sont mortes à Valbourg.",
           "12 personnes sont mortes à Valbourg."),
    "es": ("Doce personas murieron en Valdeprado.", "Quince personas murieron en Valdeprado.",
           "12 personas murieron en Valdeprado."),
    "uk": ("Дванадцять людей загинули у Вельборі.", "П’ятнадцять людей загинули у Вельборі.",
           "12 людей загинули у Вельборі."),
    "ru": ("Двенадцать человек погибли в Вельборе.", "Пятнадцать человек погибли в Вельборе.",
           "12 человек погибли в Вельборе."),
}  # fmt: skip


def spoken(
    *sentences: str, language: str = "en", day: date | None = None, key: str = ""
) -> Article:
    """An article analysed in its own language."""
    values = {"id": f"{key} {sentences}", "text": "\n".join(sentences), "language": language}
    return parse_article(values | ({"date": day.isoformat()} if day else {}))


@pytest.mark.parametrize("language", TOLL)
def test_a_toll_that_rose_is_new_and_the_same_toll_in_digits_is_not(language: str) -> None:
    before, risen, same_again = TOLL[language]
    told = Told([spoken(before, language=language)])

    (figure,) = told.why_new(spoken(risen, language=language, key="later"), 0)

    assert figure == f"a figure: {risen.split()[0]}"
    assert told.why_new(spoken(same_again, language=language, key="later"), 0) == ()


def test_a_figure_that_counted_something_else_is_new() -> None:
    told = Told([spoken("Twelve people drowned in Welbury.", "Fifteen buses left the depot.")])

    assert told.why_new(spoken("Fifteen people drowned in Welbury.", key="later"), 0) == (
        "a figure: Fifteen",
    )


LEVY = "The levy on farm diesel splits the coalition, and the prime minister defends it."


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        (
            "The minister will resign over the levy.",
            "The minister will not resign over the levy.",
            ("a denial",),
        ),
        (
            "The union said talks with the port go on.",
            "No talks with the port go on, the union said.",
            ("a denial",),
        ),
        (
            "The port may pay the dockers a bonus of ten crowns.",
            "The port pays the dockers no bonus.",
            ("a denial",),
        ),
        (LEVY, "The levy stays.", ("a decision",)),
        (LEVY, "The coalition collapsed.", ("a decision",)),
        (f"{LEVY} The levy stays, she said.", "The prime minister said the levy stays.", ()),
        (LEVY, "The prime minister defends the levy.", ()),
    ],
)
def test_a_denial_and_a_decision_are_new_in_words_that_are_known(
    before: str, now: str, why: tuple[str, ...]
) -> None:
    extra = "Ministers said the talks in the coalition would go on."

    assert Told([spoken(before, extra)]).why_new(spoken(now, key="later"), 0)[:1] == why


def test_what_happened_on_the_day_of_the_report_is_new_unless_it_was_planned() -> None:
    first, then = date(2026, 3, 4), date(2026, 3, 5)
    before = (
        "The court in Halden will hear the operator of the reactor, and a "
        "ruling may follow on Thursday."
    )
    told = Told([spoken(before, day=first)])

    happened = spoken("The court in Halden heard the operator on Thursday.", day=then)
    told_before = Told(
        [spoken(before, "The court in Halden heard the operator on Thursday.", day=first)]
    )
    planned = spoken("The court in Halden will hear the operator on Thursday.", day=then)

    assert told.why_new(happened, 0) == ("a day: Thursday",)
    assert told.why_new(planned, 0) == ()
    assert told_before.why_new(happened, 0) == ()


@pytest.mark.parametrize(
    ("sentence", "new"),
    [
        ("Ferries are not affected.", False),
        ("Investors are worried.", False),
        ("The strike is over.", True),
        ("The bridge is open again.", True),
        ("Ferries stopped at noon.", True),
        ("“Ferries are a lifeline.”", True),
        ("| Kind | Monday | Wednesday |", False),
        ("| Eggs | 2.60 | 3.10 |", True),
    ],
)
def test_a_few_words_on_how_things_are_tell_nothing_new_and_what_turned_does(
    sentence: str, *, new: bool
) -> None:
    assert bool(Told([article(STRIKE)]).why_new(spoken(sentence, key="later"), 0)) is new


def test_names_of_months_and_weekdays_are_nobody_new() -> None:
    told = Told([spoken("The dyke at Tessin broke before dawn, the mayor of Tessin said.")])
    (why,) = told.why_new(
        spoken("Before dawn on Wed or in Sept the dyke at Tessin broke, said Roswitha Kjeld."), 0
    )

    assert why == "a name: Roswitha Kjeld"


@pytest.mark.parametrize(
    "sentence",
    [
        "The dockers' walk over pay at the port of the ships' owners.",
        "'Dockers' at the port of Halden walked 'out'.",
    ],
)
def test_apostrophes_and_single_words_in_marks_quote_nobody(sentence: str) -> None:
    assert "a quotation" not in Told([article(STRIKE)]).why_new(article([sentence], key="later"), 0)


def test_a_sentence_put_together_from_old_ones_is_told_again() -> None:
    patched = article(
        ["Dockers at the port of Halden walked out over pay while ships waited in the roads."]
    )

    assert find_new_sentences([patched], [article(STRIKE)]) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (STRIKE[0], STRIKE[0].upper(), True),
        (
            STRIKE[0],
            "On Tuesday, dockers walked out at the port of Halden over pay, its chief said.",
            True,
        ),
        (STRIKE[0], FLOOD[0], False),
        ("He denied it.", "He denied it.", True),
        ("He denied it.", "He denied it and left for Tessin the same evening.", False),
    ],
)
def test_sentences_in_nearly_the_same_words_are_the_same(
    one: str, other: str, *, expected: bool
) -> None:
    assert has_same_words(distinct_words(one), distinct_words(other)) is expected


def test_a_sentence_that_leans_on_a_repeated_one_goes_with_it() -> None:
    strike, flood = article(STRIKE), article(FLOOD)
    quotes = [
        Quote(strike, strike.sentences[0]),
        Quote(strike, strike.sentences[1]),
        Quote(flood, flood.sentences[0]),
    ]

    kept = drop_redundant_runs(split_runs(quotes), [distinct_words(STRIKE[0])])

    assert [[str(quote) for quote in run] for run in kept] == [[FLOOD[0]]]
