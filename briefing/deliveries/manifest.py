"""An edition's renditions to what describes them wherever they are published: a manifest and a list
of sums.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from briefing.model import Rendition

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
SCHEMA = "briefing-manifest/1"


def build_manifest(edition: str, renditions: Sequence[Rendition]) -> bytes:
    """Without a time, so that two publishers of one edition write the same bytes."""
    files = {
        one.name: {
            "bytes": len(one.content),
            "media_type": one.media_type,
            "sha256": hashlib.sha256(one.content).hexdigest(),
        }
        for one in sorted(renditions, key=lambda one: one.name)
    }
    return (
        json.dumps({"schema": SCHEMA, "edition": edition, "files": files}, indent=1).encode()
        + b"\n"
    )


def build_sums(files: Mapping[str, bytes]) -> bytes:
    """As `sha256sum --check` reads it."""
    return "".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)
    ).encode()


def build_pointer(place: str, described: bytes) -> bytes:
    """The pointer to the edition at `place` (below the target), which this manifest describes."""
    names = json.loads(described)["files"]
    content = {
        "edition": place.rpartition("/")[2],
        "place": place,
        "files": {name: f"{place}/{name}" for name in names},
        "manifest": hashlib.sha256(described).hexdigest(),
    }
    return json.dumps(content, indent=1).encode() + b"\n"
