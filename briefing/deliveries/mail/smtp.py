"""A mail server's particulars to a session over one verified, lively connection, and messages to
its answers.
"""

from __future__ import annotations

import ipaddress
import smtplib
import socket
import ssl
from base64 import b64encode
from dataclasses import dataclass
from typing import Literal

from briefing.deliveries.mail.session import SmtpSession, describe_error
from briefing.errors import BriefingError
from briefing.secret import Secret

PORTS = {"starttls": 587, "smtps": 465, "none": 25, "none-anywhere": 25}
LMTP_PORT = 24
LOGGED_IN = 235


class ServerError(BriefingError):
    """The server cannot be used at all: nothing was marked as failed, the next run tries again."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how to log in."""

    host: str
    port: int = 0
    transport: Literal["smtp", "lmtp"] = "smtp"
    security: str = "starttls"
    ca_file: str | None = None
    user: str | None = None
    password: Secret | None = None
    timeout: float = 30.0

    def __post_init__(self) -> None:
        usual = LMTP_PORT if self.transport == "lmtp" else PORTS[self.security]
        object.__setattr__(self, "port", self.port or usual)


class _Lively:
    """Sends at once: with TLS on a reused connection Nagle's algorithm makes it 25 times slower."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        opened: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        if opened.family != socket.AF_UNIX:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened


class _Smtp(_Lively, smtplib.SMTP):
    pass


class _Smtps(_Lively, smtplib.SMTP_SSL):
    pass


class _Lmtp(_Lively, smtplib.LMTP):
    pass


def connect(server: Server) -> SmtpSession:
    """A session, encrypted with a verified certificate unless told otherwise, logged in where there
    is a user.

    Raises ServerError for whatever makes the server unusable: not there, no TLS, a certificate that
    is not trusted or of another host, a wrong password, clear text to another machine. It never
    falls back to clear text.
    """
    where = f"{server.host}:{server.port}"
    try:
        smtp = _open_connection(server)
    except ssl.SSLCertVerificationError as error:
        raise _certificate_error(where, error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise ServerError(
            f"{where}: the mail server cannot be reached ({describe_error(error)}); "
            "see mail.server, mail.port and the network"
        ) from error
    try:
        _secure_connection(smtp, server, where)
        _log_in_user(smtp, server, where)
    except BaseException:
        smtp.close()
        raise
    return SmtpSession(smtp, where)


def _certificate_error(where: str, error: ssl.SSLCertVerificationError) -> ServerError:
    return ServerError(
        f"{where}: its certificate is not trusted ({error.verify_message}); name its "
        "CA in mail.ca_file, "
        f"and the host as the certificate does"
    )


def _open_connection(server: Server) -> smtplib.SMTP:
    if server.transport == "lmtp":
        return _Lmtp(server.host, server.port, timeout=server.timeout)
    if server.security == "smtps":
        return _Smtps(
            server.host, server.port, timeout=server.timeout, context=_tls_context(server)
        )
    return _Smtp(server.host, server.port, timeout=server.timeout)


def _tls_context(server: Server) -> ssl.SSLContext:
    """Without it smtplib asks for no certificate at all (Python 3.11: verify_mode CERT_NONE)."""
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ServerError(
            f"{server.ca_file}: no certificate can be read from it; mend mail.ca_file"
        ) from error


def _secure_connection(smtp: smtplib.SMTP, server: Server, where: str) -> None:
    try:
        if server.transport == "smtp" and server.security == "starttls":
            smtp.starttls(context=_tls_context(server))
        smtp.ehlo_or_helo_if_needed()
    except smtplib.SMTPNotSupportedError as error:
        raise ServerError(
            f"{where}: it offers no STARTTLS; nothing was sent in clear text "
            "(mail.security = 'smtps'?)"
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise _certificate_error(where, error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise ServerError(
            f"{where}: it refuses TLS or a greeting ({describe_error(error)}); nothing was sent"
        ) from error
    clear = server.transport == "lmtp" or server.security == "none"
    if clear and not _is_local(smtp):
        raise ServerError(
            f"{where}: it is another machine and the connection is not encrypted; use "
            "mail.security = 'starttls', "
            f"or 'none-anywhere' if you must"
        )


def _is_local(smtp: smtplib.SMTP) -> bool:
    assert smtp.sock is not None
    if smtp.sock.family == socket.AF_UNIX:
        return True
    return ipaddress.ip_address(smtp.sock.getpeername()[0].partition("%")[0]).is_loopback


def _log_in_user(smtp: smtplib.SMTP, server: Server, where: str) -> None:
    if not server.user:
        return
    try:
        _authenticate(smtp, server.user, server.password.reveal() if server.password else "")
    except smtplib.SMTPAuthenticationError as error:
        raise ServerError(
            f"{where}: it refuses user '{server.user}' ({describe_error(error)}); "
            "mend mail.password"
        ) from None
    except (smtplib.SMTPException, OSError) as error:
        raise ServerError(
            f"{where}: it lets nobody log in ({describe_error(error)}); leave mail.user out"
        ) from None


def _authenticate(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """As smtplib does, which knows ASCII alone; PLAIN takes UTF-8 (RFC 4616)."""
    if (user + password).isascii():
        smtp.login(user, password)
        return
    told = b64encode(f"\0{user}\0{password}".encode()).decode()
    code, text = smtp.docmd("AUTH", f"PLAIN {told}")
    if code != LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, text)
