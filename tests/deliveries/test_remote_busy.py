"""Remote servers that are busy, hang up or race with themselves: asked again, with pauses; nothing
is mixed.
"""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from test_remote import EDITION, Memory, files, store

from briefing.deliveries import remote
from briefing.deliveries.remote.retry import PAUSES
from briefing.deliveries.remote.s3 import Bucket
from briefing.deliveries.remote.sftp import Sftp
from briefing.deliveries.remote.webdav import WebDav
from briefing.errors import BriefingError

__all__ = ["store"]  # the fixture


class Dav:
    """A WebDAV server in memory, one request after the other, that may be told to answer otherwise
    than it should.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.folders = {"/x"}
        self.answers: list[
            tuple[str, int]
        ] = []  # to the next requests with these methods, done or not
        self.asked: list[str] = []

    def store(self, pauses: list[float] | None = None) -> WebDav:
        made = WebDav(
            "webdav://127.0.0.1/x",
            user=None,
            password=None,
            sleep=([] if pauses is None else pauses).append,
        )
        made._client = httpx.Client(transport=httpx.MockTransport(self.answer))
        return made

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.rstrip("/")
        self.asked.append(f"{request.method} {path}")
        code, content = self._done(request, path)
        if self.answers and self.answers[0][0] == request.method:
            code = self.answers.pop(0)[1]
        return httpx.Response(code, content=content)

    def _done(self, request: httpx.Request, path: str) -> tuple[int, bytes]:
        above = path.rpartition("/")[0]
        if request.method == "PROPFIND":
            return 207 if path in self.folders else 404, b""
        if request.method == "GET":
            return (200, self.files[path]) if path in self.files else (404, b"")
        if above not in self.folders:
            return 409, b""
        if request.method == "MKCOL":
            code = 405 if path in self.folders else 201
            self.folders.add(path)
            return code, b""
        if path in self.files and "if-none-match" in request.headers:
            return 412, b""
        self.files[path] = request.content
        return 201, b""


@pytest.mark.parametrize(
    "answers",
    [
        [("MKCOL", 500)],  # two at once: both look, one makes it, the other falls over it
        [("MKCOL", 403)],
        [("MKCOL", 409), ("MKCOL", 500)],
        [("PUT", 503), ("PUT", 423)],
        [("GET", 500), ("PUT", 502), ("GET", 429)],
    ],
)
def test_a_webdav_server_that_is_busy_is_asked_again(answers: list[tuple[str, int]]) -> None:
    server, pauses = Dav(), list[float]()
    remote.mark_target(server.store())
    server.answers = answers

    place = remote.publish(EDITION, files(), server.store(pauses)).place

    assert server.answers == []
    assert place == f"2026/{EDITION}"
    assert remote.verify_editions(server.store(), [place]) == ()
    assert sum(pauses) <= 3 * 3.0


def test_a_webdav_server_that_stays_broken_is_given_up_with_its_answer() -> None:
    server, pauses = Dav(), list[float]()
    remote.mark_target(server.store())
    server.answers = [("PUT", 500)] * 5

    with pytest.raises(BriefingError, match="the server answers 500 Internal Server Error"):
        remote.publish(EDITION, files(), server.store(pauses))

    assert pauses == list(PAUSES)


def test_a_folder_that_was_cleared_away_is_made_again() -> None:
    server = Dav()
    store = server.store()
    store.create("2026/a/one.md", b"1", "text/markdown")
    server.folders = {"/x"}

    assert store.create("2026/a/two.md", b"2", "text/markdown")
    assert server.files["/x/2026/a/two.md"] == b"2"


def test_the_first_file_of_a_folder_is_left_to_whoever_made_it() -> None:
    """A server that looks at If-None-Match before it writes would tell both that the name
    was free.
    """
    server, pauses = Dav(), list[float]()
    ours = server.store(pauses)
    server.folders |= {"/x/2026", "/x/2026/a"}
    ours._sleep = lambda seconds: (
        pauses.append(seconds) or server.files.update({"/x/2026/a/one.md": b"theirs"})
    )

    assert not ours.create("2026/a/one.md", b"ours", "text/markdown")
    assert server.files["/x/2026/a/one.md"] == b"theirs"
    assert len(pauses) == 1
    assert not [line for line in server.asked if line.startswith("PUT")]


def test_a_folder_that_its_maker_left_empty_is_used() -> None:
    server, pauses = Dav(), list[float]()
    server.folders |= {"/x/2026", "/x/2026/a"}

    assert server.store(pauses).create("2026/a/one.md", b"ours", "text/markdown")
    assert pauses == list(PAUSES)


@pytest.mark.parametrize(
    ("codes", "created"), [([503, 200], True), ([409, 412], False), ([500, 429, 409, 200], True)]
)
def test_a_bucket_that_is_busy_is_asked_again(codes: list[int], created: bool) -> None:
    pauses, left = list[float](), list(codes)
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    bucket = Bucket("s3://news", "news", "", environment=keys, sleep=pauses.append)
    bucket._client = httpx.Client(
        transport=httpx.MockTransport(lambda request: httpx.Response(left.pop(0)))
    )

    assert bucket.create("a.md", b"1", "text/markdown") == created
    assert left == []
    assert pauses == list(PAUSES[: len(codes) - 1])


def test_a_connection_of_ssh_that_breaks_is_made_again(tmp_path: Path) -> None:
    program = tmp_path / "sftp"
    program.write_text(
        f"#!/bin/sh\necho x >> {tmp_path}/calls\n[ $(wc -l < {tmp_path}/calls) -gt 2 "
        "] || exit 255\n"
    )
    program.chmod(0o755)
    pauses: list[float] = []
    store = Sftp(
        "sftp://h/x", "h", "/x", user=None, port=None, program=(str(program),), sleep=pauses.append
    )

    assert store.create("a.md", b"1", "text/markdown")
    assert pauses == list(PAUSES[:2])


def test_a_pointer_that_another_spoils_is_written_again(store: Memory) -> None:
    """Two that write it at once may leave a mixture of both on a server that does not replace in
    one step.
    """
    spoils = [b'{"place": "2026/2026-03-', b""]
    write = store.replace
    store.replace = lambda name, content, kind: write(
        name, spoils.pop() if spoils else content, kind
    )  # type: ignore[method-assign]

    place = remote.publish(EDITION, files(), store).place

    assert json.loads(store.files["latest.json"])["place"] == place
