"""The address of a remote place to the store that speaks its language."""

from __future__ import annotations

from urllib.parse import urlsplit

from briefing.deliveries.remote.store import Store
from briefing.errors import BriefingError, ConfigError
from briefing.secret import Secret

SCHEMES = ("s3", "sftp", "webdav", "webdavs")


def is_remote(target: str) -> bool:
    return target.partition("://")[0] in SCHEMES


def open_target(target: str, *, user: str | None = None, password: Secret | None = None) -> Store:
    """`s3://bucket/prefix`, `sftp://user@host:port/folder`, `webdavs://host/folder`.

    Raises ConfigError for an address that is none, and without keys for a bucket.
    """
    parts = urlsplit(target)
    if parts.password is not None:
        raise ConfigError(
            "share: target: a password in an address ends up in logs; use share.password"
        )
    if not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(
            f"share: target: '{target}' is no place; write it as in sftp://news@host/srv/briefings"
        )
    if parts.scheme == "s3":
        from briefing.deliveries.remote.s3 import Bucket

        return Bucket(target, parts.hostname, parts.path.strip("/"), user=user, password=password)
    if parts.scheme == "sftp":
        from briefing.deliveries.remote.sftp import Sftp

        return Sftp(
            target, parts.hostname, parts.path or "/", user=parts.username or user, port=parts.port
        )
    if parts.scheme in SCHEMES:
        from briefing.deliveries.remote.webdav import WebDav

        return WebDav(target, user=parts.username or user, password=password)
    raise BriefingError(f"{target}: there are {', '.join(SCHEMES)}")
