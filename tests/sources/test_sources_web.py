"""The HTTP client: what it fetches, what it refuses, and what it costs at most."""

from __future__ import annotations

import contextlib
import gzip
import resource
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpcore
import loopback
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Site

from briefing.sources.web import Client, FetchError, Limits
from briefing.sources.web.addresses import refusal_reason, resolve_host
from briefing.sources.web.answers import Answer, seconds_until
from briefing.sources.web.bodies import unpack_body
from briefing.sources.web.client import printable_url
from briefing.sources.web.hosts import Hosts

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
SMALL = Limits(connect=60, read=60, whole=60, wire=300_000, size=600_000)
SHORT = {  # only what never ends is waited for shortly: the machine may be busy
    "/body": replace(SMALL, whole=0.8),
    "/head": replace(SMALL, whole=0.8),
    "/silent": replace(SMALL, read=0.4),
}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def client(**settings: Any) -> Client:
    return Client(**{"pause": 0, "now": lambda: NOW, **settings})


def refused(site: Site, path: str, **settings: Any) -> FetchError:
    with pytest.raises(FetchError) as refusal_of:
        client().get(
            site.url + path, **{"private": True, "limits": SHORT.get(path, SMALL), **settings}
        )
    return refusal_of.value


@pytest.mark.parametrize(
    ("address", "reachable", "privately"),
    [
        ("93.184.216.34", True, True),
        ("2606:2800:220:1:248:1893:25c8:1946", True, True),
        ("::ffff:93.184.216.34", True, True),
        ("64:ff9b::5db8:d822", True, True),
        ("127.0.0.1", False, True),
        ("10.1.2.3", False, True),
        ("172.16.0.1", False, True),
        ("192.168.1.1", False, True),
        ("100.64.0.1", False, False),
        ("::1", False, True),
        ("fd00::1", False, True),
        ("::ffff:127.0.0.1", False, True),
        ("::ffff:192.168.0.1", False, True),
        ("64:ff9b::7f00:1", False, True),
        ("::127.0.0.1", False, False),
        ("2002:7f00:1::", False, False),
        ("2002:5db8:d822::", False, False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False, False),
        ("169.254.169.254", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("fe80::1%eth0", False, False),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("224.0.0.1", False, False),
        ("ff02::1", False, False),
        ("240.0.0.1", False, False),
        ("255.255.255.255", False, False),
        ("localhost", False, False),
    ],
)
def test_an_address_is_refused_unless_the_public_or_the_source_may_reach_it(
    address: str, reachable: bool, privately: bool
) -> None:
    assert (refusal_reason(address) is None) == reachable
    assert (refusal_reason(address, private=True) is None) == privately


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_and_its_wrappings_are_judged_alike(address: Any) -> None:
    wrapped = (f"::ffff:{address}", f"64:ff9b::{int(address) >> 16:x}:{int(address) & 0xFFFF:x}")

    assert {refusal_reason(each) for each in wrapped} == {refusal_reason(str(address))}


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f.1",
        "017700000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ],
)
def test_no_spelling_of_this_machine_is_reached(site: Site, host: str) -> None:
    with pytest.raises(FetchError, match=r"may not be reached|not known"):
        client().get(f"http://{host}:{site.port}/")

    assert site.asked == []


def test_a_page_comes_with_its_headers_and_no_cookie_is_sent_back(site: Site) -> None:
    site.pages["/"] = loopback.text("<p>News", Set_Cookie="id=7; Path=/")
    ours = client(contact="desk@example.org\r\nX-Evil: 1")

    first, _ = (ours.get(f"{site.url}/", private=True) for _ in range(2))

    assert (first.content, first.media_type, first.retrieved) == (b"<p>News", "text/html", NOW)
    assert not any("cookie" in headers for headers in site.headers)
    assert "desk@example.org" in site.headers[0]["user-agent"]
    assert "x-evil" not in site.headers[0]


def test_a_redirect_is_followed_and_only_an_unbroken_chain_of_permanent_ones_remembered(
    site: Site,
) -> None:
    site.pages |= {
        "/new": loopback.text("x"),
        "/old": loopback.redirect("/new", 301),
        "/older": loopback.redirect("/old", 308),
        "/mixed": loopback.redirect("/old", 302),
        "/then": loopback.redirect("/mixed", 301),
    }

    moved = {
        path: client().get(site.url + path, private=True).moved_to
        for path in ("/old", "/older", "/mixed", "/then")
    }

    assert moved == {
        "/old": f"{site.url}/new",
        "/older": f"{site.url}/new",
        "/mixed": None,
        "/then": f"{site.url}/mixed",
    }


@pytest.mark.parametrize(
    ("path", "answering", "message"),
    [
        ("/loop", loopback.redirect("/loop"), "redirects more than 5 times"),
        ("/file", loopback.redirect("file:///etc/passwd"), "only http and https"),
        ("/ftp", loopback.redirect("ftp://127.0.0.1/x"), "only http and https"),
        ("/metadata", loopback.redirect("http://169.254.169.254/latest"), "may not be reached"),
        ("/body", loopback.slow_body, "within 0.8 seconds"),
        ("/head", loopback.slow_head, "within 0.8 seconds"),
        ("/silent", loopback.silent, "fell silent"),
        ("/endless", loopback.endless, "larger than 0.3 MB"),
        ("/bomb", loopback.gzipped(b" " * 50_000_000), "unpacks to more than 0.6 MB"),
        ("/lying", loopback.lying_gzip, "compressed and is not"),
        ("/short", loopback.cut_short, "could not be fetched"),
        ("/smtp", loopback.no_http, "could not be fetched"),
        ("/brotli", loopback.text("x", Content_Encoding="br"), "not asked for"),
        ("/none", loopback.status(404), r"404 \(Not Found\); check the address"),
        ("/odd", loopback.status(799), "799"),
    ],
)
def test_what_gives_nothing_ends_in_one_sentence_within_its_limits(
    site: Site, path: str, answering: loopback.Answering, message: str
) -> None:
    site.pages[path] = answering
    started = time.monotonic()

    error = refused(site, path)

    assert str(error).startswith(site.url + path)
    with pytest.raises(FetchError, match=message):
        raise error
    assert time.monotonic() - started < 50  # the limits are of one second; the machine may be busy


def test_a_gzip_bomb_of_a_gigabyte_is_stopped_before_it_is_in_memory(site: Site) -> None:
    site.pages["/bomb"] = loopback.gzipped(b"\0" * 300_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    refused(site, "/bomb", limits=Limits())

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


@pytest.mark.parametrize(
    ("code", "headers", "kind", "later"),
    [
        (410, {}, "gone", None),
        (429, {"Retry_After": "120"}, "later", 120),
        (503, {"Retry_After": "Thu, 05 Mar 2026 12:10:00 GMT"}, "later", 600),
        (503, {"Retry_After": "soon"}, "later", None),
        (500, {}, "failed", None),
        (403, {}, "failed", None),
    ],
)
def test_a_status_says_what_the_next_visit_should_do(
    site: Site, code: int, headers: dict[str, str], kind: str, later: float | None
) -> None:
    site.pages["/"] = loopback.status(code, **headers)

    error = refused(site, "/")

    assert (error.kind, error.status, error.retry_after) == (kind, code, later)


def test_a_redirect_to_a_private_address_is_refused_at_the_hop(site: Site) -> None:
    """A public name leads to loopback by redirect: the first hop is served, the second never
    reached.
    """
    site.pages |= {
        "/": loopback.redirect(f"http://127.0.0.1:{site.port}/secret"),
        "/secret": loopback.text("secret"),
    }

    with pytest.raises(FetchError, match="may not be reached"):
        client(resolver=public_name, network=Elsewhere(site.port)).get("http://news.example/")

    assert site.asked == ["/"]


def test_a_name_that_changes_its_meaning_is_looked_up_once_and_the_checked_address_connected_to(
    site: Site,
) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    network = Elsewhere(site.port)
    site.pages["/"] = loopback.redirect("/again")
    ours = client(resolver=lambda *_: next(answers), network=network)

    with pytest.raises(FetchError, match=r"news.example is 127.0.0.1, which may not be reached"):
        ours.get("http://news.example/")

    assert network.connected == ["93.184.216.34"]
    assert site.asked == ["/"]


def test_of_several_addresses_only_those_that_may_be_reached_are_tried(site: Site) -> None:
    network = Elsewhere(site.port)
    site.pages["/"] = loopback.text("x")

    client(resolver=lambda *_: ["127.0.0.1", "10.0.0.1", "93.184.216.34"], network=network).get(
        "http://news.example/"
    )

    assert network.connected == ["93.184.216.34"]


def public_name(host: str, *_: object) -> Sequence[str]:
    return ["93.184.216.34"] if host == "news.example" else [host]


class Elsewhere(httpcore.SyncBackend):
    """A network in which every address is the test's site; it notes what was connected to."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connected: list[str] = []

    def connect_tcp(self, host: str, _port: int, *rest: Any) -> httpcore.NetworkStream:
        self.connected.append(host)
        return super().connect_tcp("127.0.0.1", self.port, *rest)


def test_a_password_goes_to_its_own_host_only_and_is_never_printed(site: Site) -> None:
    with Site() as other:
        other.pages["/"] = loopback.text("x")
        site.pages["/"] = loopback.redirect(f"http://127.0.0.1:{other.port}/")

        client().get(f"http://ann:s3cret@127.0.0.1:{site.port}/", private=True)

        assert "authorization" in site.headers[0]
        assert "authorization" not in other.headers[0]
    error = refused(site, "/x")
    assert "s3cret" not in str(error)
    assert printable_url("http://ann:s3cret@news.example/x") == "http://news.example/x"


@pytest.mark.parametrize(
    ("host", "reached"), [("news.example", True), ("127.0.0.1", False), ("169.254.169.254", False)]
)
def test_a_proxy_is_used_only_when_asked_and_not_for_private_addresses(
    site: Site, host: str, reached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.url)
    monkeypatch.setenv("no_proxy", "")
    site.pages[f"http://{host}/feed"] = loopback.text("x")

    with pytest.raises(FetchError):
        client(resolver=lambda *_: ["127.0.0.1"]).get(f"http://{host}/feed")
    if reached:
        assert client(proxies=True).get(f"http://{host}/feed").content == b"x"
    else:
        with pytest.raises(FetchError, match="may not be reached"):
            client(proxies=True).get(f"http://{host}/feed")

    assert len(site.asked) == int(reached)


OPENSSL = (
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=a site",
)


def test_a_certificate_is_verified_and_a_trusted_one_accepted(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    made = subprocess.run(
        [
            *OPENSSL,
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            secret,
            "-out",
            certificate,
        ],
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("left out: openssl is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.pages["/"] = loopback.text("over TLS")
    ours = client()

    with pytest.raises(FetchError, match=r"certificate verify failed|CERTIFICATE_VERIFY_FAILED"):
        ours.get(f"https://127.0.0.1:{site.port}/", private=True)
    monkeypatch.setattr(
        "briefing.sources.web.client._tls_context",
        lambda: ssl.create_default_context(cafile=certificate),
    )
    assert ours.get(f"https://127.0.0.1:{site.port}/", private=True).content == b"over TLS"
    with pytest.raises(
        FetchError, match=r"certificate is not valid for 'localhost'|Hostname mismatch"
    ):
        ours.get(f"https://localhost:{site.port}/", private=True)


def test_validators_are_sent_and_an_unchanged_page_costs_no_body(site: Site) -> None:
    site.pages["/"] = loopback.conditional(b"x" * 100_000)
    first = client().get(site.url + "/", private=True)

    again = client().get(
        site.url + "/", private=True, headers={"If-None-Match": first.headers["etag"]}
    )

    assert (again.unchanged, again.content) == (True, b"")
    assert again.received < 0.02 * first.received


@pytest.mark.parametrize(
    ("robots", "code", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /private", 200, "/news", True),
        ("User-agent: *\nDisallow: /private", 200, "/private/x", False),
        ("User-agent: *\nDisallow: /*.pdf$\nAllow: /free", 200, "/a.pdf", False),
        ("User-agent: briefing\nDisallow: /", 200, "/news", False),
        ("User-agent: other\nDisallow: /", 200, "/news", True),
        ("", 404, "/news", True),
        ("", 403, "/news", True),
        ("", 500, "/news", False),
        ("", 429, "/news", False),
    ],
)
def test_robots_are_respected(site: Site, robots: str, code: int, path: str, allowed: bool) -> None:
    site.pages["/robots.txt"] = lambda handler: loopback.reply(handler, code, robots.encode())
    site.pages[path] = loopback.text("x")
    ours = client()

    for _ in range(2):
        if allowed:
            ours.get(site.url + path, private=True, robots=True)
        else:
            with pytest.raises(FetchError, match=r"robots\.txt does not allow"):
                ours.get(site.url + path, private=True, robots=True)

    assert site.asked.count("/robots.txt") == 1
    assert site.asked.count(path) == (2 if allowed else 0)


def test_one_host_is_asked_by_one_at_a_time_with_a_pause_between() -> None:
    clock = [0.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    hosts = Hosts(clock=lambda: clock[0], sleep=sleep)

    for host in ("a.example", "b.example", "A.example", "a.example"):
        with hosts.turn(host, 1.0):
            clock[0] += 0.25

    assert waits == [0.75, 1.0]


def test_turns_of_one_host_never_overlap() -> None:
    hosts = Hosts()
    inside: list[int] = []

    def visit() -> None:
        with hosts.turn("a.example", 0):
            inside.append(1)
            assert len(inside) == 1
            time.sleep(0.002)
            inside.pop()

    threads = [threading.Thread(target=visit) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert inside == []


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "max-age=99999999"}, 7 * 86_400),
        ({"cache-control": "max-age=-1"}, 0),
        ({"expires": "Thu, 05 Mar 2026 13:00:00 GMT"}, 3600),
        ({"expires": "0"}, 0),
        ({"expires": "never"}, 0),
        ({}, 0),
    ],
)
def test_how_long_an_answer_stays_fresh(headers: dict[str, str], seconds: float) -> None:
    assert Answer("u", 200, headers, b"", NOW).fresh_for == seconds


@given(st.text())
def test_any_retry_after_is_a_number_of_seconds_or_nothing(text: str) -> None:
    seconds = seconds_until(text, NOW)

    assert seconds is None or 0 <= seconds <= 7 * 86_400


@given(st.binary(max_size=5000), st.integers(1, 700), st.sampled_from(["", "gzip", "deflate"]))
def test_a_body_unpacks_to_what_was_packed_however_it_is_cut(
    content: bytes, step: int, coding: str
) -> None:
    import zlib

    packed = {"": content, "gzip": gzip.compress(content), "deflate": zlib.compress(content)}[
        coding
    ]
    chunks = [packed[at : at + step] for at in range(0, len(packed), step)]

    assert unpack_body(chunks, coding, 5000) == content


@given(st.binary(max_size=300))
def test_garbage_that_claims_to_be_compressed_is_unpacked_or_refused(content: bytes) -> None:
    with contextlib.suppress(FetchError):
        assert len(unpack_body([content], "gzip", 1000)) <= 1000


def test_a_host_that_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)

    with pytest.raises(
        FetchError, match=r"http://nowhere\.invalid/: the host nowhere\.invalid is not known"
    ):
        client().get("http://nowhere.invalid/")


def test_a_name_server_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: time.sleep(60) or [])

    with pytest.raises(FetchError, match="was not resolved within"):
        resolve_host("news.example", 80, 0.05)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "gopher://x", "news.example/feed", "http://", "javascript:alert(1)"],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError, match="write https://"):
        client().get(url)
