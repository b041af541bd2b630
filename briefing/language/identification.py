"""text > the two letters of its language, or None."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.language.lexicon import load_lexicon

# below it a headline's language is a guess: py3langid is right on .96 of titles, on .99 of bodies
FEWEST_LETTERS = 24
# characters looked at; more changes nothing (2,500 news texts and summaries) and costs time
LONGEST = 600
# share of a language's stop words from which a text is in it; 2,481 of 2,501 English ones reach it
PLAIN = 0.3
# the same of an English text without "the"; spaCy's examples of 65 other languages reach .15 at
# most
SURELY = 0.4
ENOUGH = 20  # words that make a share; with fewer the model decides
# Words that stand side by side in texts of one language and in no neighbour's: all of the first,
# one of the others. Dutch has no "und", Portuguese, Catalan and Italian no "y", Italian and Occitan
# no "les".
MARKS = {
    "en": ({"the"}, {"of", "and", "to"}),
    "de": ({"und"}, {"der", "die", "das"}),
    "fr": ({"les"}, {"et", "des", "du"}),
    "es": ({"y"}, {"el", "los", "las"}),
}
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")


def detect_language(text: str) -> str | None:
    """The language of a text by ISO 639-1; None when there are too few letters to tell.

    py3langid decides where it is not plain to see: its model takes 0.8 CPU seconds to load, and ten
    times as long.
    """
    text = text[:LONGEST]
    if plain := _detect_by_words(text):
        return plain
    if len(_LETTER.findall(text)) < FEWEST_LETTERS:
        return None
    from py3langid.langid import classify

    return str(classify(text)[0])


def _detect_by_words(text: str) -> str | None:
    """By the words that hold a text together; None where they do not tell, or tell of two
    languages.
    """
    words: list[str] = []
    for token in text.lower().split():  # a third of the time that the pattern takes for all of it
        if token.isalpha():
            words.append(token)
        else:
            words += _WORD.findall(token)
    there = set(words)
    found = [code for code, (all_of, any_of) in MARKS.items() if all_of <= there and any_of & there]
    if len(words) < ENOUGH or len(found) > 1:
        return None
    if not found:
        return "en" if _stop_word_share(words, "en") >= SURELY else None
    return found[0] if _stop_word_share(words, found[0]) >= PLAIN else None


def _stop_word_share(words: Sequence[str], code: str) -> float:
    """The share of words that are stop words of a language."""
    return sum(map(load_lexicon(code).stop_words.__contains__, words)) / len(words)
