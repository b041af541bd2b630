"""An old edition to any of its renditions again, from its record and its texts of record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from briefing.archive.published import edition_at, file_of
from briefing.deliveries import into_folder
from briefing.errors import UsageError
from briefing.model import Delivery
from briefing.renditions import House, render


def remake(
    path: Path,
    formats: Iterable[str],
    /,
    *,
    output: Path,
    templates: Path | None = None,
    house: House = House(),  # noqa: B008 (a frozen value)
) -> tuple[Delivery, ...]:
    """The edition in `path` (edition.json, or its folder) rendered again into the folder `output`.

    The sentences are those of the record, whatever the program has learnt since. Raises UsageError for the folder of
    the edition itself, since what was published stays as it was, and BriefingError as `renditions.render` does.
    """
    if output.resolve() == file_of(path).parent.resolve():
        raise UsageError(f"{output}: what was published stays as it was; name another folder with --output")
    renditions = render(edition_at(path), formats, templates=templates, house=house)
    return tuple(into_folder(rendition, folder=str(output)) for rendition in renditions)
