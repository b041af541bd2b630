"""Real network file systems on this machine: a folder, and the same folder mounted over SFTP or
SMB, twice.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

SFTP_SERVER = Path("/usr/lib/openssh/sftp-server")
PACKAGES = {"sshfs": "sshfs", "smbd": "samba", "smbclient": "smbclient", "rclone": "rclone"}
SMB = """[global]
server role = standalone server
smb ports = {port}
interfaces = 127.0.0.1
bind interfaces only = yes
disable netbios = yes
private dir = {state}
lock directory = {state}
state directory = {state}
cache directory = {state}
pid directory = {state}
ncalrpc dir = {state}/rpc
log file = {state}/log
map to guest = Bad User
load printers = no
disable spoolss = yes
[news]
path = {exported}
guest ok = yes
read only = no
force user = root
"""


@dataclass(frozen=True)
class Mounts:
    """`exported` is the folder on the server; `one` and `two` are two clients' mounts of it."""

    exported: Path
    one: Path
    two: Path
    server: str
    pids: tuple[int, ...]  # of the processes that serve the first mount; stopped, it hangs
    port: int = 0


def installed(*programs: str) -> None:
    """Install what is missing, or leave the test out, saying so."""
    if os.geteuid() != 0 or not Path("/dev/fuse").exists():
        pytest.skip("left out: mounts over the network need root and /dev/fuse")
    missing = [PACKAGES[name] for name in programs if not shutil.which(name)]
    missing += [] if SFTP_SERVER.exists() else ["openssh-sftp-server"]
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if missing and (
        not shutil.which("apt-get")
        or subprocess.run(command, capture_output=True, env=environment).returncode
    ):
        pytest.skip(f"left out: {', '.join(missing)} cannot be installed here")


@contextmanager
def sftp(folder: Path) -> Iterator[Mounts]:
    """Mounted by sshfs, which speaks with OpenSSH's server program over a pipe: no network,
    no key.
    """
    installed("sshfs")
    exported = folder / "exported"
    exported.mkdir()
    with ExitStack() as stack:
        mounted = [stack.enter_context(_sshfs(folder, exported, number)) for number in (1, 2)]
        (one, pid), (two, _) = mounted
        yield Mounts(exported, one, two, "OpenSSH's sftp-server, sshfs", (pid,))


@contextmanager
def _sshfs(folder: Path, exported: Path, number: int) -> Iterator[tuple[Path, int]]:
    mounted, bridge, note = (
        folder / f"sshfs-{number}",
        folder / f"bridge-{number}",
        folder / f"pid-{number}",
    )
    mounted.mkdir()
    bridge.write_text(f"#!/bin/sh\necho $$ > {note}\nexec {SFTP_SERVER}\n")
    bridge.chmod(0o755)
    command = [
        "sshfs",
        f"here:{exported}",
        str(mounted),
        "-o",
        f"ssh_command={bridge},dir_cache=no,attr_timeout=0",
    ]
    if subprocess.run(command, capture_output=True, timeout=600).returncode:
        pytest.skip("left out: sshfs does not mount here")
    try:
        yield mounted, int(note.read_text())
    finally:
        unmount(mounted)


def unmount(mounted: Path) -> None:
    """At once, or as soon as nobody looks at it any more."""
    if subprocess.run(["umount", str(mounted)], capture_output=True).returncode and os.path.ismount(
        mounted
    ):
        subprocess.run(["umount", "--lazy", str(mounted)], capture_output=True)


@contextmanager
def smb_server(folder: Path) -> Iterator[tuple[Path, int, subprocess.Popen[bytes]]]:
    """Samba on a port of its own, with a folder that everybody may write to."""
    installed("smbd", "smbclient", "rclone")
    exported, state = folder / "exported", folder / "state"
    exported.mkdir()
    state.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "smb.conf"
    settings.write_text(SMB.format(port=port, state=state, exported=exported))
    command = ["smbd", "--foreground", "--no-process-group", f"--configfile={settings}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet, start_new_session=True) as server:  # type: ignore[call-overload]  # it ends its group
        try:
            wait_for(
                lambda: server.poll() is not None or not smbclient(port, "ls").returncode,
                "Samba does not answer",
            )
            if server.poll() is not None:
                pytest.skip(f"left out: Samba ends at once: {server.returncode}")
            yield exported, port, server
        finally:
            server.terminate()
            ended(server)


def ended(process: subprocess.Popen[bytes]) -> None:
    """Within a minute, or it is killed."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(60)
    process.kill()


def smbclient(port: int, command: str) -> subprocess.CompletedProcess[bytes]:
    words = ["smbclient", "--no-pass", f"--port={port}", "//127.0.0.1/news", "--command", command]
    return subprocess.run(words, capture_output=True, timeout=600)


@contextmanager
def smb(folder: Path) -> Iterator[Mounts]:
    """Mounted by rclone, which needs no module of the kernel; nothing is kept by it, every write
    goes to the server.
    """
    with smb_server(folder) as (exported, port, _), ExitStack() as stack:
        (one, pid), (two, _) = [
            stack.enter_context(_rclone(folder, port, number)) for number in (1, 2)
        ]
        yield Mounts(exported, one, two, "Samba, rclone mount", (pid,), port)


@contextmanager
def _rclone(folder: Path, port: int, number: int) -> Iterator[tuple[Path, int]]:
    mounted = folder / f"smb-{number}"
    mounted.mkdir()
    secret = subprocess.run(
        ["rclone", "obscure", "x"], capture_output=True, text=True
    ).stdout.strip()
    remote = f":smb,host=127.0.0.1,port={port},user=guest,pass={secret}:news"
    fresh = ["--vfs-cache-mode", "off", "--dir-cache-time", "0s", "--attr-timeout", "0s"]
    # Pieces that are asked for out of order make it open the name again, which may be another file
    # by then.
    fresh += ["--async-read=false", "--vfs-read-wait", "10m"]
    command = [
        "rclone",
        "mount",
        remote,
        str(mounted),
        "--config",
        str(folder / "rclone.conf"),
        *fresh,
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as client:
        try:
            wait_for(
                lambda: client.poll() is not None or os.path.ismount(mounted),
                "rclone does not mount",
            )
            if client.poll() is not None:
                pytest.skip(
                    f"left out: rclone does not mount here: it ends with {client.returncode}"
                )
            yield mounted, client.pid
        finally:
            unmount(mounted)
            client.terminate()
            ended(client)


def wait_for(sign: object, what: str) -> None:
    """Until it is there; three minutes are more than any of it takes."""
    assert callable(sign)
    for _ in range(1800):
        with suppress(OSError):  # of a mount whose server is not back yet
            if sign():
                return
        time.sleep(0.1)
    pytest.skip(f"left out: {what}")


KINDS = {"sshfs": sftp, "smb": smb}
