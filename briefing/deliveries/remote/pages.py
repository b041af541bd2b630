"""Pages by path to a remote place that holds them: only those that changed are sent, each in one
step; others go.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import PurePosixPath

from briefing.deliveries.remote.store import Store
from briefing.deliveries.share.pages import (
    LIST,
    SCHEMA,
    Page,
    Written,
    parse_page_list,
    sort_by_links,
)

# pages after which it is noted how far it came: a first time of a thousand may be cut off and goes
# on
STEP = 50
TYPES = {".html": "text/html; charset=utf-8", ".xml": "application/atom+xml"}


def update_pages(pages: Iterable[Page], store: Store) -> Written:
    """Make the place's pages these, what is linked to before what links to it.

    What is there is told by the list that lies beside them, and not looked at. Raises BriefingError
    when the place does not take one; the next call goes on from there.
    """
    before = parse_page_list(store.read(LIST) or b"")
    wanted = sort_by_links(pages)
    changing = [page for page in wanted if before.get(page.name) != page.sha256]
    gone = sorted(before.keys() - {page.name for page in wanted})
    now = before | {
        page.name: "" for page in changing
    }  # a page that is on its way has no digest yet
    if changing or gone:
        _write_list(store, now)
    for number, page in enumerate(changing, start=1):
        content = page.content()
        store.replace(page.name, content, TYPES[PurePosixPath(page.name).suffix])
        now[page.name] = hashlib.sha256(content).hexdigest()
        if number % STEP == 0:
            _write_list(store, now)
    for name in gone:
        store.remove([name])
        del now[name]
    if changing or gone:
        _write_list(store, now)
    return Written(len(changing), len(wanted) - len(changing), len(gone))


def _write_list(store: Store, pages: dict[str, str]) -> None:
    content = (
        json.dumps({"schema": SCHEMA, "pages": dict(sorted(pages.items()))}, indent=0).encode()
        + b"\n"
    )
    store.replace(LIST, content, "application/json")
