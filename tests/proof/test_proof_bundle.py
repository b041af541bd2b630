"""A bundle proves itself with Python's standard library alone, and finds what was changed in it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from unittest import mock

import pytest

from briefing.cli import run_command
from briefing.errors import BriefingError
from briefing.proof import offline
from briefing.proof.bundle import build_bundle


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    output = tmp_path_factory.mktemp("published")
    folders = [str(corpus / f"2026-03-0{day}") for day in (3, 4)]
    formats = [
        word for name in ("markdown", "email", "page", "text", "epub") for word in ("-f", name)
    ]
    assert run_command(["run", *folders, "--date", "2026-03-04", "-o", str(output), *formats]) == 3
    return next(output.iterdir())


@pytest.fixture
def packed(published: Path, tmp_path: Path) -> Path:
    assert run_command(["verify", str(published), "--bundle", str(tmp_path / "day.zip")]) == 0
    return tmp_path / "day.zip"


def alone(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run by an interpreter that has no site-packages, no environment and another working
    directory.
    """
    command = [sys.executable, "-I", "-S", *map(str, arguments)]
    return subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, check=False)


def test_a_bundle_is_proved_without_the_program(packed: Path) -> None:
    done = alone(packed)

    assert (done.returncode, done.stderr) == (0, "")
    assert "sentences found word for word in their sources" in done.stdout
    assert all(
        name in done.stdout
        for name in ("edition.md", "edition.eml", "edition.html", "page.html", "edition.epub")
    )


def test_the_verifier_imports_nothing_but_the_standard_library() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(offline.__file__).parent)!r}); "
        "import offline; print(*sys.modules)"
    )
    command = [sys.executable, "-I", "-S", "-c", code]

    loaded = {
        name.partition(".")[0] for name in subprocess.check_output(command, text=True).split()
    }

    assert loaded <= sys.stdlib_module_names | {"offline", "__main__"} | set(
        sys.builtin_module_names
    )


def test_the_same_edition_is_the_same_bundle(published: Path) -> None:
    assert (
        build_bundle(published, name="a.zip").content
        == build_bundle(published, name="a.zip").content
    )


CHANGES = [
    ("edition.json", b'"text": "', b'"text": "X'),
    ("edition.json", b'"start": 1', b'"start": 2'),
    ("texts.jsonl", b"Wednesday", b"Thursdays"),
    ("edition.md", b"ferry", b"fairy"),
    ("edition.eml", b"ferry", b"fairy"),
    ("page.html", b"ferry", b"fairy"),
    ("edition.html", b"Marrow Wire", b"Morrow Wire"),
    ("page.html", b'href="https://rv.example', b'href="https://rw.example'),
    ("edition.md", b"#:~:text=", b"#:~:text=X"),
    ("edition.json", b'"percent": 50', b'"percent": 10'),
]


@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
def test_what_was_changed_in_an_unpacked_bundle_is_found_though_its_sums_are_written_anew(
    name: str, old: bytes, new: bytes, packed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    content = (folder / name).read_bytes()
    assert old in content
    (folder / name).write_bytes(content.replace(old, new))
    lines = [
        line.split("  ", 1)[1]
        for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    ]
    sums = "".join(f"{offline.digest((folder / each).read_bytes())}  {each}\n" for each in lines)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")

    done = alone(folder / "__main__.py", folder)

    assert done.returncode == 1
    assert name in done.stdout or "article" in done.stdout or "edition.json" in done.stdout


def test_a_pdf_of_other_words_is_found_where_its_text_can_be_read(
    packed: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    assert offline.find_faults(files) == []
    for shown in ("nothing that is quoted", ""):
        with mock.patch.object(offline, "pdf_text", return_value=shown):
            faults = offline.find_faults({**files, "edition.pdf": b"%PDF"})
            assert any("word for word" in fault for fault in faults) is bool(shown)


def test_a_sentence_that_goes_on_on_the_next_page_is_found() -> None:
    sentence, text = (
        "Thedykebrokeatnightsaidthemayor",
        "xxThedykebrokeat2of9VestmarkWednesdaynightsaidthemayoryy",
    )

    assert offline._find_pieces([sentence], text, 0) == (2, len(text) - 2)
    assert offline._find_pieces([sentence], text.replace("mayor", "major"), 0) == (-1, -1)


def test_without_texts_digests_are_compared_and_the_texts_can_be_put_back(
    published: Path, tmp_path: Path
) -> None:
    target = tmp_path / "short.zip"
    assert run_command(["verify", str(published), "--bundle", str(target), "--without-texts"]) == 0
    with zipfile.ZipFile(target) as archive:
        assert "texts.jsonl" not in archive.namelist()
        archive.extractall(tmp_path / "short")

    assert "its texts are left out" in alone(target).stdout
    (tmp_path / "short" / "texts.jsonl").write_bytes((published / "texts.jsonl").read_bytes())
    done = alone(tmp_path / "short" / "__main__.py", tmp_path / "short")
    assert done.returncode == 0
    assert "in their sources" in done.stdout


def test_an_edition_that_is_not_as_published_is_not_bundled(
    published: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "edition"
    folder.mkdir()
    for file in published.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "edition.md").write_text("# Something else\n", encoding="utf-8")

    with pytest.raises(BriefingError, match="it is not bundled"):
        build_bundle(folder, name="a.zip")


def test_leaving_texts_out_is_about_a_bundle(published: Path) -> None:
    assert run_command(["verify", str(published), "--without-texts"]) == 64


def test_a_limit_that_is_passed_and_a_day_that_is_none_are_found() -> None:
    quote = {"article": "a", "start": 0, "stop": 16, "text": "It began Tuesday", "sha256": ""}
    record = {
        "words": 9, "limit": 5, "leads": [{"quotes": [quote], "parts": {}}], "briefs": [],
        "articles": {"a": {"licence": "closed", "outlet": "Wire"}},
        "licences": [{"name": "cl*", "text": "excerpt", "words": 2, "percent": 0, "edition": 0}],
        "insertions": [{"article": "a", "at": 16, "day": "2026-03-04", "kind": "date"}],
    }  # fmt: skip

    assert offline.limit_faults(record, {}) == [
        "9 words of at most 5",
        "article a: 3 words are quoted where its licence allows 2",
    ]
    assert offline.insertion_faults(record) == ["article a: 2026-03-04 is no Tuesday"]
