"""The blocks of a page in, a table of numbers out: one row a block, one column a feature, by name."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.articles.layout import cues, marks
from briefing.articles.layout.blocks import Block, Page, folded

Column = NDArray[Any]
Columns = dict[str, Column]

LONG = 20  # words: too long for a heading or a menu, whatever it ends in
SENTENCE = 8  # words of a closed sentence
CORES = (30, 50, 70, 85)  # per cent of a page's prose that its core holds
_ENDS = frozenset(".!?…。！？")
_CLOSERS = "\"'”’»“)]"
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|"
    r"\d+ (?:hour|day|min|minute)s? ago"
)
_NEAR = marks.KINDS
_ABOVE = ("<article>", "<main>", "<nav>", "<header>", "<footer>", "<aside>", "<figure>", "<form>", "<table>", "<ul>",
          "<ol>", "<details>", "<noscript>", "<dl>", "<blockquote>", "hidden", "body", "comment", "quote")  # fmt: skip
_OWN = ("<li>", "<p>", "<h>", "<button>", "<blockquote>", "<figcaption>", "<pre>", "hidden", "caption", "author",
        "meta", "title", "comment")  # fmt: skip


def table(page: Page) -> Columns:
    """Every feature by name; all numbers are exact fractions of counts, the same on every machine."""
    own = np.array([block.node for block in page.blocks])
    lines = _lines(page)
    context = _context(page, own, lines)
    return lines | context | _neighbours(lines, context) | _marked(page, own, lines["prose"])


def groups(page: Page) -> Column:
    """A number for each block, the same for those in elements of the same make (and of the same make of parent)."""
    known: dict[tuple[str, str], int] = {}
    nodes = page.nodes
    makes = [(nodes[block.node].names, nodes[nodes[block.node].parent].names) for block in page.blocks]
    return np.array([known.setdefault(make, len(known)) for make in makes])


# What a block is by itself.


def _lines(page: Page) -> Columns:
    times = Counter(block.text for block in page.blocks)
    rows = [_line(block) for block in page.blocks]
    columns = dict(zip(_NAMES, np.array(rows, dtype=np.float64).T, strict=True))
    columns["times"] = np.array([min(times[block.text], 4) for block in page.blocks], dtype=np.float64)
    titled = [len(block.text) < 250 and folded(block.text) in page.titles for block in page.blocks]
    columns["titled"] = np.array(titled, dtype=np.float64)
    heads = [int(tag[1]) if re.fullmatch("h[1-6]", tag := page.nodes[b.node].tag) else 0 for b in page.blocks]
    columns["level"] = np.array(heads, dtype=np.float64)
    said = [cues.of(block.text[: cues.OPENING].lower()) for block in page.blocks]
    return columns | _said(said, "says") | _heading(page, heads, columns["titled"], said)


_NAMES = ("words", "chars", "linked", "bold", "links", "closed", "prose", "stops", "commas", "bars", "letters",
          "capitals", "small start", "digit start", "quote start", "colon end", "question end", "dots end", "dated",
          "mail", "web", "money", "digits", "broken")  # fmt: skip


def _line(block: Block) -> tuple[float, ...]:
    text, size = block.text, len(block.text)
    words = text.split()
    count, first, last, low = len(words), text[0], text[-1], text[: cues.OPENING].lower()
    closed = text.rstrip(_CLOSERS)[-1:] in _ENDS
    linked = block.linked / size
    prose = count if ((closed and count >= SENTENCE) or count >= LONG) and linked < 0.5 else 0
    start = words[:15]
    return (
        count, size, linked, block.bold / size, block.links, closed, prose,
        text.count(". ") + text.count("! ") + text.count("? "), text.count(","),
        text.count("|") + text.count("·") + text.count("•"), sum(map(str.isalpha, text[:80])) / min(80, size),
        sum(word[0].isupper() for word in start) / len(start), first.islower(), first.isdigit(), first in "\"“'‘«",
        last == ":", last == "?", last == "…" or text.endswith("..."), _DATED.search(low) is not None, "@" in low,
        "http" in low or "www." in low, "$" in low or "€" in low or "£" in low, sum(map(str.isdigit, low)) / len(low),
        block.broken,
    )  # fmt: skip


def _said(bits: list[int], name: str) -> Columns:
    values = np.array(bits)
    return {f"{name} {kind}": (values >> i & 1).astype(np.float64) for i, kind in enumerate(cues.KINDS)}


def _heading(page: Page, heads: list[int], titled: Column, said: list[int]) -> Columns:
    """Of the heading that stands above each block: its level, how far above, and what its words speak of."""
    rows, words = [], []
    level, since, since_title, asked, bits = 9, 0, -1, False, 0
    for i, block in enumerate(page.blocks):
        opens = heads[i] == 1 or bool(titled[i])
        since_title = 0 if opens else since_title + (since_title >= 0)
        rows.append((level, min(since, 40), min(since_title, 100), asked))
        words.append(bits)
        since += 1
        if heads[i] or opens or (block.bold > 0.9 * len(block.text) and len(block.text) < 80):
            level, since, asked, bits = heads[i] or 7, 0, block.text[-1] == "?", said[i]
    names = ("heading level", "since heading", "since title", "heading asks")
    return dict(zip(names, np.array(rows, dtype=np.float64).T, strict=True)) | _said(words, "heading says")


# Where it stands.


def _context(page: Page, own: Column, lines: Columns) -> Columns:
    nodes = page.nodes
    start, stop, parent, depth = (
        np.array([getattr(node, name) for node in nodes]) for name in ("start", "stop", "parent", "depth")
    )
    parent = np.maximum(parent, 0)
    count, total = len(own), max(1.0, float(lines["prose"].sum()))
    sums = {name: _summed(values, start, stop) for name, values in _counts(lines).items()}
    found: Columns = {"depth": depth[own].astype(np.float64), "page prose": np.full(count, total)}
    at = own
    for up in range(5):
        found[f"prose {up} up"] = sums["prose"][at] / total
        found[f"linked {up} up"] = sums["linked"][at] / np.maximum(1, sums["chars"][at])
        found[f"blocks {up} up"] = (stop - start)[at].astype(np.float64)
        found[f"reads {up} up"] = sums["prose"][at] / np.maximum(1, sums["words"][at])
        at = parent[at]
    found |= _place(lines, total) | _alike("make", groups(page), lines) | _alike("siblings", parent[own], lines)
    for share in CORES:
        core = _core(sums["prose"], depth, share * total / 100)
        place = np.arange(count)
        found[f"core {share}"] = ((place >= start[core]) & (place < stop[core])).astype(np.float64)
    return found


def _counts(lines: Columns) -> Columns:
    return {
        "prose": lines["prose"],
        "words": lines["words"],
        "chars": lines["chars"],
        "linked": np.rint(lines["linked"] * lines["chars"]),
    }


def _summed(values: Column, start: Column, stop: Column) -> Column:
    total = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(total[stop] - total[start])


def _core(prose: Column, depth: Column, least: float) -> int:
    """The deepest element that holds `least` words of prose; of equals the one that holds more."""
    deep = np.where(prose >= least, depth * 1e7 + np.minimum(prose, 9e6), -1.0)
    return int(deep.argmax())


def _place(lines: Columns, total: float) -> Columns:
    count = len(lines["prose"])
    told = np.concatenate([[0.0], np.cumsum(lines["prose"])])[:-1]
    place = np.arange(count, dtype=np.float64)
    return {
        "told": told / total, "told words": told, "place": place / count, "number": place, "left": count - place,
        "share": lines["prose"] / total, "page blocks": np.full(count, float(count)),
    }  # fmt: skip


def _alike(name: str, keys: Column, lines: Columns) -> Columns:
    """Of the blocks that share a key: how many, how much of the page, how much reads, how much stands before."""
    _, kind = np.unique(keys, return_inverse=True)
    many = np.bincount(kind).astype(np.float64)
    prose, words, chars = (np.bincount(kind, lines[each]) for each in ("prose", "words", "chars"))
    linked = np.bincount(kind, _counts(lines)["linked"])
    order = np.argsort(kind, kind="stable")
    run = np.cumsum(lines["prose"][order])
    before = np.empty(len(keys))
    first = np.concatenate([[0.0], np.cumsum(prose)])[kind[order]]
    before[order] = run - lines["prose"][order] - first
    return {
        f"{name} many": many[kind], f"{name} prose": prose[kind] / max(1.0, prose.sum()),
        f"{name} words": words[kind] / max(1.0, words.sum()), f"{name} reads": (prose / np.maximum(1, words))[kind],
        f"{name} linked": (linked / np.maximum(1, chars))[kind], f"{name} share": many[kind] / len(keys),
        f"{name} before": before / np.maximum(1.0, prose[kind]),
    }  # fmt: skip


def _neighbours(lines: Columns, context: Columns) -> Columns:
    found: Columns = {}
    seen = {name: lines[name] for name in ("words", "linked", "closed", "prose", "level")}
    for by in (-3, -2, -1, 1, 2, 3):
        found |= {f"{name} {by:+}": _moved(values, by) for name, values in seen.items()}
        same = (_moved(context["siblings prose"], by) == context["siblings prose"]).astype(np.float64)
        found[f"same parent {by:+}"] = same * (_moved(context["depth"], by) == context["depth"])
    for width in (3, 6, 12, 25):
        found[f"prose next {width}"] = _around(lines["prose"], 1, width + 1)
        found[f"prose last {width}"] = _around(lines["prose"], -width, 0)
    counts = _counts(lines)
    for width in (5, 10):
        linked, chars = (_around(counts[name], -width, width + 1) for name in ("linked", "chars"))
        found[f"linked around {width}"] = linked / np.maximum(1, chars)
    return found


def _moved(values: Column, by: int) -> Column:
    """What stands `by` blocks further on; -1 outside the page."""
    place = np.arange(len(values)) + by
    inside = (place >= 0) & (place < len(values))
    return np.where(inside, values[np.clip(place, 0, len(values) - 1)], -1.0)


def _around(values: Column, low: int, high: int) -> Column:
    """The sum from `low` to `high` (not with it) blocks further on."""
    count = len(values)
    total, place = np.concatenate([[0.0], np.cumsum(values)]), np.arange(count)
    return np.asarray(total[np.clip(place + high, 0, count)] - total[np.clip(place + low, 0, count)])


# What its elements are called.


def _marked(page: Page, own: Column, prose: Column) -> Columns:
    nodes = page.nodes
    reads = np.concatenate([[0.0], np.cumsum(prose)])
    most = 0.4 * reads[-1]  # an element that holds more is a frame of the page: its names say nothing about a part
    above, small, near = [0], [0], [0]
    for node in nodes[1:]:
        parent = nodes[node.parent]
        above.append(above[node.parent] | node.bits)
        small.append(small[node.parent] | (node.bits if reads[node.stop] - reads[node.start] < most else 0))
        near.append(node.bits | parent.bits | nodes[max(parent.parent, 0)].bits)
    bits = np.array([node.bits for node in nodes])
    return (
        _bits("is", bits[own], _OWN)
        | _bits("near", np.array(near)[own], _NEAR)
        | _bits("part", np.array(small)[own], _NEAR)
        | _bits("in", np.array(above)[own], _ABOVE)
    )


def _bits(name: str, values: Column, kinds: tuple[str, ...]) -> Columns:
    return {f"{name} {kind}": (values & marks.BITS[kind] != 0).astype(np.float64) for kind in kinds}
