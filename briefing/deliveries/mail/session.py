"""Hand messages over an open connection to a mail server and say what it answered."""

from __future__ import annotations

import contextlib
import re
import smtplib
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from briefing.deliveries.mail.refusals import Concern, classify_refusal

BROKEN = (
    smtplib.SMTPException,
    OSError,
)  # the connection is of no more use; OSError covers timeouts and TLS
END = b".\r\n"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message whose body is the same for many recipients, and the very same object, so that it is
    prepared once.
    """

    head: bytes  # with the empty line that ends it
    body: bytes

    def __bytes__(self) -> bytes:
        return self.head + self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one message.

    `about` says whom a refusal concerns: the recipient, the message or ourselves, or the
    connection: "lost" before the message was complete (it cannot have arrived), "doubt" after (it
    may have).
    """

    code: int
    text: str
    about: Literal["recipient", "message", "us", "lost", "doubt"] = "recipient"


class Session(Protocol):
    """An open way to a mail system."""

    @property
    def name(self) -> str: ...

    def send(self, sender: str, address: str, content: Outgoing) -> Answer: ...

    def close(self) -> None: ...


class SmtpSession:
    """One connection, used for message after message."""

    def __init__(self, smtp: smtplib.SMTP, name: str) -> None:
        self.name = name
        self._smtp = smtp
        self._body = self._stuffed = b""

    def send(self, sender: str, address: str, content: Outgoing) -> Answer:
        """Hand over one message to one recipient: in an envelope for several a refusal is easily
        lost.
        """
        try:
            refusal = self._refusal(sender, address)
        except BROKEN as error:
            return Answer(0, describe_error(error), "lost")
        if refusal:
            return refusal
        try:
            self._smtp.send(stuff_dots(content.head) + self._prepared(content.body) + END)
            code, text = self._smtp.getreply()
        except BROKEN as error:
            return Answer(0, describe_error(error), "doubt")
        return _classify_answer(code, text, "message")

    def _refusal(self, sender: str, address: str) -> Answer | None:
        """None when the server waits for the message, else why not; the next envelope then starts
        anew.
        """
        refusal = self._envelope(sender, address)
        if refusal and refusal.about != "lost":
            with contextlib.suppress(
                *BROKEN
            ):  # a server that hung up is noticed at the next envelope
                self._smtp.rset()
        return refusal

    def _envelope(self, sender: str, address: str) -> Answer | None:
        code, text = self._smtp.mail(sender)
        if code != 250:
            return _classify_answer(code, text, "us")
        code, text = self._smtp.rcpt(address)
        if code not in {250, 251}:
            return _classify_answer(code, text, "recipient")
        code, text = self._smtp.docmd("DATA")
        return None if code == 354 else _classify_answer(code, text, "message")

    def _prepared(self, body: bytes) -> bytes:
        """The body as it is sent; made once for as long as it stays the same object."""
        if body is not self._body:
            self._body, self._stuffed = body, stuff_dots(body)
        return self._stuffed

    def close(self) -> None:
        with contextlib.suppress(*BROKEN):
            self._smtp.quit()
        self._smtp.close()


def _classify_answer(code: int, text: bytes, stage: Concern) -> Answer:
    """421 closes the connection, whatever it answers."""
    said = " ".join(text.decode("utf-8", "replace").split())
    if code == 421:
        return Answer(code, said, "lost")
    return Answer(code, said, stage if code < 400 else classify_refusal(code, said, stage))


def stuff_dots(content: bytes) -> bytes:
    r"""Complete lines, a dot before each dot at the start of one: no text can end a message
    early.
    """
    whole = content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
    lines = content if whole else re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    stuffed = (b"." if lines.startswith(b".") else b"") + lines.replace(b"\r\n.", b"\r\n..")
    return stuffed + (b"" if stuffed.endswith(b"\r\n") or not stuffed else b"\r\n")


def describe_error(error: Exception) -> str:
    """What a server or the network said, on one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        said: Any = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {' '.join(text.split())}"
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(told.split()) or type(error).__name__
