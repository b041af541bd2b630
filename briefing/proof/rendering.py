"""Render an edition again from its record and texts, and compare it with what lies in its folder,
byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Edition, Rendition
from briefing.proof.provenance import PROOF, SCHEMA, folder_digest, made_with, printed_with
from briefing.renditions import FORMATS, House, render
from briefing.renditions.edition_json import encode_edition as edition_record

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


@dataclass(frozen=True, slots=True)
class Comparison:
    """Files that are other than rendering gives, and why some could not be compared, a sentence
    each.
    """

    faults: tuple[str, ...] = ()
    weaker: tuple[str, ...] = ()


def compare(
    edition: Edition,
    folder: Path,
    renditions: Sequence[Rendition],
    *,
    templates: Path | None = None,
) -> Comparison:
    """What rendering again says of the renditions in a folder.

    It is done by the same program with the same libraries and templates alone: others may break a
    line elsewhere.
    """
    said = _said(folder)
    if said is None:
        return Comparison((f"{PROOF}: this is not what was written; restore the file",))
    if hindrance := _hindrance(said, templates):
        return Comparison(
            weaker=(f"the renditions were not rendered again and compared: {hindrance}",)
        )
    is_printed = all(
        said["made_with"].get(name) == version for name, version in printed_with().items()
    )
    left_out = set[str]() if is_printed else {"pdf"}
    formats = tuple(
        sorted({MADE_BY[one.name] for one in renditions if one.name in MADE_BY} - left_out)
    )
    try:
        made = _made(_Frozen(edition), formats, json.dumps(said["house"]), templates)
    except (BriefingError, TypeError, ValueError) as error:
        return Comparison(
            (
                (
                    f"{PROOF}: the edition cannot be rendered again as it says ({error}); "
                    "restore the file"
                ),
            )
        )
    return Comparison(tuple(_faults(renditions, made)), tuple(_weaker(renditions, made)))


@dataclass(frozen=True)
class _Frozen:
    """An edition that is equal to another by its record."""

    edition: Edition = field(compare=False)
    digest: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.sha256(edition_record(self.edition)).hexdigest())


@lru_cache(
    maxsize=16
)  # an edition that is proved again, after one file was put back, is not printed again
def _made(
    given: _Frozen, formats: tuple[str, ...], house: str, templates: Path | None
) -> dict[str, bytes]:
    said = json.loads(house)
    around = House(**{**said, "unsubscribe": tuple(said.get("unsubscribe", ()))})
    names = [name for name in FORMATS if name in formats]
    return {
        one.name: one.content
        for one in render(given.edition, names, templates=templates, house=around)
    }


def _faults(renditions: Sequence[Rendition], made: dict[str, bytes]) -> Iterator[str]:
    for one in renditions:
        if one.name in made and made[one.name] != one.content:
            yield (
                f"{one.name}: it is not what the edition's record and texts are "
                "rendered to; restore the file"
            )


def _weaker(renditions: Sequence[Rendition], made: dict[str, bytes]) -> Iterator[str]:
    for one in renditions:
        if one.name not in made:
            yield (
                f"{one.name}: its sentences, labels and links were looked for; its "
                "bytes were not rendered again"
            )


def _is_same_program(said: object) -> bool:
    """Whether it was made by this program and these libraries; those of type decide of PDFs
    alone.
    """
    type_ = printed_with().keys()
    return isinstance(said, dict) and all(
        said.get(k) == v for k, v in made_with().items() if k not in type_
    )


def _said(folder: Path) -> dict[str, Any] | None:
    """What proof.json says, nothing where there is none; None where it is not as it was written."""
    if not (folder / PROOF).exists():
        return {}  # an edition of before there were such files
    try:
        found = json.loads((folder / PROOF).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.get("schema") == SCHEMA else None


def _hindrance(said: dict[str, Any], templates: Path | None) -> str:
    """Why rendering again would prove nothing; empty where it does."""
    if not isinstance(said.get("house"), dict):
        return f"no {PROOF} says how they were made"
    if not _is_same_program(said.get("made_with")):
        return "they were made by another version of the program or of its libraries"
    if said.get("templates") and (
        templates is None or folder_digest(templates) != said["templates"]
    ):
        return "they were made with templates of the desk's own; name them with --templates"
    return ""
