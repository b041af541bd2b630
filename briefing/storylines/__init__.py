"""4. summaries > storylines: articles grouped by topic, and yesterday's storylines followed."""

from briefing.storylines.clusterers import CLUSTERERS, Clusterer, linkage
from briefing.storylines.grouping import group
from briefing.storylines.headlines import headline_of

__all__ = ["CLUSTERERS", "Clusterer", "group", "headline_of", "linkage"]
