"""4. summaries > storylines: articles grouped by topic, and yesterday's storylines followed."""

from briefing.storylines.clusterers import CLUSTERERS, Clusterer, linkage
from briefing.storylines.editing import obeyed, unmet
from briefing.storylines.grouping import group
from briefing.storylines.hand import Hand, read_hand
from briefing.storylines.headlines import headline_of
from briefing.storylines.memory import Remembered, remember
from briefing.storylines.tracking import follow, relinked, remember_all, remembered_rows, with_earlier

__all__ = [
    "CLUSTERERS",
    "Clusterer",
    "Hand",
    "Remembered",
    "follow",
    "group",
    "headline_of",
    "linkage",
    "obeyed",
    "read_hand",
    "relinked",
    "remember",
    "remember_all",
    "remembered_rows",
    "unmet",
    "with_earlier",
]
