"""5. storylines > edition: order, limits, what is new, what was left out and why."""

from briefing.editions.composing import Digest, compose
from briefing.editions.lengths import LENGTHS, Length
from briefing.editions.windows import day_window, due_at, next_window

__all__ = ["LENGTHS", "Digest", "Length", "compose", "day_window", "due_at", "next_window"]
