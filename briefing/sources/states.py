"""What is remembered of a source between two visits, and where it is kept.

The archive keeps it for a workspace; a file or the memory will do for everything smaller.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from briefing.errors import BriefingError
from briefing.model import Source


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source as the last visit left it. Times are aware; None is never."""

    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None  # where its address leads for good (301, 308)
    gone: bool = False  # 410: never to be asked again
    last_visit: datetime | None = None
    last_good: datetime | None = None  # it answered
    last_changed: datetime | None = None  # it gave something new
    silent_since: datetime | None = None  # since when it answers and gives nothing new
    failures: int = 0  # in a row
    fault: str = ""  # the last failure, as a sentence
    not_before: datetime | None = None  # asking earlier is impolite or pointless
    interval: float | None = None  # minutes between visits, as it has shown to be worth while
    given: int = 0  # documents at the last visit that gave any
    seen: Mapping[str, str] = field(
        default_factory=dict
    )  # id of an entry, a message, a file -> digest of its content
    marks: Mapping[str, int] = field(
        default_factory=dict
    )  # a mailbox's: "validity" and the last "uid"

    def to_table(self) -> dict[str, Any]:
        """Strings, numbers and tables of them, those at their default left out."""
        values = {each.name: getattr(self, each.name) for each in dataclasses.fields(self)}
        return {
            name: _plain_value(value)
            for name, value in values.items()
            if value not in (None, False, "", {}, 0)
        }

    @classmethod
    def from_table(cls, table: Mapping[str, Any] | None) -> SourceState:
        """The state that `to_table` wrote, by this version or another: names it does not know are
        left out.
        """
        hints = typing.get_type_hints(cls)
        known = {name: value for name, value in (table or {}).items() if name in hints}
        return cls(**{name: _typed_value(value, hints[name]) for name, value in known.items()})


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value


def _typed_value(value: Any, hint: Any) -> Any:
    return datetime.fromisoformat(value) if datetime in typing.get_args(hint) and value else value


def state_key(source: Source) -> str:
    """Under what a source's state is kept."""
    return f"{source.kind} {source.location}"


class StateStore(Protocol):
    """Where states are kept: tables of plain values by key."""

    def load(self, key: str) -> Mapping[str, Any] | None: ...

    def save(self, key: str, table: Mapping[str, Any]) -> None: ...


class Memory:
    """States for as long as the program runs."""

    def __init__(self) -> None:
        self.tables: dict[str, Mapping[str, Any]] = {}

    def load(self, key: str) -> Mapping[str, Any] | None:
        return self.tables.get(key)

    def save(self, key: str, table: Mapping[str, Any]) -> None:
        self.tables[key] = table


class StateFolder:
    """States in a folder, a JSON file each, replaced whole: a power cut leaves the old one or the
    new one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def load(self, key: str) -> Mapping[str, Any] | None:
        path = self._path(key)
        try:
            table: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise BriefingError(
                f"{path}: this state cannot be read ({error}); remove the file to start anew"
            ) from error
        return table

    def save(self, key: str, table: Mapping[str, Any]) -> None:
        path = self._path(key)
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"source": key, **table}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"
