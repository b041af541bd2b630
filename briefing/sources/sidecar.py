"""What a file beside a document says of it: `report.txt.toml` to a table of facts."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path

from briefing.sources.safe_files import printable_name, read_file

SUFFIX = ".toml"
FACTS = (
    "outlet",
    "headline",
    "byline",
    "published",
    "updated",
    "embargo",
    "url",
    "language",
    "section",
    "licence",
)
LARGEST = 65_536  # bytes


def is_sidecar(path: Path) -> bool:
    """Whether a file only describes another, that is beside it, still to come, or moved away
    already.
    """
    described = path.with_suffix("")
    return path.suffix == SUFFIX and (bool(described.suffix) or described.is_file())


def sidecar_path(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)


def load_sidecar(place: Path, *, root: Path) -> tuple[dict[str, str], str | None]:
    """The facts stated in the sidecar at `place`, if there is one, and what is wrong with them as a
    sentence.

    It is refused as a document is: a link that leads out of its folder, or no file at all.
    """
    name = printable_name(place.name)
    try:
        table = tomllib.loads(read_file(place, root=root, most=LARGEST).decode("utf-8"))
    except FileNotFoundError:
        return {}, None
    except OSError as error:
        return {}, f"{name}: {error.strerror}; the document was taken without it"
    except (
        ValueError,
        RecursionError,
    ) as error:  # of TOML and of UTF-8, figures too long, lists too deep
        return {}, f"{name}: this is not TOML ({error}); the document was taken without it"
    facts = {each: text for each in FACTS if (text := _fact_text(table.get(each)))}
    unknown = [printable_name(each) for each in table if each not in FACTS]
    fault = (
        f"{name}: nothing is called '{unknown[0]}'; there are {', '.join(FACTS)}"
        if unknown
        else None
    )
    return facts, fault


def _fact_text(value: object) -> str | None:
    """Text, or a date as TOML writes it without quotation marks."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.strip() or None if isinstance(value, str) else None
