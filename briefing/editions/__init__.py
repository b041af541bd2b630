"""5. storylines > edition: order, limits, what is new, what was left out and why."""

from briefing.editions.composing import compose
from briefing.editions.lengths import LENGTHS, Length
from briefing.editions.novelty.detection import New, find_new_sentences
from briefing.editions.protocols import Digest
from briefing.editions.reader.profile import Audience, Interest, Mute, Rule, Section
from briefing.editions.reader.query import select_by_query
from briefing.editions.windows import day_window, due_instant, next_window, week_window

__all__ = [
    "LENGTHS",
    "Audience",
    "Digest",
    "Interest",
    "Length",
    "Mute",
    "New",
    "Rule",
    "Section",
    "compose",
    "day_window",
    "due_instant",
    "find_new_sentences",
    "next_window",
    "select_by_query",
    "week_window",
]
