"""What a run did to its exit code, its lines, its metrics and its events."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from briefing.archive.database.columns import format_timestamp
from briefing.deliveries.share import atomic_files

DONE, FAILED, PARTLY = 0, 1, 3


@dataclass(slots=True)
class Report:
    """Filled while a run goes on. `failed`: an edition that was due is not there; `troubles`:
    sentences for people.
    """

    profile: str
    editions: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    sent: dict[str, int] = field(
        default_factory=dict
    )  # state -> messages, of the editions worked on
    troubles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)  # the troubles that the run before did not have
    failed: bool = False

    @property
    def exit(self) -> int:
        if self.failed:
            return FAILED
        return PARTLY if self.troubles else DONE

    @property
    def idle(self) -> bool:
        """Nothing was due and nothing is wrong."""
        return not (self.editions or self.published or self.sent or self.troubles or self.failed)

    @property
    def counts(self) -> dict[str, int]:
        return {"editions": len(self.editions), "published": len(self.published), **self.sent}


def format_metrics(
    report: Report, *, finished: datetime, seconds: float, last: Mapping[str, float]
) -> str:
    """Prometheus' text format; `last` are times of the last runs by outcome, for those that did not
    happen now.
    """
    now = finished.timestamp()
    times = {**last, "finished": now, **({"success": now} if report.exit == DONE else {})}
    label = f'profile="{report.profile}"'
    lines = [
        "# HELP briefing_exit_code How the last run ended: 0 done, 1 failed, 3 partly done.",
        "# TYPE briefing_exit_code gauge",
        f"briefing_exit_code{{{label}}} {report.exit}",
        "# HELP briefing_duration_seconds How long the last run took.",
        "# TYPE briefing_duration_seconds gauge",
        f"briefing_duration_seconds{{{label}}} {seconds:.3f}",
        "# HELP briefing_timestamp_seconds When the last run and the last successful one ended.",
        "# TYPE briefing_timestamp_seconds gauge",
        *(
            f'briefing_timestamp_seconds{{{label},run="{name}"}} {when:.0f}'
            for name, when in sorted(times.items())
        ),
        "# HELP briefing_last Editions, publications and messages by state of the last run.",
        "# TYPE briefing_last gauge",
        *(
            f'briefing_last{{{label},what="{name}"}} {count}'
            for name, count in sorted(report.counts.items())
        ),
    ]
    return "\n".join(lines) + "\n"


def last_success(path: Path, profile: str) -> dict[str, float]:
    """The last success as an earlier metrics file states it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    start = f'briefing_timestamp_seconds{{profile="{profile}",run="success"}} '
    times = [
        text
        for line in lines
        if line.startswith(start) and (text := line.removeprefix(start)).isdigit()
    ]
    return {"success": float(times[-1])} if times else {}


def write_metrics(path: Path, text: str) -> None:
    """In one step: the collector must never read half a file. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic_files.replace_file(path, text.encode(), mode=0o644)


def log_event(path: Path, name: str, *, now: datetime, **values: object) -> None:
    """One line of JSON at the end of the file. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(
        {"time": format_timestamp(now), "event": name, **values}, ensure_ascii=False, default=str
    )
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
