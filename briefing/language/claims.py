"""text > what its claims turn on: figures, in digits or in words, what it denies, settles, or says
to be so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from briefing.language.lexicon import lexicon
from briefing.language.words import terms

FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # "twenty-one" is two words


def figures(text: str, *, language: str = "en") -> tuple[tuple[str, str], ...]:
    """Figures as they are written, each with its plain form, in order: thousands without marks, the
    hour of a full one.

    Numbers from two on in words count as figures where there is a list for the language.

    >>> figures("Fifteen of 2,900 dockers came at 06:00.")
    (('Fifteen', '15'), ('2,900', '2900'), ('06:00', '6'))
    """
    words = _numbers(language)
    found = [(one.start(), one[0], _plain(one[0])) for one in FIGURE.finditer(text)]
    if words:
        written = ((one, words.get(_folded(one[0]))) for one in WORD.finditer(text))
        found += [(one.start(), one[0], number) for one, number in written if number]
    return tuple((one, plain) for _, one, plain in sorted(found))


def denies(text: str, *, language: str = "en") -> bool:
    """Whether a word of it denies; False where there is no list for the language.

    >>> denies("The levy won't stay."), denies("The levy stays.")
    (True, False)
    """
    words = _words(language, "negations")
    return bool(words) and any(_folded(word) in words for word in WORD.findall(text))


def stands(text: str, *, language: str = "en") -> bool:
    """Whether it says how something is, and not that it has turned so.

    >>> stands("Ferries are not affected."), stands("The strike is over."), stands("The strike began.")
    (True, False, False)
    """
    words = {_folded(word) for word in WORD.findall(text)}
    return not words.isdisjoint(_words(language, "standing")) and words.isdisjoint(
        _words(language, "turning")
    )


@cache
def settles(language: str = "en") -> frozenset[str]:
    """The terms (as of `terms`) by which something is decided, ended or kept; none where there is
    no list.
    """
    return frozenset(terms(_lists().get(language, {}).get("decisions", ""), language=language))


@cache
def numbers(language: str = "en") -> frozenset[str]:
    """The terms (as of `terms`) of numbers that are written as words; none where there is
    no list.
    """
    return frozenset(terms(" ".join(_numbers(language)), language=language))


def weekday(number: int, *, language: str = "en") -> str:
    """The name of a weekday, Monday being 0, in lower case; "" where there is no list for the
    language.

    >>> weekday(3), weekday(3, language="fr")
    ('thursday', 'jeudi')
    """
    names = str(lexicon(language).lists.get("weekdays", "")).split()
    return names[number] if len(names) == 7 else ""


def of_calendar(word: str, *, language: str = "en") -> bool:
    """Whether a word is a month's or a weekday's name, in full or cut short ("Sept", "Mon").

    >>> of_calendar("Sept"), of_calendar("Wed"), of_calendar("Marit")
    (True, True, False)
    """
    known = _calendar(language)
    return any(word.casefold() in (name, name[:3], name[:4]) for name in known)


def _plain(figure: str) -> str:
    if THOUSANDS.fullmatch(figure):
        return re.sub(r"\D", "", figure)
    hour = re.fullmatch(r"0?(\d{1,2})[:.]00", figure)
    return hour[1] if hour else figure.replace(",", ".")


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("briefing.language") / "claims.toml").read_text(encoding="utf-8"))


@cache
def _numbers(language: str) -> Mapping[str, str]:
    pairs = (entry.split(":") for entry in _lists().get(language, {}).get("numbers", "").split())
    return {word.casefold(): number for word, number in pairs}


@cache
def _words(language: str, name: str) -> frozenset[str]:
    return frozenset(map(str.casefold, _lists().get(language, {}).get(name, "").split()))


@cache
def _calendar(language: str) -> frozenset[str]:
    return lexicon(language).words("months") | lexicon(language).words("weekdays")
