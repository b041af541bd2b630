"""Remote places that are real servers: OpenSSH, moto (S3), wsgidav; whole, resumed, never mixed,
read back.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from remote_servers import KINDS, Opening, python
from test_remote import EDITION, files

from briefing.deliveries import remote
from briefing.deliveries.remote.aws_signature import Keys, sign_request
from briefing.deliveries.remote.store import Store
from briefing.errors import BriefingError
from briefing.secret import Secret

pytestmark = pytest.mark.slow


ROUNDS = {"webdav": 8, "s3": 4, "sftp": 1}  # each file takes sftp two connections


@pytest.fixture(params=KINDS)
def opening(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Opening]:
    with KINDS[request.param](tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def store(opening: Opening) -> Store:
    return opening()


@dataclass
class Cut:
    """A store that is cut off after a number of writes."""

    inner: Store
    left: int
    place: str = "cut"
    whole: bool = True
    written: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes | None:
        return self.inner.read(name)

    def create(self, name: str, content: bytes, media_type: str) -> bool:
        return self._spend(name) and self.inner.create(name, content, media_type)

    def replace(self, name: str, content: bytes, media_type: str) -> None:
        self._spend(name)
        self.inner.replace(name, content, media_type)

    def remove(self, names: Sequence[str]) -> None:
        self.inner.remove(names)

    def _spend(self, name: str) -> bool:
        if not self.left:
            raise BriefingError("the connection is lost")
        self.left -= 1
        self.written.append(name)
        return True


def test_an_edition_is_published_resumed_revised_and_verified(store: Store) -> None:
    with pytest.raises(BriefingError, match="is not marked; nothing was written"):
        remote.publish(EDITION, files(), store)
    known = remote.mark_target(store)
    assert remote.mark_target(store) == known
    with pytest.raises(BriefingError, match="the connection is lost"):
        remote.publish(EDITION, files(), Cut(store, 2), known=known)
    assert store.read("latest.json") is None

    first = remote.publish(EDITION, files(), store, known=known)
    again = Cut(store, 100)
    assert not remote.publish(EDITION, files(), again, known=known).new
    second = remote.publish(EDITION, files("Other “words”"), store, known=known)

    assert (first.place, second.place, again.written) == (
        f"2026/{EDITION}",
        f"2026/{EDITION}-r2",
        [],
    )
    latest = json.loads(store.read("latest.json") or b"")
    assert store.read(latest["files"]["edition.md"]) == "# Other “words”\n".encode()
    assert remote.verify_editions(store, [first.place, second.place]) == ()
    store.replace(f"{first.place}/edition.md", b"forged", "text/markdown")
    assert len(remote.verify_editions(store, [first.place, second.place])) == 1
    sys.stdout.write(f"\n{store.place.partition(':')[0]}: published, resumed, revised, verified\n")


def test_a_name_is_taken_once(store: Store) -> None:
    assert store.create("2026/x/a.md", b"one", "text/markdown")
    assert not store.create("2026/x/a.md", b"two", "text/markdown")
    assert store.read("2026/x/a.md") == b"one"
    assert store.read("2026/x/none.md") is None
    assert store.read("2026/none/a.md") is None
    store.replace("2026/x/a.md", b"three", "text/markdown")
    assert store.read("2026/x/a.md") == b"three"


def test_an_edition_too_many_goes_and_nothing_else(store: Store) -> None:
    remote.mark_target(store)
    before = remote.publish("2026-03-04-daily", files("before"), store)
    kept = remote.publish(EDITION, files(), store)
    store.replace(f"{before.place}/theirs.txt", b"not ours", "text/plain")

    for _ in range(2):  # what is gone may be removed again
        remote.expire_editions({before.place: [one.name for one in files()]}, store)
    remote.copy_newest(kept.place, files(), store)

    assert store.read(f"{before.place}/manifest.json") is None
    assert store.read(f"{before.place}/edition.md") is None
    assert store.read(f"{before.place}/theirs.txt") == b"not ours"
    assert remote.verify_editions(store, [kept.place]) == ()
    assert store.read("latest.md") == b"# News\n"


def test_two_publishers_at_once_make_no_mixture(opening: Opening) -> None:
    """Again and again: a server's own race needs the two to meet at the right moment."""
    store = opening()
    remote.mark_target(store)
    for number in range(1, ROUNDS[store.place.partition(":")[0]] + 1):
        edition = f"2026-03-{number:02}-daily"
        with ThreadPoolExecutor(2) as pool:
            texts = f"one of {number}", f"two of {number}"
            published = list(
                pool.map(lambda text: remote.publish(edition, files(text), opening()), texts)
            )

        places = [one.place for one in published]
        assert remote.verify_editions(store, places) == ()
        assert [store.read(f"{place}/edition.md") for place in places] == [
            f"# {text}\n".encode() for text in texts
        ]
        assert json.loads(store.read("latest.json") or b"")["place"] in places


SIGN = """
import json, sys
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
import botocore.compat, botocore.auth, datetime
fixed = datetime.datetime(2026, 3, 5, 6, 7, 8, tzinfo=datetime.timezone.utc)
botocore.auth.get_current_datetime = lambda *_, **__: fixed
botocore.compat.get_current_datetime = botocore.auth.get_current_datetime
for method, url, headers, body, token in json.load(sys.stdin):
    request = AWSRequest(method, url, headers, data=body.encode())
    request.context["payload_signing_enabled"] = True
    S3SigV4Auth(Credentials("AKID", "secret", token), "s3", "eu-central-1").add_auth(request)
    print(request.headers["Authorization"], request.headers["X-Amz-Date"])
"""


def test_requests_are_signed_as_amazons_own_library_signs_them() -> None:
    requests = [
        ("GET", "/news/desk/latest.json", {}, "", None),
        (
            "PUT",
            "/news/a%20b/%C3%A9.md",
            {"If-None-Match": "*", "Content-Type": "text/markdown"},
            "# N\u00e9ws",
            None,
        ),
        ("PUT", "/news/x", {"Cache-Control": "no-cache"}, "x" * 1000, "token/with+signs=="),
    ]
    asked = [(method, f"https://s3.example{path}", *rest) for method, path, *rest in requests]
    done = subprocess.run(
        [python(), "-c", SIGN], input=json.dumps(asked), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr

    for (method, path, headers, body, token), line in zip(
        requests, done.stdout.splitlines(), strict=True
    ):
        theirs, stamp = line.rsplit(" ", 1)
        now = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        keys = Keys("AKID", Secret("secret"), "eu-central-1", Secret(token) if token else None)
        ours = sign_request(
            keys, method, "s3.example", path, headers=headers, content=body.encode(), now=now
        )
        assert ours["authorization"] == theirs
