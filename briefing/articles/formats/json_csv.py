"""JSON, JSON lines or CSV in, a draft a record out."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from briefing.articles.drafts import Draft
from briefing.articles.formats import decoding, feed, records
from briefing.errors import UnreadableError
from briefing.model import Document

_LISTS = (
    "articles",
    "items",
    "results",
    "data",
    "documents",
    "entries",
    "news",
    "stories",
    "posts",
    "hits",
    "response",
    "docs",
    "value",
)
MOST_RECORDS = 20_000


def read_json(content: bytes, document: Document) -> list[Draft]:
    whole = decoding.decode_text(content)
    try:
        value = json.loads(whole, strict=False)
    except (ValueError, RecursionError):
        return _read_json_lines(whole)
    if isinstance(value, dict) and "jsonfeed.org" in str(value.get("version", "")):
        return feed.read_feed(content, document)
    return _draft_records(_find_records(value))


def _read_json_lines(whole: str) -> list[Draft]:
    """JSON lines; a broken line is passed over, all of them broken is an error."""
    found, broken = [], 0
    for line in whole.split("\n"):
        if line.strip():
            try:
                found += _find_records(json.loads(line, strict=False))
            except (ValueError, RecursionError):
                broken += 1
    if broken and not found:
        raise UnreadableError("it is called JSON and cannot be read as such; export it again")
    return _draft_records(found)


def _find_records(value: Any) -> list[dict[str, Any]]:
    """The records of a value: itself, a list of them, or the list that the usual envelopes hold."""
    for _ in range(4):
        if isinstance(value, list):
            return [
                each.get("_source", each) for each in value[:MOST_RECORDS] if isinstance(each, dict)
            ]
        if not isinstance(value, dict) or records.draft_record(value, "") is not None:
            break
        value = next(
            (value[key] for key in _LISTS if isinstance(value.get(key), list | dict)), None
        )
    return [value] if isinstance(value, dict) else []


def _draft_records(found: list[dict[str, Any]]) -> list[Draft]:
    return [made for record in found if (made := records.draft_record(record, "field")) is not None]


MOST_TITLES = 5  # lines over the headings of a table
_DELIMITERS = ",;\t|"


def read_table(content: bytes, document: Document) -> list[Draft]:  # noqa: ARG001  every reader takes the document
    """Rows under a line of names; the delimiter is found out, or stated in Excel's first line.

    UnreadableError names the columns found where none of them is a headline's or a text's.
    """
    whole = decoding.decode_text(content)
    stated = re.match(r"\s*\"?sep=(.)\"?[ \t]*\n", whole)
    whole = whole[stated.end() :] if stated else whole
    lines = whole.split("\n", MOST_TITLES + 1)[: MOST_TITLES + 1]
    skipped = next((n for n, line in enumerate(lines) if _names_fields(line)), 0)
    whole = "\n".join(whole.split("\n")[skipped:])
    delimiter = stated[1] if stated else _delimiter(whole.split("\n", 1)[0])
    try:
        rows = list(csv.DictReader(io.StringIO(whole), delimiter=delimiter))[:MOST_RECORDS]
    except csv.Error:
        raise UnreadableError(
            "it is called CSV and cannot be read as such; export it again"
        ) from None
    found = _draft_records([{str(key): value for key, value in row.items() if key} for row in rows])
    if rows and not found:
        raise UnreadableError(_missing_columns([str(key) for key in rows[0] if key]))
    return found


def _delimiter(head: str) -> str:
    return max(_DELIMITERS, key=lambda each: (head.count(each), each == ","))


def _names_fields(line: str) -> bool:
    """Whether a line is a table's headings and no title over it: two known names at least."""
    names = next(csv.reader([line], delimiter=_delimiter(line)), [])
    return sum(records.is_field(name) for name in names) >= 2


def _missing_columns(names: list[str]) -> str:
    shown = ", ".join(names[:12])[:200]
    return (
        "its columns name neither a headline nor a text; call them 'headline', 'outlet', 'date' "
        f"and 'text' (found: {shown})"
    )
