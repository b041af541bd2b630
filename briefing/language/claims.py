"""text > what its claims turn on: figures, in digits or in words, what it denies, settles, or says
to be so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from briefing.language.lexicon import load_lexicon
from briefing.language.words import extract_terms

FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # "twenty-one" is two words


def find_figures(text: str, *, language: str = "en") -> tuple[tuple[str, str], ...]:
    """Figures as they are written, each with its plain form, in order: thousands without marks, the
    hour of a full one.

    Numbers from two on in words count as figures where there is a list for the language.

    >>> find_figures("Fifteen of 2,900 dockers came at 06:00.")
    (('Fifteen', '15'), ('2,900', '2900'), ('06:00', '6'))
    """
    words = _number_words(language)
    found = [(one.start(), one[0], _plain_figure(one[0])) for one in FIGURE.finditer(text)]
    if words:
        written = ((one, words.get(_fold_case(one[0]))) for one in WORD.finditer(text))
        found += [(one.start(), one[0], number) for one, number in written if number]
    return tuple((one, plain) for _, one, plain in sorted(found))


def has_negation(text: str, *, language: str = "en") -> bool:
    """Whether a word of it denies; False where there is no list for the language.

    >>> has_negation("The levy won't stay."), has_negation("The levy stays.")
    (True, False)
    """
    words = _listed_words(language, "negations")
    return bool(words) and any(_fold_case(word) in words for word in WORD.findall(text))


def is_standing_claim(text: str, *, language: str = "en") -> bool:
    """Whether it says how something is, and not that it has turned so.

    >>> is_standing_claim("Ferries are not affected."), is_standing_claim("The strike is over.")
    (True, False)
    """
    words = {_fold_case(word) for word in WORD.findall(text)}
    return not words.isdisjoint(_listed_words(language, "standing")) and words.isdisjoint(
        _listed_words(language, "turning")
    )


@cache
def settling_terms(language: str = "en") -> frozenset[str]:
    """The terms (as of `terms`) by which something is decided, ended or kept; none where there is
    no list.
    """
    return frozenset(
        extract_terms(_load_lists().get(language, {}).get("decisions", ""), language=language)
    )


@cache
def number_terms(language: str = "en") -> frozenset[str]:
    """The terms (as of `terms`) of numbers that are written as words; none where there is
    no list.
    """
    return frozenset(extract_terms(" ".join(_number_words(language)), language=language))


def weekday_name(number: int, *, language: str = "en") -> str:
    """The name of a weekday, Monday being 0, in lower case; "" where there is no list for the
    language.

    >>> weekday_name(3), weekday_name(3, language="fr")
    ('thursday', 'jeudi')
    """
    names = str(load_lexicon(language).lists.get("weekdays", "")).split()
    return names[number] if len(names) == 7 else ""


def is_calendar_word(word: str, *, language: str = "en") -> bool:
    """Whether a word is a month's or a weekday's name, in full or cut short ("Sept", "Mon").

    >>> is_calendar_word("Sept"), is_calendar_word("Wed"), is_calendar_word("Marit")
    (True, True, False)
    """
    known = _calendar_words(language)
    return any(word.casefold() in (name, name[:3], name[:4]) for name in known)


def _plain_figure(figure: str) -> str:
    if THOUSANDS.fullmatch(figure):
        return re.sub(r"\D", "", figure)
    hour = re.fullmatch(r"0?(\d{1,2})[:.]00", figure)
    return hour[1] if hour else figure.replace(",", ".")


def _fold_case(word: str) -> str:
    return word.casefold().replace("’", "'")


@cache
def _load_lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("briefing.language") / "claims.toml").read_text(encoding="utf-8"))


@cache
def _number_words(language: str) -> Mapping[str, str]:
    pairs = (
        entry.split(":") for entry in _load_lists().get(language, {}).get("numbers", "").split()
    )
    return {word.casefold(): number for word, number in pairs}


@cache
def _listed_words(language: str, name: str) -> frozenset[str]:
    return frozenset(map(str.casefold, _load_lists().get(language, {}).get(name, "").split()))


@cache
def _calendar_words(language: str) -> frozenset[str]:
    return load_lexicon(language).words("months") | load_lexicon(language).words("weekdays")
