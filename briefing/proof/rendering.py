"""Render an edition again from its record and texts, and compare it with what lies in its folder, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Edition, Rendition
from briefing.proof.provenance import PROOF, SCHEMA, folder_digest, made_with
from briefing.renditions import FORMATS, House, render

MADE_BY = {  # file -> the format that it is a rendition of
    "edition.json": "json",
    "edition.md": "markdown",
    "edition.html": "email",
    "edition.eml": "email",
    "edition.pdf": "pdf",
    "edition.txt": "text",
    "page.html": "page",
    "edition.epub": "epub",
    "feed.xml": "feed",
}
NOT_COMPARED = frozenset(["edition.pdf"])  # its bytes hang on the machine's libraries of type, too


@dataclass(frozen=True, slots=True)
class Comparison:
    """Files that are other than rendering gives, and why some could not be compared, a sentence each."""

    faults: tuple[str, ...] = ()
    weaker: tuple[str, ...] = ()


def compare(
    edition: Edition, folder: Path, renditions: Sequence[Rendition], *, templates: Path | None = None
) -> Comparison:
    """What rendering again says of the renditions in a folder.

    It is done by the same program with the same libraries and templates alone: others may break a line elsewhere.
    """
    said = _said(folder) or {}
    if hindrance := _hindrance(said, templates):
        return Comparison(weaker=(f"the renditions were not rendered again and compared: {hindrance}",))
    formats = sorted({MADE_BY[one.name] for one in renditions if one.name in MADE_BY} - {"pdf"})
    try:
        made = {one.name: one.content for one in _rendered(edition, formats, said["house"], templates)}
    except (BriefingError, TypeError, ValueError) as error:
        return Comparison((f"{PROOF}: the edition cannot be rendered again as it says ({error}); restore the file",))
    return Comparison(tuple(_faults(renditions, made)), tuple(_weaker(renditions, made)))


def _rendered(
    edition: Edition, formats: Sequence[str], house: dict[str, Any], templates: Path | None
) -> tuple[Rendition, ...]:
    around = House(**{**house, "unsubscribe": tuple(house.get("unsubscribe", ()))})
    return render(edition, [name for name in FORMATS if name in formats], templates=templates, house=around)


def _faults(renditions: Sequence[Rendition], made: dict[str, bytes]) -> Iterator[str]:
    for one in renditions:
        if one.name in made and made[one.name] != one.content:
            yield f"{one.name}: it is not what the edition's record and texts are rendered to; restore the file"


def _weaker(renditions: Sequence[Rendition], made: dict[str, bytes]) -> Iterator[str]:
    for one in renditions:
        if one.name not in made:
            yield f"{one.name}: its sentences, labels and links were looked for; its bytes were not rendered again"


def _said(folder: Path) -> dict[str, Any] | None:
    """What proof.json says; None where there is none, or it is not as it was written."""
    try:
        found = json.loads((folder / PROOF).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.get("schema") == SCHEMA else None


def _hindrance(said: dict[str, Any], templates: Path | None) -> str:
    """Why rendering again would prove nothing; empty where it does."""
    if not isinstance(said.get("house"), dict):
        return f"no {PROOF} says how they were made"
    if said.get("made_with") != made_with():
        return "they were made by another version of the program or of its libraries"
    if said.get("templates") and (templates is None or folder_digest(templates) != said["templates"]):
        return "they were made with templates of the desk's own; name them with --templates"
    return ""
