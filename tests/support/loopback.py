"""A web site on loopback that behaves as real ones do, well and badly: paths to functions of the
request.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Answering = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """`with Site() as site: site.pages["/feed"] = text(...)`; `site.asked` lists the paths in the
    order they came.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Answering] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.sent = 0
        self.stopping = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers.append({name.lower(): value for name, value in self.headers.items()})
                self.site = site
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    site.pages.get(self.path, status(404))(self)
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_: Any) -> None:
                pass

        self.server = Server(("0.0.0.0", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()


def reply(handler: Any, code: int, content: bytes = b"", **headers: str) -> None:
    handler.send_response(code)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
    handler.site.sent += len(content)


def text(
    content: str | bytes, media_type: str = "text/html; charset=utf-8", **headers: str
) -> Answering:
    body = content.encode() if isinstance(content, str) else content
    return lambda handler: reply(handler, 200, body, Content_Type=media_type, **headers)


def conditional(content: bytes, media_type: str = "application/rss+xml") -> Answering:
    """Honours ETag and Last-Modified."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    date = "Thu, 05 Mar 2026 12:00:00 GMT"

    def answer(handler: Any) -> None:
        same = handler.headers.get("If-None-Match") == tag or (
            not handler.headers.get("If-None-Match")
            and handler.headers.get("If-Modified-Since") == date
        )
        validators = {"ETag": tag, "Last_Modified": date}
        reply(handler, 304, **validators) if same else reply(
            handler, 200, content, Content_Type=media_type, **validators
        )

    return answer


def status(code: int, **headers: str) -> Answering:
    return lambda handler: reply(handler, code, **headers)


def redirect(to: str, code: int = 302) -> Answering:
    return lambda handler: reply(handler, code, Location=to)


def gzipped(content: bytes, media_type: str = "application/rss+xml") -> Answering:
    packed = gzip.compress(content)
    return lambda handler: reply(
        handler, 200, packed, Content_Type=media_type, Content_Encoding="gzip"
    )


def slow_body(handler: Any) -> None:
    """A byte now and then, for ever: each read is in time, the whole never is."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.site.stopping.is_set():
        handler.wfile.write(b"<")
        time.sleep(0.05)


def slow_head(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.site.stopping.is_set():
        handler.wfile.write(b"x")
        time.sleep(0.05)


def silent(handler: Any) -> None:
    handler.site.stopping.wait(60)


def endless(handler: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.site.stopping.is_set():
        handler.wfile.write(b"<item><title>more</title></item>" * 2048)


def cut_short(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<rss>")


def no_http(handler: Any) -> None:
    handler.wfile.write(b"220 mail.example.org ESMTP\r\n")


def lying_gzip(handler: Any) -> None:
    reply(handler, 200, b"this was never compressed", Content_Encoding="gzip")


def rss(count: int, name: str = "A", *, words: int = 60, day: int = 5) -> bytes:
    """An ordinary RSS 2.0 feed of `count` entries."""
    body = " ".join(
        f"Sentence {number} of the report says something plain." for number in range(words // 8)
    )
    items = "".join(
        f"<item><title>{name} report "
        f"{number}</title><link>https://news.example/{name}/{number}</link>"
        f'<guid isPermaLink="false">{name}-{number}</guid>'
        f"<pubDate>Thu, {day:02} Mar 2026 10:{number % 60:02}:00 +0100</pubDate>"
        f"<description><![CDATA[<p>{name} {number}. {body}</p>]]></description></item>"
        for number in range(count)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        "<title>Outlet "
        f"{name}</title><link>https://news.example/{name}</link>{items}</channel></rss>"
    ).encode()
