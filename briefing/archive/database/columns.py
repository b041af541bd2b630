"""Plain data to the compressed JSON of the archive's columns, and moments to the text that sorts as
they do.
"""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import Any

LEVEL = 6  # zlib's default: on news text 9 saves 1 % more at twice the time


def compress(content: bytes) -> bytes:
    return zlib.compress(content, LEVEL)


def decompress(content: bytes) -> bytes:
    return zlib.decompress(content)


def canonical_json(value: Any) -> str:
    """Compact, with sorted keys: the same value gives the same text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def pack_json(value: Any) -> bytes:
    return compress(canonical_json(value).encode())


def unpack_json(content: bytes) -> Any:
    return json.loads(decompress(content))


def pack_json_pair(value: Any, rest: Any) -> bytes:
    """Two values, of which the first is unpacked without the second."""
    return pack_json(value) + pack_json(rest)


def unpack_first_json(content: bytes) -> tuple[Any, bytes]:
    """The first of two values, and what `unpack_json` makes the second of; nothing where there is
    one value alone.
    """
    stream = zlib.decompressobj()
    return json.loads(stream.decompress(content)), stream.unused_data


def format_timestamp(moment: datetime) -> str:
    """UTC to the second, one width, so that texts sort as times do. Raises ValueError for a naive
    one.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    # A quarter of strftime's time, and a message that is sent needs four of them.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def parse_timestamp(text: str) -> datetime:
    return datetime.fromisoformat(text)
