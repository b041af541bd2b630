"""A published edition's folder to its record and its edition, with the texts of record that stand
beside it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from briefing.archive.edition_files.edition_json import deserialise_edition
from briefing.archive.edition_files.texts_of_record import TEXTS, load_texts
from briefing.archive.store.editions import RECORD, edition_id
from briefing.errors import BriefingError, VerificationError
from briefing.model import Edition


def edition_file(path: Path) -> Path:
    """The edition.json that `path` names: itself, or the one in the folder."""
    return path / "edition.json" if path.is_dir() else path


def load_edition(path: Path) -> Edition:
    """The edition in `path` (edition.json, or its folder).

    Raises BriefingError where none is, VerificationError where a quotation is not what its text of
    record says.
    """
    file = edition_file(path)
    return deserialise_edition(load_record(file), load_texts(load_content(file.with_name(TEXTS))))


def published_revisions(output: Path, edition: Edition) -> list[dict[str, Any]]:
    """The records of the revisions of an edition that the folder holds, the first first; none where
    none is.
    """
    found: list[dict[str, Any]] = []
    while (file := output / edition_folder(edition, len(found) + 1) / RECORD).is_file():
        found.append(load_record(file))
    return found


def edition_folder(edition: Edition, revision: int = 0) -> str:
    """The folder an edition goes into, or another revision of it."""
    return edition_id(edition.profile, edition.date, revision or edition.revision, edition.kind)


def load_record(file: Path) -> dict[str, Any]:
    """The plain data of an edition.json, unchecked."""
    try:
        record = json.loads(load_content(file))
    except ValueError as error:
        raise VerificationError(
            f"{file}: this is not the JSON that was written ({error}); restore the file"
        ) from error
    if not isinstance(record, dict):
        raise BriefingError(f"{file}: this is no edition; name an edition.json")
    return record


def load_content(file: Path) -> bytes:
    """A file of the folder. Raises BriefingError that says what to name instead."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise BriefingError(
            f"{file}: it cannot be opened ({error.strerror}); name an edition.json"
        ) from error
