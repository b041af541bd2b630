"""A URL to its bytes, within limits of time and size, and only from where they may be taken."""

from __future__ import annotations

import base64
import functools
import ssl
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

import httpcore
import httpx

from briefing import __version__
from briefing.secret import Secret
from briefing.sources.faults import FetchError, Kind
from briefing.sources.web.addresses import NO_ADDRESS, Resolver, refusal_reason, resolve_host
from briefing.sources.web.answers import Answer, seconds_until
from briefing.sources.web.bodies import CODINGS, unpack_body
from briefing.sources.web.hosts import Hosts
from briefing.sources.web.limits import Deadline, Limits
from briefing.sources.web.robots import Robots
from briefing.sources.web.transport import FAULTS, CheckedBackend, Meter, Transport

PAUSE = 1.0  # seconds between two requests to one host
AGENT = "briefing"  # what robots.txt knows us by
KINDS: dict[int, Kind] = {410: "gone", 429: "later", 503: "later"}
PERMANENT, REDIRECTS = {301, 308}, {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class _Trip:
    """One fetch on its way through its redirects."""

    deadline: Deadline
    meter: Meter
    limits: Limits
    private: bool
    password: Secret | None


class Client:
    """Fetches, politely. Safe to share between threads; `now`, `clock` and `sleep` can be given.

    `contact` (a mail address or a page) goes into the User-Agent: a site's keeper who is annoyed
    can then ask instead of blocking. `proxies` uses those of the environment (HTTPS_PROXY …), which
    then resolve names in our place.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        proxies: bool = False,
        pause: float = PAUSE,
        resolver: Resolver = resolve_host,
        network: httpcore.NetworkBackend | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.agent = f"{AGENT}/{__version__}" + (f" (+{_header_text(contact)})" if contact else "")
        self._proxies = proxies
        self._pause = pause
        self._resolver = resolver
        self._network = network
        self._now = now
        self._clock = clock
        self._hosts = Hosts(clock=clock, sleep=sleep)
        self._robots: dict[bool, Robots] = {  # by whether the source may reach private addresses
            private: Robots(
                functools.partial(self.get, private=private, limits=Limits(whole=20, size=500_000)),
                AGENT,
            )
            for private in (False, True)
        }

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        private: bool = False,
        robots: bool = False,
        password: Secret | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
    ) -> Answer:
        """What lies at `url`, after at most `limits.redirects` redirects; `headers` may hold the
        validators of before.

        Raises FetchError, a sentence that begins with the address, for everything but 200 and 304.
        `robots` asks the site's robots.txt first. `password` is that of the user in the address.
        Cookies are neither kept nor sent.
        """
        trip = _Trip(
            Deadline(limits.whole, self._clock), Meter(limits.wire), limits, private, password
        )
        try:
            return self._through(_parse_url(url), headers or {}, trip, robots=robots)
        except FetchError as error:
            raise error.at(printable_url(url)) from error
        except (*FAULTS, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            raise FetchError(f"{printable_url(url)}: {_fault_text(error)}") from error

    def _through(
        self, url: httpx.URL, headers: Mapping[str, str], trip: _Trip, *, robots: bool
    ) -> Answer:
        moved: str | None = None
        permanent = True
        start = url
        for _ in range(trip.limits.redirects + 1):
            if robots:
                self._ask_robots(url, private=trip.private)
            pause = max(
                self._pause, self._robots[trip.private].pause(_url_origin(url)) if robots else 0
            )
            with self._hosts.turn(url.host, pause):
                answer = self._once(
                    url, _authorise_headers(headers, url, start, trip.password), trip
                )
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                return _check_status(answer, moved)
            permanent = permanent and answer.status in PERMANENT
            url = _parse_url(str(url.join(answer.headers["location"])))
            moved = str(url) if permanent else moved
        raise FetchError(f"it redirects more than {trip.limits.redirects} times; check the address")

    def _ask_robots(self, url: httpx.URL, *, private: bool) -> None:
        if not self._robots[private].allows(str(url), _url_origin(url)):
            raise FetchError(
                "the site's robots.txt does not allow it; leave this page out", kind="refused"
            )

    def _once(self, url: httpx.URL, headers: Mapping[str, str], trip: _Trip) -> Answer:
        """One request and its answer; a redirect's body is not read."""
        proxy = self._proxy(url)
        if proxy and (reason := refusal_reason(url.host, private=trip.private)) not in {
            None,
            NO_ADDRESS,
        }:
            raise FetchError(f"it may not be reached: {reason}", kind="refused")
        # A proxy is the operator's own and resolves names itself: it alone is connected to,
        # wherever it is.
        private = trip.private or bool(proxy)
        backend = CheckedBackend(
            self._resolver, trip.deadline, trip.meter, private=private, network=self._network
        )
        ours = {
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": CODINGS,
            "Connection": "close",
        }
        timeout = httpx.Timeout(trip.limits.read, connect=trip.limits.connect)
        transport = Transport(backend, _tls_context(), proxy)
        with httpx.Client(
            transport=transport, trust_env=False, timeout=timeout, headers=ours
        ) as client:
            request = client.build_request(
                "GET", url.copy_with(userinfo=b""), headers=dict(headers)
            )
            response = client.send(request, stream=True, follow_redirects=False)
            try:
                content = (
                    b""
                    if response.status_code != 200
                    else _response_body(response, trip.limits.size)
                )
            finally:
                response.close()
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(str(url), response.status_code, found, content, self._now(), trip.meter.count)

    def _proxy(self, url: httpx.URL) -> str | None:
        if not self._proxies or urllib.request.proxy_bypass(url.host):
            return None
        return urllib.request.getproxies().get(url.scheme)


@functools.cache
def _tls_context() -> ssl.SSLContext:
    """Certificates and host names are verified. Made once: it reads the system's 140 authorities
    (20 ms).
    """
    return ssl.create_default_context()


def _response_body(response: httpx.Response, most: int) -> bytes:
    return unpack_body(response.iter_raw(), response.headers.get("content-encoding", ""), most)


def _check_status(answer: Answer, moved: str | None) -> Answer:
    """The answer, if it is one that holds something. Raises FetchError with what the status
    means.
    """
    if answer.status in {200, 304}:
        return Answer(
            answer.url,
            answer.status,
            answer.headers,
            answer.content,
            answer.retrieved,
            answer.received,
            moved,
        )
    kind: Kind = KINDS.get(answer.status, "failed")
    raise FetchError(
        f"the server answered {answer.status}{_status_phrase(answer.status)}",
        kind=kind,
        status=answer.status,
        retry_after=seconds_until(answer.headers.get("retry-after"), answer.retrieved),
    )


def _status_phrase(status: int) -> str:
    login = "name who asks, as in https://USER@HOST/…, and in password where that is kept"
    advice = {401: login, 404: "check the address", 410: "remove this source"}
    try:
        return f" ({HTTPStatus(status).phrase}); {advice.get(status, 'it is tried again later')}"
    except ValueError:
        return "; it is tried again later"


def _parse_url(url: str) -> httpx.URL:
    """The address, if it is one of the web. Raises FetchError."""
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(
            f"this is no address ({error}); write it as in https://example.org/feed"
        ) from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise FetchError(
            "only http and https addresses are fetched; write https://…", kind="refused"
        )
    return parsed


def _url_origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def printable_url(url: str) -> str:
    """An address fit to be printed: without a password, and no longer than a line."""
    try:
        parsed = httpx.URL(url)
        return str(parsed.copy_with(userinfo=b"") if parsed.userinfo else parsed)[:200]
    except (httpx.InvalidURL, ValueError):
        return url[:200]


def _authorise_headers(
    headers: Mapping[str, str], url: httpx.URL, start: httpx.URL, password: Secret | None
) -> Mapping[str, str]:
    """With the name in the address a user wrote, and its password; never for another host that it
    leads to.
    """
    if not start.userinfo or _url_origin(url) != _url_origin(start):
        return headers
    said = f"{start.username}:{password.reveal() if password else start.password}"
    word = base64.b64encode(said.encode()).decode("ascii")
    return {**headers, "Authorization": f"Basic {word}"}


def _header_text(text: str) -> str:
    return "".join(letter for letter in text if " " <= letter <= "~")


def _fault_text(error: Exception) -> str:
    """A library's exception as a clause."""
    if isinstance(error, httpcore.TimeoutException):
        return "the server fell silent; it is tried again later"
    text = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
    return f"it could not be fetched ({text}); it is tried again later"
