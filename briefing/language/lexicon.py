"""language code > Lexicon: the words that the rules of one language need, read from `lists/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

Words = frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """Word lists of one language; an absent list is empty, and its rule then never applies."""

    language: str
    lists: Mapping[str, Any]

    def words(self, name: str) -> Words:
        return word_set(str(self.lists.get(name, "")))

    @cached_property
    def stop_words(self) -> Words:
        return self.words("stop_words")

    @cached_property
    def inflections(self) -> tuple[tuple[str, str], ...]:
        """Endings and what replaces them, in the order they are tried."""
        pairs = (rule.partition(">") for rule in str(self.lists.get("inflections", "")).split())
        return tuple((ending, replacement) for ending, _, replacement in pairs)

    @cached_property
    def starters(self) -> Words:
        """Words that usually open a sentence when they are capitalised: function words, and a few
        more.
        """
        return (self.stop_words | self.words("starters")) - self.words("not_starters")

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Connectives, longest first."""
        found = (
            re.sub(r"\s+", " ", phrase).strip()
            for phrase in str(self.lists.get("connectives", "")).split("|")
        )
        return tuple(
            sorted(
                (phrase for phrase in found if phrase), key=lambda phrase: (-len(phrase), phrase)
            )
        )

    @property
    def ordinals(self) -> bool:
        """Whether a figure and a full stop are an ordinal number, as in "3. März"."""
        return bool(self.lists.get("ordinals", False))

    def alternatives(self, name: str) -> str:
        """A regular expression of the words of a list, longest first; one that never matches when
        there are none.
        """
        words = sorted(self.words(name), key=lambda word: (-len(word), word))
        return "|".join(re.escape(word) for word in words) or r"(?!)"

    def patterns(self, name: str) -> str:
        """A regular expression of the lines of a list; one that never matches when there
        are none.
        """
        lines = [line.strip() for line in str(self.lists.get(name, "")).splitlines()]
        return "|".join(f"(?:{line})" for line in lines if line) or r"(?!)"


@cache
def word_set(line: str) -> Words:
    return frozenset(line.split())


@cache
def load_lexicon(language: str = "en") -> Lexicon:
    """The lists of a language (two letters); empty lists when there are none for it."""
    place = files("briefing.language") / "lists" / f"{language}.toml"
    known = bool(re.fullmatch("[a-z]{2}", language)) and place.is_file()
    return Lexicon(language, tomllib.loads(place.read_text(encoding="utf-8")) if known else {})


@cache
def load_abbreviations(language: str) -> Lexicon:
    """What a full stop belongs to in a language; empty lists when there are none for it."""
    place = files("briefing.language") / "abbreviations.toml"
    tables = tomllib.loads(place.read_text(encoding="utf-8"))
    return Lexicon(language, tables.get(language, {}))
