"""Annotated pages on disk in, pages with their truth out, and how near an answer comes to it."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.articles.formats import html

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora" / "pages" / "wcxb-dev"
_BREAKS = (
    "address article aside blockquote br button caption dd div dl dt fieldset "
    "figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr label li main nav ol option p pre section select table td th tr ul"
)
BLOCKS = frozenset(_BREAKS.split())

Pages = list[tuple[dict[str, Any], bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method finds on a page."""

    text: str = ""
    title: str | None = None
    day: str | None = None


def annotated(
    folder: Path, every: int = 1, *, flat: bool = False
) -> Iterator[tuple[dict[str, Any], bytes]]:
    lines = [
        line for line in (folder / "truth.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]
    for line in lines[::every]:
        truth = json.loads(line)
        raw = gzip.decompress((folder / "html" / f"{truth['id']}.html.gz").read_bytes())
        yield truth, flattened(raw).encode() if flat else raw


def flattened(raw: bytes) -> str:
    """The text of a whole page, a line break at each block element."""
    tree = html.parse_html(raw.decode("utf-8", "replace"))
    for element in tree.xpath("//script|//style|//noscript|//template|//head"):
        element.drop_tree()
    for element in tree.iter():
        for place in ("text", "tail"):
            words = getattr(element, place)
            if words:
                setattr(element, place, re.sub(r"\s+", " ", words))
    for element in tree.iter():
        if element.tag in BLOCKS:
            element.text, element.tail = "\n" + (element.text or ""), "\n" + (element.tail or "")
    return re.sub(r"\s*\n\s*", "\n", "".join(tree.itertext())).strip()


def share(truth: str | None, got: str) -> tuple[float, float, float]:
    """Shares of shared, surplus and missing shingles of one page; they add up to 1."""
    one, other = shingles(truth or ""), shingles(got)
    both = sum((one & other).values())
    surplus, missing = sum(other.values()) - both, sum(one.values()) - both
    total = both + surplus + missing
    return (both / total, surplus / total, missing / total) if total else (0.0, 0.0, 0.0)


def shingles(text: str, width: int = 4) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return (
        Counter(tuple(words[i : i + width]) for i in range(max(1, len(words) - width + 1)))
        if words
        else Counter()
    )


def fold(text: str | None) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text or "").casefold()).strip()
