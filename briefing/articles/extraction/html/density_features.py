"""The blocks of a page in, how each stands to where most of the page's prose is out: in columns of
numbers by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from briefing.articles.extraction.html import position_features
from briefing.articles.extraction.html.blocks import Block, Page
from briefing.articles.extraction.html.position_features import Column, Columns

OPENING = 300  # characters that are looked at for the signs of programs
FARTHEST = 60  # blocks; from there on, far is far
TWINS = 50  # elements of one make side by side, at most
_SIGNS = b'{}[]()=<>;_/\\"#$*+|&^~`:'
_CORES = (50, 70, 85)  # per cent of a page's prose


def density_columns(page: Page, lines: Columns) -> Columns:
    """`lines` are the features of the blocks by themselves."""
    own = np.array([block.node for block in page.blocks])
    start, stop, parent, depth = np.array(
        [(each.start, each.stop, each.parent, each.depth) for each in page.nodes]
    ).T
    parent = np.maximum(parent, 0)
    running = np.concatenate([[0.0], np.cumsum(lines["prose"])])
    prose = running[stop] - running[start]
    found = (
        _prose_share_columns(own, parent, prose)
        | _twin_columns(page, own, parent)
        | _section_columns(lines)
    )
    for share in _CORES:
        core = position_features.find_core(prose, depth, share * max(1.0, running[-1]) / 100)
        found |= _core_columns(str(share), own, running, core, (start, stop, parent, depth))
    found |= _main_columns("make", position_features.group_by_make(page), lines["prose"])
    found |= _main_columns("siblings", parent[own], lines["prose"])
    found["left 1 up"] = (stop[parent[own]] - np.arange(len(own))).astype(np.float64)
    return found | _sign_columns(page.blocks, lines["chars"])


def _prose_share_columns(own: Column, parent: Column, prose: Column) -> Columns:
    """How much of the prose of the next element around is in each of the elements around a
    block.
    """
    found: Columns = {}
    at = parent[own]
    for up in (1, 2, 3):
        found[f"ratio {up} up"] = prose[at] / np.maximum(1, prose[parent[at]])
        at = parent[at]
    return found


def _twin_columns(page: Page, own: Column, parent: Column) -> Columns:
    """Elements of the same make in the same element: items of a list, and what looks like one."""
    makes = [(node.parent, node.names) for node in page.nodes]
    many = Counter(makes)
    twins = np.array([many[make] for make in makes], dtype=np.float64)
    np.minimum(twins, TWINS, out=twins)
    return {"twins 0 up": twins[own], "twins 1 up": twins[parent[own]]}


def _section_columns(lines: Columns) -> Columns:
    """What stands between two headings; how many headings stand before and after."""
    head = (
        (lines["level"] > 0)
        | (lines["titled"] > 0)
        | ((lines["bold"] > 0.9) & (lines["chars"] < 80))
    )
    told = np.cumsum(head)
    words, prose = (
        np.bincount(told, lines[name], told[-1] + 1)[told] for name in ("words", "prose")
    )
    chars = position_features.pad_edges(lines["chars"])
    return {
        "headings": told.astype(np.float64), "headings left": (told[-1] - told).astype(np.float64),
        "section words": words, "section prose": prose,
        "chars -1": position_features.shift_column(chars, -1), "chars +1": position_features.shift_column(chars, 1),
    }  # fmt: skip


def _core_columns(
    name: str, own: Column, running: Column, core: int, nodes: tuple[Column, Column, Column, Column]
) -> Columns:
    """How many elements lie between a block and the core's innermost around both, on either
    side.
    """
    start, stop, parent, depth = nodes
    place, shared, at = np.arange(len(own)), np.zeros(len(own)), core
    while at:
        shared += (place >= start[at]) & (place < stop[at])
        at = int(parent[at])
    prose = running[stop[core]] - running[start[core]]
    return {
        f"out of {name}": depth[core] - shared, f"below {name}": depth[own] - shared,
        f"told in {name}": np.clip((running[:-1] - running[start[core]]) / max(1.0, prose), -0.5, 1.5),
    }  # fmt: skip


def _main_columns(name: str, keys: Column, prose: Column) -> Columns:
    """Of the blocks that share a key, those with the most prose: how far each block is from the
    last and the next.
    """
    kinds, kind = np.unique(keys, return_inverse=True)
    main = np.bincount(kind, prose, len(kinds)).argmax()
    marks, place = (kind == main) & (prose > 0), np.arange(len(keys))
    last = np.maximum.accumulate(np.where(marks, place, -FARTHEST))
    following = np.minimum.accumulate(np.where(marks, place, len(keys) + FARTHEST)[::-1])[::-1]
    return {
        f"since main {name}": np.minimum(place - last, FARTHEST).astype(np.float64),
        f"until main {name}": np.minimum(following - place, FARTHEST).astype(np.float64),
        f"main {name}": (kind == main).astype(np.float64),
    }


def _sign_columns(blocks: Sequence[Block], chars: Column) -> Columns:
    """The share of braces, slashes and the like, by which programs and addresses are told from
    sentences.
    """
    signs = np.array([_sign_share(block.text[:OPENING]) for block in blocks])
    around = [
        position_features.window_sums(position_features.running_sums(values), -2, 3)
        for values in (signs * chars, chars)
    ]
    return {"signs": signs, "signs around": around[0] / np.maximum(1, around[1])}


def _sign_share(opening: str) -> float:
    text = opening.encode("ascii", "ignore")
    return (len(text) - len(text.translate(None, _SIGNS))) / len(opening)
