"""A bucket to a store: each PUT is whole or not there, and a conditional one never replaces a name
that is taken.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from briefing.deliveries.remote import responses
from briefing.deliveries.remote.aws_signature import Keys, sign_request
from briefing.deliveries.remote.retry import BUSY, Sleep, ask_with_retry
from briefing.errors import BriefingError, ConfigError
from briefing.secret import Secret

if TYPE_CHECKING:
    import httpx

TAKEN, MISSING = frozenset({409, 412}), 404
SECONDS = 60.0
AGAIN = BUSY | {
    409
}  # ConditionalRequestConflict: another PUT of the name is under way; Amazon says to ask again
GONE = frozenset({200, 204, 404})
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Bucket:
    """Keys, region and endpoint come from the environment variables every S3 program reads, or
    `user` and `password`.

    The server must know If-None-Match on PUT (Amazon does since August 2024). Raises ConfigError
    without keys.
    """

    whole = True

    def __init__(
        self,
        place: str,
        bucket: str,
        prefix: str,
        *,
        user: str | None = None,
        password: Secret | None = None,
        environment: Mapping[str, str] = os.environ,
        sleep: Sleep = time.sleep,
    ) -> None:
        import httpx

        self.place, self._sleep = place, sleep
        self._keys = _find_keys(place, user, password, environment)
        endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL")
        parts = urlsplit(endpoint or f"https://s3.{self._keys.region}.amazonaws.com")
        if parts.scheme != "https" and parts.hostname not in LOCAL:
            raise ConfigError(
                f"{place}: AWS_ENDPOINT_URL: news is not sent in clear text; use https://"
            )
        self._origin, self._host = f"{parts.scheme}://{parts.netloc}", parts.netloc
        self._folder = "/".join(("", bucket, *prefix.split("/"))).rstrip("/")
        self._client = httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False)

    def read(self, name: str) -> bytes | None:
        answer = self._ask("GET", name)
        if answer.status_code == MISSING and "NoSuchBucket" not in answer.text:
            return None
        self._must(answer, name)
        return answer.content

    def create(self, name: str, content: bytes, media_type: str) -> bool:
        answer = self._ask("PUT", name, content, {"If-None-Match": "*", "Content-Type": media_type})
        if answer.status_code in TAKEN:
            return False
        self._must(answer, name)
        return True

    def replace(self, name: str, content: bytes, media_type: str) -> None:
        headers = {"Cache-Control": "no-cache", "Content-Type": media_type}
        self._must(self._ask("PUT", name, content, headers), name)

    def remove(self, names: Sequence[str]) -> None:
        for name in names:
            answer = self._ask("DELETE", name)
            if answer.status_code not in GONE:
                self._must(answer, name)

    def _ask(
        self, method: str, name: str, content: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        import httpx

        path = quote(f"{self._folder}/{name}", safe="/-_.~")

        def once() -> httpx.Response:
            now = datetime.now(UTC)
            proved = sign_request(
                self._keys,
                method,
                self._host,
                path,
                headers=headers or {},
                content=content,
                now=now,
            )
            return responses.send_request(
                self._client, method, self._origin + path, content=content, headers=proved
            )

        try:
            return ask_with_retry(
                once,
                again=lambda answer: answer.status_code in AGAIN,
                broken=(httpx.NetworkError, httpx.ProtocolError),
                sleep=self._sleep,
            )
        except httpx.HTTPError as error:
            raise BriefingError(f"{self.place}/{name}: {error or type(error).__name__}") from error

    def _must(self, answer: httpx.Response, name: str) -> None:
        if answer.status_code != 200:
            code = re.search(r"<Code>(\w{1,60})</Code>", answer.text)
            told = f"{answer.status_code} {code[1] if code else answer.reason_phrase}"
            raise BriefingError(f"{self.place}/{name}: the server answers {told}")


def _find_keys(
    place: str, user: str | None, password: Secret | None, environment: Mapping[str, str]
) -> Keys:
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1"
    if user and password:
        return Keys(user, password, region)
    name, key = environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")
    if not name or not key:
        raise ConfigError(
            f"{place}: no keys were found; set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY, or share: user and password"
        )
    token = environment.get("AWS_SESSION_TOKEN")
    return Keys(name, Secret(key), region, Secret(token) if token else None)
