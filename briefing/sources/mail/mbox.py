"""An mbox file to its messages, from where the last visit stopped: such a file only grows, and may
be huge.
"""

from __future__ import annotations

import dataclasses
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO

from briefing.model import Document, Fate, Source
from briefing.sources.folder import LARGEST
from briefing.sources.mail.messages import RAISE, document_if_unseen
from briefing.sources.visits import Visit

HEAD = 512  # bytes by which the file is known again
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
DATE = re.compile(rb"^Date:[ \t]*([^\r\n]{1,80})", re.MULTILINE | re.IGNORECASE)


def collect_mbox(
    path: Path,
    *,
    source: Source | None,
    visit: Visit,
    backfill: float = 3,
    items: int = 200,
    **_: Any,
) -> Iterator[Document | Fate]:
    """Messages in the order of the file. The last one is left for next time when the file grew
    while it was read.
    """
    horizon = visit.horizon(backfill)
    before = path.stat()
    given = 0
    with path.open("rb") as file:
        head = zlib.crc32(file.read(HEAD))
        start = visit.state.marks.get("offset", 0) if _is_known(visit, head, before.st_size) else 0
        for stop, content in _split_messages(file, 0 if visit.since else start):
            if stop >= before.st_size and path.stat().st_size != before.st_size:
                return
            if given >= items:
                visit.notes.append(f"more messages wait for the next visit; {RAISE}")
                return
            found = (
                None
                if _is_older(content, horizon)
                else document_if_unseen(content, path.name, source, visit)
            )
            visit.state = dataclasses.replace(
                visit.state,
                marks={"offset": stop, "head": head, "length": min(HEAD, before.st_size)},
            )
            if found:
                given += 1
                yield found


def _is_known(visit: Visit, head: int, size: int) -> bool:
    """Whether this is the file of last time, grown; one that was compacted is read anew, and its
    messages known.
    """
    marks = visit.state.marks
    return marks.get("head") == head and size >= marks.get("offset", 0)


def _split_messages(file: BinaryIO, start: int) -> Iterator[tuple[int, bytes]]:
    """(where it ends, its bytes) of each message; of a giant one no more than what makes it
    refused.
    """
    file.seek(start)
    lines: list[bytes] = []
    size = 0
    at = start
    blank = True
    for line in iter(lambda: file.readline(LARGEST), b""):
        if blank and line.startswith(b"From ") and lines:
            yield at, _unquote_message(lines)
            lines, size = [], 0
        if size <= LARGEST:
            lines.append(line)
            size += len(line)
        blank = not line.strip()
        at += len(line)
    if lines:
        yield at, _unquote_message(lines)


def _unquote_message(lines: list[bytes]) -> bytes:
    body = lines[1:] if lines[0].startswith(b"From ") else lines
    return QUOTED.sub(rb"\1", b"".join(body)).removesuffix(b"\n")


def _is_older(content: bytes, horizon: datetime | None) -> bool:
    """Whether the message says that it is older; one that says nothing is taken."""
    stated = DATE.search(content[:20_000]) if horizon else None
    if not stated or not horizon:
        return False
    try:
        found = parsedate_to_datetime(stated[1].decode("latin-1"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return False
    return (found if found.tzinfo else found.replace(tzinfo=UTC)) < horizon
