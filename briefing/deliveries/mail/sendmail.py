"""Messages to the local mail system's `sendmail`, where there is one and no server is to be
named.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

from briefing.deliveries.mail.session import Answer, Outgoing
from briefing.deliveries.mail.smtp import ServerError

PROGRAM = "/usr/sbin/sendmail"
TEMPORARY = 75  # EX_TEMPFAIL of sysexits.h
RECIPIENT = frozenset({65, 67, 68})  # EX_DATAERR, EX_NOUSER, EX_NOHOST
UNKNOWN = frozenset({67, 68})


@dataclass(frozen=True, slots=True)
class SendmailSession:
    """A program that takes each message on its standard input; its exit code stands for a server's
    answer.
    """

    program: str = PROGRAM
    timeout: float = 30.0

    @property
    def name(self) -> str:
        return self.program

    def send(self, sender: str, address: str, content: Outgoing) -> Answer:
        command = [self.program, "-i", "-f", sender, "--", address]
        try:
            done = subprocess.run(  # noqa: S603 - the configured program; the address follows "--"
                command,
                input=bytes(content).replace(b"\r\n", b"\n"),
                capture_output=True,
                timeout=self.timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Answer(0, f"no end after {self.timeout:g} seconds", "doubt")
        except OSError as error:
            raise ServerError(
                f"{self.program}: it cannot be started ({error.strerror}); mend mail.server"
            ) from error
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
        if done.returncode == 0:
            return Answer(250, said or "taken over", "message")
        code = 450 if done.returncode == TEMPORARY else 550
        told = f"5.1.1 {said}" if done.returncode in UNKNOWN and said[:2] != "5." else said
        return Answer(code, told, "recipient" if done.returncode in RECIPIENT else "us")

    def close(self) -> None:
        """Nothing is open between messages."""
