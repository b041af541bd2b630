"""`briefing verify` finds what was changed, and nothing where nothing was."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from briefing.archive.edition_files import texts_of_record
from briefing.cli import run_command
from briefing.errors import BriefingError
from briefing.model import Article
from briefing.proof import verify


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    output = tmp_path_factory.mktemp("published")
    assert run_command(["run", str(corpus / "2026-03-04"), "-o", str(output)]) == 3
    return next(output.iterdir())


@pytest.fixture
def edition(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "edition"))


def a_sentence(folder: Path) -> str:
    """The longest quotation of the edition."""
    record = json.loads((folder / "edition.json").read_bytes())
    return max((quote["text"] for item in record["leads"] for quote in item["quotes"]), key=len)


def test_an_untouched_edition_is_proved_in_every_format(edition: Path) -> None:
    proof = verify(edition / "edition.json")

    assert proof.faults == ()
    assert proof.renditions == ("edition.eml", "edition.html", "edition.md", "edition.pdf")
    assert proof.sentences > 10


def test_a_word_changed_in_the_edition_is_found(edition: Path) -> None:
    file = edition / "edition.json"
    sentence = a_sentence(edition)
    changed = json.dumps(sentence, ensure_ascii=False)[1:-1].replace(" the ", " a ", 1)
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            json.dumps(sentence, ensure_ascii=False)[1:-1], changed
        ),
        encoding="utf-8",
    )

    with pytest.raises(BriefingError, match="the edition quotes"):
        verify(file)


def test_a_text_of_record_changed_afterwards_is_found(edition: Path) -> None:
    file = edition / "texts.jsonl"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Wednesday", "Thursday", 1), encoding="utf-8"
    )

    with pytest.raises(BriefingError, match="was changed after it was read"):
        verify(edition)


def test_a_word_changed_in_the_markdown_is_found(edition: Path) -> None:
    file = edition / "edition.md"
    word = a_sentence(edition).split()[5]
    text = file.read_text(encoding="utf-8")
    place = text.index(" ".join(a_sentence(edition).split()[:5])) + len(
        " ".join(a_sentence(edition).split()[:5])
    )
    file.write_text(
        text[:place] + text[place:].replace(word, word[::-1] + "x", 1), encoding="utf-8"
    )

    assert any(
        fault.startswith("edition.md: this sentence is not in its place")
        for fault in verify(edition).faults
    )


def test_a_span_moved_by_one_is_found(edition: Path) -> None:
    record = json.loads((edition / "edition.json").read_bytes())
    record["leads"][0]["quotes"][0]["start"] += 1
    (edition / "edition.json").write_text(json.dumps(record), encoding="utf-8")

    with pytest.raises(BriefingError, match="the edition quotes"):
        verify(edition)


def test_missing_texts_are_asked_for(edition: Path) -> None:
    (edition / "texts.jsonl").unlink()

    with pytest.raises(BriefingError, match=r"texts\.jsonl: it cannot be opened"):
        verify(edition)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema": "briefing-edition/1"}', '{"schema": "other/9"}']
)
def test_what_is_no_edition_is_refused_in_a_sentence(edition: Path, content: str) -> None:
    (edition / "edition.json").write_text(content, encoding="utf-8")

    with pytest.raises(BriefingError):
        verify(edition)


def test_any_byte_changed_in_any_file_is_found(edition: Path) -> None:
    chance = random.Random(5)  # seeded: the same thousand places every time
    files = sorted(path for path in edition.iterdir() if path.is_file())

    missed = [
        (file.name, place)
        for file, place in places(chance, files, 25)
        if not found(edition, file, place)
    ]

    assert missed == []


@pytest.mark.slow
def test_a_thousand_bytes_changed_are_a_thousand_found(edition: Path) -> None:
    chance = random.Random(7)
    files = sorted(path for path in edition.iterdir() if path.is_file())

    missed = [
        (file.name, place)
        for file, place in places(chance, files, 1000)
        if not found(edition, file, place)
    ]

    assert missed == []
    assert verify(edition).faults == ()


def places(chance: random.Random, files: list[Path], number: int) -> list[tuple[Path, int]]:
    chosen = [chance.choice(files) for _ in range(number)]
    return [(file, chance.randrange(file.stat().st_size)) for file in chosen]


def found(edition: Path, file: Path, place: int) -> bool:
    """Whether one changed byte is told of; the file is put back afterwards."""
    content = file.read_bytes()
    file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    try:
        return bool(changed(edition))
    finally:
        file.write_bytes(content)


def changed(edition: Path) -> tuple[str, ...]:
    try:
        return verify(edition).faults
    except BriefingError as error:
        return (str(error),)


def test_texts_with_line_separators_of_their_own_are_read_back() -> None:
    article = Article("0" * 16, "One line.\u2028Another.\x85A third.")

    assert texts_of_record.load_texts(texts_of_record.dump_texts([article])) == {
        article.id: article.text
    }
