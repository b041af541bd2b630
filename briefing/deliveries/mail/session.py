"""An open connection to a mail server and messages to its answers: one round trip a message where the server can.

With PIPELINING (RFC 2920) the next message's envelope goes along with the end of the one before, so that its answers
are there when its turn comes. Nothing of a message is sent before whoever calls has said so: an envelope alone
delivers nothing.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
from dataclasses import dataclass
from typing import Any, Literal, Protocol

ACCESS = frozenset({530, 535, 538})  # answers about us, whatever they answer
BROKEN = (smtplib.SMTPException, OSError)  # the connection is of no more use; OSError covers timeouts and TLS
ABOUT_US = re.compile(
    r"relay access denied|relaying denied|client host rejected|sender address rejected|authentication", re.IGNORECASE
)
END = b".\r\n"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message whose body is the same for many recipients, and the very same object, so that it is prepared once."""

    head: bytes  # with the empty line that ends it
    body: bytes

    def __bytes__(self) -> bytes:
        return self.head + self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one message.

    `about` says whom a refusal concerns: the recipient, the message or ourselves, or the connection: "lost" before
    the message was complete (it cannot have arrived), "doubt" after (it may have).
    """

    code: int
    text: str
    about: Literal["recipient", "message", "us", "lost", "doubt"] = "recipient"


class Session(Protocol):
    """An open way to a mail system."""

    @property
    def name(self) -> str: ...

    def send(self, sender: str, address: str, content: Outgoing, *, following: str | None = None) -> Answer: ...

    def close(self) -> None: ...


class SmtpSession:
    """One connection, used for message after message."""

    def __init__(self, smtp: smtplib.SMTP, name: str) -> None:
        self.name = name
        self._smtp = smtp
        self._pipelining = smtp.has_extn("pipelining") and not isinstance(smtp, smtplib.LMTP)
        self._asked: str | None = None  # whose envelope is under way already
        self._wary = False  # the last recipient was refused: DATA for nobody would count as one more error of ours
        self._body = self._stuffed = b""

    def send(self, sender: str, address: str, content: Outgoing, *, following: str | None = None) -> Answer:
        """Hand over one message to one recipient: in an envelope for several a refusal is easily lost.

        `following` is to whom the next call sends, from the same sender, if that is known.
        """
        try:
            refusal = self._refusal(sender, address)
        except BROKEN as error:
            return Answer(0, plain(error), "lost")
        self._wary = refusal is not None
        if refusal:
            return refusal
        ahead = _envelope(sender, following) if following and self._pipelining else b""
        try:
            self._smtp.send(dotted(content.head) + self._prepared(content.body) + END + ahead)
            code, text = self._smtp.getreply()
        except BROKEN as error:
            return Answer(0, plain(error), "doubt")
        self._asked = following if ahead else None
        return _answer(code, text, "message")

    def _refusal(self, sender: str, address: str) -> Answer | None:
        """None when the server waits for the message, else why not; the next envelope then starts anew."""
        asked, self._asked = self._asked, None
        if asked not in {None, address}:
            raise smtplib.SMTPServerDisconnected(f"the envelope was made for {asked}")
        if asked is None and (self._wary or not self._pipelining):
            refusal, waits = self._one_by_one(sender, address), False
        else:
            if asked is None:
                self._smtp.send(_envelope(sender, address))
            refusal, waits = self._together()
        if refusal and refusal.about != "lost":
            with contextlib.suppress(*BROKEN):  # a server that hung up is noticed at the next envelope
                if waits:  # for a message to nobody, all the same (RFC 2920, 3.1)
                    self._smtp.send(END)
                    self._smtp.getreply()
                self._smtp.rset()
        return refusal

    def _one_by_one(self, sender: str, address: str) -> Answer | None:
        code, text = self._smtp.mail(sender)
        if code != 250:
            return _answer(code, text, "us")
        code, text = self._smtp.rcpt(address)
        if code not in {250, 251}:
            return _answer(code, text, "recipient")
        code, text = self._smtp.docmd("DATA")
        return None if code == 354 else _answer(code, text, "message")

    def _together(self) -> tuple[Answer | None, bool]:
        """The first refusal among the answers to MAIL, RCPT and DATA; whether DATA was let through."""
        refusal: Answer | None = None
        kinds: tuple[tuple[frozenset[int], Literal["us", "recipient", "message"]], ...] = (
            (frozenset({250}), "us"),
            (frozenset({250, 251}), "recipient"),
            (frozenset({354}), "message"),
        )
        code = 0
        for wanted, about in kinds:
            try:
                code, text = self._smtp.getreply()
            except BROKEN:
                if refusal is None:
                    raise
                return refusal, False
            if code not in wanted:
                refusal = refusal or _answer(code, text, about)
            if code == 421:
                break
        return refusal, code == 354

    def _prepared(self, body: bytes) -> bytes:
        """The body as it is sent; made once for as long as it stays the same object."""
        if body is not self._body:
            self._body, self._stuffed = body, dotted(body)
        return self._stuffed

    def close(self) -> None:
        """Say goodbye; where an envelope is open, its server waits for a message and would take a goodbye for one."""
        if self._asked is None:
            with contextlib.suppress(*BROKEN):
                self._smtp.quit()
        self._smtp.close()


def _envelope(sender: str, address: str) -> bytes:
    """MAIL, RCPT and DATA at once. Raises ValueError for an address with a line break in it."""
    lines = f"MAIL FROM:<{sender}>", f"RCPT TO:<{address}>", "DATA"
    if any(mark in line for line in lines for mark in "\r\n"):
        raise ValueError(f"{address!r} is no address")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _answer(code: int, text: bytes, about: Literal["recipient", "message", "us"]) -> Answer:
    """421 closes the connection, whatever it answers. Relaying and logging in are about us, not the recipient."""
    said = " ".join(text.decode("utf-8", "replace").split())
    if code == 421:
        return Answer(code, said, "lost")
    return Answer(code, said, "us" if code in ACCESS or ABOUT_US.search(said) else about)


def dotted(content: bytes) -> bytes:
    r"""Complete lines, a dot before each dot at the start of one: no text can end a message early."""
    whole = content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
    lines = content if whole else re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    stuffed = (b"." if lines.startswith(b".") else b"") + lines.replace(b"\r\n.", b"\r\n..")
    return stuffed + (b"" if stuffed.endswith(b"\r\n") or not stuffed else b"\r\n")


def plain(error: Exception) -> str:
    """What a server or the network said, on one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        said: Any = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {' '.join(text.split())}"
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(told.split()) or type(error).__name__
