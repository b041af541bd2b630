"""Plain text in, one draft out: a page flattened to text, or a clean article."""

from __future__ import annotations

import re
from itertools import pairwise

from briefing.articles import decoding
from briefing.articles.drafts import Draft
from briefing.model import Document


def read(content: bytes, document: Document) -> list[Draft]:
    declared = re.search(r"charset=[\"']?([\w.:-]+)", document.media_type or "")
    return [Draft(unwrapped(decoding.decode(content, declared[1] if declared else None)))]


def unwrapped(text: str) -> str:
    """Text that was broken at a fixed width, each paragraph on one line again; other text as it is, offsets kept."""
    lines = text.split("\n")
    full = [len(line) for line in lines if len(line.strip()) > 40]
    if len(full) < 6 or max(full) > 100:
        return text
    width = sorted(full)[-len(full) // 10 - 1]
    near = sum(length >= width - 15 for length in full)
    open_ended = sum(a.strip() != "" and b.strip() != "" and b.strip()[:1].islower() for a, b in pairwise(lines))
    if near < 0.5 * len(full) or open_ended < 0.2 * len(full):
        return text
    return _flowing(lines, width)


def _flowing(lines: list[str], width: int) -> str:
    joined = lines[0]
    for above, line in pairwise(lines):
        # A line goes on when the next word would not have fitted on it.
        room = width - len(above)
        word = line.split(" ", 1)[0]
        flows = above.strip() and line.strip() and len(word) >= room and not line[:1].isspace() and len(above) > 40
        joined += (" " if flows else "\n") + line
    return joined
