"""Storylines with their days in, the index of the search page out: JSON that cannot end its script
element.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from briefing.renditions.site.navigation import Day, Telling

PARTING = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def build_search_index(tellings: Iterable[Telling]) -> str:
    """`[[headline, path, outlets, [[day, sentences], …]], …]`, newest storyline first."""
    rows = [
        [
            one.headline,
            one.path,
            ", ".join(one.outlets),
            [[day.iso, _day_text(day)] for day in one.days],
        ]
        for one in tellings
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).translate(PARTING)


def _day_text(day: Day) -> str:
    return " ".join(sentence for group in day.groups for sentence in group.sentences)
