"""A real Dovecot of one's own on loopback: IMAP over TLS, one user, certificates signed by its own
CA.
"""

from __future__ import annotations

import contextlib
import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mailserver import certificates

PASSWORD = "Pa55-w0rd-of-ann"
PROGRAM = "/usr/sbin/dovecot"
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
log_path = {home}/log
ssl = required
ssl_cert = <{home}/server.crt
ssl_key = <{home}/server.key
first_valid_uid = 1
mail_location = maildir:{home}/mail/%u/Maildir
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={home}/mail/%u
}}
"""


@dataclass(frozen=True)
class Dovecot:
    home: Path
    port: int

    @property
    def location(self) -> str:
        return f"imaps://ann@localhost:{self.port}/INBOX"

    @property
    def ca(self) -> str:
        return str(self.home / "ca.pem")

    @property
    def box(self) -> Path:
        return self.home / "mail" / "ann" / "Maildir"

    def unseen(self) -> int:
        """How many messages the server counts as not read."""
        context = ssl.create_default_context(cafile=self.ca)
        connection = imaplib.IMAP4_SSL("localhost", self.port, ssl_context=context)
        connection.login("ann", PASSWORD)
        _, (status,) = connection.status("INBOX", "(UNSEEN)")
        connection.logout()
        return int(status.split()[-1].rstrip(b")"))


def installed() -> None:
    """Dovecot, installed with apt where it is missing; else the test is left out, saying so."""
    if os.geteuid() != 0:
        pytest.skip("left out: dovecot is put up by root only")
    if shutil.which(PROGRAM):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "dovecot-imapd"]
    if (
        not shutil.which("apt-get")
        or subprocess.run(install, capture_output=True, env=environment).returncode
    ):
        pytest.skip("left out: dovecot is not installed; on Debian: apt-get install dovecot-imapd")


@contextlib.contextmanager
def dovecot(messages: list[bytes]) -> Iterator[Dovecot]:
    """Up with these messages in ann's inbox while the block runs."""
    installed()
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)
        certificates(home)
        with socket.create_server(("127.0.0.1", 0)) as free:
            running = Dovecot(home, free.getsockname()[1])
        for part in ("new", "cur", "tmp"):
            (running.box / part).mkdir(parents=True)
        for number, message in enumerate(messages):
            path = running.box / "new" / f"{1_000_000 + number}.M{number}.host"
            path.write_bytes(message)
            os.utime(path, (1_700_000_000 + number,) * 2)
        for path in [home / "mail", *(home / "mail").rglob("*")]:
            shutil.chown(path, "mail", "mail")
        (home / "dovecot.conf").write_text(
            CONFIGURATION.format(home=home, port=running.port, password=PASSWORD)
        )
        process = subprocess.Popen(
            [PROGRAM, "-F", "-c", home / "dovecot.conf"], stderr=subprocess.DEVNULL
        )
        try:
            wait_for(running, process)
            yield running
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(60)
            process.kill()
            process.wait()


def wait_for(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 10):
            return
        if process.poll() is not None:
            pytest.skip(
                "left out: the dovecot of this machine ends instead of serving: "
                f"{_log(server)[-300:]}"
            )
        time.sleep(0.1)
    pytest.fail(f"dovecot did not come up: {_log(server)}")


def _log(server: Dovecot) -> str:
    log = server.home / "log"
    return log.read_text(errors="replace") if log.exists() else "no log was written"
