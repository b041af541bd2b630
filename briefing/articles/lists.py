"""The name of a word list in, its words and patterns out: plain data beside the code, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of briefing/articles/<name>.toml."""
    return tomllib.loads(files("briefing.articles").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    return frozenset(table(name)[key].split())


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """A pattern of furniture.toml; those of whole sentences are blind to case."""
    return re.compile(joined(table("furniture")[section][key]), re.IGNORECASE if section == "other" else 0)


@lru_cache(maxsize=4096)
def fitting(start: str) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], frozenset[str]]:
    """What may fit a line whose first letters, in lower case, are `start` ("0" for a figure, "" for any line).

    Kinds of furniture with the pattern of a whole line, in the order they are tried; then the names of other patterns
    that ask for an opening.
    """
    whole = tuple((kind, pattern) for kind, opens, pattern in _line_patterns() if _may(opens, start))
    return whole, frozenset(name for name, opens in table("furniture")["openings"].items() if _may(opens, start))


def _may(opens: Sequence[str], start: str) -> bool:
    return not opens or any(each.startswith(start) or start.startswith(each) for each in opens)


@cache
def _line_patterns() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    # A picture may be followed by anything.
    return tuple(
        (
            each["kind"],
            tuple(each.get("opens", "").split()),
            re.compile(f"(?:{joined(each['pattern'])})" + (".*" if each["kind"] == "picture" else ""), re.IGNORECASE),
        )
        for each in table("furniture")["line"]
    )


@cache
def signs(key: str) -> tuple[str, ...]:
    """Stretches of text of which one stands wherever the pattern of that name finds something."""
    return tuple(table("furniture")["signs"][key])


def held(text: str, key: str) -> bool:
    """Whether one of these signs stands in a text."""
    return any(map(text.__contains__, signs(key)))


def joined(lines: str) -> str:
    return "".join(line.strip() for line in lines.split("\n"))
