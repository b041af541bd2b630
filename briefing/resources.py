"""Names of files that ship with the program to their paths: in the wheel, else in the checkout."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es")  # of the labels: each has a file of messages


def corpus_folder() -> Path:
    """The sample corpus."""
    return _shipped_path("corpus")


def templates_folder() -> Path:
    """The shipped templates."""
    return _shipped_path("templates")


def _shipped_path(name: str) -> Path:
    inside = HERE / name
    return inside if inside.is_dir() else HERE.parent / name


def schedule_file() -> Path:
    """The shipped schedule.cron."""
    inside = HERE / "schedule.cron"
    return inside if inside.is_file() else HERE.parent / "schedule.cron"


def message_file(language: str) -> str:
    """Name of the file with a language's messages, among the templates."""
    return f"messages-{language}.toml"
