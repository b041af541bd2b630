"""An old edition to any of its renditions again, from its record and its texts of record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from briefing.archive.published import edition_file, load_edition
from briefing.deliveries import deliver_to_folder
from briefing.errors import UsageError
from briefing.model import Delivery
from briefing.renditions import House, render


def render_again(
    path: Path,
    formats: Iterable[str],
    /,
    *,
    output: Path,
    templates: Path | None = None,
    house: House = House(),  # noqa: B008 (a frozen value)
) -> tuple[Delivery, ...]:
    """The edition in `path` (edition.json, or its folder) rendered again into the folder `output`.

    The sentences are those of the record, whatever the program has learnt since. Raises UsageError
    for the folder of the edition itself, since what was published stays as it was, and
    BriefingError as `renditions.render` does.
    """
    if output.resolve() == edition_file(path).parent.resolve():
        raise UsageError(
            f"{output}: what was published stays as it was; name another folder with --output"
        )
    renditions = render(load_edition(path), formats, templates=templates, house=house)
    return tuple(deliver_to_folder(rendition, folder=str(output)) for rendition in renditions)
