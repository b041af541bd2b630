"""Variants of one name are joined, names of two are not."""

from __future__ import annotations

import pytest

from briefing import language
from briefing.editions.reader.profile import Mute, Rule
from briefing.model import Analysis, Article, Span
from briefing.renditions.context.index import build_index
from briefing.storylines.clustering.term_counts import count_names

SAME = [
    ("Zelensky", "Zelenskyy"),
    ("Zelensky", "Zelenskiy"),
    ("Zelensky", "Selenskyj"),
    ("Zelensky", "Зеленський"),
    ("Volodymyr Zelensky", "Vladimir Zelensky"),
    ("President Zelensky", "Zelensky"),
    ("Kyiv", "Kiev"),
    ("Kyiv", "Kiew"),
    ("Kyiv's", "Kyiv"),
    ("NATO", "Nato"),
    ("NATO", "N.A.T.O."),
    ("US", "United States"),
    ("U.S.", "USA"),
    ("Türkiye", "Turkey"),
    ("Müller", "Mueller"),
    ("Łukasz", "Lukasz"),
    ("Al-Qaeda", "Al Qaida"),
    ("Mohamed Salah", "Mohammed Salah"),
    ("Jean-Luc Picard", "Jean Luc Picard"),
    ("Côte d’Ivoire", "Ivory Coast"),
    ("The White House", "White House"),
    ("Odesa", "Odessa"),
]
DIFFERENT = [
    ("Austria", "Australia"),
    ("Iran", "Iraq"),
    ("Niger", "Nigeria"),
    ("Mali", "Malta"),
    ("Slovakia", "Slovenia"),
    ("Gambia", "Zambia"),
    ("Kim Jong-un", "Kim Jong-il"),
    ("John Smith", "Smith"),
    ("John Smith", "Jane Smith"),
    ("George Bush", "George W. Bush"),
    ("Martin Luther King", "Martin Luther"),
    ("Vladimir Putin", "Volodymyr Zelensky"),
    ("US", "us"),
    ("WHO", "Who"),
    ("Dominica", "Dominican Republic"),
    ("North Korea", "South Korea"),
    ("Hansen", "Hanson"),
    ("Michael", "Michal"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_have_one_form(one: str, other: str) -> None:
    assert language.canonical_name(one) == language.canonical_name(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_of_two_have_two_forms_whatever_stands_around_them(one: str, other: str) -> None:
    assert language.canonical_name(one) != language.canonical_name(other)

    together = language.join_variants(
        [[one] * 9 + [other, "Ove Hallström", "Korsvik", "Nora Feld"]]
    )
    assert together[one] != together[other]


# (names of each article, a spelling, what it is joined to)
SLIPS = [
    ([["Zelensky"] * 8 + ["Zelenksy"]], "Zelenksy", "zelensky"),  # in one article
    ([["Hallström"] * 5, ["Hallströmm", "Hallström"]], "Hallströmm", "hallstrom"),
    ([["Ove Hallström"] * 4, ["Ove Hallstrom"], ["Ove Halström", "Ove Hallström"]], "Ove Halström", "ove hallstrom"),
    ([["Marendahl", "Korsvik", "Feld", "Rensvik"]] * 5 + [["Marendhal", "Korsvik", "Feld", "Rensvik"]], "Marendhal",
     "marendahl"),
]  # fmt: skip
APART = [
    ([["Johnson"] * 8 + ["Johnston"]], "Johnston"),  # a letter more, and no doubled one
    (
        [["Boris Millar", "Millar"] * 5 + ["Ken Milllar", "Milllar"]],
        "Milllar",
    ),  # has a first name of its own
    ([["Andersen"] * 8 + ["Anderson"]], "Anderson"),
    ([["Marendahl"] * 5, ["Marendhal"] * 4], "Marendhal"),  # as common as the other
    (
        [["Marendahl", "Korsvik", "Feld"]] * 5 + [["Marendhal", "Oland", "Lima", "Quito"]],
        "Marendhal",
    ),  # elsewhere
    ([["Marendahl", "Marendhal"]], "Marendhal"),  # nothing says which is usual
]


@pytest.mark.parametrize(("articles", "written", "form"), SLIPS)
def test_a_slip_of_the_pen_is_joined_where_the_name_stands(
    articles: list[list[str]], written: str, form: str
) -> None:
    assert language.join_variants(articles)[written] == form


@pytest.mark.parametrize(("articles", "written"), APART)
def test_a_name_that_may_be_somebody_else_s_is_left_alone(
    articles: list[list[str]], written: str
) -> None:
    assert language.join_variants(articles)[written] == language.canonical_name(written)


def test_the_order_of_articles_joins_nothing_else() -> None:
    articles = [names for names, *_ in SLIPS for names in names]

    assert language.join_variants(articles) == language.join_variants(articles[::-1])


def article(name: str, text: str, *names: str) -> Article:
    spans = tuple(Span(text.index(each), text.index(each) + len(each)) for each in names)
    return Article(id=name, text=text, analysis=Analysis(names=spans))


KIEV = article("a", "Talks in Kiev went on, said Nora Feld.", "Kiev", "Nora Feld")
KYIV = article("b", "Talks in Kyiv are over.", "Kyiv")
KYIV_TOO = article("c", "Kyiv waits.", "Kyiv")


@pytest.mark.parametrize(
    ("one", "other"), [("Kyiv", "Kiev"), ("Zelensky's", "Zelenskyy’s"), ("Odesa", "ODESSA")]
)
def test_spellings_of_a_name_are_one_term(one: str, other: str) -> None:
    assert language.extract_terms(f"Talks in {one} collapsed") == language.extract_terms(
        f"Talks in {other} collapsed"
    )


def test_storylines_count_spellings_as_one_name() -> None:
    counts = count_names([KIEV, KYIV])  # of its words: "US" shares none with "United Arab Emirates"

    assert sorted(counts.words) == ["feld", "kyiv", "nora"]


def test_a_rule_and_a_mute_hold_for_every_spelling() -> None:
    assert Rule(names=("Kyiv",)).fits(KIEV)
    assert Rule(words=("Kyiv",)).fits(KIEV)
    assert not Rule(words=("Lviv",)).fits(KIEV)
    assert Mute(("Kyiv",)).hides(KIEV)
    assert not Mute(("United States",)).hides(article("d", "They told us nothing."))
    assert Mute(("United States",)).hides(article("e", "A guest from the USA left."))


def test_a_pack_s_index_has_one_entry_a_name_under_its_commonest_spelling() -> None:
    reports = [KIEV, KYIV, KYIV_TOO]

    entries = build_index(reports, [[Span(0, len(report.text))] for report in reports]).names

    assert [(entry.name, entry.numbers) for entry in entries] == [
        ("Kyiv", (1, 2, 3)),
        ("Nora Feld", (1,)),
    ]


def test_no_text_is_changed() -> None:
    text = "On Monday Zelenskyy left Kiev for the U.S. by train."
    analysis = language.analyse(text)

    assert [span.of(text) for span in analysis.names] == ["Zelenskyy", "Kiev", "U.S."]
