"""Markdown in (with front matter or without), one draft out: what the front matter states, and the
text as it reads.
"""

from __future__ import annotations

import re
from typing import Any

from briefing.articles.drafts import Draft
from briefing.articles.formats import decoding, plain_text, records
from briefing.articles.metadata import json_ld
from briefing.model import Document

LONGEST, THICKET = 5_000, 200  # characters and marks of a line; of a paragraph of prose, a tenth
_FRONT = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(?P<toml>.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKS = (
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"(?<![\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?m)^[ ]{0,3}>[ ]?"), ""),
    (re.compile(r"(?m)^[ ]{0,3}#{1,6}[ ]+(.*?)[ #]*$"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
)


def read_markdown(content: bytes, document: Document) -> list[Draft]:  # noqa: ARG001  every reader takes the document
    whole = decoding.decode_text(content)
    front, body = _split_front_matter(whole)
    facts = records.record_facts(front, "front matter") if front else records.record_facts({}, "")
    plain = _strip_marks(body)
    layout = "body" if facts.headline else "page"
    return [Draft(plain, facts, layout)]  # type: ignore[arg-type]


def _split_front_matter(whole: str) -> tuple[dict[str, Any], str]:
    """Front matter as a mapping, and what follows it; an unreadable one is left in the text."""
    import tomllib

    import yaml

    for pattern, load, error in (
        (_FRONT, yaml.safe_load, yaml.YAMLError),
        (_TOML, tomllib.loads, tomllib.TOMLDecodeError),
    ):
        if match := pattern.match(whole):
            try:
                found = load(match[1])
            except (error, ValueError, RecursionError):
                continue
            if isinstance(found, dict):
                return {str(key): value for key, value in found.items()}, whole[match.end() :]
    return {}, whole


def _strip_marks(body: str) -> str:
    """The words without the marks; with them where a line is a thicket of openings, searched to its
    end from each.
    """
    if any(
        len(line) > LONGEST and sum(map(line.count, "[*_<")) > THICKET for line in body.split("\n")
    ):
        return plain_text.unwrap_text(json_ld.unescape_references(body))
    for pattern, plain in _MARKS:
        body = pattern.sub(plain, body)
    return plain_text.unwrap_text(json_ld.unescape_references(body))
