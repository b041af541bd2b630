"""Records or documents in, their storylines out: copies folded before and carried along, day by day
or at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefing.articles import extract_articles, fold_reprints
from briefing.errors import UnreadableError, UsageError
from briefing.model import Article, Document, Fate, Storyline
from briefing.sources import collect_folder, collect_stdin
from briefing.storylines import (
    Clusterer,
    Remembered,
    follow_storylines,
    group_articles,
    remember_all_storylines,
    remember_rows,
)
from briefing.storylines.jsonl import parse_article

LINES = (".jsonl", ".ndjson")
LEAST_WORDS = (
    20  # a text below it is no report that could be a copy: bare headlines stay as they are
)


@dataclass
class Given:
    """Articles as they were named, each with the batch it belongs to; what could not be read."""

    articles: list[Article] = field(default_factory=list)
    batches: list[Any] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def load_articles(paths: Iterable[str], *, batch_key: str | None = None) -> Given:
    """Files of JSON lines as records; all else read as documents. Raises UsageError that names file
    and line.
    """
    found = Given()
    for path in paths:
        if path.endswith(LINES):
            _load_records(Path(path), batch_key, found)
        elif batch_key:
            raise UsageError(
                f"--batch-key: {path} holds no records; name a file of JSON lines (.jsonl)"
            )
        else:
            _load_documents(path, found)
    return found


def group_given_articles(
    articles: Sequence[Article],
    clusterer: Clusterer,
    *,
    days: bool = False,
    known: Sequence[Remembered] = (),
) -> tuple[tuple[Storyline, ...], tuple[Remembered, ...]]:
    """Storylines of the articles, copies under their originals, and what is remembered after."""
    whole = [one for one in articles if len(one.text.split()) >= LEAST_WORDS]
    folded = {one.id: one for one in fold_reprints(whole).articles}
    gone = {one.id for one in whole} - folded.keys()
    kept = [folded.get(one.id, one) for one in articles if one.id not in gone]
    if days:
        return follow_storylines(kept, clusterer, known=known)
    storylines = group_articles(kept, clusterer, known=known)
    return storylines, remember_all_storylines(storylines, known)


def load_known(path: Path, articles: Sequence[Article]) -> tuple[tuple[Remembered, ...], bool]:
    """What a file of `--known` holds, and whether it is one that is brought up to date: records, or
    not there yet.

    Lines {id, cluster} of an earlier run say of the articles given where they belong, and stay as
    they are.
    """
    if not path.exists():
        return (), True
    lines = [line for _, line in _parse_lines(path)]
    if any("cluster" in line for line in lines):
        return remember_rows(lines, articles), False
    try:
        return tuple(Remembered.from_json(line) for line in lines), True
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{path}: this is neither what --known wrote nor lines of {{id, cluster}} "
            f"({error!r}); name another file"
        ) from error


def store_known(path: Path, records: Iterable[Remembered]) -> None:
    """The file for the next run: whole under its name, or as it was."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(
        "".join(
            json.dumps(one.to_json(), ensure_ascii=False, sort_keys=True) + "\n" for one in records
        ),
        encoding="utf-8",
    )
    part.replace(path)


def _load_records(path: Path, batch_key: str | None, found: Given) -> None:
    seen: dict[str, int] = {}
    for number, line in _parse_lines(path):
        try:
            article = parse_article(line)
        except UsageError as error:
            raise UsageError(f"{path}: line {number}: {error}") from error
        if article.id in seen:
            raise UsageError(
                f"{path}: line {number}: id '{article.id}' stands in line "
                f"{seen[article.id]} already"
            )
        if batch_key and batch_key not in line:
            raise UsageError(
                f"{path}: line {number}: it has no '{batch_key}'; every line needs its batch"
            )
        seen[article.id] = number
        found.articles.append(article)
        found.batches.append(line[batch_key] if batch_key else None)


def _parse_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _parse_object(line, f"{path}: line {number}")
    except FileNotFoundError as error:
        raise UsageError(f"{path}: there is no such file; name a file of JSON lines") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: it cannot be read ({error}); name a file of JSON lines"
        ) from error


def _parse_object(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{where}: this is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise UsageError(
            f'{where}: an object is expected, as in {{"id": "a1", "title": "…", "text": "…"}}'
        )
    return value


def _load_documents(path: str, found: Given) -> None:
    documents: Iterable[Document | Fate] = collect_stdin() if path == "-" else collect_folder(path)
    known = {one.id for one in found.articles}
    for document in documents:
        try:
            if isinstance(document, Fate):
                found.unread.append(f"{document.id}: {document.reason}")
                continue
            articles = extract_articles(document)
        except UnreadableError as error:
            found.unread.append(str(error))
            continue
        fresh = [one for one in articles if one.id not in known]
        known |= {one.id for one in fresh}
        found.articles += fresh
        found.batches += [None] * len(fresh)
