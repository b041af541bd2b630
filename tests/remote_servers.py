"""Servers of S3, SFTP and WebDAV on the loopback of this machine; a place to publish to out."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest

from briefing.deliveries.remote.opening import opened
from briefing.deliveries.remote.sftp import Sftp
from briefing.deliveries.remote.store import Store

PACKAGES = ("moto[server,s3]>=5.1", "wsgidav>=4.3", "cheroot>=10")
SSHD = """Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
StrictModes no
PasswordAuthentication no
UsePAM no
PidFile none
Subsystem sftp internal-sftp
"""
CLIENT = """Host *
IdentityFile {folder}/user
IdentitiesOnly yes
UserKnownHostsFile {folder}/known
StrictHostKeyChecking yes
"""


@cache
def python() -> str:
    """An environment of its own with the servers that are Python packages; the test is left out where there is none."""
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "briefing-servers"
    program = folder / "bin" / "python"
    stamp = folder / "installed"
    if not stamp.exists() or stamp.read_text() != repr(PACKAGES):
        made = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True)
        command = [str(program), "-m", "pip", "install", "--quiet", *PACKAGES]
        if made.returncode or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("left out: moto and wsgidav cannot be installed here")
        stamp.write_text(repr(PACKAGES))
    return str(program)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextlib.contextmanager
def serving(command: list[str], port: int) -> Iterator[None]:
    """Until the block ends; it begins when the port answers. A minute is more than any of them takes."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(600):
                assert server.poll() is None, f"{command[0]} does not start"
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            yield
        finally:
            server.terminate()


@contextlib.contextmanager
def s3(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """moto's server with a bucket."""
    port = free_port()
    moto = str(Path(python()).with_name("moto_server"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with serving([moto, "-H", "127.0.0.1", "-p", str(port)], port):
        httpx.put(f"http://127.0.0.1:{port}/news").raise_for_status()
        yield opened("s3://news/desk")


@contextlib.contextmanager
def sftp(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """OpenSSH's server with a key of its own; its host is known, as ssh asks."""
    if os.geteuid() != 0:
        pytest.skip("left out: a server of SSH needs root")
    if not shutil.which("sshd"):
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "openssh-server", "openssh-client"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if not shutil.which("apt-get") or subprocess.run(command, capture_output=True, env=environment).returncode:
            pytest.skip("left out: openssh-server cannot be installed here")
    port, target = free_port(), folder / "served"
    target.mkdir()
    Path("/run/sshd").mkdir(exist_ok=True)
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    (folder / "sshd.conf").write_text(SSHD.format(port=port, folder=folder))
    (folder / "client.conf").write_text(CLIENT.format(folder=folder))
    program = ("sftp", "-F", str(folder / "client.conf"))
    sshd = str(shutil.which("sshd"))
    with serving([sshd, "-D", "-f", str(folder / "sshd.conf")], port):
        yield Sftp(f"sftp://127.0.0.1{target}", "127.0.0.1", str(target), user="root", port=port, program=program)


@contextlib.contextmanager
def webdav(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """wsgidav with a folder that everybody may write to."""
    port, target = free_port(), folder / "served"
    target.mkdir()
    program = str(Path(python()).with_name("wsgidav"))
    command = [program, "--host", "127.0.0.1", "--port", str(port), "--root", str(target), "--auth", "anonymous", "-q"]
    with serving(command, port):
        yield opened(f"webdav://127.0.0.1:{port}")


KINDS = {"s3": s3, "sftp": sftp, "webdav": webdav}
