"""A WebDAV collection to a store, by plain HTTP: PUT with If-None-Match for new names, PUT for the
pointer.

Limits: whether a PUT is seen in halves is the server's business. Many servers look at If-None-Match
before they write and not while they do, so that two PUTs at once may both be told that the name was
free; making a collection is one step everywhere. So the first file of a folder is left to whoever
made the folder. MOVE is not used: servers do it as delete and rename, with a gap.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from briefing.deliveries.remote import responses
from briefing.deliveries.remote.retry import BUSY, PAUSES, Sleep, ask_with_retry
from briefing.errors import BriefingError
from briefing.secret import Secret

if TYPE_CHECKING:
    import httpx

SECONDS = 60.0
NEW, TAKEN, MISSING = frozenset({200, 201, 204}), 412, 404
MADE = frozenset({201, 301, 405})  # 405 and 301: it is there already
NO_FOLDER = frozenset({404, 409})  # of a PUT: the collection above it is not there


class WebDav:
    """One publisher's: two that publish at once have one each, as each remembers which folders it
    made.
    """

    whole = False  # many servers write a PUT in the place of the old file

    def __init__(
        self, place: str, *, user: str | None, password: Secret | None, sleep: Sleep = time.sleep
    ) -> None:
        import httpx

        parts = urlsplit(place)
        local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if password and parts.scheme == "webdav" and not local:
            raise BriefingError(f"{place}: a password is not sent in clear text; use webdavs://")
        self.place, self._sleep = place, sleep
        self._known = {PurePosixPath()}
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = f":{parts.port}" if parts.port else ""
        self._base = f"{'https' if parts.scheme == 'webdavs' else 'http'}://{host}{port}{parts.path.rstrip('/')}/"
        known = (user or "", password.reveal()) if password else None
        self._client = httpx.Client(
            auth=known, timeout=SECONDS, follow_redirects=False, trust_env=False
        )

    def read(self, name: str) -> bytes | None:
        answer = self._ask("GET", name)
        if answer.status_code == MISSING:
            return None
        self._must(answer, frozenset({200}), name)
        return answer.content

    def create(self, name: str, content: bytes, media_type: str) -> bool:
        """The first file of a folder that another publisher made is theirs to write, unless they do
        not.
        """
        if self._is_anothers(PurePosixPath(name).parent) and self._appears(name):
            return False
        answer = self._put(name, content, media_type, {"If-None-Match": "*"})
        if answer.status_code == TAKEN:
            return False
        self._must(answer, NEW, name)
        return True

    def replace(self, name: str, content: bytes, media_type: str) -> None:
        self._must(self._put(name, content, media_type, {}), NEW, name)

    def remove(self, names: Sequence[str]) -> None:
        """The folder stays, empty: to delete one is to delete whatever lies in it."""
        for name in names:
            answer = self._ask("DELETE", name)
            if answer.status_code != MISSING:
                self._must(answer, NEW, name)

    def _put(
        self, name: str, content: bytes, media_type: str, headers: dict[str, str]
    ) -> httpx.Response:
        folder, headers = PurePosixPath(name).parent, {"Content-Type": media_type, **headers}
        self._is_anothers(folder)
        answer = self._ask("PUT", name, content=content, headers=headers)
        if answer.status_code in NO_FOLDER:  # somebody cleared it away
            self._known = {PurePosixPath()}
            self._is_anothers(folder)
            answer = self._ask("PUT", name, content=content, headers=headers)
        return answer

    def _is_anothers(self, folder: PurePosixPath) -> bool:
        """Make the folder and those above it; whether it was there, and nothing was written to it
        from here yet.
        """
        found = False
        for one in reversed((folder, *folder.parents)):
            if one not in self._known:
                found = not self._made(one)
                self._known.add(one)
        return found

    def _made(self, folder: PurePosixPath) -> bool:
        """Whether it is made by this very request; one that is there counts, whatever the server
        says about it.
        """
        answer = self._ask("MKCOL", f"{folder}/")
        if answer.status_code not in MADE:
            there = self._ask("PROPFIND", f"{folder}/", headers={"Depth": "0"})
            if there.status_code != 207:
                self._must(answer, MADE, str(folder))
        return answer.status_code == 201

    def _appears(self, name: str) -> bool:
        """Whether the file is there, or comes while one waits for it."""
        for pause in PAUSES:
            if self.read(name) is not None:
                return True
            self._sleep(pause)
        return self.read(name) is not None

    def _ask(self, method: str, name: str, **more: Any) -> httpx.Response:
        import httpx

        url = self._base + quote(name)
        try:
            return ask_with_retry(
                lambda: responses.send_request(self._client, method, url, **more),
                again=lambda answer: answer.status_code in BUSY,
                broken=(httpx.NetworkError, httpx.ProtocolError),
                sleep=self._sleep,
            )
        except httpx.HTTPError as error:
            raise BriefingError(f"{self.place}/{name}: {error or type(error).__name__}") from error

    def _must(self, answer: httpx.Response, expected: frozenset[int], name: str) -> None:
        if answer.status_code not in expected:
            raise BriefingError(
                f"{self.place}/{name}: the server answers {answer.status_code} "
                f"{answer.reason_phrase}"
            )
