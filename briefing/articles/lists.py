"""The name of a word list in, its words and patterns out: plain data beside the code, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
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


@cache
def line_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kinds of furniture with the pattern of a whole line, in the order they are tried."""
    return tuple((kind, re.compile(source, re.IGNORECASE)) for kind, source in _line_sources())


def _line_sources() -> list[tuple[str, str]]:
    # A picture may be followed by anything.
    return [
        (each["kind"], f"(?:{joined(each['pattern'])})" + (".*" if each["kind"] == "picture" else ""))
        for each in table("furniture")["line"]
    ]


@cache
def openings() -> frozenset[str]:
    return frozenset(word for line in signs("openings") for word in line.split())


@cache
def signs(key: str) -> tuple[str, ...]:
    """Stretches of text of which one stands wherever the pattern of that name finds something."""
    return tuple(table("furniture")["signs"][key])


def joined(lines: str) -> str:
    return "".join(line.strip() for line in lines.split("\n"))
