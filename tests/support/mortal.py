"""A function to a process that is killed at its n-th step: every point of it is met, on any
machine, at any speed.

A step is a call that changes files or a database, or speaks with a server; the process dies as kill
-9 lets it die, just before that call or a moment into what follows. A clock would hit another point
on every machine, and on some none. Arguments, when run: the module and the function. Each line in
is a JSON list: the step, the signal, the seconds after, the function's arguments. Each line out
says how it ended: "done", "dead" or "still", after how many steps.
"""

from __future__ import annotations

import importlib
import io
import itertools
import json
import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAMES = frozenset({
    "chmod", "close", "commit", "connect", "execute", "executemany", "executescript", "fchmod", "flush", "fsync",
    "ftruncate", "link", "mkdir", "open", "posix_fallocate", "read", "recv", "recv_into", "rename", "replace", "rmdir",
    "rollback", "send", "sendall", "truncate", "unlink", "utime", "write",
})  # fmt: skip
OWNERS = (
    io.RawIOBase,
    io.BufferedIOBase,
    sqlite3.Connection,
    sqlite3.Cursor,
    socket.socket,
    ssl.SSLSocket,
)
MODULES = frozenset({"posix", "_io"})
FOLDERS = (Path(__file__).parent, *Path(__file__).parents[1].glob("*/"))


@dataclass
class Mortal:
    """A function in a process of its own, as often as one likes."""

    process: subprocess.Popen[str]

    def steps(self, *arguments: object) -> int:
        """Let it end; how many steps it took."""
        return int(self._asked(0, signal.SIGKILL, 0.0, arguments)["steps"])

    def dies(self, at: int, *arguments: object, after: float = 0.0) -> bool:
        """Kill it at a step, or some seconds after; whether it came to that before it ended."""
        return bool(self._asked(at, signal.SIGKILL, after, arguments)["how"] == "dead")

    @contextmanager
    def still(self, at: int, *arguments: object) -> Iterator[bool]:
        """Stop it at a step while the block runs, then let it end; whether it came to that before
        it ended.
        """
        stopped = self._asked(at, signal.SIGSTOP, 0.0, arguments)["how"] == "still"
        try:
            yield stopped
        finally:
            if stopped:
                assert self._asked(0)["how"] == "done"

    def _asked(self, *words: object) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the process that starts the others has ended"
        answer: dict[str, Any] = json.loads(line)
        assert answer["how"] != "failed", "the function raised; look at what it wrote to stderr"
        return answer


@contextmanager
def mortal(module: str, function: str) -> Iterator[Mortal]:
    """`function` of a module beside this one; its arguments are plain data."""
    command = [sys.executable, __file__, module, function]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Mortal(process)
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait(120)


def serve(module: str, function: str) -> None:
    """Fork for every line, so that each life starts alike and none pays for the imports."""
    sys.path[:0] = map(str, FOLDERS)
    work = getattr(importlib.import_module(module), function)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the work prints is no answer
    for line in sys.stdin:
        at, sign, after, arguments = json.loads(line)
        told, tell = os.pipe()
        pid = os.fork()
        if not pid:
            _live(work, arguments, tell, at, sign, after)
        os.close(tell)
        status = os.waitpid(pid, os.WUNTRACED)[1]
        if os.WIFSTOPPED(status):
            _say(out, "still")
            sys.stdin.readline()
            os.kill(pid, signal.SIGCONT)
            status = os.waitpid(pid, 0)[1]
        steps = os.read(told, 100)
        os.close(told)
        _say(
            out,
            "dead" if os.WIFSIGNALED(status) else "failed" if status else "done",
            int(steps or b"0"),
        )


def _say(out: io.TextIOBase | Any, how: str, steps: int = 0) -> None:
    out.write(json.dumps({"how": how, "steps": steps}) + "\n")
    out.flush()


def _live(work: Any, arguments: list[Any], tell: int, at: int, sign: int, after: float) -> None:
    code, numbers = 70, itertools.count(1)

    def look(frame: object, event: str, called: Any) -> None:
        if event == "c_call" and is_step(called) and next(numbers) == at:
            if after:  # a timer of the system, whose signal ends the process within any call
                signal.setitimer(signal.ITIMER_REAL, after)
            else:
                os.kill(os.getpid(), sign)

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    try:
        threading.setprofile(look)
        sys.setprofile(look)
        work(*arguments)
        sys.setprofile(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
        os.write(tell, b"%d" % (next(numbers) - 1))
        code = 0
    finally:
        if code:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        os._exit(code)


def is_step(called: Any) -> bool:
    if called.__name__ not in NAMES:
        return False
    owner = getattr(called, "__self__", None)
    if isinstance(owner, types.ModuleType):
        return owner.__name__ in MODULES
    return isinstance(owner, OWNERS)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
