"""Check addresses and domains of all scripts: what is sent to, from, and left at."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path

import pytest

from briefing.archive.store.outbox import Message
from briefing.archive.store.recipients import parse_recipient
from briefing.config import Config, load_config
from briefing.deliveries.mail import envelope
from briefing.deliveries.mail.envelope import Letter
from briefing.errors import BriefingError, ConfigError
from briefing.pipeline import build_house
from briefing.service.distribution.mail import build_letterhead
from briefing.settings import MailSettings

MESSAGE = Message("e", "ada@example.org", None, "<e.1@example.org>", "queued", 0, 0, None, None)
WAY = "https://example.org/u?t={token}"


@pytest.mark.parametrize(
    ("domain", "ascii_"),
    [
        ("straße.example", "xn--strae-oqa.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("βόλος.example", "xn--nxasmm1c.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("例え.example", "xn--r8jz45g.example"),
        ("пример.example", "xn--e1afmkfd.example"),
        ("example.org", "example.org"),
    ],
)
def test_a_domain_of_any_script_is_its_own_and_no_other(domain: str, ascii_: str) -> None:
    assert parse_recipient(f"ada@{domain}").address == f"ada@{ascii_}"


@pytest.mark.parametrize(
    "text", ["ada@☃.example", "ada@-ü-.example", "ada@a\u200db.example", "dësk@example.org"]
)
def test_what_no_domain_is_and_no_server_takes_is_refused(text: str) -> None:
    with pytest.raises(BriefingError, match="is no address"):
        parse_recipient(text)


@pytest.mark.parametrize(
    ("way", "encoded"),
    [
        ("https://bücher.example/u?t={token}", "https://xn--bcher-kva.example/u?t={token}"),
        ("https://bücher.example:8443/ü", "https://xn--bcher-kva.example:8443/%C3%BC"),
        ("mailto:desk@straße.example?subject=x", "mailto:desk@xn--strae-oqa.example?subject=x"),
        ("mailto:desk+{token}@example.org", "mailto:desk+{token}@example.org"),
        (WAY, WAY),
    ],
)
def test_ways_out_are_addresses_in_ascii(way: str, encoded: str) -> None:
    assert envelope.encode_way(way) == encoded


@pytest.mark.parametrize(
    "lines",
    [
        'sender = "dësk@example.org"',
        'sender = "Desk <desk@☃.example>"',
        'unsubscribe = ["https://☃.example/u"]',
        'unsubscribe = ["example.org/u"]',
        'unsubscribe = ["ftp://example.org/u"]',
        'list_id = "☃.example"',
    ],
)
def test_what_cannot_be_sent_is_refused_when_the_settings_are_read(
    tmp_path: Path, lines: str
) -> None:
    (tmp_path / "briefing.toml").write_text(f"[mail]\n{lines}\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="mail"):
        load_config(tmp_path / "briefing.toml")


@pytest.mark.parametrize("byte_order_mark", ["", "\ufeff"])
def test_a_message_from_and_to_any_script_is_ascii_and_names_are_whole(
    tmp_path: Path, byte_order_mark: str
) -> None:
    text = (
        f"{byte_order_mark}[mail]\n"
        'sender = "Bücher & Straßen <desk@bücher.example>"\n'
        'list_id = "brief.bücher.example"\n'
        'unsubscribe = ["https://bücher.example/u?t={token}"]\n'
    )
    (tmp_path / "briefing.toml").write_text(text, encoding="utf-8")
    head = build_letterhead(load_config(tmp_path / "briefing.toml"))
    name = "Ministerium für Städtebau, Öffentlichkeit und übermäßig lange Überschriften"
    message = Message("e", "ada@example.org", name, "<e.1@x>", "queued", 0, 0, None, None)

    made = envelope.address_letter(
        Letter(b"", b""), message, head, profile="daily", date=datetime(2026, 3, 5, tzinfo=UTC)
    )

    found = message_from_bytes(bytes(made))
    assert head.domain == "xn--bcher-kva.example"
    assert parseaddr(found["From"])[1] == "desk@xn--bcher-kva.example"
    assert parseaddr(str(make_header(decode_header(found["From"]))))[0] == "Bücher & Straßen"
    assert found["List-Id"] == "<brief.xn--bcher-kva.example>"
    assert "xn--bcher-kva.example/u" in found["List-Unsubscribe"]
    assert str(make_header(decode_header(found["To"]))).startswith(name)
    assert max(map(len, made.head.split(b"\r\n")[:4])) <= 78


def test_a_house_of_any_script_stands_in_the_edition_in_ascii() -> None:
    settings = MailSettings(
        sender="Bücher <desk@bücher.example>",
        list_id="brief.bücher.example",
        unsubscribe=("https://bücher.example/u", WAY),
    )

    house = build_house(Config(mail=settings))

    assert house.sender == "Bücher <desk@xn--bcher-kva.example>"
    assert house.list_id == "brief.xn--bcher-kva.example"
    assert house.unsubscribe == ("https://xn--bcher-kva.example/u",)


def test_a_plain_sender_is_written_as_it_was() -> None:
    config = Config(mail=MailSettings(sender="The Desk <desk@example.org>"))

    assert build_letterhead(config).sender == "The Desk <desk@example.org>"
