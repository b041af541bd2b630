"""A stored edition and the share settings to a published one, remembered as pending until it is.

The target is a folder, or an address in S3, on an SFTP or a WebDAV server; the ledger and the
deadline are the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.archive.store import editions, publications
from briefing.config import Config
from briefing.deliveries import deadline, remote
from briefing.deliveries.remote import is_remote
from briefing.deliveries.remote.store import Store
from briefing.deliveries.share import Published, Share, marker, pointers
from briefing.deliveries.share import publish as put
from briefing.deliveries.share import verify_target as verified
from briefing.errors import BriefingError, ConfigError
from briefing.model import Rendition
from briefing.secret import load_secret
from briefing.service.distribution import remote_site, share_site

KNOWN = "share.json"  # target -> id of its mark, as seen when it was initialised


def publish_edition(
    db: sqlite3.Connection, config: Config, edition: str, *, now: datetime
) -> Published:
    """Put the edition on the share, unless it is there. `db` is durable; until it is done the
    edition is pending.

    Raises BriefingError, after noting it, when the share cannot be used or hangs.
    """
    target, way = _publication_way(config)
    publications.request_publication(db, edition, target)
    files = editions.load_renditions(db, edition)
    try:
        done: dict[str, Any] = deadline.run_within(
            config.share.deadline, lambda: asdict(way(edition, files)), what=target
        )
    except BriefingError as error:
        publications.record_failure(db, edition, target, text=str(error), now=now)
        raise
    publications.mark_published(db, edition, target, place=done["place"], now=now)
    return Published(
        done["place"],
        done["new"],
        (*done["warnings"], *_update_beside(db, config, edition, target)),
    )


def _update_beside(
    db: sqlite3.Connection, config: Config, edition: str, target: str
) -> tuple[str, ...]:
    """Pages, and what else is to lie beside the editions; what could not be done, a
    sentence each.
    """
    if is_remote(target):
        return remote_site.tend_remote_site(
            db, config, edition, target=target, opened=lambda: _open_store(config, target)
        )
    return (
        share_site.renew_share_site(db, config, _share_settings(config)).warnings
        if config.share.site
        else ()
    )


def _publication_way(config: Config) -> tuple[str, Callable[[str, Sequence[Rendition]], Published]]:
    """The target as the ledger knows it, and how an edition gets there."""
    target = _target_name(config)
    if is_remote(target):
        known = _known_marks(config).get(target)
        return target, lambda edition, files: remote.publish(
            edition, files, _open_store(config, target), known=known
        )
    share = _share_settings(config)
    return target, lambda edition, files: put(edition, files, share)


def _target_name(config: Config) -> str:
    """The target: a folder or an address. Raises ConfigError where there is none."""
    if not config.share.target:
        raise ConfigError(
            "share: target: nothing is set; name the folder, then: briefing publish --init DIR"
        )
    return config.share.target


def _open_store(config: Config, target: str) -> Store:
    password = (
        load_secret(config.share.password, whose="share: password")
        if config.share.password
        else None
    )
    return remote.open_target(target, user=config.share.user, password=password)


def verify_published(db: sqlite3.Connection, config: Config) -> tuple[str, ...]:
    """One sentence for each file at the target that is not as it was published, and each edition
    that is not there.
    """
    target = _target_name(config)
    if is_remote(target):
        return remote.verify_editions(
            _open_store(config, target), publications.published_places(db, target)
        )
    share = _share_settings(config)
    try:
        marker.check_mark(share.target, share.known)
    except BriefingError as error:
        return (str(error),)
    gone = tuple(
        f"{share.target / place}: it was published and is gone; put it back with: "
        f"briefing publish --date {edition[:10]}"
        for edition, place in _missing_places(db, config, share)
    )
    return (*gone, *verified(share.target))


def missing_editions(db: sqlite3.Connection, config: Config) -> tuple[str, ...]:
    """Editions that were published to the shared folder and are gone from it, oldest first; none
    for other targets.

    Raises BriefingError when the folder cannot be used or hangs.
    """
    if is_remote(_target_name(config)):
        return ()
    share = _share_settings(config)

    def look() -> list[str]:
        marker.check_mark(share.target, share.known)
        return [edition for edition, _ in _missing_places(db, config, share)]

    return tuple(deadline.run_within(config.share.deadline, look, what=str(share.target)))


def _missing_places(
    db: sqlite3.Connection, config: Config, share: Share
) -> Iterator[tuple[str, str]]:
    """What the ledger says is there and is not, but for what is older than the editions kept."""
    there = pointers.edition_folders(share.target)
    oldest = there[-1].name if share.keep and len(there) >= share.keep else ""
    for one in reversed(publications.published_editions(db, _target_name(config))):
        name = one.place.rpartition("/")[2]
        if name >= oldest and not (share.target / one.place).is_dir():
            yield one.edition, one.place


def _share_settings(config: Config) -> Share:
    """A folder's own settings."""
    target = Path(_target_name(config))
    known = _known_marks(config).get(str(target.absolute()))
    mode, group = int(config.share.file_mode, 8), config.share.group
    return Share(target, known, mode, group, config.share.keep, config.share.copies)


def initialise_target(config: Config, target: str) -> str:
    """Mark the folder or the remote place and remember which one it is; its id."""
    identity = (
        remote.mark_target(_open_store(config, target))
        if is_remote(target)
        else marker.mark_target(Path(target))
    )
    place = target if is_remote(target) else str(Path(target).absolute())
    path = Path(config.state) / KNOWN
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = {**_known_marks(config), place: identity}
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    return identity


def _known_marks(config: Config) -> dict[str, str]:
    try:
        known: dict[str, str] = json.loads((Path(config.state) / KNOWN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return known
