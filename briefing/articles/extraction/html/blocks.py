"""A parsed page in, its blocks of text and the elements they stand in out, in the order of the
page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from briefing.articles import limits
from briefing.articles.extraction.html import element_features

_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark "
    "nobr picture q rp rt ruby s samp "
    "small source span strike strong sub sup time tt u var wbr label amp-img"
)
_WORDLESS_TAGS = (
    "script style svg template iframe link head object embed math select option "
    "textarea input meta canvas audio "
    "video map"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_WORDLESS = frozenset(_WORDLESS_TAGS.split())
_BOLD = frozenset(["b", "strong"])
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Node:
    """An element that breaks lines: its parent's number, what it is, and the blocks inside it
    (`start` to `stop`).
    """

    parent: int
    tag: str
    bits: int
    names: str
    depth: int
    start: int
    stop: int = 0


class Block(NamedTuple):
    """A stretch of text without a line break, in the element numbered `node`; parts of it in
    characters.
    """

    text: str
    node: int
    linked: int = 0
    bold: int = 0
    links: int = 0
    broken: bool = False  # after a <br>


@dataclass(frozen=True, slots=True)
class Page:
    nodes: tuple[Node, ...]
    blocks: tuple[Block, ...]
    titles: frozenset[str] = frozenset()


def split_blocks(tree: Any) -> Page:
    """Cost: some 8 ms for a page of 250 kB."""
    body = tree.find("body")
    walk = _Walk()
    walk.through(tree if body is None else body)
    return Page(tuple(walk.nodes), tuple(walk.blocks), _page_titles(tree))


def _page_titles(tree: Any) -> frozenset[str]:
    said = [each.get("content") for each in tree.iter("meta") if each.get("property") == "og:title"]
    said += [each.text for each in tree.iter("title")]
    return frozenset(key for each in said if each and (key := title_key(each)))


def title_key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


class _Walk:
    """Where a walk through the elements has come to."""

    def __init__(self) -> None:
        self.nodes = [Node(0, "", 0, "", 0, 0)]
        self.blocks: list[Block] = []
        self.open: list[int] = [0]
        self.words: list[str] = []
        self.linked = self.bold = self.links = self.in_link = self.in_bold = 0
        self.broken = False

    def through(self, top: Any) -> None:
        from lxml import etree

        walker = etree.iterwalk(top, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag in _WORDLESS:
                    walker.skip_subtree()
                    continue
                if tag in _INLINE:
                    self.enter_inline(tag)
                else:
                    self.enter(element, tag)
                if text := element.text:
                    self.add(text)
                continue
            if tag in _INLINE:
                self.in_link -= tag == "a"
                self.in_bold -= tag in _BOLD
            elif tag not in _WORDLESS and tag != "br":
                self.leave()
            if (text := element.tail) and element is not top:
                self.add(text)
        self.flush()
        self.nodes[0].stop = len(self.blocks)

    def enter_inline(self, tag: str) -> None:
        if tag == "a":
            self.in_link += 1
            self.links += 1
        elif tag in _BOLD:
            self.in_bold += 1

    def enter(self, element: Any, tag: str) -> None:
        if self.words or self.links:
            self.flush()
        self.broken = tag == "br"
        if tag != "br":
            here = self.open[-1]
            names = f"{tag}.{element_features.mask_numbers(element.get('class') or '')}"
            self.open.append(len(self.nodes))
            depth = self.nodes[here].depth + 1
            self.nodes.append(
                Node(
                    here,
                    tag,
                    element_features.element_bits(element),
                    names,
                    depth,
                    len(self.blocks),
                )
            )

    def leave(self) -> None:
        if self.words or self.links:
            self.flush()
        self.broken = False
        self.nodes[self.open.pop()].stop = len(self.blocks)

    def add(self, text: str) -> None:
        if not (self.words or self.in_link or self.in_bold) and text.isspace():
            return  # as between most elements
        self.words.append(text)
        if self.in_link:
            self.linked += len(text)
        if self.in_bold:
            self.bold += len(text)

    def flush(self) -> None:
        if not self.words:
            self.linked = self.bold = self.links = 0
            return
        text = " ".join("".join(self.words).split())
        if text:
            size = len(text)
            self.blocks.append(
                Block(
                    text,
                    self.open[-1],
                    min(self.linked, size),
                    min(self.bold, size),
                    self.links,
                    self.broken,
                )
            )
            limits.check_block_count(len(self.blocks))
        self.words.clear()
        self.linked = self.bold = self.links = 0
