"""A request to a response over a connection whose address was checked, whose time ends and whose
bytes are counted.

The check sits where the socket is opened, so it holds for each redirect, and the address that was
checked is the address that is connected to.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from briefing.sources.faults import FetchError
from briefing.sources.web.addresses import Resolver, refusal_reason
from briefing.sources.web.limits import Deadline

FAULTS = (  # all that httpcore raises; they share no base class
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
)


class Meter:
    """Bytes taken from the wire in one fetch. Raises FetchError beyond `most`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.count = 0

    def add(self, number: int) -> None:
        self.count += number
        if self.count > self.most:
            raise FetchError(
                f"the answer is larger than {self.most / 1e6:g} MB; name a smaller page or feed"
            )


class CheckedBackend(httpcore.NetworkBackend):
    """Opens a connection only to an address that may be reached."""

    def __init__(
        self,
        resolver: Resolver,
        deadline: Deadline,
        meter: Meter,
        *,
        private: bool = False,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._resolver = resolver
        self._deadline = deadline
        self._meter = meter
        self._private = private
        self._network = network or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        fault: Exception | None = None
        for address in self._reachable(host, port, timeout):
            try:
                stream = self._network.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
            else:
                return MeteredStream(stream, self._deadline, self._meter)
        raise fault or httpcore.ConnectError(f"no address of {host} answered")

    def _reachable(self, host: str, port: int, timeout: float | None) -> list[str]:
        addresses = self._resolver(host, port, self._deadline.left(timeout))
        refusals = {
            address: refusal_reason(address, private=self._private) for address in addresses
        }
        reachable = [address for address, reason in refusals.items() if reason is None]
        if not reachable:
            address, reason = next(iter(refusals.items()), (host, "it has no address"))
            raise FetchError(
                f"{host} is {address}, which may not be reached: {reason}; "
                f"for a source of your own network set private = true",
                kind="refused",
            )
        return reachable


class MeteredStream(httpcore.NetworkStream):
    """A connection that ends with its deadline and counts what it reads."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, meter: Meter) -> None:
        self._stream = stream
        self._deadline = deadline
        self._meter = meter

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            received = self._stream.read(max_bytes, self._deadline.left(timeout))
        except httpcore.ReadTimeout:
            self._deadline.left()  # says so, if it was the whole time that ran out
            raise
        self._meter.add(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return MeteredStream(secured, self._deadline, self._meter)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Body(httpx.SyncByteStream):
    """The bytes of a response as they come."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class Transport(httpx.BaseTransport):
    """One request at a time over checked connections, HTTP/1.1, TLS verified."""

    def __init__(
        self, backend: CheckedBackend, context: ssl.SSLContext, proxy: str | None = None
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=1,
            max_keepalive_connections=0,
            http2=False,
            network_backend=backend,
            proxy=httpcore.Proxy(proxy) if proxy else None,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, extensions=request.extensions
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=Body(answer.stream))

    def close(self) -> None:
        self._pool.close()
