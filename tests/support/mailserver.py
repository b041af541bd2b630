"""A mail server for tests that does what a script says: answers, hangs up or falls silent at any
command.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

DROP, SILENT = "drop", "silent"
Script = Callable[
    [str, str, int], str | None
]  # verb, argument, number of the connection -> reply, or None for the usual

USUAL = {
    "GREETING": "220 test ESMTP",
    "EHLO": "250-test\r\n250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
    "HELO": "250 test",
    "LHLO": "250 test",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 End data with <CR><LF>.<CR><LF>",
    "END": "250 2.0.0 Ok: queued",
    "RSET": "250 2.0.0 Ok",
    "AUTH": "235 2.7.0 Authentication successful",
    "STARTTLS": "220 2.0.0 Ready to start TLS",
    "NOOP": "250 2.0.0 Ok",
    "QUIT": "221 2.0.0 Bye",
}


@dataclass
class MailServer:
    """Listens on loopback while the block runs; `taken` holds (recipient, message) of what it
    answered 250.
    """

    script: Script = lambda verb, argument, number: None
    context: ssl.SSLContext | None = None
    tls_at_once: bool = False
    pipelining: bool = False
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    open: dict[int, str] = field(default_factory=dict)  # connection -> how far its envelope is

    def __enter__(self) -> Self:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self.listener.shutdown(
                socket.SHUT_RDWR
            )  # a thread that waits for somebody holds the port otherwise
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(
                target=self._serve, args=(connection, self.connections), daemon=True
            ).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            if self.tls_at_once and self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            self._talk(connection, number)
        except (OSError, ValueError):
            pass
        finally:
            connection.close()

    def _talk(self, connection: socket.socket, number: int) -> None:
        stream = connection.makefile("rb")
        address = ""
        if not self._reply(connection, "GREETING", "", number):
            return
        while line := stream.readline():
            verb, _, argument = line.decode("utf-8", "replace").strip().partition(" ")
            verb = verb.upper()
            self.seen.append((verb, argument))
            if verb == "RCPT":
                address = argument.partition(":")[2].strip("<>")
            said = self._reply(connection, verb, argument, number)
            if not said:
                return
            if verb == "STARTTLS" and self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
                stream = connection.makefile("rb")
            if verb == "DATA" and said.startswith("354"):
                self.open.pop(number, None)
                content = self._body(stream)
                if not self._reply(connection, "END", address, number, content):
                    return
            if verb == "QUIT":
                return

    def _body(self, stream: object) -> bytes:
        lines = []
        while (line := stream.readline()) not in {b".\r\n", b""}:  # type: ignore[attr-defined]
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _reply(
        self,
        connection: socket.socket,
        verb: str,
        argument: str,
        number: int,
        content: bytes | None = None,
    ) -> str:
        """What was answered; nothing when the conversation ends here. What is taken is noted before
        it is answered.
        """
        said = self.script(verb, argument, number) or self._usual(verb, number)
        if content is not None and said.startswith("250"):
            self.taken.append((argument, content))
        if said.startswith("250") and verb in {"MAIL", "RCPT", "RSET"}:
            self.open[number] = verb
        if said == DROP:
            return ""
        if said == SILENT:
            while connection.recv(65_536):  # until the other side gives up
                pass
            return ""
        connection.sendall(said.encode() + b"\r\n")
        return "" if said.startswith("421") else said

    def _usual(self, verb: str, number: int) -> str:
        """No recipient without a sender, no message without a recipient."""
        before = {"RCPT": {"MAIL", "RCPT"}, "DATA": {"RCPT"}}.get(verb)
        if before and self.open.get(number) not in before:
            return (
                "554 5.5.1 no valid recipients" if verb == "DATA" else "503 5.5.1 need MAIL first"
            )
        if verb == "EHLO" and self.pipelining:
            return USUAL["EHLO"].replace("250-test", "250-test\r\n250-PIPELINING")
        return USUAL.get(verb, "500 5.5.2 what?")


def certificates(folder: Path, host: str = "localhost") -> tuple[Path, Path]:
    """A CA of our own and a server certificate for `host` (key and certificate in one file)."""
    run = lambda *words: subprocess.run(  # noqa: E731
        ["openssl", *words], cwd=folder, check=True, capture_output=True
    )
    new = ["req", "-newkey", "rsa:2048", "-nodes", "-days", "3650"]
    run(*new, "-x509", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA",
        "-addext", "keyUsage=critical,keyCertSign", "-addext", "basicConstraints=critical,CA:TRUE")  # fmt: skip
    run(*new, "-keyout", "server.key", "-out", "server.csr", "-subj", f"/CN={host}")
    kind = "IP" if host[0].isdigit() else "DNS"
    (folder / "names").write_text(f"subjectAltName={kind}:{host}\n")
    run("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650",
        "-extfile", "names", "-out", "server.crt")  # fmt: skip
    both = folder / "server.pem"
    both.write_bytes((folder / "server.key").read_bytes() + (folder / "server.crt").read_bytes())
    return folder / "ca.pem", both


def server_context(pem: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
