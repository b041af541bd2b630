"""A target to the editions that lie on it: each by name, with its files and the digest of its
edition.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.deliveries.share import pointers

RECORD, MANIFEST = "edition.json", "manifest.json"
# bytes of an edition.json that are read: what lies on a share may have come from anywhere
LARGEST = 64_000_000


@dataclass(frozen=True, slots=True)
class Held:
    """An edition on the target, as its manifest describes it."""

    name: str
    folder: Path
    files: tuple[str, ...]
    sha256: str  # of its edition.json

    def record(self) -> Any:
        """The plain data of its edition.json, unchecked. Raises OSError or ValueError."""
        path = self.folder / RECORD
        if path.stat().st_size > LARGEST:
            raise ValueError(f"more than {LARGEST:,} bytes")
        return json.loads(path.read_bytes())


def list_editions(target: Path) -> Iterator[Held]:
    """Newest first; a folder without a manifest that can be read, or without an edition.json, is
    left out.
    """
    for folder in pointers.edition_folders(target):
        try:
            files = json.loads((folder / MANIFEST).read_bytes())["files"]
            yield Held(
                folder.name, folder, tuple(sorted(map(str, files))), str(files[RECORD]["sha256"])
            )
        except (OSError, ValueError, KeyError, TypeError):
            continue
