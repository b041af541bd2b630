"""text > Analysis: sentences, terms and names found once, by a spaCy pipeline that takes its
sentences from `split`.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import Any

from briefing.language.names import find_names
from briefing.language.sentences import split_sentences
from briefing.language.words import extract_terms
from briefing.model import Analysis, Span

# spaCy's tokeniser is quadratic on one long run of brackets or quotes: 16,000 took 29 CPU seconds
LONGEST_RUN = 200
LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")
SENTENCES = "sentences"  # where a document carries our spans


def analyse(text: str, *, language: str = "en") -> Analysis:
    """What is found in a text; see `Analysis`. Pure, linear, for texts of any size that hold
    anything.
    """
    document = _parse_document(_break_long_runs(text), language=language)
    spans = tuple(document.user_data[SENTENCES])
    found = tuple(extract_terms(span.of(text), language=language) for span in spans)
    return Analysis(
        spans,
        found,
        tuple(find_names(text, spans, language=language)),
        _paragraph_numbers(text, spans),
    )


def _parse_document(text: str, *, language: str) -> Any:
    """A text as spaCy sees it, with our sentences."""
    nlp = _load_pipeline(language)
    document = nlp.make_doc(text)
    document.user_data[SENTENCES] = split_sentences(
        text, language=language
    )  # `Doc.text` would join all tokens again
    return nlp(document)


def _break_long_runs(text: str) -> str:
    """A text of the same length in which no run without white space is longer than the tokeniser
    can bear.
    """
    return LONG_RUN.sub(
        lambda run: re.sub(rf"(\S{{{LONGEST_RUN - 1}}})\S", r"\1 ", run.group()), text
    )


def _paragraph_numbers(text: str, spans: tuple[Span, ...]) -> tuple[int, ...]:
    """The number of the block of each sentence, from 0."""
    numbers, number, last = list[int](), 0, spans[0].start if spans else 0
    for span in spans:
        between = text[last : span.start]
        number += len(f"{between}.".splitlines()) > 1
        numbers.append(number)
        last = span.stop
    return tuple(numbers)


@cache  # loading costs more than a thousand articles; a pipeline holds no state between texts
def _load_pipeline(language: str) -> Any:
    """A blank pipeline with our sentences: what is read depends on no trained one."""
    from spacy.language import Language

    name = f"briefing_sentences_{language}"
    Language.component(name, func=partial(_mark_sentences, language=language))
    nlp = _load_base_pipeline(language)
    nlp.add_pipe(name, first=True)
    nlp.max_length = 10**9  # nothing here needs memory by the square
    return nlp


def _load_base_pipeline(language: str) -> Any:
    import spacy

    try:
        return spacy.blank(language)
    except ImportError:  # spaCy's way to say that it does not know the language
        return spacy.blank("xx")


def _mark_sentences(document: Any, *, language: str) -> Any:
    """Sets spaCy's sentence boundaries to ours, and keeps our spans beside them."""
    import numpy

    if SENTENCES not in document.user_data:
        document.user_data[SENTENCES] = split_sentences(document.text, language=language)
    starts = [span.start for span in document.user_data[SENTENCES]]
    # All at once: a token is an object that is made anew each time it is asked for, and asks the
    # whole document.
    if len(document):
        marks = numpy.where(numpy.isin(document.to_array("IDX"), starts), 1, -1)
        marks[0] = 1
        document.from_array("SENT_START", marks.astype("uint64"))
    return document
