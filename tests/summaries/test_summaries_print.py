"""What print alone refuses: questions, and sentences that a parse shows to be none; and what leans
inside.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from briefing.language import is_whole_sentence, pipeline_versions
from briefing.summaries.coherence.print_faults import print_faults
from briefing.summaries.coherence.sentence_faults import find_faults, required_context

PARSED = pytest.mark.skipif(
    "en" not in pipeline_versions(), reason="no trained pipeline is installed"
)


@PARSED
@pytest.mark.parametrize(
    "caption",
    [
        "Dockers protesting the offer of the port outside the headquarters of the union in Halden.",
        "Red banner with the demands of the dockers written in white letters on the quay.",
        "Will be giving the harbour prize to Marit Osei today.",
    ],
)
def test_a_caption_that_has_a_verbs_form_but_no_finite_verb_is_not_printed(caption: str) -> None:
    assert print_faults(caption) == ("not a whole sentence",)


@pytest.mark.parametrize(
    "sentence",
    [
        "The final vote was 52-47.",
        "The text obliges the port to keep three quays open until June.",
        "Dockers walked out on Tuesday over pay.",
        "At issue is a clause that binds the port to its dockers.",
        "“Red banner, white letters, and nobody there to read them,” said Marit Osei.",
    ],
)
def test_a_whole_sentence_is_printed(sentence: str) -> None:
    assert print_faults(sentence) == ()


def test_a_language_without_a_pipeline_has_no_objection() -> None:
    assert is_whole_sentence("Red banner.", language="xx")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("But who will pay for the new quay?", "en"),
        ("Was sind das für Schiffe?", "de"),
        ("¿Quién paga el muelle?", "es"),
    ],
)
def test_a_question_of_the_reporter_is_not_printed(sentence: str, language: str) -> None:
    assert print_faults(sentence, language=language) == ("question",)


def test_a_question_that_somebody_asks_is_printed() -> None:
    assert (
        print_faults("“Who will pay for the new quay?” Marit Osei asked the port on Tuesday.") == ()
    )


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Ms Osei, by contrast, put the emphasis on the pay of the dockers.", "en"),
        ("The institute’s research has found that most dockers live in Halden.", "en"),
        ("The walkout did not surprise the mayor of Halden, though.", "en"),
        ("The port chief said in a later statement that talks would go on.", "en"),
        (
            "“The quays stay open for the fishing boats of Halden,” Calder Voss said at the time.",
            "en",
        ),
        ("Der Hafen dagegen will am Montag wieder verhandeln.", "de"),
        ("Le port, en revanche, refuse de négocier avec les dockers.", "fr"),
        ("El puerto, sin embargo, no quiere negociar con los estibadores.", "es"),
    ],
)
def test_what_leans_inside_needs_the_sentence_before_it(sentence: str, language: str) -> None:
    assert required_context(sentence, language=language) == "connective"


@pytest.mark.parametrize(
    ("sentence", "caseless"),
    [
        ("Osei, 84, has never explained why she left the port.", False),
        ("the port of the us sent three ships to halden on tuesday.", True),
        ("us officials sent three ships to halden on tuesday.", True),
        ("Osei said it was 'our duty' to stay until the port had answered.", False),
    ],
)
def test_no_sentence_is_refused_for_a_pronoun_or_a_verb_that_it_does_not_have(
    sentence: str, *, caseless: bool
) -> None:
    assert find_faults(sentence, caseless=caseless) == ()


def test_us_that_is_a_pronoun_is_refused_in_text_without_capitals_too() -> None:
    assert "first or second person" in find_faults(
        "the port told us that three ships would sail.", caseless=True
    )


def test_asking_for_the_versions_of_pipelines_loads_none() -> None:
    code = (
        "import sys; from briefing.language import pipeline_versions; "
        "pipeline_versions();print('spacy' in sys.modules)"
    )

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
        == "False\n"
    )


@pytest.mark.parametrize(
    "order",
    ["Must pass the harbour law and build the quay.", "Consider the port that nobody wanted."],
)
def test_an_order_is_not_printed(order: str) -> None:
    assert print_faults(order) == ("no statement",)
