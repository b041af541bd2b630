"""Renditions and a marked target to a published edition, with the pointers to the newest and old
ones cleared away.
"""

from __future__ import annotations

import contextlib
import errno
import grp
import hashlib
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.deliveries.manifest import MANIFEST, SUMS, build_manifest, build_sums
from briefing.deliveries.share import atomic_files, marker, pointers
from briefing.errors import BriefingError
from briefing.model import Rendition

ROOM = 2  # times the edition's size must be free: its files, and the copies of the newest
STALE = 86_400  # seconds; what a publisher that was cut off left behind is older by the next day
LEFT = (
    "",
    "[0-9]*/",
    "editions/",
    "months/",
    "storylines/",
)  # where a publisher may have been cut off
TAKEN = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.EACCES, errno.EPERM})


@dataclass(frozen=True, slots=True)
class Share:
    """A target and how its files are to be."""

    target: Path
    known: str | None = None  # id its mark must have
    mode: int = 0o644
    group: str | None = None
    keep: int = 0  # newest editions that stay; 0: all
    copies: bool = True

    @property
    def folder_mode(self) -> int:
        """Whoever may read a file may enter its folder."""
        return self.mode | (self.mode & 0o444) >> 2 | 0o300

    @property
    def gid(self) -> int | None:
        try:
            return grp.getgrnam(self.group).gr_gid if self.group else None
        except KeyError:
            raise BriefingError(
                f"share: group: there is no group '{self.group}' on this machine"
            ) from None


@dataclass(frozen=True, slots=True)
class Published:
    """Where the edition is now, below the target; what is not as it should be beside it."""

    place: str  # 2026/2026-01-02-daily
    new: bool
    warnings: tuple[str, ...] = ()


def publish(edition: str, renditions: Sequence[Rendition], share: Share) -> Published:
    """Put the edition there and make it the newest if it is. Once this returns it outlives a power
    cut.

    The same edition again changes nothing; another content under its name becomes `-r2`. Raises
    BriefingError, with nothing visible changed, when the target is not the marked one, is full, or
    cannot be written. Pointers that cannot be moved (a reader holds one open) and old editions that
    cannot be removed are warnings.
    """
    marker.check_mark(share.target, share.known)
    renditions = [
        one for one in renditions if one.name not in {MANIFEST, SUMS}
    ]  # these are made here, of what arrives
    try:
        _require_room(share.target, renditions)
        place, new = _place_edition(edition, renditions, share)
    except OSError as error:
        raise BriefingError(
            f"{share.target}: the edition cannot be written there ({error.strerror}); "
            "what was there is as it was"
        ) from error
    return Published(
        place,
        new,
        (
            *pointers.move_pointers(share.target, share.mode, share.gid, copies=share.copies),
            *_tidy_target(share),
        ),
    )


def _require_room(target: Path, renditions: Sequence[Rendition]) -> None:
    needed = ROOM * sum(len(one.content) for one in renditions)
    if shutil.disk_usage(target).free < needed:
        raise OSError(errno.ENOSPC, f"less than {needed:,} bytes free")


def _place_edition(edition: str, renditions: Sequence[Rendition], share: Share) -> tuple[str, bool]:
    year = share.target / edition[:4]
    atomic_files.create_folder(year, mode=share.folder_mode, group=share.gid)
    files = {one.name: one.content for one in renditions}
    files[MANIFEST] = build_manifest(edition, renditions)
    files[SUMS] = build_sums(files)
    if found := _find_same_edition(year, edition, files[SUMS]):
        return f"{year.name}/{found}", False
    part = year / f".tmp-{edition}-{os.urandom(4).hex()}"
    try:
        _write_files(part, files, share)
        name = _rename_edition(part, year, edition, files[SUMS])
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    atomic_files.sync_folder(year)
    atomic_files.sync_folder(share.target)
    return f"{year.name}/{name}", True


def _write_files(part: Path, files: dict[str, bytes], share: Share) -> None:
    atomic_files.create_folder(part, mode=share.folder_mode, group=share.gid)
    for name, content in files.items():
        atomic_files.write_synced(part / name, content, mode=share.mode, group=share.gid)
    atomic_files.sync_folder(part)
    for name, content in files.items():
        if atomic_files.digest_file(part / name) != hashlib.sha256(content).hexdigest():
            raise OSError(errno.EIO, f"{name} reads back otherwise than it was written")


def _find_same_edition(year: Path, edition: str, wanted: bytes) -> str | None:
    """The edition or the revision of it that has these files already."""
    for folder in (year / edition, *sorted(year.glob(f"{edition}-r[0-9]*"))):
        with contextlib.suppress(OSError):
            if (folder / SUMS).read_bytes() == wanted:
                return folder.name
    return None


def _rename_edition(part: Path, year: Path, edition: str, wanted: bytes) -> str:
    """The name the folder got: the edition's, or that of its next revision. A rival's same edition
    wins silently.
    """
    revision = 1
    while True:
        name = edition if revision == 1 else f"{edition}-r{revision}"
        try:
            if not (year / name).exists():  # SMB and some others rename onto an empty folder
                part.rename(year / name)
                return name
        except OSError as error:
            if error.errno not in TAKEN or not (year / name).exists():
                raise
        if found := _find_same_edition(year, edition, wanted):
            shutil.rmtree(part, ignore_errors=True)
            return found
        revision += 1


def _tidy_target(share: Share) -> list[str]:
    """Old editions and leftovers gone; what cannot be removed, one sentence each."""
    troubles = []
    editions = pointers.edition_folders(share.target)
    for folder in editions[share.keep :] if share.keep else []:
        try:
            atomic_files.remove_folder(folder)
        except OSError as error:
            troubles.append(f"{folder}: it is to be removed and cannot be ({error.strerror})")
    for leftover in (path for place in LEFT for path in share.target.glob(f"{place}.t*-*")):
        with contextlib.suppress(OSError):
            if (
                leftover.name.startswith((".tmp-", ".trash-"))
                and time.time() - leftover.stat().st_mtime > STALE
            ):
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    return troubles
