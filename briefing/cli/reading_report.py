"""A document's text and its articles in, what was kept and what was removed out, line by line, with
sums at the end.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import click

from briefing.model import Article

NARROW = 60  # columns, of which each half still holds a few words
ROWS = 5  # of a removed line on a terminal: pictures and banners are long
GUTTER = 24  # columns for the reason where nobody watches; the longest has 26 letters and is cut
NOWHERE = "in no article"
# How a value was found, for a newcomer.
HOW = {
    "text": "a line beside the text", "json-ld": "the page's structured data", "meta": "the page's meta elements",
    "field": "a field of the record", "feed": "the feed", "item head": "the lines above the item",
    "header line": "a name alone on a line", "address and name": "an address that spells the name",
    "relative time": "counted back from the time of fetching", "line before the text": "the line above the text",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of a document: its words that stay in an article, and those that went, each with its
    reason.
    """

    place: int | None  # of the article
    kept: str
    gone: tuple[tuple[str, str], ...]  # (reason, words)


def report_rows(pairs: Sequence[tuple[str, Article]]) -> list[Row]:
    """Every line of each decoded text that says anything, in order."""
    found: list[Row] = []
    for text in dict.fromkeys(text for text, _ in pairs):
        own = [article for said, article in pairs if said == text]
        removals = sorted(
            (each.start, each.stop, each.reason, a.place) for a in own for each in a.removals
        )
        start = 0
        for line in text.split("\n"):
            stop = start + len(line)
            if line.strip():
                inside = [each for each in removals if each[0] < stop and each[1] > start]
                found.append(_build_row(line, start, inside, own))
            start = stop + 1
    return found


def _build_row(
    line: str, start: int, removals: Sequence[tuple[int, int, str, int]], own: Sequence[Article]
) -> Row:
    kept, gone, last = "", [], 0
    for first, behind, reason, _ in removals:
        a, b = max(first - start, last), min(behind - start, len(line))
        if a < b:
            gone.append((reason, line[a:b].strip()))
            kept += line[last:a]
        last = max(last, b)
    kept = (kept + line[last:]).strip()
    place = next((article.place for article in own if kept and kept in article.text), None)
    if (
        kept
        and place is None
        and not any(piece in article.text for article in own for piece in kept.split("  "))
    ):
        return Row(removals[0][3] if removals else None, "", (*gone, (NOWHERE, kept)))
    return Row(place if kept else removals[0][3] if removals else None, kept, tuple(gone))


def plain_lines(found: Sequence[Row]) -> Iterator[str]:
    """For a file or another program: "kept" or the reason, a bar, the words."""
    for row in found:
        for reason, words in row.gone:
            yield f"{reason:<{GUTTER}.{GUTTER}} | {words}"
        if row.kept:
            yield f"{'kept':<{GUTTER}} | {row.kept}"


def side_by_side_lines(found: Sequence[Row], width: int) -> Iterator[str]:
    """For a person: what stays on the left, what went on the right with its reason, in colour."""
    half = (max(width, NARROW) - 9) // 2
    yield click.style(f"{'':5} {'kept':<{half}} │ removed, and why", bold=True)
    shown: int | None = None
    for row in found:
        if row.place is not None and row.place != shown:
            shown = row.place
            yield click.style(f"{shown:>4}  " + "─" * half + "─┼" + "─" * (half + 1), dim=True)
        left = textwrap.wrap(row.kept, half)
        for a, b in zip_longest(left, list(_removed_lines(row, half)), fillvalue=""):
            yield f"{'':5} {a:<{half}} {click.style('│', dim=True)} {b}"


def _removed_lines(row: Row, half: int) -> Iterator[str]:
    for reason, words in row.gone:
        lines = textwrap.wrap(f"{reason}: {words}", half)
        cut = lines[:ROWS]
        if len(lines) > ROWS:
            cut[-1] = cut[-1][: half - 2] + " …"
        for i, line in enumerate(cut):
            if i == 0 and line.startswith(f"{reason}:"):
                yield click.style(f"{reason}:", fg="yellow") + click.style(
                    line[len(reason) + 1 :], fg="red"
                )
            else:
                yield click.style(line, fg="red")


def summary_lines(found: Sequence[Row], articles: Sequence[Article]) -> Iterator[str]:
    """Words kept and removed, and how many lines went for which reason, the most first."""
    kept = sum(len(row.kept.split()) for row in found)
    gone = sum(len(words.split()) for row in found for _, words in row.gone)
    share = f"{100 * kept / (kept + gone):.0f} %" if kept + gone else "none"
    count = "1 article" if len(articles) == 1 else f"{len(articles)} articles"
    yield f"{count}: {kept:,} words kept, {gone:,} removed ({share} kept)"
    reasons = Counter(reason for row in found for reason, _ in row.gone)
    if reasons:
        ordered = sorted(reasons.items(), key=lambda each: (-each[1], each[0]))
        yield "removed: " + ", ".join(f"{reason} {number}" for reason, number in ordered)
