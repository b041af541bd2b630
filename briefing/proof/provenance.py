"""Write down how an edition's files were made, and which edition was the one before: proof.json."""

from __future__ import annotations

import ctypes
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from briefing import __version__
from briefing.model import Rendition
from briefing.resources import HERE, templates_folder

PROOF = "proof.json"
SCHEMA = "briefing-proof/1"
LIBRARIES = (
    "jinja2",
    "babel",
    "css-inline",
    "markdown",
    "weasyprint",
)  # that decide a byte of what is rendered
Before = tuple[str, str]  # name of an edition, digest of its edition.json


def provenance(
    house: Mapping[str, Any], own_templates: Path | None, before: Before | None
) -> Rendition:
    """Without a time or a place, so that the same edition of the same desk gives the same bytes."""
    said = {
        "schema": SCHEMA,
        "made_with": made_with(),
        "templates": folder_digest(own_templates) if own_templates else None,
        "house": house,
        "before": {"edition": before[0], "sha256": before[1]} if before else None,
    }
    return Rendition(
        PROOF, "application/json", json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
    )


@cache
def made_with() -> dict[str, str]:
    """The program and the libraries that it renders with, so that another is known to be
    another.
    """
    code = hashlib.sha256()
    for path in sorted(path for path in (HERE / "renditions").rglob("*.py")):
        code.update(f"{path.relative_to(HERE)}\n".encode() + path.read_bytes())
    code.update(folder_digest(templates_folder()).encode())
    libraries = {name: _version(name) for name in LIBRARIES}
    return {"briefing": __version__, "rendering": code.hexdigest(), **libraries, **printed_with()}


def printed_with() -> dict[str, str]:
    """The machine's libraries of type, on which the bytes of a PDF hang besides."""
    return {
        "pango": _of_machine("libpango-1.0.so.0", "pango_version_string"),
        "harfbuzz": _of_machine("libharfbuzz.so.0", "hb_version_string"),
    }


def _of_machine(library: str, function: str) -> str:
    try:
        asked = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return ""
    asked.restype = ctypes.c_char_p
    return (asked() or b"").decode(errors="replace")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def folder_digest(folder: Path) -> str:
    """Of the names and the bytes of all files below a folder."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(
            f"{path.relative_to(folder).as_posix()}\n{path.stat().st_size}\n".encode()
            + path.read_bytes()
        )
    return found.hexdigest()


def latest_before(output: Path, name: str) -> Before | None:
    """The edition of the same profile that the folder holds of the day before or of any earlier
    one, its last revision.

    `name` is what the edition itself is called, without its revision.
    """
    day, rest = name[:10], name[10:]
    try:
        there = sorted(
            path
            for path in output.iterdir()
            if path.name[:10] < day and _is_revision(path.name[10:], rest)
        )
        found = max(
            there, key=lambda path: (path.name[:10], len(path.name), path.name), default=None
        )
        record = (found / "edition.json").read_bytes() if found else b""
    except OSError:
        return None
    return (found.name, hashlib.sha256(record).hexdigest()) if found else None


def _is_revision(rest: str, wanted: str) -> bool:
    return rest == wanted or (
        rest.startswith(f"{wanted}-r") and rest[len(wanted) + 2 :].isdecimal()
    )
