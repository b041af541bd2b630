"""Pages by path to a target that holds them: only those that changed are written, each whole;
others go.

Every page is replaced in one step and synced; what is linked to is there before what links to it,
so that a reader follows no link into nothing, whenever they look.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from briefing.deliveries.share import atomic_files
from briefing.deliveries.share.publishing import Share
from briefing.model import Rendition

LIST = "site.json"
SCHEMA = "briefing-site/1"
PATH = re.compile(r"(?:(?:editions|months|storylines)/)?[a-z0-9][a-z0-9-]{0,120}\.(?:html|xml)")
# pages that readers may hold open at a time; more that cannot be written are a fault of the target
HELD = 10
TRIES = 3  # for one of them: 0.6 seconds in all
LAST = (
    "months/",
    "storylines.html",
    "search.html",
    "feed.xml",
    "index.html",
)  # they link to the rest, in this order


@dataclass(frozen=True, slots=True)
class Written:
    """How many pages were written, left as they were and removed; what could not be, a sentence
    each.
    """

    written: int
    kept: int
    removed: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page by what it comes to: one that is there already need not be made."""

    name: str  # its path below the target
    sha256: str
    size: int
    content: Callable[[], bytes]

    @classmethod
    def of(cls, made: Rendition) -> Page:
        digest = hashlib.sha256(made.content).hexdigest()
        return cls(made.name, digest, len(made.content), lambda: made.content)


def update_pages(pages: Iterable[Rendition | Page], share: Share) -> Written:
    """Make the target's pages these. Raises OSError where the target cannot be written at all.

    A page that somebody holds open is a warning, and is written the next time.
    """
    target, before = share.target, load_page_list(share.target)
    wanted = sort_by_links(Page.of(page) if isinstance(page, Rendition) else page for page in pages)
    for folder in sorted({(target / page.name).parent for page in wanted} - {target}):
        atomic_files.create_folder(folder, mode=share.folder_mode, group=share.gid)
    _announce_changes(target / LIST, wanted, before, share)
    now, warnings, written = {}, [], 0
    for page in wanted:
        try:
            now[page.name], new = _write_page(
                target / page.name, page, before.get(page.name), share
            )
            written += new
        except OSError as error:
            warnings.append(
                f"{target / page.name}: it is as it was ({error.strerror}); the next "
                "publication mends it"
            )
            if len(warnings) > HELD:
                raise
    for folder in sorted({(target / name).parent for name in now}):
        atomic_files.sync_folder(folder)
    removed = _remove_pages(target, before.keys() - {page.name for page in wanted})
    _write_list(target / LIST, now, share)
    return Written(written, len(now) - written, removed, tuple(warnings))


def _announce_changes(
    path: Path, wanted: Iterable[Page], before: dict[str, str], share: Share
) -> None:
    """List what is about to change without its digest: a writer that is killed leaves no page that
    nobody knows of.
    """
    changing = {page.name: "" for page in wanted if before.get(page.name) != page.sha256}
    if changing:
        _write_list(path, {**before, **changing}, share)


def load_page_list(target: Path) -> dict[str, str]:
    """Path to SHA-256 of the pages that were written before; nothing where no list can be read.

    The digest of a page whose writer was cut off is empty: it is the old page, the new one, or not
    there.
    """
    try:
        return parse_page_list((target / LIST).read_bytes())
    except OSError:
        return {}


def parse_page_list(content: bytes) -> dict[str, str]:
    """A list of pages by path; those that are none of ours, and what is no list, left out."""
    try:
        pages = json.loads(content)["pages"]
        return {
            str(path): str(digest) for path, digest in pages.items() if PATH.fullmatch(str(path))
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def sort_by_links(pages: Iterable[Page]) -> list[Page]:
    """What is linked to before what links to it."""
    return sorted(pages, key=lambda page: _link_order(page.name))


def _link_order(path: str) -> tuple[int, str]:
    return next((1 + place for place, start in enumerate(LAST) if path.startswith(start)), 0), path


def _write_page(path: Path, page: Page, before: str | None, share: Share) -> tuple[str, bool]:
    """Its digest, and whether it had to be written. Without a list that names it, what lies there
    is compared.
    """
    with contextlib.suppress(FileNotFoundError):
        if (
            path.stat().st_size == page.size
            and (before or atomic_files.digest_file(path)) == page.sha256
        ):
            return page.sha256, False
    content = page.content()
    atomic_files.replace_file(
        path, content, mode=share.mode, group=share.gid, tries=TRIES, synced=False
    )
    return hashlib.sha256(content).hexdigest(), True


def _remove_pages(target: Path, paths: Iterable[str]) -> int:
    removed = 0
    for path in paths:
        with contextlib.suppress(OSError):
            (target / path).unlink()
            removed += 1
    return removed


def _write_list(path: Path, pages: dict[str, str], share: Share) -> None:
    content = (
        json.dumps({"schema": SCHEMA, "pages": dict(sorted(pages.items()))}, indent=0).encode()
        + b"\n"
    )
    with contextlib.suppress(FileNotFoundError):
        if path.read_bytes() == content:
            return
    atomic_files.replace_file(path, content, mode=share.mode, group=share.gid)
