"""A stored edition and the share settings to a published one, remembered as pending until it is.

The target is a folder, or an address in S3, on an SFTP or a WebDAV server; the ledger and the deadline are the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.archive.store import editions, publications
from briefing.config import Config
from briefing.deliveries import deadline, remote
from briefing.deliveries.remote import is_remote
from briefing.deliveries.remote.store import Store
from briefing.deliveries.share import Published, Share
from briefing.deliveries.share import marker as marking
from briefing.deliveries.share import publish as put
from briefing.deliveries.share import verify as verified
from briefing.errors import BriefingError, ConfigError
from briefing.model import Rendition
from briefing.secret import secret
from briefing.service.distribution import remote_site as tending
from briefing.service.distribution import share_site as site

KNOWN = "share.json"  # target -> id of its mark, as seen when it was initialised


def publish(db: sqlite3.Connection, config: Config, edition: str, *, now: datetime) -> Published:
    """Put the edition on the share, unless it is there. `db` is durable; until it is done the edition is pending.

    Raises BriefingError, after noting it, when the share cannot be used or hangs.
    """
    target, way = _way(config)
    publications.want(db, edition, target)
    files = editions.renditions(db, edition)
    try:
        done: dict[str, Any] = deadline.within(config.share.deadline, lambda: asdict(way(edition, files)), what=target)
    except BriefingError as error:
        publications.failed(db, edition, target, text=str(error), now=now)
        raise
    publications.done(db, edition, target, place=done["place"], now=now)
    return Published(done["place"], done["new"], (*done["warnings"], *_beside(db, config, edition, target)))


def _beside(db: sqlite3.Connection, config: Config, edition: str, target: str) -> tuple[str, ...]:
    """Pages, and what else is to lie beside the editions; what could not be done, a sentence each."""
    if is_remote(target):
        return tending.tend(db, config, edition, target=target, opened=lambda: _store(config, target))
    return site.renew(db, config, settings(config)).warnings if config.share.site else ()


def _way(config: Config) -> tuple[str, Callable[[str, Sequence[Rendition]], Published]]:
    """The target as the ledger knows it, and how an edition gets there."""
    target = named(config)
    if is_remote(target):
        known = _known(config).get(target)
        return target, lambda edition, files: remote.publish(edition, files, _store(config, target), known=known)
    share = settings(config)
    return target, lambda edition, files: put(edition, files, share)


def named(config: Config) -> str:
    """The target: a folder or an address. Raises ConfigError where there is none."""
    if not config.share.target:
        raise ConfigError("share: target: nothing is set; name the folder, then: briefing publish --init DIR")
    return config.share.target


def _store(config: Config, target: str) -> Store:
    password = secret(config.share.password, whose="share: password") if config.share.password else None
    return remote.opened(target, user=config.share.user, password=password)


def verify(db: sqlite3.Connection, config: Config) -> tuple[str, ...]:
    """One sentence for each file at the target that is not as it was published."""
    target = named(config)
    if is_remote(target):
        return remote.verify(_store(config, target), publications.places(db, target))
    return verified(settings(config).target)


def settings(config: Config) -> Share:
    """A folder's own settings."""
    target = Path(named(config))
    known = _known(config).get(str(target.absolute()))
    mode, group = int(config.share.file_mode, 8), config.share.group
    return Share(target, known, mode, group, config.share.keep, config.share.copies)


def initialise(config: Config, target: str) -> str:
    """Mark the folder or the remote place and remember which one it is; its id."""
    identity = remote.mark(_store(config, target)) if is_remote(target) else marking.mark(Path(target))
    place = target if is_remote(target) else str(Path(target).absolute())
    path = Path(config.state) / KNOWN
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = {**_known(config), place: identity}
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    return identity


def _known(config: Config) -> dict[str, str]:
    try:
        known: dict[str, str] = json.loads((Path(config.state) / KNOWN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return known
