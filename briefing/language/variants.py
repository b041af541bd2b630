"""proper names > the same names under one spelling each: by normal form, by a table of aliases, by
shared context.

Nothing is joined for its letters being nearly the same: Austria is not Australia, Iran not Iraq,
and of two Smiths only the first names say whether they are one.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

# letters of a word that may be a slip of the pen: shorter names differ in a letter (Iran, Iraq)
SHORTEST = 6
RARE = (
    0.25  # of the mentions of the usual spelling: a spelling as common as another is another name
)
USUAL = 3  # mentions of a spelling before another may be a slip of it
CONTEXT = 3  # other names that the articles of both hold, unless one article holds both
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_DIGRAPH = re.compile(
    r"(?<=[aou])e(?=[bcdfghkmnprstvwxz]|l\w)"
)  # Mueller and Müller, but Michael and Manuel
_SLAVIC = re.compile(r"(?<=\w{4}sk)(?:yy|iy|yi|ii|ij|yj|i|y)$")  # Zelenskyy, Zelenskiy, Zelenski
_PLAIN = str.maketrans("øłđðß’", "oldds'")
_SIGNS = str.maketrans("", "", "ьъ")


@lru_cache(maxsize=65536)  # of pure values: the same name always has the same form
def canonical_name(name: str) -> str:
    """The normal form of a name: lower case, plain letters, one spelling; titles, points and
    possessives left out.

    >>> [canonical_name(name) for name in ("President Zelenskyy", "N.A.T.O.", "Kiev’s", "Müller")]
    ['zelensky', 'nato', 'kyiv', 'muller']
    """
    words, phrases = _load_aliases()
    titles = _title_words()
    bare = _POSSESSIVE.sub("", name.strip())
    if re.fullmatch(r"(?:\w\.){2,}\w?", bare):
        bare = bare.replace(".", "")
    said = [
        words.get(form, form)
        for word in _WORD.findall(_plain_letters(bare))
        if (form := _word_form(word))
    ]
    first = next((i for i, word in enumerate(said) if word not in titles), 0)
    whole = " ".join(said[first:])
    return (
        phrases.get(whole, whole)
        if whole not in _SPOKEN or name.isupper() or "." in name
        else whole
    )


_SPOKEN = frozenset(
    ["us", "who", "un", "eu"]
)  # words of some language; names of somebody only in capitals


def resolve_alias(word: str) -> str:
    """A word in lower case under the spelling that is kept: "kiev" is "kyiv", most words are their
    own.
    """
    form = _SLAVIC.sub("y", word)
    return _load_aliases()[0].get(form, form)


@lru_cache(maxsize=4096)
def name_spellings(name: str) -> tuple[str, ...]:
    """A name as it is given, then the other spellings of the tables: "Kyiv" is also looked for as
    "kiev".
    """
    form = canonical_name(name)
    table = _load_table()
    others = [*table["words"].get(form, "").split(), *table["phrases"].get(form, [])]
    known = dict.fromkeys([name, *([form, *others] if others else [])])
    return tuple(each for each in known if each == name or each not in _SPOKEN)


def _plain_letters(name: str) -> str:
    """In lower case without accents, other scripts in Latin letters."""
    lower = name.casefold()
    if lower.isascii():
        return lower
    import unicodedata

    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", lower)
        if not unicodedata.combining(letter)
    )
    bare = bare.translate(_PLAIN)
    if bare.isascii():
        return bare
    from anyascii import anyascii

    return anyascii(bare.translate(_SIGNS)).lower()


def _word_form(word: str) -> str:
    return _SLAVIC.sub("y", _DIGRAPH.sub("", word))


@cache
def _load_aliases() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Form of a spelling -> kept spelling, of words and of whole names."""
    table = _load_table()
    words = {
        _word_form(other): kept
        for kept, others in table["words"].items()
        for other in (kept, *others.split())
    }
    phrases = {
        _phrase_form(other): kept
        for kept, others in table["phrases"].items()
        for other in (kept, *others)
    }
    return words, phrases


@cache
def _load_table() -> Mapping[str, Any]:
    return tomllib.loads(
        files("briefing.language").joinpath("aliases.toml").read_text(encoding="utf-8")
    )


@cache
def _title_words() -> frozenset[str]:
    return frozenset(_load_table()["titles"].split())


def _phrase_form(phrase: str) -> str:
    return " ".join(map(_word_form, phrase.split()))


def join_variants(articles: Sequence[Iterable[str]]) -> dict[str, str]:
    """Each name as written -> the form of all its variants; `articles` are the names of each, as
    often as they stand.

    To `canonical_name` it adds slips of the pen (Zelenksy): one letter doubled, dropped from a
    pair, exchanged with its neighbour or y for i, in a spelling that is rare beside the usual one
    and stands in its context; any one letter where the other words of the name are the same. Linear
    in names but for names of one opening.
    """
    held = [[canonical_name(name) for name in names] for names in articles]
    counts = Counter(name for names in held for name in names)
    near = _Contexts(held)
    kept: dict[str, str] = {}
    for rare in sorted(counts, key=lambda name: (counts[name], name)):
        usual = [
            name
            for name in near.alike(rare)
            if counts[name] >= USUAL
            and counts[rare] <= RARE * counts[name]
            and _is_slip(rare, name)
        ]
        best = max(usual, key=lambda name: (counts[name], name), default=None)
        if best and near.one_context(rare, best):
            kept[rare] = best
    return {name: _follow_joins(canonical_name(name), kept) for names in articles for name in names}


def _follow_joins(name: str, kept: Mapping[str, str]) -> str:
    while name in kept:  # each step goes to a commoner spelling
        name = kept[name]
    return name


class _Contexts:
    """In which articles names stand, and beside which others."""

    def __init__(self, held: Sequence[Sequence[str]]) -> None:
        self.held = [frozenset(names) for names in held]
        self.places: dict[str, list[int]] = defaultdict(list)
        self.openings: dict[tuple[str, int], list[str]] = defaultdict(list)
        for place, names in enumerate(held):
            for name in dict.fromkeys(names):
                self.places[name].append(place)
        for name in self.places:
            self.openings[name[:1], name.count(" ")].append(name)

    def alike(self, name: str) -> Sequence[str]:
        return [
            other
            for other in self.openings[name[:1], name.count(" ")]
            if abs(len(other) - len(name)) < 2
        ]

    def one_context(self, rare: str, usual: str) -> bool:
        """Whether the rare spelling stands where the usual one does; not when it has a bearer of
        its own.
        """
        beside = {other for place in self.places[rare] for other in self.held[place]} - {
            rare,
            usual,
        }
        if any(other.endswith(f" {rare}") for other in beside):
            # "Ken Johnston said … Johnston": introduced by a name that is not the other's
            return False
        if any(usual in self.held[place] for place in self.places[rare]):
            return True
        around = {other for place in self.places[usual] for other in self.held[place]}
        return len(beside & around) >= max(CONTEXT, len(beside) / 2)


def _is_slip(rare: str, usual: str) -> bool:
    """Whether one is the other but for one word, and that word but for a slip of the pen."""
    differing = [(a, b) for a, b in zip(rare.split(" "), usual.split(" "), strict=True) if a != b]
    if len(differing) != 1 or min(map(len, differing[0])) < SHORTEST:
        return False
    one, other = differing[0]
    return _is_mistyped(one, other) or (" " in rare and _is_one_letter_apart(one, other))


def _is_mistyped(one: str, other: str) -> bool:
    if len(one) == len(other):
        apart = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(apart) == 2 and apart[1] == apart[0] + 1:
            i = apart[0]
            return one[i] == other[i + 1] and one[i + 1] == other[i] and i > 0
        return len(apart) == 1 and {one[apart[0]], other[apart[0]]} == {"i", "y"}
    single = re.sub(r"(.)\1", r"\1", one)
    return single == re.sub(r"(.)\1", r"\1", other)


def _is_one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter, not the first, is another, is missing or is too many."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1 or shorter[0] != longer[0]:
        return False
    i = next(
        (i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter)
    )
    return shorter[i + (len(shorter) == len(longer)) :] == longer[i + 1 :]
