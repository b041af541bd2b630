"""A WebDAV collection to a store, by plain HTTP: PUT with If-None-Match for new names, PUT for the pointer.

Limits: whether a PUT is seen in halves is the server's business, as is If-None-Match (a server that ignores it lets a
name be taken twice; what is read back tells). MOVE is not used: servers do it as delete and rename, with a gap.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from briefing.errors import BriefingError
from briefing.secret import Secret

if TYPE_CHECKING:
    import httpx

SECONDS = 60.0
NEW, TAKEN, MISSING = frozenset({200, 201, 204}), 412, 404
MADE = frozenset({201, 301, 405})  # 405 and 301: it is there already


class WebDav:
    def __init__(self, place: str, *, user: str | None, password: Secret | None) -> None:
        import httpx  # noqa: PLC0415 - only who publishes this way needs it

        parts = urlsplit(place)
        local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if password and parts.scheme == "webdav" and not local:
            raise BriefingError(f"{place}: a password is not sent in clear text; use webdavs://")
        self.place, self._made = place, {PurePosixPath()}
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = f":{parts.port}" if parts.port else ""
        self._base = f"{'https' if parts.scheme == 'webdavs' else 'http'}://{host}{port}{parts.path.rstrip('/')}/"
        known = (user or "", password.reveal()) if password else None
        self._client = httpx.Client(auth=known, timeout=SECONDS, follow_redirects=False, trust_env=False)

    def read(self, name: str) -> bytes | None:
        answer = self._ask("GET", name)
        if answer.status_code == MISSING:
            return None
        self._must(answer, frozenset({200}), name)
        return answer.content

    def create(self, name: str, content: bytes, media_type: str) -> bool:
        answer = self._put(name, content, media_type, {"If-None-Match": "*"})
        if answer.status_code == TAKEN:
            return False
        self._must(answer, NEW, name)
        return True

    def replace(self, name: str, content: bytes, media_type: str) -> None:
        self._must(self._put(name, content, media_type, {}), NEW, name)

    def _put(self, name: str, content: bytes, media_type: str, headers: dict[str, str]) -> httpx.Response:
        for folder in reversed(PurePosixPath(name).parents):
            if folder not in self._made:
                self._must(self._ask("MKCOL", f"{folder}/"), MADE, str(folder))
                self._made.add(folder)
        return self._ask("PUT", name, content=content, headers={"Content-Type": media_type, **headers})

    def _ask(self, method: str, name: str, **more: Any) -> httpx.Response:
        import httpx  # noqa: PLC0415 - only who publishes this way needs it

        try:
            return self._client.request(method, self._base + quote(name), **more)
        except httpx.HTTPError as error:
            raise BriefingError(f"{self.place}/{name}: {error or type(error).__name__}") from error

    def _must(self, answer: httpx.Response, expected: frozenset[int], name: str) -> None:
        if answer.status_code not in expected:
            raise BriefingError(f"{self.place}/{name}: the server answers {answer.status_code} {answer.reason_phrase}")
