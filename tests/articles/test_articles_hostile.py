"""Documents that were made to do harm: each kind costs little, and spoils nothing."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable

import pytest

from briefing.articles import read_documents
from briefing.articles.dates import grammar
from briefing.articles.deduplication.form_texts import is_refilled_form
from briefing.model import Document

TEXT = (
    "The harbour of Orla reopened on Thursday after a strike of two days, the port "
    "said. Forty-one ships had waited "
    "off the coast since Tuesday. Mayor Ann Lee said the city had lost three million crowns."
)
HEAD = "From: A <a@b.example>\nDate: Thu, 05 Mar 2026 10:00:00 +0000\n"


def mail(headers: str, *, head: str = HEAD) -> bytes:
    return f"{head}{headers}\n\n{TEXT}\n".encode()


def page(json_ld: str, body: str = f"<p>{TEXT}</p>") -> bytes:
    return (
        "<!doctype html><html><head><title>H</title><script "
        f'type="application/ld+json">{json_ld}</script></head>'
        f"<body><article><h1>Harbour reopens</h1>{body}</article></body></html>"
    ).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.html",
            page(
                '{"@type":"NewsArticle","headline":"Harbour reopens","author":{"name":"A \\udfff"}}'
            ),
        ),
        ("a.json", json.dumps({"title": "Harbour \ud83d", "text": TEXT}).encode()),
        ("a.json", json.dumps({"title": "Harbour", "text": f"{TEXT} \udfff"}).encode()),
        ("a.json", json.dumps({"title": "Harbour", "text": TEXT, "section": "\udc00"}).encode()),
    ],
)
def test_half_of_a_character_is_a_reason_to_set_aside(name: str, content: bytes) -> None:
    found = read_documents([Document(name, content)])

    assert [fate.fate for fate in found.set_aside] == ["unreadable"]
    assert "half of a character (U+D" in found.set_aside[0].reason


def test_both_halves_are_a_character() -> None:
    content = json.dumps({"title": "Harbour \U0001f600 reopens", "text": TEXT}).encode()

    assert (
        read_documents([Document("a.json", content)]).articles[0].headline
        == "Harbour \U0001f600 reopens"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.eml",
            mail(
                "Subject: =?utf-8?q?Harbour_=1B]52;c;eA=3D=07_reopens?=\nContent-Type: text/plain"
            ),
        ),
        (
            "a.json",
            json.dumps(
                {"title": "Harbour \x1b[2J", "author": "\x9b31m", "text": f"{TEXT} \x1b]0;x"}
            ).encode(),
        ),
        ("a.md", f'---\ntitle: "Harbour \\e[2J"\nauthor: "B \\x9b"\n---\n\n{TEXT}\n'.encode()),
    ],
)
def test_nothing_that_commands_a_terminal_is_in_any_field(name: str, content: bytes) -> None:
    (article,) = read_documents([Document(name, content)]).articles

    said = f"{article.headline}{article.byline}{article.outlet}{article.text}{article.found}"
    assert not any(
        ord(letter) in {*range(10), 11, *range(13, 32), *range(0x7F, 0xA0)} for letter in said
    )


@pytest.mark.parametrize(
    "stated", ["Fri, 31 Dec 9999 23:59:59 -1200", "Sun, 31 Dec 9999 23:59:59 GMT"]
)
def test_a_mail_of_a_year_without_news_is_undated(stated: str) -> None:
    head = HEAD.replace("Thu, 05 Mar 2026 10:00:00 +0000", stated)

    (article,) = read_documents(
        [Document("a.eml", mail("Subject: Harbour\nContent-Type: text/plain", head=head))]
    ).articles

    assert article.published is None


@pytest.mark.parametrize(
    "stated",
    [
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "31 December 9999",
        "99991231",
        "1.1.0001",
        "1599-12-31",
    ],
)
def test_years_have_bounds_in_every_way_of_writing(stated: str) -> None:
    assert grammar.parse_date(stated) is None


def test_the_first_newspaper_is_within_them() -> None:
    assert str(grammar.parse_date("1 July 1605").isoformat()) == "1605-07-01"  # type: ignore[union-attr]


@pytest.mark.parametrize("sign", ["²", "⑤", "½", "๓", "Ⅷ"])
def test_signs_that_are_no_figures_or_those_of_other_scripts_are_compared(sign: str) -> None:
    assert is_refilled_form(
        f"pay will rise by 4 per cent in {TEXT}", f"pay will rise by {sign} per cent in {TEXT}"
    ) in {
        True,
        False,
    }


HOSTILE: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a subject of encoded words": lambda: ("a.eml", mail("Subject: " + "=?utf-8?q?a?= " * 20_000)),
    "a sender of addresses": lambda: ("a.eml", mail("Subject: x\nFrom: " + "a@b.c, " * 20_000)),
    "parameters of a type": lambda: (
        "a.eml",
        mail("Content-Type: text/plain; " + "x*1=a; " * 40_000),
    ),
    "parts with parameters": lambda: (
        "a.eml",
        mail(
            "Content-Type: multipart/mixed; boundary=b\n\n"
            + ("--b\nContent-Type: text/plain; " + "x*1=a; " * 600 + f"\n\n{TEXT}\n") * 100
        ),
    ),
    "mails in mails": lambda: (
        "a.eml",
        (f"{HEAD}Content-Type: message/rfc822\n\n" * 40).encode() + mail("Subject: x"),
    ),
    "quotations in one sentence": lambda: (
        "a.html",
        page("{}", f"<p>{TEXT}</p><p>{'’a@‘' * 200_000}</p>"),
    ),
    "single quotation marks": lambda: (
        "a.html",
        page("{}", f"<p>{TEXT}</p><p>{chr(39) + 'a@' * 300_000}</p>"),
    ),
    "an archive of packed files": lambda: (
        "a.zip",
        zipped({f"{n}.gz": gzip.compress(bytes(40_000_000)) for n in range(20)}),
    ),
    "packed in packed": lambda: (
        "a.gz",
        gzip.compress(gzip.compress(gzip.compress(bytes(50_000_000)))),
    ),
    "an archive in an archive": lambda: (
        "a.zip",
        zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": bytes(40_000_000)})})}),
    ),
    "answers of a web archive": lambda: (
        "a.warc.gz",
        gzip.compress(
            b"".join(
                b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: "
                b"%d\r\n\r\nHTTP/1.1 200\r\nContent-Type: text/html"
                b"\r\n\r\n%s\r\n" % (len(one) + 45, one)
                for one in [gzip.compress(bytes(49_000_000))] * 40
            )
        ),
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_was_made_to_cost_much_costs_little(kind: str) -> None:
    name, content = HOSTILE[kind]()
    read_documents([Document("warm.txt", TEXT.encode())])
    started = time.process_time()

    found = read_documents([Document(name, content)])

    assert time.process_time() - started < 5
    assert found.articles or found.set_aside
