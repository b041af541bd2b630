"""4. summaries > storylines: articles grouped by topic, and yesterday's storylines followed."""

from briefing.storylines.clustering.clusterers import CLUSTERERS, Clusterer, cluster_by_terms
from briefing.storylines.curation.apply import apply_decisions, unmet_decisions
from briefing.storylines.curation.decisions import Hand, parse_decisions
from briefing.storylines.grouping import group_articles
from briefing.storylines.headlines import select_headline
from briefing.storylines.replay import (
    follow_storylines,
    prepend_earlier_articles,
    relink_storylines,
    remember_all_storylines,
    remember_rows,
)
from briefing.storylines.tracking.records import Remembered, remember_storyline

__all__ = [
    "CLUSTERERS",
    "Clusterer",
    "Hand",
    "Remembered",
    "apply_decisions",
    "cluster_by_terms",
    "follow_storylines",
    "group_articles",
    "parse_decisions",
    "prepend_earlier_articles",
    "relink_storylines",
    "remember_all_storylines",
    "remember_rows",
    "remember_storyline",
    "select_headline",
    "unmet_decisions",
]
