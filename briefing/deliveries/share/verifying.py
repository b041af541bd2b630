"""A target to what is wrong on it: files that are missing, were changed or rotted since they were
published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from briefing.deliveries.manifest import MANIFEST, build_pointer
from briefing.deliveries.share import atomic_files, pages, pointers

SUM = re.compile(r"([0-9a-f]{64})  ([^/]+)")


def verify_target(target: Path) -> tuple[str, ...]:
    """One sentence for each file that is not as it was published; nothing when all are. Reads every
    byte.
    """
    editions = (
        fault for folder in pointers.edition_folders(target) for fault in _edition_faults(folder)
    )
    return (
        *editions,
        *_pointer_faults(target),
        *(
            fault
            for path, wanted in pages.load_page_list(target).items()
            if wanted
            for fault in _file_faults(target / path, wanted)
        ),
    )


def _edition_faults(folder: Path) -> Iterator[str]:
    try:
        lines = (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield f"{folder}/SHA256SUMS: it cannot be read ({error}); publish the edition again"
        return
    for line in lines:
        parts = SUM.fullmatch(line)
        if not parts:
            yield f"{folder}/SHA256SUMS: '{line[:40]}' is no line of it; publish the edition again"
            continue
        yield from _file_faults(folder / parts[2], parts[1])
    if not all(map(SUM.fullmatch, lines)):
        return
    named = {"SHA256SUMS", *(line.partition("  ")[2] for line in lines)}
    for path in sorted(folder.iterdir()):
        if path.name not in named:
            yield f"{path}: it was added and is no part of the edition; remove it"


def _pointer_faults(target: Path) -> Iterator[str]:
    """Names that move on, where they show what no edition on the target is."""
    folders = pointers.edition_folders(target)
    shown = {"latest.json", *(f"latest.{kind}" for kind in pointers.COPIED)}
    for path in (target / name for name in sorted(shown)):
        try:
            content = path.read_bytes()
            is_known = any(_pointed_at(folder, path, target) == content for folder in folders)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield f"{path}: it cannot be read ({error.strerror})"
            continue
        if not is_known:
            yield f"{path}: it was changed and is no edition's; publish the newest again"


def _pointed_at(folder: Path, path: Path, target: Path) -> bytes | None:
    """What a pointer holds while it points at the edition in a folder; None where it cannot."""
    try:
        if path.name == "latest.json":
            manifest = (folder / MANIFEST).read_bytes()
            return build_pointer(folder.relative_to(target).as_posix(), manifest)
        return (folder / f"edition{path.suffix}").read_bytes()
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file_faults(path: Path, wanted: str) -> Iterator[str]:
    try:
        if atomic_files.digest_file(path) != wanted:
            yield f"{path}: it was changed since it was published"
    except OSError as error:
        yield f"{path}: it cannot be read ({error.strerror})"
