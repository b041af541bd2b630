"""The name of a word list in, its words and patterns out: plain data beside the code, read once."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@cache
def load_table(name: str) -> dict[str, Any]:
    """The content of briefing/articles/<name>.toml."""
    return tomllib.loads(
        files("briefing.articles").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    )


@cache
def listed_words(name: str, key: str) -> frozenset[str]:
    return frozenset(load_table(name)[key].split())


@cache
def compile_pattern(section: str, key: str) -> re.Pattern[str]:
    """A pattern of furniture.toml; those of whole sentences are blind to case."""
    return re.compile(
        join_lines(load_table("furniture")[section][key]),
        re.IGNORECASE if section == "other" else 0,
    )


@lru_cache(maxsize=4096)
def fitting_patterns(start: str) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], frozenset[str]]:
    """What may fit a line whose first letters, in lower case, are `start` ("0" for a figure, "" for
    any line).

    Kinds of furniture with the pattern of a whole line, in the order they are tried; then the names
    of other patterns that ask for an opening.
    """
    patterns, others = _line_patterns(), tuple(load_table("furniture")["openings"])
    whole = tuple(patterns[place][::2] for place in _matching_places(_line_openings(), start))
    return whole, frozenset(others[place] for place in _matching_places(_other_openings(), start))


# What opens -> the places of the patterns that ask for it; what an opening opens with -> the places
# of those asking.
_Openings = tuple[dict[str, set[int]], dict[str, set[int]]]


def _matching_places(openings: _Openings, start: str) -> list[int]:
    """Those of which an opening begins as the line does, or the line as an opening; those that ask
    for none.
    """
    asked, begun = openings
    shorter = (asked.get(start[:length], set()) for length in range(len(start) + 1))
    return sorted(begun.get(start, set()).union(*shorter))


def _index_openings(openings: Iterable[Sequence[str]]) -> _Openings:
    asked, begun = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for place, each in enumerate(openings):
        for opening in each or ("",):
            asked[opening].add(place)
            for length in range(len(opening) + 1):
                begun[opening[:length]].add(place)
    return asked, begun


@cache
def _line_openings() -> _Openings:
    return _index_openings(opens for _, opens, _ in _line_patterns())


@cache
def _other_openings() -> _Openings:
    return _index_openings(load_table("furniture")["openings"].values())


@cache
def _line_patterns() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    # A picture may be followed by anything.
    return tuple(
        (
            each["kind"],
            tuple(each.get("opens", "").split()),
            re.compile(
                f"(?:{join_lines(each['pattern'])})" + (".*" if each["kind"] == "picture" else ""),
                re.IGNORECASE,
            ),
        )
        for each in load_table("furniture")["line"]
    )


@cache
def glued_patterns() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Of what scrapes glue to running text: why it goes, its signs and its pattern, which mind
    capitals.
    """
    return tuple(
        (each["reason"], tuple(each["signs"]), re.compile(join_lines(each["pattern"])))
        for each in load_table("furniture")["glued"]
    )


@cache
def _pattern_signs(key: str) -> tuple[str, ...]:
    """Stretches of text of which one stands wherever the pattern of that name finds something."""
    if key == "glued":
        return tuple(dict.fromkeys(sign for _, signs_, _ in glued_patterns() for sign in signs_))
    return tuple(load_table("furniture")["signs"][key])


def has_sign(text: str, key: str) -> bool:
    """Whether one of these signs stands in a text."""
    for sign in _pattern_signs(key):  # noqa: SIM110  any() takes twice as long for a few
        if sign in text:
            return True
    return False


def join_lines(lines: str) -> str:
    return "".join(line.strip() for line in lines.split("\n"))
