"""A published edition's folder to its record and its edition, with the texts of record that stand beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from briefing.archive.edition_files.edition_json import from_record
from briefing.archive.edition_files.texts_of_record import TEXTS, load
from briefing.archive.store.editions import RECORD, identify
from briefing.errors import BriefingError, VerificationError
from briefing.model import Edition


def file_of(path: Path) -> Path:
    """The edition.json that `path` names: itself, or the one in the folder."""
    return path / "edition.json" if path.is_dir() else path


def edition_at(path: Path) -> Edition:
    """The edition in `path` (edition.json, or its folder).

    Raises BriefingError where none is, VerificationError where a quotation is not what its text of record says.
    """
    file = file_of(path)
    return from_record(record_at(file), load(content(file.with_name(TEXTS))))


def published(output: Path, edition: Edition) -> list[dict[str, Any]]:
    """The records of the revisions of an edition that the folder holds, the first first; none where none is."""
    found: list[dict[str, Any]] = []
    while (file := output / named(edition, len(found) + 1) / RECORD).is_file():
        found.append(record_at(file))
    return found


def named(edition: Edition, revision: int = 0) -> str:
    """The folder an edition goes into, or another revision of it."""
    return identify(edition.profile, edition.date, revision or edition.revision, edition.kind)


def record_at(file: Path) -> dict[str, Any]:
    """The plain data of an edition.json, unchecked."""
    try:
        record = json.loads(content(file))
    except ValueError as error:
        raise VerificationError(f"{file}: this is not the JSON that was written ({error}); restore the file") from error
    if not isinstance(record, dict):
        raise BriefingError(f"{file}: this is no edition; name an edition.json")
    return record


def content(file: Path) -> bytes:
    """A file of the folder. Raises BriefingError that says what to name instead."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise BriefingError(f"{file}: it cannot be opened ({error.strerror}); name an edition.json") from error
