"""5. storylines > edition: order, limits, what is new, what was left out and why."""

from briefing.editions.composing import compose
from briefing.editions.lengths import LENGTHS, Length
from briefing.editions.novelty.detection import New, new_since
from briefing.editions.protocols import Digest
from briefing.editions.reader.profile import Audience, Interest, Mute, Rule, Section
from briefing.editions.reader.query import asked_for
from briefing.editions.windows import day_window, due_at, next_window, week_window

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
    "asked_for",
    "compose",
    "day_window",
    "due_at",
    "new_since",
    "next_window",
    "week_window",
]
