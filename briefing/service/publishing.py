"""A stored edition and the share settings to a published one, remembered as pending until it is."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.archive import editions, publications
from briefing.config import Config
from briefing.deliveries import deadline
from briefing.deliveries.share import Published, Share, marking
from briefing.deliveries.share import publish as put
from briefing.errors import BriefingError, ConfigError
from briefing.service import site

KNOWN = "share.json"  # target -> id of its mark, as seen when it was initialised


def publish(db: sqlite3.Connection, config: Config, edition: str, *, now: datetime) -> Published:
    """Put the edition on the share, unless it is there. `db` is durable; until it is done the edition is pending.

    Raises BriefingError, after noting it, when the share cannot be used or hangs.
    """
    share = settings(config)
    target = str(share.target)
    publications.want(db, edition, target)
    files = editions.renditions(db, edition)
    try:
        done: dict[str, Any] = deadline.within(
            config.share.deadline, lambda: asdict(put(edition, files, share)), what=target
        )
    except BriefingError as error:
        publications.failed(db, edition, target, text=str(error), now=now)
        raise
    publications.done(db, edition, target, place=done["place"], now=now)
    pages = site.renew(db, config, share).warnings if config.share.site else ()
    return Published(done["place"], done["new"], (*done["warnings"], *pages))


def settings(config: Config) -> Share:
    if not config.share.target:
        raise ConfigError("share: target: nothing is set; name the folder, then: briefing publish --init DIR")
    target = Path(config.share.target)
    known = _known(config).get(str(target.absolute()))
    mode, group = int(config.share.file_mode, 8), config.share.group
    return Share(target, known, mode, group, config.share.keep, config.share.copies)


def initialise(config: Config, target: Path) -> str:
    """Mark the folder and remember which one it is; its id."""
    identity = marking.mark(target)
    path = Path(config.state) / KNOWN
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {**_known(config), str(target.absolute()): identity}
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    return identity


def _known(config: Config) -> dict[str, str]:
    try:
        known: dict[str, str] = json.loads((Path(config.state) / KNOWN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return known
