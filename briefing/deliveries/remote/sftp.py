"""A folder on an SSH server to a store, by OpenSSH's own sftp: its keys, its known hosts, its
settings.

Limits: two connections a file (0.1 to 1 second each); the server must know OpenSSH's posix-rename
and hardlink extensions, by which a name is replaced or taken in one step; what was written is
synced where it knows fsync too.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from briefing.deliveries.remote.retry import Sleep, ask_with_retry
from briefing.errors import BriefingError

SECONDS = 120  # for one file
NO_CONNECTION = 255  # as ssh says it; what is asked for here may be asked for twice
OPTIONS = (
    "-b",
    "-",
    "-f",
    "-q",
    "-oBatchMode=yes",
    "-oConnectTimeout=20",
    "-oServerAliveInterval=15",
)


class Sftp:
    """`program` are the words that start sftp; the rest of the command line is ours."""

    whole = True

    def __init__(
        self,
        place: str,
        host: str,
        folder: str,
        *,
        user: str | None,
        port: int | None,
        program: Sequence[str] = ("sftp",),
        sleep: Sleep = time.sleep,
    ) -> None:
        self.place, self._folder, self._sleep = place, PurePosixPath(folder), sleep
        where = [f"-oPort={port}"] if port else []
        self._command = [*program, *OPTIONS, *where, f"{user}@{host}" if user else host]
        self._made: set[PurePosixPath] = set()

    def read(self, name: str) -> bytes | None:
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder, "file")
            done = self._run(f"get {_quote_path(self._folder / name)} {_quote_path(here)}")
            if done.returncode and self._is_missing(done):
                return None
            self._must(done, name)
            return here.read_bytes()

    def create(self, name: str, content: bytes, media_type: str) -> bool:  # noqa: ARG002 - files have no type
        """A hard link takes a name only where it is free, whatever others do meanwhile."""
        part = self._part(name)
        done = self._put(
            content, f"ln {_quote_path(part)} {_quote_path(self._folder / name)}", part
        )
        if not done.returncode:
            return True
        self._run(f"-rm {_quote_path(part)}")
        if self.read(name) is None:
            self._must(done, name)
        return False

    def replace(self, name: str, content: bytes, media_type: str) -> None:  # noqa: ARG002 - likewise
        part = self._part(name)
        self._must(
            self._put(
                content, f"rename {_quote_path(part)} {_quote_path(self._folder / name)}", part
            ),
            name,
        )

    def remove(self, names: Sequence[str]) -> None:
        """Over one connection; a folder that others use stays, as rmdir refuses it."""
        paths = [self._folder / name for name in names]
        folders = dict.fromkeys(path.parent for path in paths if path.parent != self._folder)
        steps = [
            *(f"-rm {_quote_path(path)}" for path in paths),
            *(f"-rmdir {_quote_path(folder)}" for folder in folders),
        ]
        done = self._run(*steps)
        self._must(done, names[0])
        self._made.difference_update(folders)
        if self.read(names[0]) is not None:  # a refusal ends no batch of steps that may fail
            raise BriefingError(
                f"{self.place}/{names[0]}: it cannot be removed; may this user delete there?"
            )

    def _part(self, name: str) -> PurePosixPath:
        """A name that nobody reads, in the folder where the file is to be."""
        path = self._folder / name
        return path.with_name(f".tmp-{path.name}-{os.urandom(4).hex()}")

    def _put(
        self, content: bytes, last: str, part: PurePosixPath
    ) -> subprocess.CompletedProcess[str]:
        """Write the part and take the last step, over one connection; the part goes where it is
        still there.
        """
        above = [folder for folder in reversed(part.parents) if folder.is_relative_to(self._folder)]
        fresh = [folder for folder in above[1:] if folder not in self._made]
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder, "file")
            here.write_bytes(content)
            steps = [
                *(f"-mkdir {_quote_path(one)}" for one in fresh),
                f"put {_quote_path(here)} {_quote_path(part)}",
                last,
            ]
            done = self._run(*steps, f"-rm {_quote_path(part)}")
        if not done.returncode:
            self._made.update(fresh)
        return done

    def _run(self, *steps: str) -> subprocess.CompletedProcess[str]:
        return ask_with_retry(
            lambda: self._once(steps),
            again=lambda done: done.returncode == NO_CONNECTION,
            sleep=self._sleep,
        )

    def _once(self, steps: Sequence[str]) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(  # noqa: S603 - the user's own program, words never pass a shell
                self._command,
                input="\n".join(steps) + "\n",
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
            )
        except FileNotFoundError:
            raise BriefingError(
                f"{self.place}: sftp is not installed; on Debian: apt-get install openssh-client"
            ) from None
        except subprocess.TimeoutExpired:
            raise BriefingError(
                f"{self.place}: no end after {SECONDS} seconds; the next run tries again"
            ) from None

    def _is_missing(self, done: subprocess.CompletedProcess[str]) -> bool:
        return "not found" in done.stderr or "No such file" in done.stderr

    def _must(self, done: subprocess.CompletedProcess[str], name: str) -> None:
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.strip()] or [
                "no reason was given"
            ]
            raise BriefingError(f"{self.place}/{name}: {lines[-1].strip()}")


def _quote_path(path: Path | PurePosixPath) -> str:
    """As sftp's batch language takes it: in quotation marks, nothing in it a pattern."""
    text = str(path)
    if "\n" in text or "\r" in text:
        raise BriefingError(f"{text!r}: sftp takes no line break in a name")
    return '"' + "".join(f"\\{c}" if c in '\\"*?[' else c for c in text) + '"'
