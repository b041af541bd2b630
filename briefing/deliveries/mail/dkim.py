"""A message and private keys to the same message signed (DKIM, RFC 6376, 8463), the unsubscribe
fields included.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal

from briefing.deliveries.mail.session import Outgoing
from briefing.errors import ConfigError
from briefing.secret import Secret

# From, To and Subject twice: nobody can add a second one and keep the signature (RFC 6376, 8.15).
# RFC 8058 asks for both unsubscribe fields.
FIELDS = (
    "from", "from", "to", "to", "subject", "subject", "date", "message-id", "mime-version", "content-type",
    "content-transfer-encoding", "list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted",
)  # fmt: skip
PKCS8 = bytes.fromhex(
    "302e020100300506032b657004220420"
)  # what stands before the 32 bytes of such a key (RFC 8410)
INSTALL = "install it with: pip install 'briefing[dkim]'"
Algorithm = Literal["rsa-sha256", "ed25519-sha256"]
KINDS: dict[str, Algorithm] = {"dkim_key": "rsa-sha256", "dkim_ed25519_key": "ed25519-sha256"}


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the key at SELECTOR._domainkey.DOMAIN."""

    domain: str
    selector: str
    key: Secret
    algorithm: Algorithm = "rsa-sha256"

    def sign(self, content: Outgoing) -> Outgoing:
        dkim = _import_dkim()
        there = {
            line.partition(b":")[0].strip().lower().decode("ascii")
            for line in content.head.split(b"\r\n")
        }
        signature: bytes = dkim.sign(
            bytes(content),
            self.selector.encode("ascii"),
            self.domain.encode("ascii"),
            self.key.reveal().encode("ascii"),
            # The body is encoded: there is no space at the end of a line to be lenient about, and
            # looking for one in 42 kB is three quarters of the cost of an Ed25519 signature.
            canonicalize=(b"relaxed", b"simple"),
            signature_algorithm=self.algorithm.encode("ascii"),
            include_headers=[name.encode() for name in FIELDS if name in there],
        )
        return Outgoing(signature + content.head, content.body)


def sign_message(content: Outgoing, signers: Sequence[Signer]) -> Outgoing:
    """With a signature of each, none of which covers another: who knows only one algorithm verifies
    that one.
    """
    for one in signers:
        content = one.sign(content)
    return content


def load_signer(path: str, *, domain: str, selector: str, setting: str = "dkim_key") -> Signer:
    """Raises ConfigError where there is no key that can sign: before anything is sent."""
    dkim, algorithm = _import_dkim(), KINDS[setting]
    try:
        text = Path(path).expanduser().read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"mail: {setting}: {path} cannot be read; name the file of a private key (PEM)"
        ) from error
    kind = "RSA" if algorithm == "rsa-sha256" else "Ed25519"
    fault = ConfigError(f"mail: {setting}: {path} holds no private {kind} key (PEM) that can sign")
    seed = text if kind == "RSA" else _extract_seed(text)
    if seed is None:
        raise fault
    made = Signer(domain, selector, Secret(seed), algorithm)
    try:
        made.sign(Outgoing(b"From: desk@example.org\r\n\r\n", b""))
    except dkim.NaClNotFoundError:
        raise ConfigError(f"mail: {setting}: PyNaCl is not installed; {INSTALL}") from None
    except (dkim.DKIMException, ValueError):
        raise fault from None  # what went wrong may name the key
    return made


def _extract_seed(text: str) -> str | None:
    """A key as `openssl genpkey -algorithm ed25519` or dkimpy's dknewkey writes it, as dkimpy takes
    it.
    """
    try:
        content = base64.b64decode(re.sub(r"-----[A-Z ]+-----|\s", "", text), validate=True)
    except binascii.Error:
        return None
    seed = content.removeprefix(PKCS8)
    return base64.b64encode(seed).decode() if len(seed) == 32 else None


def _import_dkim() -> ModuleType:
    try:
        import dkim
    except ImportError as error:
        raise ConfigError(f"mail: dkim_key: dkimpy is not installed; {INSTALL}") from error
    module: ModuleType = dkim
    return module
