"""Mailboxes: every message once, nothing marked, interrupted visits resumed."""

from __future__ import annotations

import contextlib
import mailbox
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import BriefingError, ConfigError
from briefing.model import Document, Fate, Source
from briefing.secret import load_secret
from briefing.sources import SourceState, Visit, collect_mail
from briefing.sources.folder import LARGEST
from briefing.sources.mail.imap import Mailbox, encode_modified_utf7
from briefing.sources.mail.messages import document_if_unseen

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)
HERE = Path(__file__).parent


def letter(number: int, *, day: int = 5, body: str = "The harbour reopened on Thursday.") -> bytes:
    return (
        f"From: =?utf-8?q?Gr=C3=BCnau_Letter?= <letter@example.org>\r\nTo: desk@example.org\r\n"
        f"Subject: Morning letter {number}\r\nMessage-ID: <letter.{number}@example.org>\r\n"
        f"Date: Thu, {day:02} Mar 2026 06:{number % 60:02}:00 +0100\r\n\r\n{body} {number}.\r\n"
    ).encode()


def a_maildir(path: Path, count: int, *, delivered: datetime = NOW) -> Path:
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        add(path, number, delivered)
    return path


def add(path: Path, number: int, delivered: datetime = NOW) -> None:
    file = path / "new" / f"{1000 + number}.{number}.host"
    file.write_bytes(letter(number))
    os.utime(file, (delivered.timestamp() + number,) * 2)


def an_mbox(path: Path, numbers: range) -> Path:
    with path.open("ab") as file:
        for number in numbers:
            body = letter(number, body=">From here on, rain. It came").replace(b"\r\n", b"\n")
            file.write(b"From letter@example.org Thu Mar  5 06:00:00 2026\n" + body + b"\n")
    return path


def read(
    location: Path | str, state: SourceState | None = None, **settings: Any
) -> tuple[list[Any], SourceState]:
    visit = Visit(state or SourceState(), NOW, settings.pop("since", None))
    return list(collect_mail(str(location), visit=visit, **settings)), visit.state


@pytest.mark.parametrize(
    "make", [a_maildir, lambda path, count: an_mbox(path, range(count))], ids=["maildir", "mbox"]
)
def test_every_message_comes_once_oldest_first(tmp_path: Path, make: Any) -> None:
    box = make(tmp_path / "box", 30)

    first, state = read(box)
    again, _ = read(box, state)

    assert [document.origin for document in first] == [
        f"box#letter.{n}@example.org" for n in range(30)
    ]
    assert again == []
    assert first[3].media_type == "message/rfc822"


def test_a_mailbox_is_left_as_it_was(tmp_path: Path) -> None:
    def picture(path: Path) -> list[tuple[str, int, bytes]]:
        return [
            (str(f), f.stat().st_mtime_ns, f.read_bytes())
            for f in sorted(path.rglob("*"))
            if f.is_file()
        ]

    a_maildir(tmp_path / "maildir", 3)
    an_mbox(tmp_path / "mbox", range(3))
    before = picture(tmp_path)

    read(tmp_path / "maildir")
    read(tmp_path / "mbox")

    assert picture(tmp_path) == before


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_what_is_over_the_limit_comes_next_time(tmp_path: Path, kind: str) -> None:
    box = (
        a_maildir(tmp_path / "box", 25)
        if kind == "maildir"
        else an_mbox(tmp_path / "box", range(25))
    )
    state, counts = SourceState(), []

    for _ in range(4):
        found, state = read(box, state, items=10)
        counts.append(len(found))

    assert counts == [10, 10, 5, 0]


def test_a_message_that_was_read_by_its_owner_meanwhile_is_still_the_same(tmp_path: Path) -> None:
    box = a_maildir(tmp_path / "box", 2)
    _, state = read(box)
    file = next((box / "new").iterdir())
    file.rename(box / "cur" / f"{file.name}:2,RS")

    assert read(box, state)[0] == []


def test_the_first_visit_leaves_old_letters_alone_and_later_ones_too(tmp_path: Path) -> None:
    box = a_maildir(tmp_path / "box", 3, delivered=NOW - timedelta(days=30))
    add(box, 50)

    first, state = read(box)
    add(box, 51)
    second, state = read(
        box, SourceState.from_table(state.to_table() | {"last_good": NOW.isoformat()})
    )

    assert [document.origin[-14:] for document in (*first, *second)] == [
        "50@example.org",
        "51@example.org",
    ]
    assert len(read(box, state, since=NOW - timedelta(days=60))[0]) == 5


def test_an_mbox_is_read_on_from_where_it_ended_and_anew_when_it_was_compacted(
    tmp_path: Path,
) -> None:
    box = an_mbox(tmp_path / "box", range(5))
    _, state = read(box)
    an_mbox(box, range(5, 8))

    more, state = read(box, state)
    box.unlink()
    an_mbox(box, range(6, 9))
    rest, _ = read(box, state)

    assert [document.origin for document in more] == [
        f"box#letter.{n}@example.org" for n in (5, 6, 7)
    ]
    assert [document.origin for document in rest] == ["box#letter.8@example.org"]


def test_an_mbox_holds_what_the_library_finds_in_it(tmp_path: Path) -> None:
    box = an_mbox(tmp_path / "box", range(9))

    found, _ = read(box)

    theirs = [bytes(message) for message in mailbox.mbox(box, create=False)]
    assert len(found) == len(theirs) == 9
    assert b"\nFrom here on, rain." in found[0].content


def test_a_folder_of_eml_files_is_a_mailbox(tmp_path: Path) -> None:
    (tmp_path / "box" / "deep").mkdir(parents=True)
    for number, place in enumerate(("a.eml", "deep/b.eml", "c.txt")):
        (tmp_path / "box" / place).write_bytes(letter(number))
        os.utime(tmp_path / "box" / place, (NOW.timestamp() + number,) * 2)

    assert [document.origin[-13:] for document in read(tmp_path / "box")[0]] == [
        "0@example.org",
        "1@example.org",
    ]


def test_a_giant_message_is_a_line_of_the_ledger_and_no_more(tmp_path: Path) -> None:
    box = an_mbox(tmp_path / "box", range(1))
    with box.open("ab") as file:
        file.write(b"From x\nMessage-ID: <giant>\n\n" + b"x" * 79 + b"\n")
        for _ in range(LARGEST // 80 + 10):
            file.write(b"x" * 79 + b"\n")
        file.write(b"\n")
    an_mbox(box, range(1, 2))

    found, _ = read(box)

    assert [type(thing) for thing in found] == [Document, Fate, Document]
    assert "larger than 5 MB" in found[1].reason


def test_a_letter_without_id_date_or_sender_is_known_by_its_words(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(b"From x\nSubject: =?klingon?q?a?=\n\nWords.\n\nFrom x\nDate: soon\n\nWords.\n")

    found, state = read(box)

    assert len(found) == 2
    assert read(box, state)[0] == []


@given(st.binary(max_size=400))
def test_any_bytes_are_a_message_or_none(content: bytes) -> None:
    thing = document_if_unseen(content, "box", Source("mail", "box"), Visit(now=NOW))

    assert isinstance(thing, Document)
    assert thing.content == content
    assert "\n" not in thing.origin


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("imaps://host/INBOX", "write it as imaps://USER@HOST/FOLDER"),
        ("imaps://ann:pw@host/INBOX", "a password must not stand in an address"),
        ("imaps://ann@host:x/", "this is no address"),
        ("/nowhere/box", "there is no such mailbox"),
    ],
)
def test_a_wrong_address_is_refused_without_showing_a_password(location: str, message: str) -> None:
    with pytest.raises(BriefingError, match=message) as refusal:
        list(collect_mail(location))

    assert "pw@" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("INBOX", "INBOX"),
        ("News & more", "News &- more"),
        ("Zurückgesandt", "Zur&APw-ckgesandt"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),  # RFC 3501's own example
        ("", ""),
    ],
)
def test_a_folder_is_named_as_imap_names_it(name: str, written: str) -> None:
    assert encode_modified_utf7(name) == written


def test_an_address_of_a_mailbox_is_read() -> None:
    box = Mailbox.parse("imaps://ann%40example.org@mail.example.org/News%20letters/Daily")

    assert box == Mailbox(
        "mail.example.org", 993, "ann@example.org", "News letters/Daily", secure=True
    )


@pytest.mark.parametrize("place", [None, "env:NO_SUCH_VARIABLE", "file:/nowhere", "s3cret"])
def test_a_password_that_is_nowhere_is_asked_for(place: str | None) -> None:
    with pytest.raises(ConfigError, match=r"sources: password: .*name where it is kept") as refusal:
        load_secret(place or "", whose="sources: password")

    assert "s3cret" not in str(refusal.value)


class Liar:
    """An IMAP server of canned answers: what it says to each command, in order."""

    def __init__(self, *answers: bytes) -> None:
        import threading

        self.socket = socket.create_server(("127.0.0.1", 0))
        self.answers = answers
        threading.Thread(target=self.serve, daemon=True).start()

    @property
    def location(self) -> str:
        return f"imap://ann@127.0.0.1:{self.socket.getsockname()[1]}/INBOX"

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self.socket.accept()
            file = connection.makefile("rwb")
            file.write(b"* OK ready\r\n")
            file.flush()
            for answer in self.answers:
                tag = file.readline().split(b" ", 1)[0]
                file.write(answer.replace(b"TAG", tag))
                file.flush()
            connection.close()


CAPABLE = b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ((CAPABLE, b"TAG NO [AUTHENTICATIONFAILED] wrong\r\n"), "AUTHENTICATIONFAILED"),
        ((CAPABLE, b"TAG OK done\r\n", b"TAG NO none\r\n"), "there is no folder 'INBOX'"),
        (
            (
                CAPABLE,
                b"TAG OK done\r\n",
                b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1]\r\nTAG OK done\r\n",
                b"* SEARCH 1\r\nTAG OK done\r\n",
                b"* 1 FETCH (UID 1 RFC822.SIZE 10)\r\nTAG OK done\r\n",
                b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n",
            ),
            "announced 99999999999 bytes",
        ),
        ((b"garbage\r\n",), "check the server"),
        ((), "check the server"),
    ],
)
def test_a_server_that_refuses_or_lies_ends_in_one_sentence(
    answers: tuple[bytes, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOX", "s3cret")

    with pytest.raises(BriefingError, match=message) as refusal:
        read(Liar(*answers).location, password="env:BOX")

    assert "s3cret" not in str(refusal.value)


def test_a_letter_is_read_under_the_name_of_its_sender(tmp_path: Path) -> None:
    from briefing.articles import extract_articles as articles

    long = (
        "The harbour of Grünau reopened on Thursday after eleven days. Ships had waited outside. "
        * 4
    )
    (document,), _ = read(an_mbox_of(tmp_path / "box", long))

    (article,) = articles(document)

    assert (article.outlet, article.headline) == ("Grünau Letter", "Morning letter 3")
    assert article.published
    assert article.published.isoformat() == "2026-03-05T06:03+01:00"


def an_mbox_of(path: Path, body: str) -> Path:
    head = letter(3).split(b"\r\n\r\n")[0].replace(b"\r\n", b"\n")
    path.write_bytes(
        b"From x\n"
        + head
        + b"\nContent-Type: text/plain; charset=utf-8\n\n"
        + body.encode()
        + b"\n"
    )
    return path
