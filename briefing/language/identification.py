"""text > the two letters of its language, or None."""

from __future__ import annotations

import re

from briefing.language.lexicon import lexicon

FEWEST_LETTERS = 24  # below it a headline's language is a guess: py3langid is right on .96 of titles, on .99 of bodies
LONGEST = 600  # characters looked at; more changes nothing (2,500 news texts and summaries) and costs time
PLAIN = 0.3  # share of English stop words from which a text is English; 2,481 of 2,501 reach it, all of them English
ENOUGH = 40  # words that make a share; with fewer the model decides


def identify(text: str) -> str | None:
    """The language of a text by ISO 639-1; None when there are too few letters to tell.

    py3langid decides where English is not plain to see; English texts are told ten times as fast as by the model.
    """
    text = text[:LONGEST]
    if _plainly_english(text):
        return "en"
    if len(re.findall(r"[^\W\d_]", text)) < FEWEST_LETTERS:
        return None
    from py3langid.langid import classify  # noqa: PLC0415 - loads a 4.6 MB model

    return str(classify(text)[0])


def _plainly_english(text: str) -> bool:
    """By the words that hold a text together; "the" beside "of", "and" or "to" stands in no other language's texts."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < ENOUGH or "the" not in words or not {"of", "and", "to"} & set(words):
        return False
    held = lexicon("en").stop_words
    return sum(word in held for word in words) >= PLAIN * len(words)
