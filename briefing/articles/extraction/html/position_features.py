"""The blocks of a page in, where each stands out: in columns of numbers by name."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.articles.extraction.html import element_features
from briefing.articles.extraction.html.blocks import Page

Column = NDArray[Any]
Columns = dict[str, Column]

CORES = (30, 50, 70, 85)  # per cent of a page's prose that its core holds
_REACH = 3  # blocks to either side that are looked at one by one
_FAR = 26  # and that are counted together
_NEAR = element_features.KINDS
_ABOVE = ("<article>", "<main>", "<nav>", "<header>", "<footer>", "<aside>", "<figure>", "<form>", "<table>", "<ul>",
          "<ol>", "<details>", "<noscript>", "<dl>", "<blockquote>", "hidden", "body", "comment", "quote")  # fmt: skip
_OWN = ("<li>", "<p>", "<h>", "<button>", "<blockquote>", "<figcaption>", "<pre>", "hidden", "caption", "author",
        "meta", "title", "comment")  # fmt: skip


def position_columns(page: Page, lines: Columns) -> Columns:
    """`lines` are the features of the blocks by themselves."""
    own = np.array([block.node for block in page.blocks])
    context = _context_columns(page, own, lines)
    return context | _neighbour_columns(lines, context) | _mark_columns(page, own, lines["prose"])


def group_by_make(page: Page) -> Column:
    """A number for each block, the same for those in elements of the same make (and of the same
    make of parent).
    """
    known: dict[tuple[str, str], int] = {}
    nodes = page.nodes
    makes = [
        (nodes[block.node].names, nodes[nodes[block.node].parent].names) for block in page.blocks
    ]
    return np.array([known.setdefault(make, len(known)) for make in makes])


# Where it stands.


def _context_columns(page: Page, own: Column, lines: Columns) -> Columns:
    nodes = page.nodes
    start, stop, parent, depth = np.array(
        [(each.start, each.stop, each.parent, each.depth) for each in nodes]
    ).T
    parent = np.maximum(parent, 0)
    count, total = len(own), max(1.0, float(lines["prose"].sum()))
    sums = {
        name: _sum_elements(values, start, stop) for name, values in _count_columns(lines).items()
    }
    found: Columns = {"depth": depth[own].astype(np.float64), "page prose": np.full(count, total)}
    at = own
    for up in range(5):
        found[f"prose {up} up"] = sums["prose"][at] / total
        found[f"linked {up} up"] = sums["linked"][at] / np.maximum(1, sums["chars"][at])
        found[f"blocks {up} up"] = (stop - start)[at].astype(np.float64)
        found[f"reads {up} up"] = sums["prose"][at] / np.maximum(1, sums["words"][at])
        at = parent[at]
    found |= (
        _place_columns(lines, total)
        | _peer_columns("make", group_by_make(page), lines)
        | _peer_columns("siblings", parent[own], lines)
    )
    for share in CORES:
        inner = find_core(sums["prose"], depth, share * total / 100)
        place = np.arange(count)
        found[f"core {share}"] = ((place >= start[inner]) & (place < stop[inner])).astype(
            np.float64
        )
    return found


def _count_columns(lines: Columns) -> Columns:
    return {
        "prose": lines["prose"],
        "words": lines["words"],
        "chars": lines["chars"],
        "linked": np.rint(lines["linked"] * lines["chars"]),
    }


def _sum_elements(values: Column, start: Column, stop: Column) -> Column:
    total = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(total[stop] - total[start])


def find_core(prose: Column, depth: Column, least: float) -> int:
    """The deepest element that holds `least` words of prose; of equals the one that holds more."""
    deep = np.where(prose >= least, depth * 1e7 + np.minimum(prose, 9e6), -1.0)
    return int(deep.argmax())


def _place_columns(lines: Columns, total: float) -> Columns:
    count = len(lines["prose"])
    told = np.concatenate([[0.0], np.cumsum(lines["prose"])])[:-1]
    place = np.arange(count, dtype=np.float64)
    return {
        "told": told / total, "told words": told, "place": place / count, "number": place, "left": count - place,
        "share": lines["prose"] / total, "page blocks": np.full(count, float(count)),
    }  # fmt: skip


def _peer_columns(name: str, keys: Column, lines: Columns) -> Columns:
    """Of the blocks that share a key: how many, how much of the page, how much reads, how much
    stands before.
    """
    _, kind = np.unique(keys, return_inverse=True)
    many = np.bincount(kind).astype(np.float64)
    prose, words, chars = (np.bincount(kind, lines[each]) for each in ("prose", "words", "chars"))
    linked = np.bincount(kind, _count_columns(lines)["linked"])
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


def _neighbour_columns(lines: Columns, context: Columns) -> Columns:
    found: Columns = {}
    seen = {
        name: pad_edges(lines[name]) for name in ("words", "linked", "closed", "prose", "level")
    }
    parent, depth = pad_edges(context["siblings prose"]), pad_edges(context["depth"])
    for by in (-3, -2, -1, 1, 2, 3):
        found |= {f"{name} {by:+}": shift_column(values, by) for name, values in seen.items()}
        alike = (shift_column(parent, by) == context["siblings prose"]) & (
            shift_column(depth, by) == context["depth"]
        )
        found[f"same parent {by:+}"] = alike.astype(np.float64)
    counts = {name: running_sums(values) for name, values in _count_columns(lines).items()}
    for width in (3, 6, 12, 25):
        found[f"prose next {width}"] = window_sums(counts["prose"], 1, width + 1)
        found[f"prose last {width}"] = window_sums(counts["prose"], -width, 0)
    for width in (5, 10):
        linked, chars = (
            window_sums(counts[name], -width, width + 1) for name in ("linked", "chars")
        )
        found[f"linked around {width}"] = linked / np.maximum(1, chars)
    return found


def pad_edges(values: Column) -> Column:
    """With -1 for what stands outside of the page."""
    edge = np.full(_REACH, -1.0)
    return np.concatenate([edge, values, edge])


def shift_column(edged: Column, by: int) -> Column:
    """What stands `by` blocks further on."""
    return edged[_REACH + by : len(edged) - _REACH + by]


def running_sums(values: Column) -> Column:
    """Sums of what stands before each block, and before those that are outside of the page."""
    total = np.cumsum(values)
    return np.concatenate([np.zeros(_FAR + 1), total, np.full(_FAR, total[-1])])


def window_sums(running: Column, low: int, high: int) -> Column:
    """The sum from `low` to `high` (not with it) blocks further on."""
    count = len(running) - 2 * _FAR - 1
    return np.asarray(
        running[_FAR + high : _FAR + high + count] - running[_FAR + low : _FAR + low + count]
    )


# What its elements are called.


def _mark_columns(page: Page, own: Column, prose: Column) -> Columns:
    nodes = page.nodes
    reads = [0.0, *np.cumsum(prose).tolist()]  # numbers of Python: they are asked for one by one
    most = (
        0.4 * reads[-1]
    )  # an element that holds more is a frame of the page: its names say nothing about a part
    above, small, near, two = [0], [0], [0], [0]
    for node in nodes[1:]:
        own_bits, parent = node.bits, node.parent
        above.append(above[parent] | own_bits)
        small.append(
            small[parent] | (own_bits if reads[node.stop] - reads[node.start] < most else 0)
        )
        near.append(own_bits | two[parent])
        two.append(own_bits | nodes[parent].bits)
    bits = np.array([node.bits for node in nodes])
    return (
        _bit_columns("is", bits[own], _OWN)
        | _bit_columns("near", np.array(near)[own], _NEAR)
        | _bit_columns("part", np.array(small)[own], _NEAR)
        | _bit_columns("in", np.array(above)[own], _ABOVE)
    )


def _bit_columns(name: str, values: Column, kinds: tuple[str, ...]) -> Columns:
    return {
        f"{name} {kind}": (values & element_features.BITS[kind] != 0).astype(np.float64)
        for kind in kinds
    }
