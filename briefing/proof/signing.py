"""Sign the sums of an edition's files with the desk's key, and say whether a signature is a
key's.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from briefing.errors import BriefingError
from briefing.proof.offline import SIGNATURE, is_signed_by, signature_in, signed_part

KEY = "signing.key"
_HEX = re.compile(r"[0-9a-f]{64}")


def make_key(state: Path) -> str:
    """The public half of the desk's key, made where there is none; the file is its owner's
    alone.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = state / KEY
    if not path.exists():
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = Ed25519PrivateKey.generate().private_bytes_raw().hex().encode() + b"\n"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    public = public_key(state)
    assert public
    return public


def public_key(state: Path) -> str | None:
    """64 hexadecimal digits; None for a desk that signs nothing."""
    key = _private(state)
    return key.public_key().public_bytes_raw().hex() if key else None


def signature(state: Path, sums: bytes) -> bytes | None:
    """A line of the public key and the signature; None for a desk that signs nothing."""
    key = _private(state)
    return (
        f"ed25519 {public_key(state)} {key.sign(signed_part(sums)).hex()}\n".encode()
        if key
        else None
    )


def _private(state: Path):  # type: ignore[no-untyped-def]
    try:
        content = (state / KEY).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise BriefingError(
            f"{state / KEY}: the key cannot be read ({error}); see who may read it"
        ) from error
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not _HEX.fullmatch(content):
        raise BriefingError(
            f"{state / KEY}: this is no key as briefing keys makes them; put it back from a backup"
        )
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(content))


def key_named(text: str) -> str:
    """A public key that is written out, or that a file holds. Raises BriefingError."""
    if not _HEX.fullmatch(text.strip().lower()):
        try:
            text = Path(text).read_text(encoding="ascii")
        except (OSError, ValueError) as error:
            raise BriefingError(
                f"{text}: neither a key (64 hexadecimal digits) nor a file that holds one"
            ) from error
    found = _HEX.search(text.strip().lower())
    if not found:
        raise BriefingError(
            "the file holds no key (64 hexadecimal digits); make one with: briefing keys"
        )
    return found[0]


def signature_faults(sums: bytes, signed: bytes | None, key: str | None) -> tuple[str, ...]:
    """What is wrong with the signature of an edition: by `key`, or by the one that it names
    itself.
    """
    if signed is None:
        return (
            (f"{SIGNATURE}: it is not here, and a signature by this key is asked for",)
            if key
            else ()
        )
    stated = signature_in(signed)
    if not stated:
        return (f"{SIGNATURE}: this is no signature as it was written; restore the file",)
    if key and stated[0] != key:
        return (f"{SIGNATURE}: it was signed with another key, {stated[0]}",)
    if not is_signed_by(*stated, signed_part(sums)):
        return (
            (
                f"{SIGNATURE}: the sums were not signed with this key; what they name is "
                "not what was published"
            ),
        )
    return ()
