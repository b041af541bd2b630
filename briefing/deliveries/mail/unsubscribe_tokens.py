"""A profile and an address to a signed token for the way out, and such a token back to who wants to
leave.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
from pathlib import Path

from briefing.errors import BriefingError

KEY = "unsubscribe.key"
SIGNATURE = 16  # bytes; nobody tries 2^128 tokens


def load_key(folder: Path) -> bytes:
    """The workspace's own key, made on first use, readable by its owner alone."""
    path, part = folder / KEY, folder / f".{KEY}.{os.getpid()}"
    if path.exists():
        return path.read_bytes()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(32))
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(part, path)  # unlike a rename it fails when another process was first
    part.unlink()
    return path.read_bytes()


def sign_token(key_: bytes, profile: str, address: str) -> str:
    """Letters, digits, `-`, `_` and a full stop: the same for the same address, so that an old
    mail's link works.
    """
    said = f"{profile}\n{address.casefold()}".encode()
    return f"{_encode_base64(said)}.{_encode_base64(_signature(key_, said))}"


def verify_token(key_: bytes, token_: str) -> tuple[str, str]:
    """Profile and address. Raises BriefingError for a token that was not made with this key."""
    said, _, signature = token_.partition(".")
    try:
        content, given = _decode_base64(said), _decode_base64(signature)
    except (ValueError, binascii.Error):
        content, given = b"", b""
    if not content or not hmac.compare_digest(given, _signature(key_, content)):
        raise BriefingError(
            "this is no token of ours, or a part of it is missing; copy the whole address"
        )
    profile, _, address = content.decode().partition("\n")
    return profile, address


def _signature(key_: bytes, said: bytes) -> bytes:
    return hmac.new(key_, b"unsubscribe\n" + said, hashlib.sha256).digest()[:SIGNATURE]


def _encode_base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _decode_base64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
