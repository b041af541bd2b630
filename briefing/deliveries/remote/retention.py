"""A remote place that holds editions to one with copies of the newest's files, and without editions
too many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.deliveries.manifest import MANIFEST, SUMS
from briefing.deliveries.remote.publishing import LATEST, parse_pointer
from briefing.deliveries.remote.store import Store
from briefing.deliveries.share.pointers import COPIED
from briefing.model import Rendition


def copy_newest(place: str, renditions: Sequence[Rendition], store: Store) -> None:
    """`latest.md`, `latest.html`, `latest.pdf` of the edition at `place`, if that is the newest.
    Raises BriefingError.

    For stores alone that replace a file in one step: elsewhere a reader might get half of one.
    """
    if parse_pointer(store.read(LATEST)) != place:
        return
    kinds = {f"edition.{kind}": f"latest.{kind}" for kind in COPIED}
    for one in renditions:
        name = kinds.get(one.name)
        if name and store.read(name) != one.content:
            store.replace(name, one.content, one.media_type)


def expire_editions(places: Mapping[str, Sequence[str]], store: Store) -> None:
    """Remove editions by place and the names of their files; nothing else that lies there. Raises
    BriefingError.

    The manifest goes first: an edition without one is no edition, and a removal that was cut off is
    ended by the next.
    """
    for place, names in places.items():
        files = [MANIFEST, *sorted({*names, SUMS} - {MANIFEST})]
        store.remove([f"{place}/{name}" for name in files])
