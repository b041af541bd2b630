"""A parsed page in, the lines of its article out: the likely blocks, with their like beside them,
as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.articles.extraction.html import (
    classifier,
    element_features,
    features,
    position_features,
    threshold,
)
from briefing.articles.extraction.html.blocklist import flag_blocked_elements
from briefing.articles.extraction.html.blocks import Node, Page, split_blocks, title_key
from briefing.articles.extraction.html.class_name_features import class_columns
from briefing.articles.extraction.html.classifier import Trees
from briefing.language.counting import count_words

# of a block's likelihood is the mean of its make: paragraphs come in or stay out together (the same
# pages)
ALIKE = 0.4


MOST_ABOVE = 12  # blocks between a headline and its text: author, date, share bar, picture
# blocks over a headline: date, section (of 12 days there that no data state, 11 were the annotated
# ones)
OVER = 2
HEAD_WORDS = 25  # of a line that states author or date
CELLS = 4  # of a table, at least; tables that lay out a page hold fewer, or stand at its edges
LEAD = 12  # words of a closed sentence that begins a text


@dataclass(frozen=True, slots=True)
class Chosen:
    """The lines of an article, and the short ones between its headline and its text, those about
    its author apart.
    """

    lines: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()  # of those above, the ones in elements that are called so
    beside: tuple[
        str, ...
    ] = ()  # short lines right before the headline and below it, however far the text is


def extract_article(tree: Any, judges: Trees | None = None) -> Chosen:
    """The lines in the order of the page; list items begin with a dash, cells of one row of a table
    stand in one line.

    Cost: some 20 ms for a page of 250 kB and 250 blocks.
    """
    page = split_blocks(tree)
    if not page.blocks:
        return Chosen()
    kept = _select_blocks(page, judges or classifier.load_trees())
    lines = _assemble_lines(page, [i for i in kept if not _is_standfirst(page, i)])
    above, beside = _blocks_near_headline(page, kept)
    texts, by = ([page.blocks[i].text for i in some] for some in (above, beside))
    authors = [page.blocks[i].text for i in above if _is_author_block(page, i)]
    return Chosen(tuple(lines), tuple(texts), tuple(authors), tuple(by))


def _select_blocks(page: Page, judges: Trees) -> list[int]:
    columns = features.feature_table(page)
    columns |= class_columns(page, columns["words"], judges.called)
    likely = _block_likelihoods(page, columns, judges)
    least = threshold.choose_threshold(likely, columns["words"])
    out = flag_blocked_elements(page)
    wanted = {i for i in range(len(page.blocks)) if likely[i] >= least} | _table_cells(
        page, likely >= least
    )
    kept = sorted(i for i in wanted if not out[page.blocks[i].node])
    return [
        kept[place] for place in threshold.drop_repeated_runs([page.blocks[i].text for i in kept])
    ]


def _table_cells(page: Page, likely: NDArray[np.bool_]) -> set[int]:
    """The cells of tables between two blocks of the text: of 140 annotated pages with tables .012
    of F1.
    """
    bounds = ((node.start, node.stop) for node in page.nodes if node.tag == "table")
    between = (
        range(start, stop)
        for start, stop in bounds
        if stop - start >= CELLS
        and start > 0
        and stop < len(likely)
        and likely[start - 1]
        and likely[stop]
    )
    return {i for table in between for i in table}


def _blocks_near_headline(page: Page, kept: Sequence[int]) -> tuple[list[int], list[int]]:
    """Short blocks from the headline above the first sentence of the text to it, where near, and
    those by it.
    """
    first = next((i for i in kept if _is_opening(page.blocks[i].text)), None)
    title = (
        next((i for i in range(first - 1, -1, -1) if _is_headline(page, i)), None)
        if first is not None
        else None
    )
    if first is None or title is None:
        return [], []
    near = range(title + 1, first) if title >= first - MOST_ABOVE else ()
    by = [
        *range(max(0, title - OVER), title),
        *range(title + 1, min(title + 1 + MOST_ABOVE, first)),
    ]
    above, beside = (
        [i for i in some if count_words(page.blocks[i].text) <= HEAD_WORDS] for some in (near, by)
    )
    return above, beside


def _is_author_block(page: Page, i: int) -> bool:
    """Whether the block, or one of the two elements around it, is called author, byline,
    writer …
    """
    node = page.nodes[page.blocks[i].node]
    parent = page.nodes[max(node.parent, 0)]
    return bool(
        (node.bits | parent.bits | page.nodes[max(parent.parent, 0)].bits)
        & element_features.BITS["author"]
    )


def _is_opening(text: str) -> bool:
    words = count_words(text)
    return words > HEAD_WORDS or (
        words >= LEAD
        and text.rstrip("\"'”’»)」』）")[-1:] in {".", "!", "?", "…", "。", "！", "？"}
    )


def _is_headline(page: Page, i: int) -> bool:
    block = page.blocks[i]
    return page.nodes[block.node].tag == "h1" or (
        len(block.text) < 250 and title_key(block.text) in page.titles
    )


def _block_likelihoods(
    page: Page, columns: position_features.Columns, judges: Trees
) -> NDArray[np.float64]:
    return _level_likelihoods(
        judges.likely(columns), position_features.group_by_make(page), columns["words"]
    )


def _level_likelihoods(
    likely: NDArray[np.float64], groups: NDArray[Any], words: NDArray[Any]
) -> NDArray[np.float64]:
    """Each block's likelihood drawn towards the mean of its make, in which long blocks count for
    more.
    """
    weight = words + 1
    mean = np.bincount(groups, weight * likely) / np.maximum(np.bincount(groups, weight), 1)
    return np.asarray(np.round((1 - ALIKE) * likely + ALIKE * mean[groups], 9))


_STANDFIRST = re.compile(r"(?i)[.\s_-](?:standfirst|deck?|strapline|kicker|eyebrow)(?:$|[\s_-])")


def _is_standfirst(page: Page, i: int) -> bool:
    """A line above a text that says its lede once more: what a reader of quotations would read
    twice.
    """
    block = page.blocks[i]
    node = page.nodes[block.node]
    return len(block.text) < 400 and any(
        _STANDFIRST.search(each.names) for each in (node, page.nodes[node.parent])
    )


def _assemble_lines(page: Page, kept: Sequence[int]) -> list[str]:
    lines: list[str] = []
    row = -1
    cells: list[str] = []
    for i in kept:
        here = _table_row(page.nodes, page.blocks[i].node)
        if here != row or row < 0:
            lines += _join_cells(cells)
            cells, row = [], here
        cells.append(_item_text(page, i))
    return lines + _join_cells(cells)


def _join_cells(cells: list[str]) -> list[str]:
    return [f"| {' | '.join(cells)} |"] if len(cells) > 1 else cells


def _table_row(nodes: Sequence[Node], node: int) -> int:
    """The row of a table whose cell is this one block; -1 outside of tables and in cells that hold
    more.
    """
    cell = nodes[node]
    while cell.stop - cell.start == 1 and cell.depth > 0:
        if cell.tag in {"td", "th"}:
            return cell.parent
        cell = nodes[cell.parent]
    return -1


def _item_text(page: Page, i: int) -> str:
    """With a dash where the block opens an item of a list."""
    block = page.blocks[i]
    node = page.nodes[block.node]
    while node.start == i and node.depth > 0 and node.tag != "li":
        node = page.nodes[node.parent]
    return f"- {block.text}" if node.tag == "li" and node.start == i else block.text
