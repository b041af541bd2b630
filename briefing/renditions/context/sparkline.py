"""Articles a day in, a small picture and the same in words out. Made by hand: no chart library,
same bytes always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from briefing.renditions.localisation import formatting
from briefing.renditions.localisation.catalogue import Messages

WIDTH, HEIGHT, GAP = 7, 20, 1.5  # one bar; user units of the SVG


@dataclass(frozen=True, slots=True)
class Volume:
    """How much was written about a storyline, day by day."""

    bars: str  # Unicode blocks; empty where there is nothing to compare
    words: str
    marks: tuple[
        tuple[float, float, float, bool], ...
    ]  # x, y, height, whether it is the edition's day
    width: float
    height: float = HEIGHT


def draw_volume(say: Messages, counts: Sequence[int], last: date, since: str = "") -> Volume | None:
    """None where nothing was counted; the last count is of the edition's own day, `since` when in
    words where it is none of the calendar. One day alone needs no picture.
    """
    if not counts:
        return None
    if sum(counts) == counts[-1]:
        return Volume("", formatting.describe_volume(say, counts, last, since), (), 0)
    top = max(counts) or 1
    heights = [max(1.0, round(HEIGHT * number / top, 1)) for number in counts]
    marks = tuple(
        (
            round(position * (WIDTH + GAP), 1),
            round(HEIGHT - height, 1),
            height,
            position == len(counts) - 1,
        )
        for position, height in enumerate(heights)
    )
    width = round(len(counts) * (WIDTH + GAP) - GAP, 1)
    return Volume(
        formatting.draw_bars(counts),
        formatting.describe_volume(say, counts, last, since),
        marks,
        width,
    )
