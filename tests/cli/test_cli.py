"""The command as a newcomer meets it: what it prints, where, and how it exits."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli import COMMANDS, run_command

STORY = """Harbour reopens after storm

The Halden Courier | 4 March 2026, 09:15

The harbour of Halden reopened on Wednesday morning after the storm had kept its gates shut for two days.

Calder Voss, chief executive of the port, said that eleven ships would be unloaded before nightfall on Wednesday.

The storm tore the roof from a grain store and sank two pilot boats, but nobody was hurt, the port said.
"""


def call(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
    )


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a folder of one report."""
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "harbour.txt").write_text(STORY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_run_prints_the_files_it_made_one_a_line_and_nothing_else(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["run", "clips", "--format", "markdown"]) == 0

    out, err = capfd.readouterr()
    assert [Path(line).name for line in out.splitlines()] == [
        "edition.json",
        "edition.md",
        "texts.jsonl",
        "proof.json",
        "SHA256SUMS",
    ]
    assert err == ""


def test_run_without_paths_or_workspace_says_what_to_do(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["run"]) == 64
    assert "briefing init" in capfd.readouterr().err


def test_an_empty_folder_gives_no_edition_and_says_so(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (desk / "empty").mkdir()

    assert run_command(["run", "empty"]) == 1

    assert "no news was found in empty" in capfd.readouterr().err
    assert not (desk / "output").exists()


def test_one_unreadable_file_is_named_and_the_edition_made_with_exit_code_3(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (desk / "clips" / "torn.pdf").write_bytes(b"%PDF-1.7\n\x00\x01garbage")

    assert run_command(["run", "clips", "--format", "markdown"]) == 3

    out, err = capfd.readouterr()
    assert "clips/torn.pdf: " in err
    edition = next(Path(line) for line in out.splitlines() if line.endswith(".md"))
    assert "torn.pdf" in edition.read_text(encoding="utf-8").replace("\\", "")


def test_names_with_spaces_umlauts_and_emoji_work(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    odd = desk / "Söhne & Töchter 🗞"
    shutil.copytree(desk / "clips", odd)
    (odd / "harbour.txt").rename(odd / "ein Häfen 🚢.txt")

    assert run_command(["run", str(odd), "--output", "Aus gabe 📂", "--format", "markdown"]) == 0
    assert all(Path(line).is_file() for line in capfd.readouterr().out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["run", "nowhere"], 1, "there is no such file or folder"),
        (["run", "clips", "--date", "yesterday"], 64, "write it as in 2026-03-05"),
        (["run", "clips", "--format", "pdv"], 64, "did you mean 'pdf'"),
        (["run", "clips", "--length", "flush"], 64, "did you mean 'flash'"),
        (["run", "clips", "--config", "none.toml"], 78, "it cannot be opened"),
        (["run", "clips", "--colour"], 64, "No such option"),
        (["rnu"], 64, "did you mean 'run'"),
        (["verify", "clips"], 1, "it cannot be opened"),
        (["verify", "clips/harbour.txt"], 1, "not the JSON"),
        (["init", "clips/harbour.txt"], 64, "this is a file"),
    ],
)
def test_a_mistake_is_answered_with_a_sentence_and_its_exit_code(
    desk: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    assert run_command(arguments) == code

    err = capfd.readouterr().err
    assert message in err
    assert "Traceback" not in err


def test_a_wrong_setting_ends_with_78_and_the_near_miss(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (desk / "briefing.toml").write_text('summarizer = "lead"\n', encoding="utf-8")

    assert run_command(["run"]) == 78
    assert (
        "briefing.toml: no setting is called 'summarizer'; did you mean 'summariser'?"
        in capfd.readouterr().err
    )


def test_a_workspace_made_by_init_runs_from_any_folder(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["init", "my desk"]) == 0
    shutil.copy(desk / "clips" / "harbour.txt", desk / "my desk" / "corpus")
    capfd.readouterr()

    done = call(
        "run",
        "--config",
        str(desk / "my desk" / "briefing.toml"),
        "--format",
        "json",
        cwd=Path("/"),
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith(str(desk / "my desk" / "output"))


def test_init_leaves_what_is_there(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "briefing.toml").write_text("# mine\n", encoding="utf-8")

    assert run_command(["init", "."]) == 0

    assert (desk / "briefing.toml").read_text(encoding="utf-8") == "# mine\n"
    assert "briefing.toml: left as it is" in capfd.readouterr().err


def test_standard_input_is_a_document(desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "run", "-", "--format", "markdown"],
        cwd=desk,
        input=STORY.encode(),
        capture_output=True,
    )

    assert done.returncode == 0, done.stderr
    assert (
        b"The harbour of Halden reopened on Wednesday"
        in next(desk.glob("output/*/edition.md")).read_bytes()
    )


def test_nothing_is_printed_that_a_full_pipe_would_make_a_traceback_of(desk: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m briefing read clips | true",
        shell=True,
        cwd=desk,
        capture_output=True,
        check=False,
    )

    assert b"Traceback" not in done.stderr


def test_an_empty_environment_is_enough(desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "run", "clips", "-f", "markdown"],
        cwd=desk,
        env={},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_the_same_documents_give_the_same_bytes_in_another_process_order_and_time_zone(
    corpus: Path, tmp_path: Path
) -> None:
    days = [str(corpus / day) for day in ("2026-03-03", "2026-03-04", "2026-03-05")]

    first = call(
        "run", *days, "-o", "one", cwd=tmp_path, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C"
    )
    second = call(
        "run",
        *days[::-1],
        "-o",
        "two",
        cwd=tmp_path,
        PYTHONHASHSEED="2",
        TZ="America/Lima",
        OMP_NUM_THREADS="1",
    )

    assert (first.returncode, second.returncode) == (3, 3), first.stderr + second.stderr
    assert "edition.pdf" in "".join(digests(tmp_path / "one"))
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_every_command_helps_with_an_example() -> None:
    from briefing.cli import cli

    for name in COMMANDS:
        assert f"briefing {name}" in (cli.get_command(None, name).help or "")  # type: ignore[arg-type, union-attr]


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["--version"]) == 0
    assert capsys.readouterr().out.startswith("briefing ")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "ascii", "utf-8"])
def test_a_terminal_of_any_encoding_gets_every_line(tmp_path: Path, encoding: str) -> None:
    text = "Ferry “Łódź” returns 🦭\n\n" + "The ferry “Łódź” came back to port on Friday. " * 9
    (tmp_path / "ferry.txt").write_text(text, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "briefing", "read", str(tmp_path)],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    assert b"Traceback" not in done.stderr
    assert done.returncode == 0
    assert b"Ferry" in done.stdout
