"""A function to its result, or to an error when the time is up: for file systems and servers that
hang.
"""

from __future__ import annotations

import json
import os
import select
import signal
from collections.abc import Callable
from typing import Any, NoReturn

from briefing.errors import BriefingError


def run_within(seconds: float, work: Callable[[], Any], *, what: str) -> Any:
    """What `work` returns, as plain data. It runs in a process of its own, which is killed when the
    time is up.

    A process that hangs in the kernel does not die of that; it is left behind and this one goes on.
    Raises BriefingError for the deadline and with the words of one that `work` raised.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run_child(work, writing)
    os.close(writing)
    try:
        answer = _await_answer(reading, child, seconds, what)
    finally:
        os.close(reading)
    if "error" in answer:
        raise BriefingError(answer["error"])
    return answer["result"]


def _run_child(work: Callable[[], Any], writing: int) -> NoReturn:
    """In the child: answer and end, without the parent's clean-up."""
    code = 70
    try:
        try:
            answer = {"result": work()}
        except BriefingError as error:
            answer = {"error": str(error)}
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(json.dumps(answer).encode())
        code = 0
    finally:
        os._exit(code)


def _await_answer(reading: int, child: int, seconds: float, what: str) -> dict[str, Any]:
    if not select.select([reading], [], [], seconds)[0]:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, os.WNOHANG)
        raise BriefingError(
            f"{what}: no end after {seconds:g} seconds, does it hang? The next run tries again"
        )
    chunks = []
    while chunk := os.read(reading, 65536):
        chunks.append(chunk)
    os.waitpid(child, 0)
    if not chunks:
        raise BriefingError(
            f"{what}: its process ended without an answer; the next run tries again"
        )
    answer: dict[str, Any] = json.loads(b"".join(chunks))
    return answer
