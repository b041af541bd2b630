"""Forge editions in every way that comes to mind, and count what `briefing verify` lets pass.

Every forgery writes the sums anew and takes the signature away, as an attacker would who holds the
folder and not the key. What passes then is found by `briefing verify --key` alone, and is shown.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import hashlib
import io
import json
import random
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Any

from briefing.archive.edition_files.edition_json import deserialise_edition
from briefing.archive.edition_files.texts_of_record import load_texts
from briefing.cli import run_command
from briefing.errors import BriefingError
from briefing.proof import verify
from briefing.renditions import render

FORMATS = ("markdown", "text", "email", "page", "epub", "feed")
PAGES = ("edition.html", "page.html")
TEXTS = ("edition.md", "edition.txt", "feed.xml", *PAGES)
SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
Forge = Callable[[Path], None]


class NoForgeryError(Exception):
    """The edition holds nothing that a forgery would change."""


@dataclass(frozen=True)
class Forgery:
    """A change to an edition's folder, by what it does and to which file."""

    name: str
    forge: Forge


def forgeries(folder: Path) -> Iterator[Forgery]:
    """All that are known, for an edition as `folder` holds it."""
    record = json.loads((folder / "edition.json").read_bytes())
    yield from _of_texts(record)
    yield from _of_pages()
    yield from _of_messages()
    yield from _of_books(record)
    yield from _of_prints(folder)
    yield from _of_folders()
    yield from _of_records(record)
    yield from _of_proofs()


def found(folder: Path, forgery: Forgery, key: str | None = None) -> tuple[str, ...]:
    """What verify says of a forged copy; nothing where the forgery passes."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copytree(folder, Path(place) / folder.name))
        forgery.forge(copy)
        with contextlib.suppress(FileNotFoundError):
            (copy / SIGNATURE).unlink()
        write_sums(copy)
        try:
            return verify(copy, key=key).faults
        except BriefingError as error:
            return (str(error),)


def write_sums(folder: Path) -> None:
    """The sums of what was listed before, as the files are now: nothing that was added is named."""
    names = [
        line.split("  ", 1)[1] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()
    ]
    there = [name for name in names if (folder / name).is_file()]
    lines = (
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in there
    )
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _quotes(record: dict[str, Any]) -> list[str]:
    return [
        quote["text"] for item in (*record["leads"], *record["briefs"]) for quote in item["quotes"]
    ]


def _changed(name: str, change: Callable[[str], str]) -> Forge:
    """A file with other text; one that a change leaves as it is would be no forgery."""

    def forge(folder: Path) -> None:
        path = folder / name
        before = path.read_bytes().decode()
        after = change(before)
        if after == before:
            raise NoForgeryError
        path.write_bytes(after.encode())

    return forge


def _behind(words: str, added: str) -> Callable[[str], str]:
    """Something set in behind the first words that a file has of some."""

    def change(text: str) -> str:
        place = text.index(words) + len(words)
        return text[:place] + added + text[place:]

    return change


def _anchor(record: dict[str, Any]) -> str:
    """Three words of the first quotation that every format writes as they are."""
    words = _quotes(record)[0].split()
    return next(word for word in words if word.isalpha() and len(word) > 5)


def _of_texts(record: dict[str, Any]) -> Iterator[Forgery]:
    word = _anchor(record)
    additions = {
        "a denial set in": " not",
        "a sentence set in": ". The mayor resigned. It",
        "letters turned round": "\u202e",
        "letters turned round and back": "\u2067x\u2069",
        "a letter without width": "\u200b",
        "a letter of another alphabet": "\u0430",
        "a figure set in": " 7",
        "a mark set in": "!",
        "a soft hyphen": "\u00ad",
        "a word joiner": "\u2060",
        "a combining stroke": "\u0336",
        "a line break": "\n\n",
        "two blanks": "  ",
    }
    for name in TEXTS:
        for kind, added in additions.items():
            yield Forgery(f"{name}: {kind}", _changed(name, _behind(word, added)))
        yield Forgery(
            f"{name}: a word is gone", _changed(name, lambda text: text.replace(word, "", 1))
        )
        yield Forgery(
            f"{name}: a word turned", _changed(name, lambda text: text.replace(word, word[::-1], 1))
        )
        yield Forgery(
            f"{name}: all of a word turned",
            _changed(name, lambda text: text.replace(word, word[::-1])),
        )
        yield Forgery(
            f"{name}: words at the end", _changed(name, lambda text: f"{text}The mayor resigned.\n")
        )
        yield Forgery(
            f"{name}: words at the beginning",
            _changed(name, lambda text: f"The mayor resigned.\n{text}"),
        )
        yield Forgery(f"{name}: an empty line at the end", _changed(name, lambda text: f"{text}\n"))
        yield Forgery(
            f"{name}: the end cut off", _changed(name, lambda text: text[: -len(text) // 20])
        )
        yield Forgery(
            f"{name}: another outlet", _changed(name, lambda text: text.replace("Marrow", "Harrow"))
        )
        yield Forgery(
            f"{name}: another year", _changed(name, lambda text: text.replace("2026", "2025"))
        )
        yield Forgery(f"{name}: twice", _changed(name, lambda text: text + text))


def _of_pages() -> Iterator[Forgery]:
    additions = {
        "a script": "<script>document.title='x'</script>",
        "white paint": '<p style="color:#fff;background:#fff">The mayor resigned.</p>',
        "a hidden line": '<p style="display:none">The mayor resigned.</p>',
        "a picture from elsewhere": '<img src="https://evil.example/x.png" alt="">',
        "a frame": '<iframe src="https://evil.example/"></iframe>',
        "a form": '<form action="https://evil.example/"><input name="x"></form>',
        "a link": '<a href="https://evil.example/">more</a>',
        "a style that paints over": "<style>p{visibility:hidden}</style>",
        "words by style": '<style>h1::after{content:"The mayor resigned."}</style>',
        "a refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
        "a base": '<base href="https://evil.example/">',
        "a comment": "<!-- The mayor resigned. -->",
        "an event": '<p onclick="alert(1)">x</p>',
        "a heading": "<h2>The mayor resigned.</h2>",
        "a list": "<ul><li>The mayor resigned.</li></ul>",
        "a drawing": '<svg><text x="0" y="9">The mayor resigned.</text></svg>',
    }
    for name in PAGES:
        for kind, added in additions.items():
            yield Forgery(
                f"{name}: {kind}",
                _changed(
                    name, lambda text, added=added: text.replace("</body>", f"{added}</body>")
                ),
            )
        yield Forgery(
            f"{name}: links elsewhere",
            _changed(
                name, lambda text: text.replace('href="http', 'href="https://evil.example/?http')
            ),
        )
        yield Forgery(
            f"{name}: another title",
            _changed(name, lambda text: text.replace("<title>", "<title>Not the ")),
        )
        yield Forgery(
            f"{name}: another language",
            _changed(name, lambda text: text.replace('lang="en"', 'lang="fr"', 1)),
        )


def _of_messages() -> Iterator[Forgery]:
    def header(name: str, value: str) -> Forge:
        def forge(folder: Path) -> None:
            message = _message(folder)
            del message[name]
            message[name] = value
            (folder / "edition.eml").write_bytes(bytes(message))

        return forge

    def part(kind: str, content: str, **named: str) -> Forge:
        def forge(folder: Path) -> None:
            message = _message(folder)
            message.add_attachment(
                content, subtype=kind, **named
            ) if named else message.add_alternative(content, subtype=kind)
            (folder / "edition.eml").write_bytes(bytes(message))

        return forge

    yield Forgery("edition.eml: another subject", header("Subject", "The mayor resigned"))
    yield Forgery("edition.eml: another sender", header("From", "Evil <evil@evil.example>"))
    yield Forgery("edition.eml: another way to answer", header("Reply-To", "evil@evil.example"))
    yield Forgery(
        "edition.eml: another way out", header("List-Unsubscribe", "<https://evil.example/>")
    )
    yield Forgery(
        "edition.eml: a part for some readers",
        part("x-amp-html", "<html amp4email>The mayor resigned.</html>"),
    )
    yield Forgery(
        "edition.eml: a part that goes before", part("html", "<p>The mayor resigned.</p>")
    )
    yield Forgery(
        "edition.eml: an attachment", part("plain", "The mayor resigned.", filename="note.txt")
    )
    yield Forgery("edition.eml: a calendar", part("calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"))
    yield Forgery(
        "edition.eml: words before the parts",
        _raw(
            "edition.eml",
            lambda text: text.replace(b"\r\n\r\n", b"\r\n\r\nThe mayor resigned.\r\n", 1),
        ),
    )
    yield Forgery(
        "edition.eml: words behind the parts",
        _raw("edition.eml", lambda text: text + b"The mayor resigned.\r\n"),
    )


def _message(folder: Path) -> EmailMessage:
    found_ = email.message_from_bytes(
        (folder / "edition.eml").read_bytes(), policy=email.policy.default
    )
    assert isinstance(found_, EmailMessage)
    return found_


def _raw(name: str, change: Callable[[bytes], bytes]) -> Forge:
    def forge(folder: Path) -> None:
        path = folder / name
        before = path.read_bytes()
        if change(before) == before:
            raise NoForgeryError
        path.write_bytes(change(before))

    return forge


def _of_books(record: dict[str, Any]) -> Iterator[Forgery]:
    word = _anchor(record).encode()

    def repacked(change: Callable[[dict[str, bytes]], None]) -> Forge:
        def forge(folder: Path) -> None:
            path = folder / "edition.epub"
            with zipfile.ZipFile(path) as book:
                files = {name: book.read(name) for name in book.namelist()}
            change(files)
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as book:
                for name, content in files.items():
                    book.writestr(name, content)
            path.write_bytes(packed.getvalue())

        return forge

    def edited(name: str, change: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], None]:
        return lambda files: files.update({name: change(files[name])})

    text = "EPUB/edition.xhtml"
    yield Forgery(
        "edition.epub: a denial set in",
        repacked(edited(text, lambda one: one.replace(word, word + b" not", 1))),
    )
    yield Forgery(
        "edition.epub: a word is gone",
        repacked(edited(text, lambda one: one.replace(word, b"", 1))),
    )
    yield Forgery(
        "edition.epub: a script",
        repacked(edited(text, lambda one: one.replace(b"</body>", b"<script/></body>"))),
    )
    yield Forgery(
        "edition.epub: words at the end",
        repacked(edited(text, lambda one: one.replace(b"</body>", b"<p>Gone</p></body>"))),
    )
    yield Forgery(
        "edition.epub: another chapter",
        repacked(
            lambda files: files.update({"EPUB/more.xhtml": b"<html><body>Gone</body></html>"})
        ),
    )
    yield Forgery(
        "edition.epub: another container",
        repacked(lambda files: files.update({"META-INF/container.xml": b"<container/>"})),
    )
    yield Forgery(
        "edition.epub: another package",
        repacked(lambda files: files.update({"EPUB/other.opf": b"<package/>"})),
    )
    yield Forgery(
        "edition.epub: another type",
        repacked(lambda files: files.update({"mimetype": b"application/zip"})),
    )
    yield Forgery(
        "edition.epub: bytes before it", _raw("edition.epub", lambda one: b"#!/bin/sh\n" + one)
    )
    yield Forgery("edition.epub: bytes behind it", _raw("edition.epub", lambda one: one + b"more"))


def _of_prints(folder: Path) -> Iterator[Forgery]:
    if not (folder / "edition.pdf").exists():
        return

    def paged(folder: Path) -> None:
        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter(clone_from=PdfReader(folder / "edition.pdf"))
        writer.add_blank_page(200, 200)
        writer.write(folder / "edition.pdf")

    def titled(folder: Path) -> None:
        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter(clone_from=PdfReader(folder / "edition.pdf"))
        writer.add_metadata({"/Title": "The mayor resigned"})
        writer.write(folder / "edition.pdf")

    yield Forgery("edition.pdf: another page", paged)
    yield Forgery("edition.pdf: another title", titled)
    yield Forgery("edition.pdf: bytes behind it", _raw("edition.pdf", lambda one: one + b"%more\n"))
    yield Forgery(
        "edition.pdf: another version",
        _raw("edition.pdf", lambda one: one.replace(b"%PDF-1.", b"%PDF-2.", 1)),
    )


def _of_folders() -> Iterator[Forgery]:
    for name in (
        "notes.md",
        "edition.docx",
        "index.html",
        ".hidden",
        "page.pdf",
        "README",
        "edition.json.bak",
        "x.js",
    ):
        yield Forgery(f"{name} added", lambda folder, name=name: _write(folder / name))
    yield Forgery("a folder added", lambda folder: (folder / "more").mkdir())
    yield Forgery("a link added", lambda folder: (folder / "link").symlink_to("/etc/passwd"))
    for name in (*TEXTS, "edition.eml", "edition.epub", "texts.jsonl", "proof.json"):
        yield Forgery(f"{name} replaced by a link", lambda folder, name=name: _linked(folder, name))
        yield Forgery(f"{name} emptied", lambda folder, name=name: _emptied(folder / name))


def _write(path: Path) -> None:
    path.write_text("The mayor resigned.", encoding="utf-8")


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _linked(folder: Path, name: str) -> None:
    place = folder.parent / f"elsewhere-{name}"
    (folder / name).rename(place)
    (folder / name).symlink_to(place)


def _of_records(record: dict[str, Any]) -> Iterator[Forgery]:
    """Records that say something else, with every rendition made of them anew."""
    printed = sorted(
        {
            quote["article"]
            for item in (*record["leads"], *record["briefs"])
            for quote in item["quotes"]
        }
    )
    fields: dict[str, Any] = {
        "outlet": "Reuters",
        "headline": "The mayor resigned",
    }
    for field, value in fields.items():
        for key in printed[:12]:
            yield Forgery(
                f"record: another {field} of article {key}",
                _rerendered(
                    lambda one, key=key, field=field, value=value: one["articles"][key].update(
                        {field: value}
                    )
                ),
            )
    for one, other in [*pairwise(printed)][:8]:
        yield Forgery(
            f"record: outlets of {one} and {other} swapped",
            _rerendered(lambda given, a=one, b=other: _swap(given, a, b)),
        )
    for place in range(min(8, len(record["leads"]))):
        yield Forgery(
            f"record: half a sentence in lead {place}",
            _rerendered(lambda given, n=place: _halve(given["leads"][n])),
        )
        yield Forgery(
            f"record: a sentence without its beginning in lead {place}",
            _rerendered(lambda given, n=place: _behead(given["leads"][n])),
        )
    for name, value in {"words": 1, "minutes": 99, "limit": 1}.items():
        yield Forgery(
            f"record: other {name}",
            _rerendered(lambda given, name=name, value=value: given.update({name: value})),
        )


def _rerendered(change: Callable[[dict[str, Any]], object]) -> Forge:
    def forge(folder: Path) -> None:
        record = json.loads((folder / "edition.json").read_bytes())
        change(record)
        texts = load_texts((folder / "texts.jsonl").read_bytes())
        try:
            edition = deserialise_edition(record, texts)
            files = render(edition, ("json", *(name for name in FORMATS)))
        except (
            BriefingError,
            ValueError,
        ):  # the program itself will not print that: only the record is forged
            (folder / "edition.json").write_text(
                json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8"
            )
            return
        for file in files:
            if (folder / file.name).exists():
                (folder / file.name).write_bytes(file.content)

    return forge


def _swap(record: dict[str, Any], one: str, other: str) -> None:
    articles = record["articles"]
    if articles[one]["outlet"] == articles[other]["outlet"]:
        articles[one]["outlet"] = "Radio Nowhere"
    articles[one]["outlet"], articles[other]["outlet"] = (
        articles[other]["outlet"],
        articles[one]["outlet"],
    )


def _halve(item: dict[str, Any]) -> None:
    quote = item["quotes"][0]
    half = quote["text"].rfind(" ", 0, len(quote["text"]) // 2)
    quote["text"], quote["stop"] = quote["text"][:half], quote["start"] + half


def _behead(item: dict[str, Any]) -> None:
    quote = item["quotes"][0]
    start = quote["text"].index(" ", 12) + 1
    quote["text"], quote["start"] = quote["text"][start:], quote["start"] + start


def _of_proofs() -> Iterator[Forgery]:
    def lied(change: Callable[[dict[str, Any]], object]) -> Forge:
        def forge(folder: Path) -> None:
            said = json.loads((folder / "proof.json").read_bytes())
            change(said)
            (folder / "proof.json").write_text(json.dumps(said), encoding="utf-8")

        return forge

    yield Forgery(
        "proof.json: another sender",
        lied(lambda said: said["house"].update(sender="Evil <evil@evil.example>")),
    )
    yield Forgery(
        "proof.json: another web address",
        lied(lambda said: said["house"].update(web="https://evil.example/")),
    )
    yield Forgery(
        "proof.json: another list", lied(lambda said: said["house"].update(list_id="evil.example"))
    )
    yield Forgery("proof.json: no house", lied(lambda said: said["house"].update(sender=7)))


def editions(
    place: Path, corpus: Path, most: int | None = None
) -> Iterator[tuple[Path, Path | None]]:
    """Honest editions with the templates they were made with: of three days, in four languages and
    three lengths.
    """
    days, languages = sorted(corpus.glob("2026-*")), ("en", "de", "fr", "es")
    kinds = product(days, ("standard", "flash", "long", "own"), languages)
    for number, (day, length, language) in enumerate(islice(kinds, most)):
        desk = place / f"desk-{number}"
        desk.mkdir()
        templates = _own_templates(desk) if length == "own" else None
        settings = [
            f'language = "{language}"',
            f'length = "{length if length != "own" else "standard"}"',
            f'templates = "{templates}"' if templates else "",
            f'[[sources]]\nlocation = "{day}"',
            f'[house]\nnote = "Notes **of** the desk"\nweb = "https://desk.example/{number}"',
            '[mail]\nsender = "Desk <desk@desk.example>"\nlist_id = "desk.example"',
        ]
        (desk / "briefing.toml").write_text("\n".join(settings), encoding="utf-8")
        _make(desk, signed=number % 2 == 1)
        yield from ((folder, templates) for folder in (desk / "output").iterdir())


def _own_templates(desk: Path) -> Path:
    (desk / "templates").mkdir()
    for name in ("page.html", "edition.md"):
        own = f'{{% extends "shipped/{name}" %}}\n'
        (desk / "templates" / name).write_text(own, encoding="utf-8")
    return desk / "templates"


def _make(desk: Path, *, signed: bool) -> None:
    formats = [word for name in FORMATS for word in ("--format", name)]
    quiet = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with contextlib.chdir(desk), quiet[0], quiet[1]:
        if signed:
            run_command(["keys", "--make"])
        run_command(["run", *formats])


def _tried(folder: Path) -> tuple[list[Forgery], list[str]]:
    """The forgeries that change the edition, and the names of those that pass."""
    chosen, passed = list[Forgery](), list[str]()
    for one in forgeries(folder):
        try:
            faults = found(folder, one)
        except NoForgeryError:
            continue
        chosen.append(one)
        passed += [] if faults else [one.name]
    return chosen, passed


def main(_arguments: list[str]) -> int:
    """`python -m benchmarks forgeries`: found, passed, and false alarms on honest editions."""
    from briefing.resources import corpus_folder

    with tempfile.TemporaryDirectory() as place:
        honest = list(editions(Path(place), corpus_folder()))
        alarms = {
            str(one): faults for one, own in honest if (faults := verify(one, templates=own).faults)
        }
        whole = sum(not verify(one, templates=own).weaker for one, own in honest)
        first = honest[0][0]
        chosen, passed = _tried(first)
        key = hashlib.sha256(b"another").hexdigest()
        unsigned = [
            one.name for one in random.Random(1).sample(chosen, 10) if not found(first, one, key)
        ]
    count = len(chosen) - len(passed)
    sys.stdout.write(
        f"forgeries: {count} of {len(chosen)} found, sums written anew, no key asked for\n"
    )
    sys.stdout.write("".join(f"  passes: {name}\n" for name in passed))
    sys.stdout.write(f"with --key: {len(unsigned)} of 10 pass\n")
    sys.stdout.write(
        f"false alarms: {len(alarms)} on {len(honest)} honest editions {alarms or ''}\n"
    )
    sys.stdout.write(f"rendered again whole: {whole} of {len(honest)}\n")
    return 1 if passed or alarms or unsigned else 0
