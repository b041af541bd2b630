"""One byte changed where it matters, and the sums written anew to hide it: `briefing verify` finds
it all the same.
"""

from __future__ import annotations

import hashlib
import html
import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.archive.edition_files.texts_of_record import SUMS
from briefing.archive.published import load_edition
from briefing.cli import run_command
from briefing.errors import BriefingError
from briefing.model import Rendition
from briefing.proof import KINDS, verify
from briefing.proof.readings import extract_readings
from briefing.renditions.context.build import build_view
from briefing.renditions.context.view import View

FORMATS = ("markdown", "email", "page", "text", "epub", "feed")
FIELDS = rb'"(?:start|stop|at)": (\d+)|"(?:sha256|text|outlet|published|url|day)": "([^"]{3,})"'


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    output = tmp_path_factory.mktemp("published")
    folders = [str(corpus / f"2026-03-0{day}") for day in (3, 4)]
    formats = [word for name in FORMATS for word in ("-f", name)]
    assert run_command(["run", *folders, "--date", "2026-03-04", "-o", str(output), *formats]) == 3
    return next(output.iterdir())


@pytest.fixture
def edition(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "edition"))


def test_an_untouched_edition_is_proved_in_every_format(edition: Path) -> None:
    proof = verify(edition)

    assert proof.faults == ()
    assert set(proof.renditions) == {
        *(
            "edition.eml",
            "edition.epub",
            "edition.html",
            "edition.md",
            "edition.txt",
            "feed.xml",
            "page.html",
        )
    }


def regions(folder: Path) -> list[tuple[Path, int]]:
    """The places of letters and figures in sentences, spans, labels, links and digests of every
    file.
    """
    record = (folder / "edition.json").read_bytes()
    view = build_view(load_edition(folder), record)
    found = [(folder / "edition.json", place) for place in fields(record)]
    found += [
        (folder / "texts.jsonl", place) for place in letters((folder / "texts.jsonl").read_bytes())
    ]
    for file in sorted(folder.iterdir()):
        if file.suffix in KINDS and file.suffix != ".epub":
            found += [
                (file, place)
                for place in printed(file.read_bytes(), view, hashlib.sha256(record).hexdigest())
            ]
    return found


def fields(record: bytes) -> Iterator[int]:
    for match in re.finditer(FIELDS, record):
        group = 1 if match[1] else 2
        yield from (match.start(group) + place for place in letters(match[group]))


def letters(content: bytes) -> Iterator[int]:
    return (place for place, byte in enumerate(content) if chr(byte).isalnum() and byte < 128)


def printed(content: bytes, view: View, digest: str) -> Iterator[int]:
    """Words of sentences and labels one after another, as far as they stand undivided; addresses;
    the digest.
    """
    place = content.find(b"<body") if b"<body" in content else 0
    shown = re.sub(rb"<[^>]*>|\]\([^)]*\)", lambda tag: b" " * len(tag[0]), content)
    for group in (group for lead in view.leads for group in lead.groups):
        for text, farthest in (
            *((sentence.text, len(content)) for sentence in group.sentences),
            (group.source.label, 1500),
        ):
            for match in words_of(text, shown, place, farthest):
                yield from range(match.start(), match.end())
                place = match.end()
        if group.source.link:
            address = html.escape(group.source.link).encode()[:40]
            for found in re.finditer(re.escape(address), content):
                yield from (found.start() + at for at in letters(found[0]) if at > len(b"https://"))
    stated = digest.encode() if digest.encode() in content else digest[:16].encode()
    for found in re.finditer(
        rb"(?<!_briefing_)" + re.escape(stated), content
    ):  # a message's parts are divided by it
        yield from range(found.start(), found.end())


def words_of(text: str, content: bytes, place: int, farthest: int) -> Iterator[re.Match[bytes]]:
    """The words of a text that begins within so many bytes, as far as they follow one another
    closely.
    """
    words = [word.encode() for word in re.findall(r"[A-Za-z0-9]+", text)]
    opening = re.compile(rb"[^A-Za-z0-9]{1,12}".join(words[:3]))
    begun = opening.search(content, place, place + farthest)
    at = begun.start() if begun else None
    for word in words if at is not None else ():
        match = re.compile(word).search(content, at, at + len(word) + 40)
        if match is None:
            return
        yield match
        at = match.end()


def is_found(folder: Path, file: Path, place: int, chance: random.Random) -> bool:
    """Whether a letter or figure that became another is told of, although the sums agree; all is
    put back.
    """
    content, sums = file.read_bytes(), (folder / SUMS).read_bytes()
    alphabet = "0123456789" if chr(content[place]).isdigit() else "abcdefghijklmnopqrstuvwxyz"
    other = chance.choice(
        [letter for letter in alphabet if letter != chr(content[place]).lower()]
    ).encode()
    file.write_bytes(content[:place] + other + content[place + 1 :])
    summed(folder)
    try:
        return bool(verify(folder).faults)
    except BriefingError:
        return True
    finally:
        file.write_bytes(content)
        (folder / SUMS).write_bytes(sums)


def summed(folder: Path) -> None:
    """The sums as they would be written for what the files hold now."""
    names = [
        line.split("  ", 1)[1] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()
    ]
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def missed(folder: Path, number: int, seed: int) -> list[tuple[str, int]]:
    chance = random.Random(seed)
    by_file: dict[Path, list[int]] = {}
    for file, place in regions(folder):
        by_file.setdefault(file, []).append(place)
    assert {file.name for file in by_file} >= {
        "edition.json",
        "texts.jsonl",
        "edition.md",
        "edition.eml",
        "page.html",
    }
    files = sorted(by_file)
    chosen = [chance.choice(files) for _ in range(number)]
    places = [(file, chance.choice(by_file[file])) for file in chosen]
    return [
        (file.name, place) for file, place in places if not is_found(folder, file, place, chance)
    ]


def test_changes_that_the_sums_hide_are_found(edition: Path) -> None:
    assert missed(edition, 20, seed=3) == []


@pytest.mark.slow
def test_a_thousand_changes_that_the_sums_hide_are_a_thousand_found(edition: Path) -> None:
    assert missed(edition, 1000, seed=11) == []
    assert verify(edition).faults == ()


def test_a_book_with_another_word_is_found(edition: Path) -> None:
    import zipfile

    file = edition / "edition.epub"
    with zipfile.ZipFile(file) as book:
        entries = [(info, book.read(info)) for info in book.infolist()]
    word = (
        json.loads((edition / "edition.json").read_bytes())["leads"][0]["quotes"][0]["text"]
        .split()[3]
        .encode()
    )
    with zipfile.ZipFile(file, "w") as book:
        for info, content in entries:
            book.writestr(
                info,
                content.replace(word, word[::-1])
                if info.filename.endswith("edition.xhtml")
                else content,
            )
    summed(edition)

    assert any(fault.startswith("edition.epub") for fault in verify(edition).faults)


@pytest.mark.slow
def test_a_pdf_that_shows_something_else_is_found(published: Path, tmp_path: Path) -> None:
    folder = tmp_path / "printed"
    assert run_command(["render", str(published), "-o", str(folder), "-f", "pdf"]) == 0
    shutil.copytree(published, tmp_path / "edition")
    content = (folder / "edition.pdf").read_bytes()
    target = tmp_path / "edition" / "edition.pdf"
    target.write_bytes(content)
    with (tmp_path / "edition" / SUMS).open("a", encoding="utf-8") as sums:
        sums.write(f"{hashlib.sha256(content).hexdigest()}  edition.pdf\n")
    assert verify(tmp_path / "edition").faults == ()
    chance, shown = random.Random(2), seen(content)

    for place in (chance.randrange(len(content)) for _ in range(40)):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        target.write_bytes(changed)
        summed(tmp_path / "edition")
        news = build_view(
            load_edition(published), (published / "edition.json").read_bytes()
        ).sentences
        there = seen(changed)
        harmless = there is not None and all("".join(one.split()) in there for one in news)
        assert harmless or verify(tmp_path / "edition").faults, place
    assert shown


def seen(content: bytes) -> str | None:
    """What the PDF shows; None when nothing can read it."""
    from briefing.proof.printed import DAMAGED

    try:
        return next(extract_readings(Rendition("edition.pdf", "application/pdf", content))).text
    except (BriefingError, ValueError, LookupError, OSError, EOFError, *DAMAGED):
        return None
