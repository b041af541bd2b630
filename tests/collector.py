"""A program for the tests to kill: visits the sources it is given and stores documents in a folder.

Arguments: the folder, and the sources as a JSON list of [kind, location, settings].
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from briefing.model import Document, Source
from briefing.sources import StateFolder, visit_all
from briefing.sources.web import Client

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)


def main(folder: Path, sources: list[tuple[str, str, dict[str, object]]]) -> None:
    kept = folder / "documents"
    kept.mkdir(parents=True, exist_ok=True)

    def keep(_source: Source, documents: Sequence[Document]) -> None:
        """The same document again is the same file again."""
        for document in documents:
            name = hashlib.sha256(f"{document.origin}\0{document.sha256}".encode()).hexdigest()
            fresh = kept / f".{name}.{os.getpid()}"
            fresh.write_bytes(document.origin.encode() + b"\n\n" + document.content)
            fresh.replace(kept / name)

    visit_all(
        [Source(kind, location, settings=settings) for kind, location, settings in sources],
        keep=keep,
        store=StateFolder(folder / "states"),
        now=NOW,
        early=True,
        clients=lambda: Client(pause=0),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
