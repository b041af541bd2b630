"""Standard input to one document."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from briefing.model import Document, Source
from briefing.sources.folder import LARGEST


def collect_stdin(
    location: str = "-", *, source: Source | None = None, **_: Any
) -> Iterator[Document]:
    """One document with all that is piped in; nothing when nothing is. `location` is '-', for the
    ledger.
    """
    content = sys.stdin.buffer.read(LARGEST + 1)
    if content:
        yield Document("standard input" if location == "-" else location, content, source=source)
