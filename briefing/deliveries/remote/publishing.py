"""Renditions and a marked store to a published edition: files, then their manifest, then the
pointer to the newest.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence

from briefing.deliveries.manifest import MANIFEST, SUMS, build_manifest, build_pointer, build_sums
from briefing.deliveries.remote.store import Store
from briefing.deliveries.share import Published
from briefing.errors import BriefingError
from briefing.model import Rendition

MARK, LATEST = ".briefing-target", "latest.json"
# of one edition, at most: a store that says of every name that it is taken is not believed for ever
REVISIONS = 100
POINTINGS = 3  # times that the pointer is written before it must be seen
NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-[a-z0-9-]+?(?:-r(\d{1,3}))?")


def mark_target(store: Store) -> str:
    """The store's id, a new one when it has none."""
    note = {
        "id": os.urandom(16).hex(),
        "note": "briefing publishes here; without this file it does not",
    }
    store.create(MARK, json.dumps(note, indent=1).encode() + b"\n", "application/json")
    return _target_id(store)


def _target_id(store: Store) -> str:
    """The id in the mark. Raises BriefingError where there is none."""
    content = store.read(MARK)
    if content is None:
        raise BriefingError(
            f"{store.place}: this place is not marked; nothing was written; to mark "
            "it: briefing publish --init PLACE"
        )
    try:
        return str(json.loads(content)["id"])
    except (ValueError, KeyError, TypeError) as error:
        raise BriefingError(
            f"{store.place}/{MARK}: it cannot be read ({error}); nothing was written"
        ) from error


def publish(
    edition: str, renditions: Sequence[Rendition], store: Store, *, known: str | None = None
) -> Published:
    """Put the edition there and make it the newest if it is. The same edition again changes
    nothing.

    Another content under its name becomes `-r2`. Raises BriefingError when the place is not the
    marked one or refuses; what is there by then is used by the next attempt, and nobody is pointed
    to it.
    """
    found = _target_id(store)
    if known and found != known:
        raise BriefingError(
            f"{store.place}: this is another place than before (its mark says "
            f"{found[:8]}, not {known[:8]}); "
            "nothing was written"
        )
    kept = [
        one for one in renditions if one.name not in {MANIFEST, SUMS}
    ]  # these are made here, of what arrives
    described = build_manifest(edition, kept)
    place, new = _place_edition(edition, kept, described, store)
    _move_pointer(store, place, described)
    return Published(place, new)


def _place_edition(
    edition: str, renditions: Sequence[Rendition], described: bytes, store: Store
) -> tuple[str, bool]:
    """Below the first name of the edition that is free or holds the same, whole or in part."""
    for revision in range(1, REVISIONS + 1):
        place = f"{edition[:4]}/{edition}" + (f"-r{revision}" if revision > 1 else "")
        present = store.read(f"{place}/{MANIFEST}")
        if present == described:
            return place, False
        if present is None and _upload_edition(place, renditions, described, store):
            return place, True
    raise BriefingError(
        f"{store.place}: {edition} has {REVISIONS} revisions there; look what else writes to it"
    )


def _upload_edition(
    place: str, renditions: Sequence[Rendition], described: bytes, store: Store
) -> bool:
    """Every file there and read back, the manifest last; False where another publisher has one of
    the names.

    The list of sums goes first: it tells whose the place is, so that nobody writes into a place of
    another content.
    """
    files = {one.name: (one.content, one.media_type) for one in renditions}
    listing = build_sums(
        {name: content for name, (content, _) in files.items()} | {MANIFEST: described}
    )
    files = {SUMS: (listing, "text/plain"), **files}
    for name, (content, media_type) in files.items():
        if (
            not store.create(f"{place}/{name}", content, media_type)
            and store.read(f"{place}/{name}") != content
        ):
            return False
    for name, (content, _) in files.items():
        if store.read(f"{place}/{name}") != content:
            raise BriefingError(
                f"{store.place}/{place}/{name}: it reads back otherwise than it was written"
            )
    store.create(f"{place}/{MANIFEST}", described, "application/json")
    return store.read(f"{place}/{MANIFEST}") == described


def _move_pointer(store: Store, place: str, described: bytes) -> None:
    """The pointer to this edition, unless it points to a later one; read back, as another may write
    it at once.
    """
    wanted = build_pointer(place, described)
    for _ in range(POINTINGS):
        present = store.read(LATEST)
        if present == wanted or _edition_order(place) < _edition_order(parse_pointer(present)):
            return
        store.replace(LATEST, wanted, "application/json")
    if _edition_order(parse_pointer(store.read(LATEST))) < _edition_order(place):
        raise BriefingError(f"{store.place}/{LATEST}: it reads back otherwise than it was written")


def parse_pointer(content: bytes | None) -> str:
    """The place that a pointer is at; empty where there is none."""
    try:
        return str(json.loads(content or b"{}").get("place", ""))
    except (ValueError, AttributeError):
        return ""


def _edition_order(place: str) -> tuple[str, int]:
    parts = NAME.fullmatch(place.rpartition("/")[2])
    return (parts[1], int(parts[2] or 1)) if parts else ("", 0)


def verify_editions(store: Store, places: Sequence[str]) -> tuple[str, ...]:
    """One sentence for each file of these editions that is not as it was published. Reads every
    byte.
    """
    return tuple(fault for place in places for fault in _edition_faults(store, place))


def _edition_faults(store: Store, place: str) -> Iterator[str]:
    try:
        files: Mapping[str, Mapping[str, str]] = json.loads(
            store.read(f"{place}/{MANIFEST}") or b""
        )["files"]
        wanted = {name: str(of["sha256"]) for name, of in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        yield f"{store.place}/{place}/{MANIFEST}: it cannot be read; publish the edition again"
        return
    for name, digest in wanted.items():
        content = store.read(f"{place}/{name}")
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            yield (
                f"{store.place}/{place}/{name}: it "
                f"{'is missing' if content is None else 'was changed'}"
            )
