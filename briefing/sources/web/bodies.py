"""Compressed bytes as they come to plain bytes, never more of them than allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from briefing.sources.faults import FetchError

CODINGS = "gzip, deflate"
STEP = 65_536  # bytes unpacked at a time: a bomb is seen before it is in memory
GZIP_OR_ZLIB, BARE = 47, -15  # zlib's window arguments


def unpack_body(chunks: Iterable[bytes], coding: str, most: int) -> bytes:
    """All bytes, decompressed. Raises FetchError beyond `most` bytes, and for what is no such
    compression.
    """
    pieces: list[bytes] = []
    size = 0
    for piece in _unpack_chunks(chunks, coding.strip().lower()):
        size += len(piece)
        if size > most:
            raise FetchError(
                f"the answer unpacks to more than {most / 1e6:g} MB; name a smaller page or feed"
            )
        pieces.append(piece)
    return b"".join(pieces)


def _unpack_chunks(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    if coding in {"", "identity"}:
        yield from chunks
    elif coding in {"gzip", "x-gzip", "deflate"}:
        yield from _inflate_chunks(chunks)
    else:
        raise FetchError(
            f"the answer is packed as '{coding[:40]}', which was not asked for; tell "
            "the server's keeper"
        )


def _inflate_chunks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker, head = None, b""
    for chunk in chunks:
        if unpacker is None and len(head + chunk) < 2:
            head += chunk  # two bytes tell the format
            continue
        pending, head = head + chunk, b""
        unpacker = unpacker or _choose_unpacker(pending)
        while pending and not unpacker.eof:
            try:
                yield unpacker.decompress(pending, STEP)
            except zlib.error as error:
                raise FetchError(
                    "the answer says that it is compressed and is not; it is tried again later"
                ) from error
            pending = unpacker.unconsumed_tail
    if head or (unpacker and not unpacker.eof):
        raise FetchError("the compressed answer broke off; it is tried again later")


def _choose_unpacker(first: bytes) -> zlib._Decompress:
    """'deflate' means zlib's format in the standard and the bare one in half of the servers."""
    bare = not first.startswith(b"\x1f\x8b") and int.from_bytes(first[:2], "big") % 31 != 0
    return zlib.decompressobj(BARE if bare else GZIP_OR_ZLIB)
