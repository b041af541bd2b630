"""A name in, how long an edition may be out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Length:
    """Hard limits in words: of the whole edition (headlines of leads and all quotations), of a
    lead, of a brief.
    """

    words: int
    leads: int
    lead_words: int
    briefs: int
    brief_words: int


# Two independent morning formats meet at 1,150 to 1,200 words: five minutes at 238 words a minute.
LENGTHS = {
    "flash": Length(300, leads=3, lead_words=80, briefs=3, brief_words=30),
    "standard": Length(1200, leads=5, lead_words=150, briefs=7, brief_words=60),
    "long": Length(2400, leads=10, lead_words=180, briefs=15, brief_words=60),
}
