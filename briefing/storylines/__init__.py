"""4. summaries > storylines: articles grouped by topic, and yesterday's storylines followed."""

from briefing.storylines.clustering.clusterers import CLUSTERERS, Clusterer, linkage
from briefing.storylines.curation.apply import obeyed, unmet
from briefing.storylines.curation.decisions import Hand, read_hand
from briefing.storylines.grouping import group
from briefing.storylines.headlines import headline_of
from briefing.storylines.replay import follow, relinked, remember_all, remembered_rows, with_earlier
from briefing.storylines.tracking.records import Remembered, remember

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
