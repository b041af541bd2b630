"""The lines of a page in, the run of them that is the article out: where its words begin and where
they end.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.articles.extraction.lines import classifier
from briefing.articles.lines import Line

# words of text that one line of something else weighs (swept on flattened wcxb-dev pages, 3 to 8)
NOISE = 4
# lines of something else from which a text is a whole page, menus and all (1 to 60 within .002 on
# wcxb-dev)
PAGE = 25
# of them that are plainly furniture; 11 of 793 pages have fewer, and so do long lists in clean
# texts
MENUS = 2
LABEL = 8  # words of a last line that announces what was left out: "Sources:"
MUCH = 150  # words of an article, after which "Comments" is a heading and no button


def line_weights(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[float]:
    """Words that each line speaks for its being text; below zero, against it.

    In a text of few other lines the words say so; of a whole page, menus and all, the model is
    asked.
    """
    prose = [
        line.words if why is None and line.prose else -NOISE
        for line, why in zip(lines, reasons, strict=True)
    ]
    others, furniture = sum(weight < 0 for weight in prose), sum(why is not None for why in reasons)
    page = others >= PAGE and furniture >= MENUS
    return classifier.weigh_lines(lines, reasons) if page else [float(each) for each in prose]


def extract_body(
    lines: Sequence[Line],
    reasons: Sequence[str | None],
    weights: Sequence[float],
    *,
    much: int = MUCH,
) -> range:
    """The run of lines whose weights have the largest sum, from running text to running text, with
    its standfirst.

    Once it has `much` words, readers' comments and the foot of the page end it.
    """
    best, best_sum, start, total = range(0), 0.0, 0, 0.0
    for i, weight in enumerate(weights):
        if total <= 0:
            start, total = i, 0.0
        total += weight
        if total > best_sum:
            best, best_sum = range(start, i + 1), total
    text = [i for i in best if lines[i].prose and reasons[i] is None]
    best = range(text[0], text[-1] + 1) if text else range(0)
    return _include_standfirst(lines, reasons, _cut_comments(lines, reasons, best, much))


def _cut_comments(
    lines: Sequence[Line], reasons: Sequence[str | None], block: range, much: int
) -> range:
    """Up to where readers' comments or the foot of the page begin, once most of an article has been
    read.
    """
    told = 0
    for i in block:
        if told >= much and reasons[i] in {"comments", "copyright"}:
            return range(block.start, i)
        told += lines[i].words if reasons[i] is None and lines[i].prose else 0
    return block


def trim_edges(lines: Sequence[Line], reasons: Sequence[str | None]) -> range:
    """All lines without kickers and unclosed standfirsts before the first sentence, and headings
    with nothing below.
    """
    body = range(len(lines))
    prose = [i for i in body if reasons[i] is None and lines[i].prose]
    if not prose:
        return body
    headed = all(lines[i].title_like for i in range(body.start, prose[0]))
    stop = prose[-1] + 1
    while stop < body.stop and not _is_short_heading(lines[stop]):
        stop += 1
    while stop > prose[0] + 1 and _is_label(lines[stop - 1]):
        stop -= 1
    return range(prose[0] if headed else body.start, stop)


def _is_short_heading(line: Line) -> bool:
    return line.title_like and line.words <= 8 and line.text[0] not in "-|•*"


def _is_label(line: Line) -> bool:
    return line.words <= LABEL and line.text.endswith(":")


def _include_standfirst(
    lines: Sequence[Line], reasons: Sequence[str | None], block: range
) -> range:
    """A standfirst that links and captions divide from the text belongs to it."""
    for i in range(block.start - 1, max(-1, block.start - 6), -1):
        if reasons[i] is None:
            return range(i, block.stop) if lines[i].prose and 8 <= lines[i].words <= 60 else block
    return block
