"""Servers of S3, SFTP and WebDAV on the loopback of this machine; how a publisher opens its place
there out.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest
from proof_tools import cache_folder

from briefing.deliveries.remote.open_store import open_target
from briefing.deliveries.remote.sftp import Sftp
from briefing.deliveries.remote.store import Store

Opening = Callable[[], Store]  # each publisher its own
# As they were when the tests were written: what a newer one does otherwise is no fault of what is
# tested.
PACKAGES = (
    "moto[server,s3]==5.2.5", "wsgidav==4.4.0", "cheroot==11.1.2", "botocore==1.44.5", "boto3==1.44.5",
    "werkzeug==3.1.9",
)  # fmt: skip
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
# One request after the other: of two PUTs with If-None-Match one is refused, as Amazon promises and
# moto does not.
MOTO = """
import sys
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
run_simple("127.0.0.1", int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=False)
"""
CLIENT = """Host *
IdentityFile {folder}/user
IdentitiesOnly yes
UserKnownHostsFile {folder}/known
StrictHostKeyChecking yes
"""


@cache
def python() -> str:
    """An environment of its own with the servers that are Python packages; the test is left out
    where there is none.
    """
    folder = cache_folder("briefing-servers")
    program = folder / "bin" / "python"
    stamp = folder / "installed"
    wanted = repr((PACKAGES, sys.version))  # an environment of another Python is of no use
    with contextlib.suppress(OSError):
        if (
            stamp.read_text() == wanted
            and not subprocess.run([str(program), "-c", ""], capture_output=True).returncode
        ):
            return str(program)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(folder)], capture_output=True
    )
    command = [str(program), "-m", "pip", "install", "--quiet", *PACKAGES]
    if made.returncode or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("left out: moto and wsgidav cannot be installed here")
    stamp.write_text(wanted)
    return str(program)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextlib.contextmanager
def serving(command: list[str], port: int) -> Iterator[None]:
    """Until the block ends; it begins when the port answers. Two minutes are more than any of them
    takes.
    """
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(server, port, command[0])
            yield
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(60)
            server.kill()


def _wait_for(server: subprocess.Popen[bytes], port: int, name: str) -> None:
    for _ in range(1200):
        if server.poll() is not None:
            pytest.skip(
                f"left out: {name} ends on this machine instead of serving: {server.returncode}"
            )
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=10),
        ):
            return
        time.sleep(0.1)
    pytest.fail(f"{name} does not answer on port {port}")


@contextlib.contextmanager
def s3(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opening]:
    """moto's server with a bucket."""
    port = free_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3", raising=False)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    with serving([python(), "-c", MOTO, str(port)], port):
        httpx.put(f"http://127.0.0.1:{port}/news", timeout=60, trust_env=False).raise_for_status()
        yield lambda: open_target("s3://news/desk")


@contextlib.contextmanager
def sftp(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opening]:
    """OpenSSH's server with a key of its own; its host is known, as ssh asks."""
    if os.geteuid() != 0:
        pytest.skip("left out: a server of SSH needs root")
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
    if not (
        shutil.which("sshd", path=path) and shutil.which("sftp") and shutil.which("ssh-keygen")
    ):
        command = [
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "openssh-server",
            "openssh-client",
        ]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if (
            not shutil.which("apt-get")
            or subprocess.run(command, capture_output=True, env=environment).returncode
        ):
            pytest.skip("left out: openssh-server cannot be installed here")
    sshd = str(shutil.which("sshd", path=path))  # it insists on being called by its whole path
    port, target = free_port(), folder / "served"
    target.mkdir()
    Path("/run/sshd").mkdir(parents=True, exist_ok=True)
    for name in ("host", "user"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True
        )
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    (folder / "sshd.conf").write_text(SSHD.format(port=port, folder=folder))
    (folder / "client.conf").write_text(CLIENT.format(folder=folder))
    program = ("sftp", "-F", str(folder / "client.conf"))
    with serving([sshd, "-D", "-f", str(folder / "sshd.conf")], port):
        look = [*program, "-b", "-", "-oBatchMode=yes", f"-oPort={port}", "root@127.0.0.1"]
        tried = subprocess.run(look, input="pwd\n", capture_output=True, text=True)
        if tried.returncode:
            pytest.skip(f"left out: sshd lets nobody in here: {tried.stderr.strip()[-200:]}")
        yield lambda: Sftp(
            f"sftp://127.0.0.1{target}",
            "127.0.0.1",
            str(target),
            user="root",
            port=port,
            program=program,
        )


@contextlib.contextmanager
def webdav(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opening]:
    """wsgidav with a folder that everybody may write to."""
    port, target = free_port(), folder / "served"
    target.mkdir()
    program = str(Path(python()).with_name("wsgidav"))
    command = [
        program,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--root",
        str(target),
        "--auth",
        "anonymous",
        "-q",
    ]
    with serving(command, port):
        yield lambda: open_target(f"webdav://127.0.0.1:{port}")


KINDS = {"s3": s3, "sftp": sftp, "webdav": webdav}
