"""Every edition can be sent and published, whatever made it; the status has every profile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from mailserver import MailServer
from newsroom import FLOOD, STRIKE

from briefing.cli import run_command

NAME = "2026-03-05-daily"
WEEK = "2026-03-05-daily-week"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: MailServer) -> Path:
    (tmp_path / "briefing.toml").write_text(
        'formats = ["markdown", "email"]\n[[sources]]\nlocation = "in"\n'
        f'[mail]\nserver = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
        f'sender = "Desk <desk@example.org>"\n[share]\ntarget = "{tmp_path}/share"\n',
        encoding="utf-8",
    )
    (tmp_path / "in").mkdir()
    for name, sentences in {"strike": STRIKE, "flood": FLOOD}.items():
        row = {"headline": f"All about the {name} of the week", "outlet": "Courier"}
        row |= {"published": "2026-03-05T04:00:00Z", "text": "\n".join(sentences)}
        (tmp_path / "in" / f"{name}.json").write_text(json.dumps(row), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "share").mkdir()
    assert run_command(["publish", "--init", str(tmp_path / "share")]) == 0
    return tmp_path


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["build", "--week", "--date", "2026-03-05"], WEEK),
        (["build", "--query", "strike"], f"{NAME}-extra"),
        (["build", "--since", "2026-03-04", "--until", "2026-03-05T12:00"], f"{NAME}-catch-up"),
        (["build", "--date", "2026-03-05"], NAME),
        (["run", "--date", "2026-03-05"], NAME),
    ],
)
def test_what_any_command_made_is_sent_and_published_once(
    desk: Path, server: MailServer, capfd: pytest.CaptureFixture[str], words: list[str], name: str
) -> None:
    assert run_command(words) == 0
    assert run_command(["send", "--edition", name]) == 0  # without recipients: it is stored

    assert run_command(["publish", "--edition", name]) == 0
    assert run_command(["publish", "--edition", name]) == 0

    out = capfd.readouterr().out
    assert out.count(f"share/2026/{name}") == 2
    assert (desk / "share" / "2026" / name / "edition.md").is_file()
    assert run_command(["status"]) == 0
    assert f"last editions     {name}" in capfd.readouterr().out


def test_a_week_is_mailed_once_to_each(desk: Path, server: MailServer) -> None:
    run_command(["build", "--week", "--date", "2026-03-05"])
    run_command(["build", "--date", "2026-03-05"])
    run_command(["send", "--edition", NAME])  # there is an archive from now on
    run_command(["recipients", "add", "ada@example.org", "ben@example.org"])

    assert run_command(["send", "--edition", WEEK]) == 0
    assert run_command(["send", "--edition", WEEK]) == 0

    assert [address for address, _ in server.taken] == ["ada@example.org", "ben@example.org"]


def test_a_wrong_name_is_answered_with_those_there_are(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run_command(["build", "--week", "--date", "2026-03-05"])

    assert run_command(["send", "--edition", "2026-03-05-weekly"]) == 64
    assert f"there are {WEEK}" in capfd.readouterr().err
    assert run_command(["send", "--edition", WEEK, "--date", "2026-03-05"]) == 64


def test_files_that_were_changed_by_hand_are_not_sent(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run_command(["build", "--date", "2026-03-05"])
    file = desk / "output" / NAME / "edition.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}\nMore.\n", encoding="utf-8")

    assert run_command(["send", "--edition", NAME]) == 1
    assert "it was changed since it was made" in capfd.readouterr().err


def test_the_status_has_every_profile(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    settings = (desk / "briefing.toml").read_text(encoding="utf-8")
    own = '[[profiles]]\nname = "minister"\ntitle = "For the minister"\n[[profiles]]\nname = "press"\n'
    (desk / "briefing.toml").write_text(f"{settings}{own}", encoding="utf-8")
    run_command(["build", "--date", "2026-03-05"])
    run_command(["send", "--profile", "press", "--edition", "2026-03-05-press"])
    capfd.readouterr()

    assert run_command(["status"]) == 0

    out = capfd.readouterr().out
    assert "profile           minister, For the minister" in out
    assert "profile           press, Daily briefing" in out
    assert "last editions     2026-03-05-press" in out
    assert out.count("next editions") == out.count("recipients") == 2
    assert run_command(["send", "--profile", "minister", "--edition", "2026-03-05-press"]) == 64
