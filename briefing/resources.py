"""Names of files that ship with the program to their paths: in the wheel, else in the checkout."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def corpus() -> Path:
    """The sample corpus."""
    return _shipped("corpus")


def templates() -> Path:
    """The shipped templates."""
    return _shipped("templates")


def _shipped(name: str) -> Path:
    inside = HERE / name
    return inside if inside.is_dir() else HERE.parent / name


def schedule() -> Path:
    """The shipped schedule.cron."""
    inside = HERE / "schedule.cron"
    return inside if inside.is_file() else HERE.parent / "schedule.cron"
