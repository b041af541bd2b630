"""A folder to a marked target: what carries no mark is not the share, however much it looks like
it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from briefing.deliveries.share import atomic_files
from briefing.errors import BriefingError

MARK = ".briefing-target"


def mark_target(target: Path) -> str:
    """The folder's id, a new one when it has none. Done once, by a person who sees that the right
    share is mounted.
    """
    if not target.is_dir():
        raise BriefingError(
            f"{target}: there is no such folder; mount the share first, or make the folder"
        )
    path = target / MARK
    if not path.exists():
        content = {
            "id": os.urandom(16).hex(),
            "note": "briefing publishes here; without this file it does not",
        }
        try:
            atomic_files.replace_file(
                path, json.dumps(content, indent=1).encode() + b"\n", mode=0o644
            )
        except OSError as error:
            raise BriefingError(
                f"{target}: it cannot be marked ({error.strerror}); check its permissions"
            ) from error
    return _target_id(target)


def _target_id(target: Path) -> str:
    """The id in the mark. Raises BriefingError where there is none: an unmounted share's mount
    point is empty.
    """
    try:
        found = json.loads((target / MARK).read_text(encoding="utf-8"))["id"]
    except (FileNotFoundError, NotADirectoryError):
        raise BriefingError(
            f"{target}: this is not the marked folder, is the share mounted? Nothing "
            "was written; to mark it: "
            f"briefing publish --init {target}"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BriefingError(
            f"{target}/{MARK}: it cannot be read ({error}); nothing was written"
        ) from error
    return str(found)


def check_mark(target: Path, known: str | None) -> None:
    """Raises BriefingError when the folder is not marked, or is another one than `known`."""
    found = _target_id(target)
    if known and found != known:
        raise BriefingError(
            f"{target}: this is another share than before (its mark says {found[:8]}, "
            f"not {known[:8]}); nothing was "
            f"written; if it is meant, briefing publish --init {target} takes it"
        )
