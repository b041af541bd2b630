"""Find an edition by its name in the archive, or take it into the archive from the output folder."""

from __future__ import annotations

import hashlib
import mimetypes
import sqlite3
from datetime import datetime
from pathlib import Path

from briefing.archive.published import load_content, load_record
from briefing.archive.store import editions
from briefing.config import Config
from briefing.errors import BriefingError, UsageError
from briefing.model import Rendition

SUMS = "SHA256SUMS"
NAMED = 8  # editions in a message
OWN_TYPES = {".md": "text/markdown", ".eml": "message/rfc822", ".jsonl": "application/jsonl"}


def adopt_edition(db: sqlite3.Connection, config: Config, name: str, *, now: datetime) -> str:
    """The id of the edition of that name, of every kind: a day's, a week's, an extra.

    What `build` and `run` made lies in the output folder; it is stored when it is first asked for.
    Raises UsageError that names what there is, BriefingError where its files have changed since.
    """
    stored = editions.edition_by_id(db, name)
    if stored is None and (Path(config.output) / name / editions.RECORD).is_file():
        stored = editions.take_edition(db, _load_files(Path(config.output) / name), now=now)
        if stored.id != name:
            raise BriefingError(f"{name}: by what it says it is {stored.id}; do not rename folders")
    if stored is None:
        known = ", ".join(_known_names(db, config)) or "none yet; make one with: briefing build"
        raise UsageError(f"--edition: no edition is called '{name}'; there are {known}")
    if stored.profile != config.profile:
        raise UsageError(
            f"--edition: {name} is made for {stored.profile}; add: --profile {stored.profile}"
        )
    return stored.id


def _load_files(folder: Path) -> tuple[Rendition, ...]:
    """The files that the edition was made with, each as it was made."""
    lines = load_content(folder / SUMS).decode().splitlines()
    pairs = [line.split(None, 1) for line in lines if line.strip()]
    files = [_load_file(folder / name.lstrip("*"), digest) for digest, name in pairs]
    return (*files, Rendition(SUMS, "text/plain", load_content(folder / SUMS)))


def _load_file(path: Path, digest: str) -> Rendition:
    content = load_content(path)
    if hashlib.sha256(content).hexdigest() != digest:
        raise BriefingError(f"{path}: it was changed since it was made; make the edition again")
    guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Rendition(path.name, OWN_TYPES.get(path.suffix, guessed), content)


def _known_names(db: sqlite3.Connection, config: Config) -> list[str]:
    """The newest editions of the profile, in the archive and in the output folder."""
    stored = {one.id for one in editions.made_editions(db, profile=config.profile, limit=NAMED)}
    found = {path.parent.name for path in Path(config.output).glob(f"*/{editions.RECORD}")}
    own = {
        name
        for name in found
        if load_record(Path(config.output) / name / editions.RECORD)["profile"] == config.profile
    }
    return sorted(stored | own, reverse=True)[:NAMED]
