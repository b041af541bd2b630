"""A real Postfix of one's own on loopback: its configuration, queue, mailboxes and certificates in
one folder.
"""

from __future__ import annotations

import contextlib
import mailbox
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from mailserver import certificates

PACKAGES = ["postfix", "sasl2-bin", "libsasl2-modules", "libsasl2-modules-db"]
PASSWORD = "Pa55-w0rd-of-the-desk"

MAIN = """compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {home}/log
maillog_file_prefixes = {home}
myhostname = localhost
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
alias_maps =
smtpd_client_connection_rate_limit = 0
virtual_mailbox_domains = example.org
virtual_mailbox_base = {home}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
default_process_limit = 20
smtpd_error_sleep_time = 0
transport_maps = regexp:{home}/transports
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access regexp:{home}/access
smtpd_tls_cert_file = {home}/server.crt
smtpd_tls_key_file = {home}/server.key
smtpd_tls_security_level = may
smtpd_sasl_auth_enable = yes
smtpd_tls_auth_only = yes
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = {home}/sasl
smtpd_sasl_local_domain = localhost
"""
MASTER = """127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
tlsmgr unix - - n 1000? 1 tlsmgr
"""


@dataclass
class Postfix:
    home: Path
    port: int

    def start(self) -> None:
        command = ["postfix", "-c", str(self.home), "start"]
        started = subprocess.run(command, capture_output=True, timeout=300, umask=0o022)
        assert started.returncode == 0, started.stderr.decode() + self._log()
        for _ in range(1200):  # two minutes, and more where a try takes its time
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), timeout=10),
            ):
                return
            time.sleep(0.1)
        raise RuntimeError(self._log())

    def _log(self) -> str:
        path = self.home / "log"
        return path.read_text(errors="replace") if path.exists() else "Postfix wrote no log"

    def stop(self) -> None:
        """End the master process by its id; it ends its children."""
        with contextlib.suppress(ProcessLookupError, FileNotFoundError, ValueError):
            pid = int((self.home / "queue" / "pid" / "master.pid").read_text())
            os.kill(pid, signal.SIGTERM)
            for _ in range(600):
                os.kill(pid, 0)
                time.sleep(0.1)
        shutil.rmtree(self.home, ignore_errors=True)

    def access(self, rules: str, transports: str = "") -> None:
        """Who is refused, and which next hop a domain has, from now on."""
        (self.home / "access").write_text(rules)
        (self.home / "transports").write_text(transports)
        before = self._servers()
        subprocess.run(
            ["postfix", "-c", str(self.home), "reload"],
            check=True,
            capture_output=True,
            timeout=300,
        )
        for _ in range(1800):  # those that knew the old rules have ended
            if not before & self._servers():
                return
            time.sleep(0.1)
        raise RuntimeError(self._log())

    def _servers(self) -> set[int]:
        """The processes of this Postfix that talk to clients, or hold rules."""
        master = (self.home / "queue" / "pid" / "master.pid").read_text().strip()
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return {int(pid) for pid in children if _name(pid) in {"smtpd", "trivial-rewrite"}}

    def settled(self) -> None:
        """Wait until nobody is connected any more and the queue is empty."""
        empty = 0
        for _ in range(1800):
            empty = 0 if self._busy() else empty + 1
            if empty == 2:  # a message moves from queue to queue while one looks
                return
            time.sleep(0.1)
        raise RuntimeError("the queue of Postfix does not empty")

    def _busy(self) -> bool:
        """A client that was killed may have left a message with a server process that has not read
        it yet.
        """
        if self._connected():
            return True
        folders = [
            self.home / "queue" / name for name in ("maildrop", "incoming", "active")
        ]  # as messages go
        return any(path.is_file() for folder in folders for path in folder.rglob("*"))

    def _connected(self) -> bool:
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return any(
            words[1].endswith(f":{self.port:04X}") and words[3] in {"01", "08"} for words in lines
        )

    def arrived(self) -> Counter[str]:
        """How many messages with each Message-ID lie in the mailboxes."""
        self.settled()
        counted: Counter[str] = Counter()
        for path in sorted((self.home / "mail").rglob("new/*")):
            with path.open("rb") as file:
                counted[
                    next(line for line in file if line.lower().startswith(b"message-id:"))
                    .split()[1]
                    .decode()
                ] += 1
        return counted

    def mails(self) -> list[bytes]:
        self.settled()
        folder = self.home / "mail" / "all"
        return (
            [mail.as_bytes() for mail in mailbox.Maildir(folder, create=False)]
            if folder.exists()
            else []
        )

    def clear(self) -> None:
        self.settled()
        for path in (self.home / "mail").iterdir():
            shutil.rmtree(path)


def _name(pid: str) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def installed() -> None:
    """Postfix, installed with apt where it is missing; else the test is left out, saying so."""
    if os.geteuid() != 0:
        pytest.skip("left out: Postfix needs root to start")
    if shutil.which("postfix") and shutil.which("saslpasswd2"):
        return
    if not shutil.which("apt-get"):
        pytest.skip("left out: Postfix is not installed, and there is no apt-get to install it")
    # so that the system's own does not start
    answers = "postfix postfix/main_mailer_type select No configuration\n"
    subprocess.run(["debconf-set-selections"], input=answers, text=True, check=False)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
    subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False, env=environment)
    if subprocess.run(command, capture_output=True, check=False, env=environment).returncode:
        pytest.skip("left out: Postfix cannot be installed with apt-get here")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def postfix() -> Postfix:
    """A Postfix of one's own, not started yet; `desk` logs in with `PASSWORD`, signed by its own
    CA.
    """
    installed()
    before = os.umask(0o022)  # its own user must be able to read what root writes here
    try:
        return _made()
    finally:
        os.umask(before)


def _made() -> Postfix:
    # Not below pytest's folder: that is for its owner alone, and Postfix' own user must pass.
    home = Path(tempfile.mkdtemp(prefix="briefing-postfix-"))
    home.chmod(0o755)
    certificates(home)
    owner = pwd.getpwnam("nobody")
    port = free_port()
    for name in ("queue", "data", "mail", "sasl"):
        (home / name).mkdir()
    shutil.chown(home / "data", "postfix")
    shutil.chown(home / "mail", owner.pw_uid, owner.pw_gid)
    (home / "main.cf").write_text(MAIN.format(home=home, uid=owner.pw_uid, gid=owner.pw_gid))
    (home / "master.cf").write_text(MASTER.format(port=port))
    (home / "transports").write_text("")
    (home / "access").write_text("")
    (home / "sasl" / "smtpd.conf").write_text(
        "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: "
        f"{home}/sasldb\nmech_list: PLAIN LOGIN\n"
    )
    subprocess.run(
        ["saslpasswd2", "-p", "-c", "-u", "localhost", "-f", str(home / "sasldb"), "desk"],
        input=PASSWORD, text=True, check=True, capture_output=True,
    )  # fmt: skip
    shutil.chown(home / "sasldb", "postfix")
    return Postfix(home, port)
