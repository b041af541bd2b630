"""WeasyPrint 70 and pydyf 0.13 in, the same pages from them in less time out."""

from __future__ import annotations

import ctypes.util
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

LEVEL = 6  # of zlib; pydyf's 9 takes a tenth more of all CPU time for 4 per cent fewer bytes (57 pages, three runs)


@contextmanager
def loading() -> Iterator[None]:
    """While WeasyPrint is imported: no compiler is asked where libraries are.

    On Linux it asks ldconfig, gcc and ld for names that only other systems have, 54 processes and 0.1 CPU seconds in
    all, and then opens each by the name it has here.
    """
    asked = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 - its signature
    try:
        yield
    finally:
        ctypes.util.find_library = asked


def hasten() -> None:
    """Pages are listed once and not for every tag, a quarter of the time of 500 pages; streams are packed quickly."""
    import pydyf

    def references(self: Any) -> tuple[bytes, ...]:
        kids = self.pages["Kids"][::3]
        if len(getattr(self, "known_pages", ())) != len(kids):
            self.known_pages = tuple(f"{number} 0 R".encode() for number in kids)
        found: tuple[bytes, ...] = self.known_pages
        return found

    pydyf.PDF.page_references = property(references)
    pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj(min(level, LEVEL)))
