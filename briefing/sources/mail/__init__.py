"""Mailboxes to a document for each message: an IMAP folder, a maildir, an mbox file, a folder of
.eml files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Document, Fate, Source
from briefing.sources.mail.imap import collect_imap
from briefing.sources.mail.local import collect_eml_folder, collect_maildir
from briefing.sources.mail.mbox import collect_mbox
from briefing.sources.visits import Visit

__all__ = ["collect_mail"]


def collect_mail(
    location: str, *, source: Source | None = None, visit: Visit | None = None, **settings: Any
) -> Iterator[Document | Fate]:
    """Documents of media type message/rfc822, oldest first, each once; nothing is marked, moved or
    removed.

    `location` is imaps://USER@HOST/FOLDER, or the path of a maildir, an mbox file or a folder of
    .eml files. Raises BriefingError when there is no such mailbox, or when its server or password
    says no.
    """
    visit = visit or Visit()
    if location.startswith(("imap://", "imaps://")):
        return collect_imap(location, source=source, visit=visit, **settings)
    path = Path(location).expanduser()
    if path.is_file():
        return collect_mbox(path, source=source, visit=visit, **settings)
    if (path / "cur").is_dir() and (path / "new").is_dir():
        return collect_maildir(path, source=source, visit=visit, **settings)
    if path.is_dir():
        return collect_eml_folder(path, source=source, visit=visit, **settings)
    raise BriefingError(
        f"{location}: there is no such mailbox; name imaps://USER@HOST/FOLDER, a maildir or an mbox"
    )
