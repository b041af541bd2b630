"""A message and a private key to the same message signed (DKIM, RFC 6376), the unsubscribe fields included."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from briefing.deliveries.session import Outgoing
from briefing.errors import ConfigError
from briefing.secret import Secret

# From, To and Subject twice: nobody can add a second one and keep the signature (RFC 6376, 8.15). RFC 8058 asks for
# both unsubscribe fields.
FIELDS = (
    "from", "from", "to", "to", "subject", "subject", "date", "message-id", "mime-version", "content-type",
    "content-transfer-encoding", "list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the key at SELECTOR._domainkey.DOMAIN. 45 messages a second with an RSA key of 2,048 bits."""

    domain: str
    selector: str
    key: Secret

    def sign(self, content: Outgoing) -> Outgoing:
        dkim = _library()
        there = {line.partition(b":")[0].strip().lower().decode("ascii") for line in content.head.split(b"\r\n")}
        signature: bytes = dkim.sign(
            bytes(content),
            self.selector.encode("ascii"),
            self.domain.encode("ascii"),
            self.key.reveal().encode("ascii"),
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.encode() for name in FIELDS if name in there],
        )
        return Outgoing(signature + content.head, content.body)


def signer(path: str, *, domain: str, selector: str) -> Signer:
    """Raises ConfigError where there is no key that can sign: before anything is sent."""
    dkim = _library()
    try:
        made = Signer(domain, selector, Secret(Path(path).expanduser().read_text(encoding="ascii")))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"mail: dkim_key: {path} cannot be read; name the file of a private key (PEM)") from error
    try:
        made.sign(Outgoing(b"From: desk@example.org\r\n\r\n", b""))
    except (dkim.DKIMException, ValueError) as error:
        raise ConfigError(f"mail: dkim_key: {path} holds no private RSA key (PEM) that can sign") from error
    return made


def _library() -> ModuleType:
    try:
        import dkim  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ConfigError(
            "mail: dkim_key: dkimpy is not installed; install it with: pip install 'briefing[dkim]'"
        ) from error
    module: ModuleType = dkim
    return module
